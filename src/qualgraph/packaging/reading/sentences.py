"""The prose of a packaging rule cut into sentences, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qualgraph.packaging.reading.layout import RuleText, UnitList

_AFTER_COLON = (
    r"\d|up to\b|at least\b|a (?:minimum|maximum)\b|all\b|both\b|the remaining\b|any\b|one\b|two\b|three\b"
    r"|no more\b|units\b|core\b"
)
_CUT = re.compile(
    r"(?<=[A-Za-z)\]0-9]\.)\s*(?=[A-Z0-9•])"
    r"|;\s+|\s[-–—]\s+(?=Note: [a-z])"
    rf"|(?<=:)\s*[◦•▪]?\s*(?i:(?=(?:{_AFTER_COLON})))"
    r"|(?<=[a-z:])"
    r"(?=(?:All|Elective|Electives|Where|Units|Core|Note|Prerequisite|Select|Choose|Any|Each|Up|The|Specialisation)"
    r" [a-z])"
    r"|(?<=[a-z.)])(?<!ombined)(?<!\bthe)\s*(?<!ombined )(?<!\bthe )(?=Specialisations?\s*[-–]\s*[A-Z])"
    r"|(?:(?<=\))|(?<=specialisation))\s*=\s*(?=\d{1,2} core\b)|(?<=core units),\s+(?=\d)|(?<=below)(?=up to \d)"
    r"|\s+consisting of\s*(?=(?:all|at least|up to|a minimum|a maximum) |\d+ (?:core|elective))"
    r"|(?<=\bSpecialisations)(?=[A-Z])|(?<=to achieve a specialisation)(?=[A-Z])"
    r"|(?<=units),?\s+plus\s+(?=\d|all units|one unit|unit from)|(?<=Group [A-Z]),\s+plus\s+(?=\d|unit from)"
    r"|(?<=core units),\s+(?=all units)"
    r"|(?<=\d elective units),?\s+including\s+(?=up to|at least|a minimum|a maximum|no more)"
    r"|(?<=units listed below),\s+or\s+(?=up to \d[^.;]{0,80}, may be selected)"
    r"|(?<=units listed below),\s+or\s+(?=up to \d[^.;,]{0,80} may be selected)"
    r"|(?<=[a-z])(?=\d{1,2}\s*(?:core|elective) units?\b)"
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence, and where it stands; ``printed`` is its wording on the page where it is read by other words.

    ``block`` is the letter of one of several blocks of sentences that 'or' parts; empty outside of blocks.
    """

    text: str
    line: int
    last_line: int
    under: UnitList | None = None
    before_lists: bool = True
    printed: str = ""
    units: tuple[tuple[str, ...], ...] = ()
    block: str = ""


def cut(prose: Iterable[RuleText]) -> Iterator[Sentence]:
    """The sentences of the prose in order; a line of many sentences gives many."""
    for text in prose:
        parts = [part.strip() for part in _CUT.split(text.text) if part and part.strip(" .;:-–•")]
        for number, part in enumerate(parts, start=1):
            yield Sentence(
                text=part,
                line=text.line,
                last_line=text.line,
                under=text.under,
                before_lists=text.before_lists,
                units=tuple(map(tuple, text.units)) if number == len(parts) else (),
            )


def joined(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences as one: a line break may part what belongs together."""
    return replace(first, text=f"{first.text} {second.text}", last_line=second.last_line)
