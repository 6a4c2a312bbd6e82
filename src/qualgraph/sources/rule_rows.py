"""One packaging rule of many: a row of the register's export, as its text or as a rule that was read before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from qualgraph.errors import BrokenDocumentError
from qualgraph.packaging import PackagingRule, UnreadText, from_json, parse
from qualgraph.packaging.tree import Status
from qualgraph.sources.base import stated_or_given

CELL_LIMIT = 32_767
"""Characters that a cell of a spreadsheet can hold; the register's export cuts longer texts there."""

TEXT = "packagingRules"
_CUT = "the end of the text: it was cut off after {:,} characters when it was exported"
_HINT = f"A row has 'code', 'title' and '{TEXT}', or is a rule as 'qualgraph rules parse --format jsonl' writes it."


@dataclass(frozen=True, kw_only=True)
class FoundRule:
    """A packaging rule and the file and line it was found at (``register.jsonl:12``).

    ``package`` and ``usage`` are the training package's code and the usage recommendation, where the row has them.
    """

    rule: PackagingRule
    where: str
    package: str | None = None
    usage: str | None = None


def is_parsed(row: Mapping[str, Any]) -> bool:
    """Whether the row is a rule as data, and not the text of one."""
    return "groups" in row and "rules" in row


def row_rule(
    row: Mapping[str, Any], where: str, *, code: str | None = None, title: str | None = None
) -> FoundRule:
    """The rule of one row; ``code`` and ``title`` hold where the row states none.

    A text that was cut off in the export is never read as complete: its end is among the unread.
    Raises BrokenDocumentError for a row of another form.
    """
    stated = _word(row, "code", where)
    own = stated_or_given(stated.strip().upper() if stated else None, code, where)
    named = _word(row, "title", where) or title
    if is_parsed(row):
        try:
            rule = replace(from_json(dict(row)), code=own, title=named)
        except BrokenDocumentError as error:
            raise BrokenDocumentError(error.what, where=where, hint=error.hint) from error
    else:
        rule = _read(row, where, code=own, title=named)
    return FoundRule(
        rule=rule,
        where=where,
        package=_word(row, "tpCode", where),
        usage=_word(row, "usageRecommendation", where),
    )


def _read(row: Mapping[str, Any], where: str, *, code: str | None, title: str | None) -> PackagingRule:
    if TEXT not in row:
        raise BrokenDocumentError(f"is no packaging rule: it has no '{TEXT}'.", where=where, hint=_HINT)
    text = _word(row, TEXT, where) or ""
    rule = parse(text, code=code, title=title, release=_word(row, "release", where))
    if row.get("truncated") is True or len(text) >= CELL_LIMIT:
        return cut_off(rule, len(text), text.count("\n") + 1)
    return rule


def cut_off(rule: PackagingRule, length: int, line: int | None) -> PackagingRule:
    """The rule as far as the cut text states it: never complete, with what is missing among the unread."""
    missing = UnreadText(path=f"packaging/unread/{len(rule.unread) + 1}", text=_CUT.format(length), line=line)
    status: Status = "partial" if rule.status == "complete" else rule.status
    return replace(rule, status=status, unread=(*rule.unread, missing))


def _word(row: Mapping[str, Any], key: str, where: str) -> str | None:
    """A text of the row, None where there is none; raises BrokenDocumentError for anything else."""
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise BrokenDocumentError(f"has a '{key}' that is no text.", where=where, hint=_HINT)
