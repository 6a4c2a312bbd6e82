"""What a line of a packaging rule is by its wording: a heading, a cell of a table's header, a note, or other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HeadingKind = Literal[
    "core", "electives", "group", "prerequisites", "specialisation", "stop", "section", "rules"
]

_VERBS = re.compile(
    r"\b(?:must|may|can|should|shall|selected|chosen|choose|select|are|is|from|needs?|listed|below|required|plus|including)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_CORE = re.compile(
    r"^(?:\d+\.\s*)?(?:the\s+)?(?:compulsory\s+|mandatory\s+)?core"
    r"(?:\s+(?:units?|competenc(?:y|ies)))?(?:\s+of\s+competency)?(?:\s+list)?\s*[:.]?$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:(?:specialist|specialisation|general|imported|stream)\s+)?(?:electives?\s+)?(?:units?\s+)?[-–]?\s*"
    r"group(?:\s*:?\s+|(?=[A-RT-Z]\b))(?P<id>[A-Z]{1,2}|\d{1,2})\b(?P<name>.{0,140})$",
    re.IGNORECASE,
)
_MORE_GROUPS = re.compile(r"^\W*(?:or|and|and/or|to)\b", re.IGNORECASE)
_ELECTIVES = re.compile(
    r"^(?P<name>(?:[A-Za-z][\w/&,'’()-]*\s+){0,7}?)(?:elective|electives)"
    r"(?:\s+(?:units?|competenc(?:y|ies)|list|group))?(?:\s+of\s+competency)?\s*[:.]?$",
    re.IGNORECASE,
)
_PREREQUISITES = re.compile(
    r"^\W*(?:note\s+the\s+following\s+)?(?:the\s+following\s+imported\s+units?\s+ha(?:s|ve)\s+(?:a\s+)?)?"
    r"pre-?requisite(?:\s+(?:units?|requirements?|unit\s+requirements?|units\s+of\s+competency))*"
    r"(?:\s+in\s+this\s+qualification)?\s*[:.]?$",
    re.IGNORECASE,
)
_SPECIALISATION = re.compile(
    r"^(?:\d+\.\s*)?(?:specialisations?|(?:packaging|rules|packaging\s+rules)\s+(?:for|to\s+achieve)\s+(?:an?\s+|each\s+|the\s+)?"
    r"specialisations?)\s*[:.]?$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^(?:selecting\s+elective\s+units\s+for\s+(?:different|specific)\s+outcomes|unit\s+grid|employability\s+skills?"
    r"(?:\s+summary)?|custom\s+content\s+section|companion\s+volumes?)\s*[:.]?$",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:entry\s+requirements?|qualification\s+mapping\s+information|pathways?\s+(?:into|from)\s+(?:the\s+)?qualification"
    r"|qualification\s+pathways|licensing(?:/regulatory)?\s+information|modification\s+history|qualification\s+description"
    r"|preferred\s+pathways?.{0,60}|links)\s*[:.]?$",
    re.IGNORECASE,
)
_RULES = re.compile(r"^packaging\s+rules\s*[:.]?$", re.IGNORECASE)
_HEADER = re.compile(
    r"^(?:unit\s+codes?|units?\s+codes?\s+and\s+titles?|unit\s+titles?|code|title|p|points?|weighting\s+points?|units?\s+of\s+competency(?:\s+code)?"
    r"|(?:competency\s+)?(?:code|title)|weighting|unit\s+code\s+unit\s+title|\*\s*p)\s*$",
    re.IGNORECASE,
)
_PREREQUISITE_CELL = re.compile(
    r"^(?:pre-?req|pre-?requisites?|pre-?requisite\s+(?:units?|requirements?|unit\s+requirements?)|pre-?requisites?\s*\(.*\))\s*$",
    re.IGNORECASE,
)
_GUIDE_CELL = re.compile(
    r"^(?:unit\s+selection\s+guidelines?|unit\s+applicability|applicability|notes?)\s*$", re.IGNORECASE
)
_PREREQUISITE_TABLE = re.compile(
    r"^units?(?:\s+of\s+competency)?\s+in\s+this\s+qualification\b.*$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading: for a group its letter and name, for electives the words before 'electives'."""

    kind: HeadingKind
    id: str = ""
    name: str = ""


def read_heading(text: str) -> Heading | None:
    """The heading that the line is by its wording alone; whether it heads a list only the next lines can say."""
    if not text or len(text) > 160:
        return None
    for kind, pattern in _PLAIN:
        if pattern.match(text):
            return Heading(kind=kind)
    group = _GROUP.match(text)
    if (
        group
        and not _VERBS.search(_BRACKETS.sub("", group["name"]))
        and not _MORE_GROUPS.match(group["name"])
    ):
        return Heading(kind="group", id=group["id"].upper(), name=_plain_name(group["name"]))
    electives = _ELECTIVES.match(text)
    if electives and not _VERBS.search(text) and not re.search(r"\d|\ball\b", text, re.IGNORECASE):
        return Heading(kind="electives", name=electives["name"].strip())
    return None


def _plain_name(printed: str) -> str:
    """The name after a group's letter without the marks around it; brackets in the name stay."""
    name = printed.strip(" :–—-.")
    whole = name.startswith("(") and name.find(")") == len(name) - 1
    return name.strip("() ") if whole or name.count("(") != name.count(")") else name


_PLAIN: tuple[tuple[HeadingKind, re.Pattern[str]], ...] = (
    ("core", _CORE),
    ("prerequisites", _PREREQUISITES),
    ("specialisation", _SPECIALISATION),
    ("stop", _STOP),
    ("section", _SECTION),
    ("rules", _RULES),
)


def header_cell(text: str, *, after_header: bool) -> str | None:
    """Which cell of a table's header the line is: ``plain``, ``points``, ``prerequisite``, ``guide``, or None."""
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    if len(cells) > 1:
        kinds = [header_cell(cell, after_header=True) for cell in cells]
        if all(kinds):
            return next((kind for kind in kinds if kind in ("guide", "prerequisite", "points")), "plain")
        return None
    if _HEADER.match(text):
        return "points" if re.match(r"^(?:\*?\s*p|points?|weighting.*)$", text, re.IGNORECASE) else "plain"
    if after_header and _PREREQUISITE_CELL.match(text):
        return "prerequisite"
    if after_header and _GUIDE_CELL.match(text):
        return "guide"
    return None


def heads_prerequisite_table(text: str) -> bool:
    """Whether the line is the header of a table of units and their prerequisites."""
    return bool(_PREREQUISITE_TABLE.match(text))


def topic_heading(text: str) -> bool:
    """Whether the line can be a topic heading inside a unit list: short, a capital first, no verb of a rule."""
    return (
        3 <= len(text) <= 120
        and text[0].isupper()
        and not text.endswith((".", ";", ","))
        and not re.search(r"\d", text)
        and not _VERBS.search(text)
        and text.lower() not in ("or", "and", "plus", "nil", "none", "not applicable")
    )
