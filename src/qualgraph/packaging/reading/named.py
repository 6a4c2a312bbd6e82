"""A sentence that names a set of units in the lines after it, as drafts of rule statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from qualgraph.packaging.reading.readings import Choice
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.statements import Draft

_UNITS = r"(?:(?:core|elective|specialist|specialisation) )*units?(?: of competency)?"
_DONE = (
    r"(?: (?:must be|are to be|are|to be)(?: (?:selected|completed|chosen|undertaken|required))?| required)?"
)
_FROM = r"(?: (?:from|in) (?:the )?@[a-z0-9_]+)?"
_WHOLE = re.compile(
    rf"^(?:select|choose|complete|undertake)?(?: all)?(?: of)? ?(?:the )?following(?: (?P<n>\d+))? {_UNITS}"
    rf"{_FROM}{_DONE}$"
)
_PART = re.compile(
    rf"^(?:select|choose|complete|undertake)? ?(?:a )?(?P<least>at least |minimum of )?(?P<all>all )?(?P<n>\d+)"
    rf"(?: {_UNITS})? (?:of|from) the following(?: list(?: of)?)?(?: {_UNITS})?{_DONE}$"
)
_ONLY = re.compile(
    r"^(?:note:? ?)?(?:only|up to) (?P<n>\d+) of the following (?:[a-z]+ ){0,3}units?"
    r" (?:may|can) be (?:selected|chosen|taken)"
    rf"{_FROM}$"
)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """How many of the named units a sentence asks for; ``least``: more may be taken."""

    n: int
    least: bool


def drafts_of_set(sentence: Sentence, plain: str, scope: str) -> list[Draft] | None:
    """The drafts of a sentence with its units; None where it says something else, or counts other than they are.

    ``plain`` is the sentence in the grammar's wording.
    """
    only = _ONLY.match(plain)
    if only:
        every = tuple(f"unit:{code}" for codes in sentence.units for code in codes)
        because = "the text permits so many of the units that it names"
        return [_draft(sentence, scope, "max", int(only["n"]), every, because)]
    asked = _asked(plain, len(sentence.units))
    if asked is None or asked.n > len(sentence.units):
        return None
    alone = tuple(f"unit:{codes[0]}" for codes in sentence.units if len(codes) == 1)
    either = [tuple(f"unit:{code}" for code in codes) for codes in sentence.units if len(codes) > 1]

    if asked.n == len(sentence.units):
        whole = [_draft(sentence, scope, "all", None, alone, "the text names each unit")] if alone else []
        return whole + [
            _draft(sentence, scope, "exact", 1, pools, "the text joins the units by 'or'") for pools in either
        ]
    every = (*alone, *(pool for pools in either for pool in pools))
    part = _draft(sentence, scope, "min", asked.n, every, "the text asks so many of the units that it names")
    return [
        part,
        *(_draft(sentence, scope, "max", 1, pools, "the text joins the units by 'or'") for pools in either),
    ]


_INCLUDING = re.compile(r",?\s+including\W*$", re.IGNORECASE)


def before_including(text: str) -> str | None:
    """The sentence without 'including:' at its end, where the units after it are among those it counts."""
    found = _INCLUDING.search(text)
    return text[: found.start()] if found else None


def with_units_told(sentence: Sentence) -> Sentence:
    """The sentence with the codes of the units in the lines after it."""
    codes = ", ".join(" or ".join(codes) for codes in sentence.units)
    return replace(sentence, text=f"{sentence.text} {codes}") if codes else sentence


def _asked(plain: str, size: int) -> _Asked | None:
    whole = _WHOLE.match(plain)
    if whole:
        n = int(whole["n"]) if whole["n"] else size
        return _Asked(n=n, least=False) if n == size else None
    part = _PART.match(plain)
    if part is None or (part["all"] and int(part["n"]) != size):
        return None
    return _Asked(n=int(part["n"]), least=bool(part["least"]))


def _draft(
    sentence: Sentence,
    scope: str,
    kind: Literal["all", "exact", "min", "max"],
    n: int | None,
    pools: tuple[str, ...],
    because: str,
) -> Draft:
    return Draft(
        choice=Choice.of_units(kind, n, pools),
        text=sentence.text,
        line=sentence.line,
        last_line=sentence.last_line,
        scope=scope,
        pools=pools,
        n=n,
        kind=kind,
        reading=kind,
        because=because,
    )
