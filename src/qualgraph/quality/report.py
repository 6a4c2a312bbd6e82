"""What was found wrong in a store as a page of Markdown or as plain data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from qualgraph.catalogue import Severity
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.quality.run import Checked, Quality

MEANINGS: Final = {
    Severity.ERROR: "cannot be right",
    Severity.WARNING: "may be wrong, or matters to whoever relies on it",
    Severity.INFO: "lawful and worth knowing",
}
_DOCUMENTS: Final = f"{DEFAULT_BASE}document/"


def short(cell: str) -> str:
    """A cell with the documents' own part of their IRIs only."""
    return cell.removeprefix(_DOCUMENTS)


def json_report(found: Quality) -> str:
    """Everything as JSON."""
    return json.dumps(_data(found), indent=2, ensure_ascii=False) + "\n"


def _data(found: Quality) -> dict[str, Any]:
    return {
        "location": found.location,
        "rows": {severity.value: found.rows(severity) for severity in Severity},
        "not_answered": [check.query.name for check in found.unanswered],
        "checks": [
            {
                "query": check.query.name,
                "severity": check.severity.value,
                "question": check.query.question,
                "rows": check.rows,
                "things": check.things,
                "not_answered": check.not_answered or None,
                "seconds": round(check.seconds, 3),
                "examples": list(check.examples),
            }
            for check in found.checks
        ],
    }


def markdown_report(found: Quality) -> str:
    """A page: the counts, then each question that found something, with its first rows.

    It holds no path and no time, so that the same store gives the same page.
    """
    return "\n".join(_page(found)).rstrip() + "\n"


def _page(found: Quality) -> Iterator[str]:
    yield "# Quality of the store"
    yield ""
    yield f"{len(found.checks)} questions were asked. A row is one finding; *things* are the different values of its"
    yield "first column. An error cannot be right, a warning may be wrong or matters to whoever relies on it, and info"
    yield "is lawful and worth knowing."
    yield ""
    if found.unanswered:
        yield f"Not answered: {len(found.unanswered)}. Whether there is anything of what they ask for is not known."
        yield ""
    yield from _table(
        ("severity", "question", "rows", "things"),
        [(check.severity.value, _link(check), *_counts(check)) for check in found.checks],
    )
    for check in found.checks:
        if check.rows:
            yield from _section(check)


def _counts(check: Checked) -> tuple[str, str]:
    if check.rows is None or check.things is None:
        return f"not answered: {check.not_answered}", ""
    return f"{check.rows:,}", f"{check.things:,}"


def _link(check: Checked) -> str:
    name = check.query.name
    return f"[{name}](#{name})" if check.rows else name


def _section(check: Checked) -> Iterator[str]:
    yield f"## {check.query.name}"
    yield ""
    more = "" if (check.rows or 0) <= len(check.examples) else f" The first {len(check.examples)}:"
    rows = f"{_counts(check)[0]} {'row' if check.rows == 1 else 'rows'}"
    yield f"{check.query.question} ({check.severity}: {MEANINGS[check.severity]}) {rows}.{more}"
    yield ""
    columns = [column.name for column in check.query.columns]
    yield from _table(columns, [[short(row[name]) for name in columns] for row in check.examples])


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(columns)} |"
        yield f"|{'---|' * len(columns)}"
        for row in rows:
            yield f"| {' | '.join(_escaped(cell) for cell in row)} |"
        yield ""


def _escaped(cell: str) -> str:
    """A cell that Markdown takes as text; a link of our own stays one."""
    return cell if cell.startswith("[") and "](#" in cell else cell.replace("|", "\\|").replace("<", "&lt;")


REPORTS: Final[Mapping[str, Callable[[Quality], str]]] = {"md": markdown_report, "json": json_report}
"""The forms of a report by the ending of a file's name."""
