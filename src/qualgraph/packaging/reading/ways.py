"""Sentences that 'or' joins, as the ways that they leave open: '1 unit from Group A or 2 units from Group B'."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from qualgraph.packaging.reading.readings import Choice
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.tree import IMPORT

MOST_WAYS = 26
_ALONE = re.compile(r"^\W*or\W*$", re.IGNORECASE)
_ENDS = re.compile(r"[\s,;]*\bor\W*$", re.IGNORECASE)
_BEGINS = re.compile(r"^\W*or\b[\s,:]*", re.IGNORECASE)
_COUNTS = re.compile(
    r"^\W*(?:either |all )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|at least|a minimum)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"^(?P<body>.*(?P<before>\)|\b[a-z]{8,}[a-rt-z]))(?<!t)or$", re.IGNORECASE)
_IF = r"(?:if|when|where)"
_GROUPS = r"(?P<groups>@[a-z0-9_]+(?:(?: ?,| or| and/or|/| and)+ ?@[a-z0-9_]+)*)"
_CONDITION = re.compile(
    rf"^(?P<count>.*?)[ ,(]*\b{_IF} (?:(?:selecting|choosing|you (?:select|choose)) (?:from |units from )?{_GROUPS}"
    rf"|{_GROUPS.replace('groups', 'chosen')} (?:is |are |has been |have been )?(?:selected|chosen))[ ).]*$"
)
_NEXT_COUNT = re.compile(r"[,;]? or (?=(?:at least )?\d)")


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Sentences that 'or' joins, and how many sentences of the page they are, 'or' alone on a line among them."""

    sentences: tuple[Sentence, ...]
    taken: int


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """'5 general units if selecting Group A or B': the count, and the groups that it goes with, as references."""

    count: str
    groups: tuple[str, ...]


def joins(text: str) -> bool:
    """Whether the line is 'or' alone."""
    return bool(_ALONE.match(text))


def ends_open(text: str) -> bool:
    """Whether the sentence ends with 'or'."""
    return bool(_ENDS.search(text))


def begins_way(text: str) -> bool:
    """Whether the sentence is 'or' alone, or begins with 'or' and a number."""
    begins = _BEGINS.match(text)
    return joins(text) or (begins is not None and bool(_COUNTS.match(text[begins.end() :])))


def without_or(sentence: Sentence) -> Sentence:
    """The sentence without an 'or' at its end."""
    return replace(sentence, text=_ENDS.sub("", sentence.text))


def with_or_parted(sentences: Sequence[Sentence], words: Callable[[], Container[str]]) -> list[Sentence]:
    """The sentences, an 'or' at the end parted from the word of the page that it is glued to, before another count."""
    parted_: list[Sentence] = []
    for sentence, following in zip_longest(sentences, sentences[1:]):
        glued = _GLUED.match(sentence.text) if following and _COUNTS.match(following.text) else None
        if (
            glued
            and _COUNTS.match(sentence.text)
            and (glued["before"] == ")" or glued["before"].lower() in words())
        ):
            sentence = replace(sentence, text=f"{glued['body']} or", printed=sentence.text)
        parted_.append(sentence)
    return parted_


def ways_from(sentences: Sequence[Sentence], at: int) -> Ways:
    """The sentence and all that 'or' joins to it, in the line, between the lines or alone on a line."""
    found = [sentences[at]]
    number = at + 1
    while number < len(sentences):
        open_ = ends_open(found[-1].text)
        if joins(sentences[number].text) and not open_:
            number += 1
            open_ = True
        if number == len(sentences) or not (open_ or _BEGINS.match(sentences[number].text)):
            break
        found.append(sentences[number])
        number += 1
    return Ways(sentences=tuple(found), taken=number - at)


def counted(ways: Ways) -> list[Sentence] | None:
    """The sentences without 'or', where each is a number of something and 'or' leads to no line of other kind."""
    plain = [
        replace(each, text=_BEGINS.sub("", _ENDS.sub("", each.text))) for each in ways.sentences[:MOST_WAYS]
    ]
    same = {(each.before_lists, id(each.under)) for each in ways.sentences}
    if len(ways.sentences) > MOST_WAYS or ends_open(ways.sentences[-1].text) or len(same) > 1:
        return None
    return plain if all(_COUNTS.match(each.text) and not each.units for each in plain) else None


def parted(choices: Sequence[Choice]) -> list[list[Choice]] | None:
    """The choices of a sentence by the 'or' between them; None where 'and' and 'or' may be bracketed in two ways."""
    parts: list[list[Choice]] = [[]]
    for choice in choices:
        parts[-1].append(replace(choice, joined_by=None) if choice.joined_by == "OR" else choice)
        if choice.joined_by == "OR":
            parts.append([])
    if not parts[-1] or (len(parts) > 1 and any(len(part) > 1 for part in parts)):
        return None
    return parts


def asks(choice: Choice) -> bool:
    """Whether the choice asks for a number of listed units, and does not only permit, exclude or take what is left."""
    permits = choice.modal == "may" or choice.remaining or choice.excludes or choice.as_prerequisite
    return (
        choice.amount in ("plain", "min", "all")
        and (choice.n is not None or choice.amount == "all")
        and bool(choice.pools)
        and IMPORT not in choice.pools
        and not permits
        and not choice.points
    )


def conditionals(plain: str) -> list[Conditional] | None:
    """The counts of a normalised sentence that each go with groups; None where one of them names no groups."""
    found = []
    for part in _NEXT_COUNT.split(plain):
        match = _CONDITION.match(part.strip())
        if match is None:
            return None
        groups = re.findall(r"@[a-z0-9_]+", match["groups"] or match["chosen"])
        found.append(Conditional(count=match["count"].strip(" ,"), groups=tuple(groups)))
    return found
