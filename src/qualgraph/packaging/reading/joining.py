"""Sentences that a page parts and that belong together: a lead and the pools in the lines after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualgraph.notation import number_named
from qualgraph.packaging.reading import grammar
from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.layout import UnitList
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.wordings import normalised

_LEADS = re.compile(
    r"\b(?:from|selected|chosen)(?: either)?(?: the following)?\s*(?::[^:.]*|)$", re.IGNORECASE
)
_REST = re.compile(
    r"^(?:the )?(?:other|remaining|balance of) (?:elective )?units? to (?:bring|make)\b", re.IGNORECASE
)
_THESE = re.compile(r"^these (?:units )?(?:may|can)\b", re.IGNORECASE)
_OR = re.compile(r"^\W*or\W*$", re.IGNORECASE)
_CHOOSES = re.compile(
    r"^\W*(?:\d+|all|one|two|three|four|five|six|seven|eight)\b.{0,40}\bfrom\b", re.IGNORECASE
)
_POOLS = {"GROUP", "LISTED", "ANYPACKAGE", "NAMED", "COURSE", "THIS"}
_BESIDE = {
    *("AQF", "AQFLEVEL", "ROMAN", "SAME", "HIGHER", "LOWER", "ABOVE", "BELOWLEVEL"),
    *("OR", "AND", "COMMA", "FROM", "IN", "UNITS", "ELECTIVES", "EITHER"),
}
_MOST = 8
_ALL_OF_LIST = re.compile(
    r"^(?:select|complete|choose|the following)\b(?: all)?(?: of)?(?: the)?\W*(?P<n>[a-z]+|\d+)?(?:\W*\(\d+\))? ?units"
    r"(?: of competenc(?:y|e))?(?: (?:from|in) (?:this|the following) list| must be (?:chosen|selected|completed))\W*$",
    re.IGNORECASE,
)
_ALL_OF_CORE = re.compile(
    r"^\W*(?:select|complete) all (?P<n>[a-z]+|\d{1,2}) of the (?:[a-z]+ )?core units(?: of competency)?"
    r" listed below\W*$",
    re.IGNORECASE,
)
_THIS_LIST = re.compile(
    r"\b(from|in) (?:this (?:list|group)|the (?:following )?list(?: below)?)\b", re.IGNORECASE
)
_OF_FOLLOWING = re.compile(
    r"^\W*(?:(?:users|candidates|learners) must )?(?:(?:select|complete|choose) )?"
    r"(?P<n>(?:(?:at least|a minimum of) )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten))"
    r" of the following units(?: must be (?:selected|completed|chosen)(?: for this qualification)?)?\W*$",
    re.IGNORECASE,
)


def with_parts_joined(sentences: Sequence[Sentence], names: GroupNames) -> list[Sentence]:
    """The sentences, those that lead to lines of nothing but pools as one with them."""
    joined: list[Sentence] = []
    at = 0
    while at < len(sentences):
        sentence = sentences[at]
        at += 1
        if at + 1 < len(sentences) and _OR.match(sentences[at].text) and _CHOOSES.match(sentence.text):
            sentence = _either(sentence, sentences[at + 1])
            at += 2
        elif _LEADS.search(sentence.text):
            pools = _pools_after(sentences[at : at + _MOST], names)
            if pools:
                at += len(pools)
                sentence = _with_pools(sentence, pools)
        elif _REST.match(sentence.text) and at < len(sentences) and _THESE.match(sentences[at].text):
            sentence = _both(sentence, sentences[at])
            at += 1
        joined.append(sentence)
    return joined


def _pools_after(sentences: Sequence[Sentence], names: GroupNames) -> list[Sentence]:
    pools: list[Sentence] = []
    for sentence in sentences:
        if not _is_pool(sentence, names):
            break
        pools.append(sentence)
    return pools


def _is_pool(sentence: Sentence, names: GroupNames) -> bool:
    clauses = grammar.clauses(normalised(sentence.text, names))
    if clauses is None or len(clauses) != 1 or clauses[0].amount:
        return False
    kinds = {word.kind for word in clauses[0].words}
    return bool(kinds & _POOLS) and kinds <= _POOLS | _BESIDE


def _with_pools(lead: Sentence, pools: Sequence[Sentence]) -> Sentence:
    ways = " or ".join(
        re.sub(r"^or\s+|[\s,;.]+(?:or)?$", "", pool.text, flags=re.IGNORECASE) for pool in pools
    )
    return replace(lead, text=f"{lead.text} {ways}", last_line=pools[-1].last_line)


def _either(first: Sentence, second: Sentence) -> Sentence:
    text = f"{first.text.rstrip(' .,;')} or {second.text}"
    return replace(first, text=text, last_line=second.last_line)


def _both(first: Sentence, second: Sentence) -> Sentence:
    return replace(first, text=f"{first.text} {second.text}", last_line=second.last_line)


def list_note(sentence: Sentence, core: int | None) -> bool:
    """Whether the sentence, in or over the core list, only says that all its units are required, as many as stated."""
    found = _ALL_OF_LIST.match(sentence.text)
    part = _ALL_OF_CORE.match(sentence.text)
    if part:
        return core is not None and (number_named(part["n"]) or core + 1) <= core
    if found is None or (sentence.under is not None and sentence.under.heading.kind != "core"):
        return False
    named = number_named(found["n"] or "")
    if named is not None:
        return named == core
    return sentence.under is not None and (found["n"] or "").lower() in ("", "of", "the")


def in_list(text: str, under: UnitList | None, line: int = 0) -> str:
    """The sentence with 'this list', 'this group' and 'the following units' as the list that it stands in.

    The following units are the whole list only where the sentence comes before them all, and they have one topic.
    """
    if under is None:
        return text
    following = _OF_FOLLOWING.match(text)
    if following and under.heading.kind in ("group", "electives"):
        whole = (
            bool(under.rows) and under.rows[0].line > line and len({row.heading for row in under.rows}) == 1
        )
        list_ = f"Group {under.heading.id}" if under.heading.kind == "group" else under.text
        return f"{following['n']} units from {list_}" if whole else text
    if under.heading.kind != "group":
        return text
    return _THIS_LIST.sub(rf"\1 Group {under.heading.id}", text)
