"""A report as text, JSON, JSON lines, CSV, or the SHACL validation report itself as Turtle."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from qualgraph.errors import UsageError
from qualgraph.namespaces import SH
from qualgraph.rdf import IRI, RDF_TYPE, BlankNode, Term, Triple, boolean, canonical_turtle, text
from qualgraph.validation.findings import Check, Finding
from qualgraph.validation.html import report_html
from qualgraph.validation.report import MORE, Report, by_shape

SHOWN: Final = 5
"""How many findings of one shape the text report prints."""

SHOWN_IN_HTML: Final = 1_000
"""How many findings of one shape the HTML report holds."""

COLUMNS: Final = (
    "severity",
    "unverifiable",
    "shape",
    "wanted",
    "focus",
    "label",
    "path",
    "value",
    "message",
    "document",
    "line",
    "last_line",
    "hint",
    "source",
)
FORMATS: Final = ("text", "json", "jsonl", "csv", "ttl", "html")


def report_as(report: Report, syntax: str, *, shown: int | None = None) -> str:
    """The report in one of FORMATS; ``shown`` findings of a shape in text (else 5) and HTML (else 1,000), all in the
    others.

    Raises UsageError for any other format.
    """
    match syntax:
        case "text":
            return report_text(report, shown=SHOWN if shown is None else shown)
        case "json":
            return json.dumps(report_data(report), indent=2, ensure_ascii=False) + "\n"
        case "jsonl":
            return "".join(json.dumps(finding_data(f), ensure_ascii=False) + "\n" for f in report.findings)
        case "csv":
            return report_csv(report)
        case "ttl":
            return report_turtle(report)
        case "html":
            return report_html(report, shown=SHOWN_IN_HTML if shown is None else shown)
    raise UsageError(f"no report format is called '{syntax}'.", hint=f"Use one of: {', '.join(FORMATS)}.")


def report_text(report: Report, *, shown: int = SHOWN) -> str:
    """Findings grouped by shape, each group headed by a plain sentence, and the summary line."""
    blocks = [_block(group, shown) for group in by_shape(report.findings)]
    return "\n".join([f"Checked: {', '.join(report.sources) or 'data'}", "", *blocks, report.summary(), ""])


def _block(group: list[Finding], shown: int) -> str:
    first = group[0]
    shape = first.shape
    lines = [f"{heading(first)} ({len(group)}). Wanted: {shape.name}.  [{shape.short_name}]"]
    if shape.description:
        lines.append(f"    {shape.description}")
    for finding in group[:shown]:
        where = ", ".join(map(str, finding.places))
        lines.append(f"  - {finding.label}: {finding.message}{f'  ({where})' if where else ''}")
    if len(group) > shown:
        lines.append(f"  ... and {len(group) - shown} more ({MORE})")
    if shape.hint:
        lines.append(f"    What to do: {shape.hint}")
    return "\n".join([*lines, ""])


def heading(finding: Finding) -> str:
    """The kind of a finding in capitals."""
    return "NOT DECIDED" if finding.unverifiable else finding.severity.upper()


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON data."""
    return {
        "severity": finding.severity.value,
        "unverifiable": finding.unverifiable,
        "shape": finding.shape.iri,
        "wanted": finding.shape.name,
        "focus": finding.focus_iri,
        "label": finding.label,
        "path": finding.path,
        "value": _plain(finding.value),
        "value_label": finding.value_label,
        "message": finding.message,
        "component": finding.component,
        "places": [
            {"document": place.document, "line": place.line, "last_line": place.last_line}
            for place in finding.places
        ],
        "hint": finding.shape.hint,
        "source": finding.shape.source,
    }


def check_data(check: Check) -> dict[str, Any]:
    """What became of a check, as JSON data."""
    return {
        "shape": check.shape.iri,
        "wanted": check.shape.name,
        "severity": check.shape.severity.value,
        "outcome": check.outcome.value,
        "nodes": check.nodes,
        "found": check.found,
        "undecided": check.undecided,
    }


def report_data(report: Report) -> dict[str, Any]:
    """The whole report as JSON data."""
    return {
        "conforms": report.conforms,
        "summary": report.summary(),
        "nothing_checked": report.nothing,
        "engine": report.engine,
        "shapes": report.shapes,
        "sources": list(report.sources),
        "statements": report.statements,
        "findings": [finding_data(finding) for finding in report.findings],
        "checks": [check_data(check) for check in report.checks],
    }


def _plain(term: Term | None) -> str | None:
    return None if term is None else str(term) if isinstance(term, BlankNode) else term.value


def report_csv(report: Report) -> str:
    """One row a finding and place; a finding without a place has one row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for finding in report.findings:
        data = finding_data(finding)
        for place in data["places"] or [{}]:
            writer.writerow({name: _cell(value) for name, value in {**data, **place}.items()})
    return out.getvalue()


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def report_turtle(report: Report) -> str:
    """The findings as a ``sh:ValidationReport``. It conforms, in SHACL's sense, only with no result at all."""
    whole = BlankNode("report")
    triples = [
        Triple(whole, RDF_TYPE, IRI(f"{SH}ValidationReport")),
        Triple(whole, IRI(f"{SH}conforms"), boolean(not report.findings)),
    ]
    for number, finding in enumerate(report.findings, start=1):
        node = BlankNode(f"result{number}")
        triples.append(Triple(whole, IRI(f"{SH}result"), node))
        triples += [
            Triple(node, IRI(name), value) for name, value in _result_values(finding) if value is not None
        ]
    return canonical_turtle(triples)


def _result_values(finding: Finding) -> list[tuple[str, Term | None]]:
    places = ", ".join(map(str, finding.places))
    return [
        (RDF_TYPE.value, IRI(f"{SH}ValidationResult")),
        (f"{SH}resultSeverity", IRI(f"{SH}{finding.severity.title()}")),
        (f"{SH}focusNode", finding.focus),
        (f"{SH}resultPath", IRI(finding.path) if finding.path else None),
        (f"{SH}value", finding.value),
        (f"{SH}sourceShape", IRI(finding.shape.iri)),
        (f"{SH}sourceConstraintComponent", IRI(finding.component)),
        (f"{SH}resultMessage", text(f"{finding.message} ({places})" if places else finding.message)),
    ]
