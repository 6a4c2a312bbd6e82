"""A report as one HTML page that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qualgraph.packaging.html import text as escape
from qualgraph.validation.findings import Check, Finding, Outcome
from qualgraph.validation.report import MORE, Report, by_shape

STYLE: Final = """
body { overflow-wrap: anywhere; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h2 { font-size: 1.1rem; margin: 2rem 0 0; }
.violation { border-left: .4rem solid #b00020; padding-left: .8rem; }
.warning { border-left: .4rem solid #b26a00; padding-left: .8rem; }
.info { border-left: .4rem solid #31639c; padding-left: .8rem; }
.where, .shape { color: #555; font-family: ui-monospace, monospace; font-size: .85rem; }
ul { padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th:nth-child(2) { width: 45%; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
"""


def report_html(report: Report, *, shown: int) -> str:
    """The page: summary, findings grouped by shape, and a table of what became of each check."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Validation report</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>Validation report</h1>\n{report_fragment(report, shown=shown)}",
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def report_fragment(report: Report, *, shown: int) -> str:
    """The same for a page to embed: no heading of its own, no style, nothing loaded."""
    groups = list(by_shape(report.findings))
    parts = [
        f"<p><strong>{escape(report.summary())}</strong></p>",
        f"<p>Checked: {escape(', '.join(report.sources) or 'data')}. Engine: {escape(report.engine)}.</p>",
        *_contents(groups),
        *(_section(group, number, shown) for number, group in enumerate(groups, start=1)),
        _table(report.checks),
    ]
    return "\n".join(parts)


def _contents(groups: list[list[Finding]]) -> list[str]:
    """What was found, most important first, with links to each group."""
    lines = [
        f'<li><a href="#found-{number}">{escape(_kind(group[0]))} ({len(group)}): '
        f"{escape(group[0].shape.name)}</a></li>"
        for number, group in enumerate(groups, start=1)
    ]
    return [f"<nav>\n<h2>What was found</h2>\n<ul>\n{chr(10).join(lines)}\n</ul>\n</nav>"] if lines else []


def _kind(finding: Finding) -> str:
    return "not decided" if finding.unverifiable else finding.severity.value


def _item(finding: Finding) -> str:
    """A finding with the IRI that it is about, and where it stands."""
    where = ", ".join([finding.focus_iri, *map(str, finding.places)])
    return f'<li>{escape(finding.label)}: {escape(finding.message)} <span class="where">{escape(where)}</span></li>'


def _section(group: list[Finding], number: int, shown: int) -> str:
    first = group[0]
    shape = first.shape
    kind = _kind(first)
    items = [_item(finding) for finding in group[:shown]]
    if len(group) > shown:
        items.append(f"<li>... and {len(group) - shown} more; {MORE}</li>")
    hint = f"<p>What to do: {escape(shape.hint)}</p>" if shape.hint else ""
    return "\n".join(
        [
            f'<section id="found-{number}" class="{first.severity.value}">',
            f"<h2>{escape(kind)} ({len(group)}), wanted: {escape(shape.name)}</h2>",
            f'<p>{escape(shape.description)} <span class="shape">{escape(shape.short_name)}</span></p>',
            f"<ul>\n{chr(10).join(items)}\n</ul>\n{hint}</section>",
        ]
    )


def _table(checks: Iterable[Check]) -> str:
    rows = [
        f"<tr><td>{escape(check.outcome.value)}</td><td>{escape(check.shape.name)}</td><td>{check.nodes}</td>"
        f"<td>{check.found}</td><td>{check.undecided}</td></tr>"
        for check in checks
        if check.outcome is not Outcome.NOT_APPLICABLE
    ]
    head = (
        "<tr><th>outcome</th><th>wanted</th><th>things checked</th><th>findings</th><th>not decided</th></tr>"
    )
    return f"<h2>All checks that apply</h2>\n<table>\n{head}\n{chr(10).join(rows)}\n</table>"
