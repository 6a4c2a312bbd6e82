"""The small things that source documents are made of: patterns of codes and days, list items, headings' keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualgraph.model import Problem, ProblemKind, Severity

QUALIFICATION_CODE = r"(?:[A-Z]{3}\d{4,6}[A-Z]?|\d{5}[A-Z]{2,4})(?![A-Za-z0-9])"
"""A qualification of a training package (BSB40307) or an accredited course (22334VIC)."""

QUALIFICATION_TITLE = re.compile(
    r"(?:Certificate (?:I|II|III|IV|1|2|3|4)\b|(?:Advanced |Graduate |Vocational Graduate )?Diploma\b"
    r"|(?:Vocational )?Graduate Certificate\b|Associate Degree\b|Bachelor\b|Statement of Attainment\b|Course in\b)",
)
"""How the title of a qualification begins."""

DATE = r"\d{1,2}/(?:[A-Za-z]{3,9}|\d{1,2})/\d{4}"
"""A day as the register prints it: 27/Nov/2011, or 27/11/2011."""

_BULLET = re.compile(r"^(?:[•▪●○◦·‣–—*\ufffd]|[-?](?=\s|$)|o(?=\s\S))\s*(?![*])")


def item(text: str) -> str | None:
    """The text after a list bullet, empty for a bullet alone; None where the line has no bullet."""
    match = _BULLET.match(text)
    return text[match.end() :].strip() if match else None


def without_bullet(text: str) -> str:
    """The text, its bullet dropped."""
    found = item(text)
    return text if found is None else found


def key(heading: str) -> str:
    """A heading in a form that can be compared: lower case, letters and digits only, single spaces."""
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def problem(
    kind: ProblemKind, message: str, line: int | None, *, info: bool = False, excerpt: str | None = None
) -> Problem:
    """A problem; ``info`` for one that loses nothing."""
    severity = Severity.INFO if info else Severity.WARNING
    return Problem(kind=kind, message=message, line=line, severity=severity, excerpt=excerpt)


def not_read(message: str, line: int, excerpt: str | None = None, *, info: bool = False) -> Problem:
    """A problem that says what was left unread."""
    return problem(ProblemKind.NOT_READ, message, line, info=info, excerpt=excerpt)


MAX_PROBLEMS_OF_A_KIND = 200


class Problems:
    """Problems as they are met: at most ``MAX_PROBLEMS_OF_A_KIND`` of each kind are kept, the rest are counted."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._seen: dict[ProblemKind, int] = {}

    def add(self, found: Problem) -> None:
        """One more."""
        self._seen[found.kind] = self._seen.get(found.kind, 0) + 1
        if self._seen[found.kind] <= MAX_PROBLEMS_OF_A_KIND:
            self._kept.append(found)

    def kept(self) -> tuple[Problem, ...]:
        """Those that were kept, and for each kind that has more one that counts the rest."""
        rest = {kind: total - MAX_PROBLEMS_OF_A_KIND for kind, total in self._seen.items()}
        more = (
            problem(kind, f"{number:,} more of this kind are not shown.", None)
            for kind, number in rest.items()
            if number > 0
        )
        return (*self._kept, *more)


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """At most ``MAX_PROBLEMS_OF_A_KIND`` of each kind, and one that counts the rest."""
    found = Problems()
    for one in problems:
        found.add(one)
    return found.kept()
