"""Prerequisites that a note states for every unit with a mark: 'a unit marked * includes prerequisite unit ZZC101'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualgraph.packaging.reading.units import unit_codes
from qualgraph.packaging.tree import Policy, Prerequisite, UnitGroup

_NOTE = re.compile(
    r"\bunits? (?:that (?:are|is) )?(?:marked|identified|indicated|shown) (?:with|by)(?: an?)?(?: asterisks?| hash)?"
    r"\s*\(?(?P<mark>[*#^]+)\)?(?: asterisks?)? (?:includes?|ha(?:s|ve)|requires?)(?: the| an?)? pre-?requisite units?"
    r"(?: of competency)?:?\s+(?=[A-Z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class MarkedPrerequisite:
    """The mark and the units that every unit with it requires."""

    mark: str
    requires: tuple[str, ...]
    line: int


def marked_prerequisite(text: str, line: int) -> MarkedPrerequisite | None:
    """What the note states, or None for any other sentence."""
    found = _NOTE.search(text)
    codes = unit_codes(text[found.end() :]) if found else []
    if not found or not codes or re.search(r"\bor\b [A-Z]{3}", text[found.end() :]):
        return None
    return MarkedPrerequisite(mark=found["mark"], requires=tuple(codes), line=line)


def with_marked(
    known: Sequence[Prerequisite],
    notes: Iterable[MarkedPrerequisite],
    groups: Iterable[UnitGroup],
    policy: Policy,
) -> list[Prerequisite]:
    """The prerequisites with those of the notes, one entry for each unit."""
    found: dict[str, Prerequisite] = {item.unit: item for item in known}
    marked = [member for group in groups for member in group.members if member.mark]
    for note in notes:
        for member in marked:
            if member.mark == note.mark:
                _add(found, member.code, note, policy)
    return list(found.values())


def _add(found: dict[str, Prerequisite], unit: str, note: MarkedPrerequisite, policy: Policy) -> None:
    requires = tuple(code for code in note.requires if code != unit)
    if requires:
        path = f"packaging/prerequisite/{unit}"
        entry = found.get(unit) or Prerequisite(path=path, unit=unit, policy=policy, line=note.line)
        found[unit] = replace(entry, requires=tuple(dict.fromkeys(entry.requires + requires)))
