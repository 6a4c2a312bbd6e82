"""A release as the REST interface tells it: its unit grid, and the packaging rule in its content bundles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from qualgraph.model import GridRow, Packaging, Problem, ProblemKind, UnitGrid
from qualgraph.packaging import PackagingRule, from_json, parse, to_json
from qualgraph.sources.html import html_lines
from qualgraph.sources.interfaces.rest_paths import Answer
from qualgraph.sources.interfaces.rest_values import (
    USAGES,
    Doubts,
    Object,
    code_of,
    number,
    rows,
    text,
    word,
)
from qualgraph.sources.text import lines_of, split_lines
from qualgraph.sources.tokens import not_read, problem

_RULES: Final = re.compile(r"packaging\s*rule", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<[a-z/!]", re.IGNORECASE)


def grid_rows(found: Any) -> list[Any] | None:
    """The rows of a unit grid: a list, or an object that numbers them; None for anything else."""
    if isinstance(found, dict) and all(name.isdecimal() for name in found):
        return [found[name] for name in sorted(found, key=int)]
    return found if isinstance(found, list) else None


def grid(found: Sequence[tuple[int, Any]], line: int, doubts: Doubts) -> Iterator[UnitGrid | Problem]:
    """The unit grid; it never says which elective group a unit is in. ``found`` are its rows with their lines."""
    read: list[GridRow] = []
    for position, (at, row) in enumerate(found, start=1):
        yield from doubts.of(Answer.GRID, row, at)
        code, title = (code_of(row, "code"), text(row, "title")) if isinstance(row, dict) else (None, None)
        if code is None:
            yield not_read(f"Row {position} of the unit grid states no code; not read.", at)
            continue
        essential, usage = _essential(row), USAGES.get(word(row, "usageRecommendation") or "")
        read.append(
            GridRow(position=position, code=code, title=title, usage=usage, essential=essential, line=at)
        )
    yield UnitGrid(rows=tuple(read), stated=len(found), line=line)


def _essential(row: Object) -> str | None:
    label = text(row, "isEssentialLabel")
    if label:
        return label
    match row.get("isEssential"):
        case True:
            return "Core"
        case False:
            return "Elective"
        case _:
            return None


def packaging(
    bundle: Object, line: int, *, code: str, title: str | None, release: Object | None = None
) -> Iterator[Packaging | Problem]:
    """The packaging rule in a content bundle, held against the counts of its release; nothing where it has none."""
    for item in rows(bundle, "items"):
        if not _is_rule(item):
            continue
        content = item.get("content")
        lines = _lines(content if isinstance(content, str) else "", text(item, "format"))
        number_of_release = text(release, "releaseNumber") if release is not None else None
        rule = _placed(parse(lines, code=code, title=title, release=number_of_release), line)
        yield Packaging(rule=rule, line=line)
        for unread in rule.unread:
            message = "A line of the packaging rules that may bear on a verdict is not read."
            yield not_read(message, line, unread.text)
        if release is not None:
            yield from _disagreements(rule, release, line)


def has_rules(bundle: Object) -> bool:
    """Whether a content bundle holds packaging rules."""
    return any(_is_rule(item) for item in rows(bundle, "items"))


def _is_rule(item: Object) -> bool:
    names = (text(item, "contentType"), text(item, "title"))
    return any(name and _RULES.search(name) for name in names)


def _lines(content: str, format: str | None) -> list[tuple[int, str]]:
    """The lines of a text as the reader of rules takes them; HTML is told by its format, else by a tag."""
    if format == "html" or (format is None and _MARKUP.search(content)):
        if not content.strip():
            return []
        numbered, _ = html_lines(f"<div>{content}</div>", "packaging rules")
    else:
        numbered = list(enumerate(split_lines(content, "packaging rules"), start=1))
    return [(line.number, line.tabbed) for line in lines_of(numbered)]


def _placed(rule: PackagingRule, line: int) -> PackagingRule:
    """The rule with the line of the answer for each of its parts: the lines of the text within are in no file."""
    return from_json(_with_line(to_json(rule, detail=True), line))


def _with_line(value: Any, line: int) -> Any:
    if isinstance(value, dict):
        return {
            name: line if name == "line" and each is not None else _with_line(each, line)
            for name, each in value.items()
        }
    return [_with_line(each, line) for each in value] if isinstance(value, list) else value


def _disagreements(rule: PackagingRule, release: Object, line: int) -> Iterator[Problem]:
    stated = {name: number(release, "packagingInformation", name) for name in ("core", "elective")}
    if text(release, "packagingInformation", "measure") != rule.measure:
        return
    for name, says in (("core", rule.core), ("elective", rule.elective)):
        if says is not None and stated[name] is not None and says != stated[name]:
            message = (
                f"The rules want {says} {name} {rule.measure}; the release's own figure is {stated[name]}."
            )
            yield problem(ProblemKind.NOT_READ, message, line, info=True)
