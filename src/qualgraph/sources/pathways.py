"""Pathways into and from a qualification: alternatives joined by OR, and job roles for entry by experience."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.model import (
    ExperienceAlternative,
    JobRole,
    OtherAlternative,
    Pathway,
    PathwayAlternative,
    PathwayDirection,
    Problem,
    QualificationAlternative,
)
from qualgraph.sources.lists import Entry, entries, label, parted
from qualgraph.sources.sections import Block
from qualgraph.sources.tokens import QUALIFICATION_CODE, QUALIFICATION_TITLE, not_read

_LEAD = (
    r"(?:(?:after|with|by)\s+)?(?:(?:successful\s+)?(?:achieving|completing|completion of|achievement of)\s+)?"
    r"(?:the\s+|a\s+|an\s+)?"
)
_QUALIFICATION = re.compile(rf"^(?i:{_LEAD})(?P<code>{QUALIFICATION_CODE})\s*[-–:]?\s*(?P<title>.+)$")
_OPEN_END = re.compile(
    r",?\s+or\s+(?:(?:an)?other|any|a range of|similar|equivalent|relevant)\b.*$", re.IGNORECASE
)
_NEXT_CODE = re.compile(rf",?\s+or\s+(?:the\s+)?(?={QUALIFICATION_CODE})")
_EXPERIENCE = re.compile(r"^(?:with\s+)?(?:\w+\s+){0,4}?experience\b", re.IGNORECASE)
_ROLES = re.compile(r"\bjob roles?\b.*:$", re.IGNORECASE)
_CODE = re.compile(QUALIFICATION_CODE)
_NONE = re.compile(r"^(?:not applicable|nil|none)\b", re.IGNORECASE)


def read_pathway(block: Block, direction: PathwayDirection) -> Iterator[Pathway | Problem]:
    """The pathway that the section states; nothing where it lists no alternative."""
    found, problems = parted(entries(block.lines))
    yield from problems
    alternatives: list[PathwayAlternative] = []
    roles: list[JobRole] = []
    in_roles = all_of = False
    for entry in found:
        joiner = entry.text.strip(" .:").upper()
        if joiner in ("OR", "AND", "AND/OR"):
            in_roles, all_of = False, joiner == "AND"
        elif _ROLES.search(entry.text):
            in_roles = True
        elif in_roles and (entry.bulleted or not _ends_a_list(entry)):
            roles.append(JobRole(label=label(entry.text), line=entry.line))
        else:
            in_roles = False
            more = list(_alternatives(entry))
            if not more and _is_half(entry):
                yield not_read(
                    "This may be the rest of a line above; no alternative.", entry.line, entry.text
                )
            alternatives = (
                _both(alternatives, entry) if all_of and alternatives and more else [*alternatives, *more]
            )
            all_of = all_of and not more
    if roles and not _with_roles(alternatives, roles):
        yield not_read(
            "Job roles are listed, but no entry by experience that they would indicate.", roles[0].line
        )
    if alternatives:
        yield Pathway(direction=direction, alternatives=tuple(alternatives), line=block.heading.number)


def _ends_a_list(entry: Entry) -> bool:
    """A whole sentence after a list without bullets."""
    return entry.text.endswith(".") and len(entry.text.split()) > 8


def _alternatives(entry: Entry) -> Iterator[PathwayAlternative]:
    """What one line offers: one or more qualifications, experience, or something else in words."""
    if _NONE.match(entry.text) or entry.text.endswith(":"):
        return
    parts = _NEXT_CODE.split(entry.text)
    matches = [_QUALIFICATION.match(part) for part in parts]
    if all(match and QUALIFICATION_TITLE.match(match["title"]) for match in matches) and not _needs_both(
        parts
    ):
        for match, text in zip(matches, parts, strict=True):
            if match:
                yield _qualification(match, text if len(parts) > 1 else entry.text, entry.line)
    elif not _CODE.search(entry.text) and _EXPERIENCE.match(entry.text):
        yield ExperienceAlternative(roles=(), text=entry.text, line=entry.line)
    elif (entry.bulleted and not _is_half(entry)) or _CODE.match(entry.text):
        yield OtherAlternative(text=entry.text, line=entry.line)


def _is_half(entry: Entry) -> bool:
    """An item that begins in lower case with no code and no experience: it may be the rest of what stands above."""
    text = entry.text
    return (
        entry.bulleted
        and text[0].islower()
        and not (_CODE.search(text) or _EXPERIENCE.match(text))
        and not (
            _NONE.match(text) or text.endswith(":") or text.strip(" .:").upper() in ("OR", "AND", "AND/OR")
        )
    )


def _needs_both(parts: Sequence[str]) -> bool:
    """Whether a part names a further qualification, which is then not an alternative but wanted too."""
    return any(len(_CODE.findall(part)) > 1 for part in parts)


def _qualification(match: re.Match[str], text: str, line: int) -> QualificationAlternative:
    title = match["title"]
    more = _OPEN_END.search(title)
    return QualificationAlternative(
        code=match["code"],
        title=label(title[: more.start()] if more else title),
        open_ended=more is not None,
        text=text,
        line=line,
    )


def _both(alternatives: list[PathwayAlternative], entry: Entry) -> list[PathwayAlternative]:
    """Two alternatives joined by AND are one, kept in words."""
    *before, last = alternatives
    return [*before, OtherAlternative(text=f"{last.text} AND {entry.text}", line=last.line)]


def _with_roles(alternatives: list[PathwayAlternative], roles: Sequence[JobRole]) -> bool:
    """Give the roles to the last entry by experience; False where there is none."""
    for at in range(len(alternatives) - 1, -1, -1):
        one = alternatives[at]
        if isinstance(one, ExperienceAlternative):
            alternatives[at] = ExperienceAlternative(roles=tuple(roles), text=one.text, line=one.line)
            return True
    return False
