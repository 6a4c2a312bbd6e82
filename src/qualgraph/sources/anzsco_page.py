"""A page of the Australian Bureau of Statistics about one ANZSCO unit group and its occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qualgraph.errors import BrokenDocumentError, UnidentifiedDocumentError
from qualgraph.identifiers import slug
from qualgraph.model import Authority, LabelledLine, Occupation, Problem, ProblemKind, Record, UnitGroup
from qualgraph.notation import printed_day
from qualgraph.sources.anzsco_levels import LevelReader
from qualgraph.sources.base import Extract, SourceText, in_order
from qualgraph.sources.lists import Entry, entries
from qualgraph.sources.residue import Tidy
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import DATE, key, not_read, problem

_GROUP = re.compile(r"^UNIT GROUP:?\s+(?P<code>\d{4})\s*[-–:]?\s+(?P<title>\S.*)$", re.IGNORECASE)
_OCCUPATION = re.compile(r"^(?P<code>\d{6})\s*[-–:]?\s+(?P<title>\S.*)$")
_CATALOGUE = re.compile(r"^(?P<number>\d{4}\.\d)\s*[-–]\s*(?P<title>.+)$")
_EDITION = re.compile(r"Classification of Occupations,\s*(?P<edition>.+)$", re.IGNORECASE)
_RELEASED = re.compile(rf"\breleased at\b.*?(?P<date>{DATE})", re.IGNORECASE)
_SKILL_LEVEL = re.compile(r"^skill level:\s*(?P<level>[1-5])$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^(?:Page tools:.*|Print\s*(?:Page|All)?|Previous\s*Page\s*(?:Next\s*Page)?|Next\s*Page"
    r"|(?:Back to )?top(?: of page)?)$",
    re.IGNORECASE,
)
_MARKS = ("indicative skill level", "tasks include", "occupations", "alternative titles", "specialisations")
_LABELS = {
    "indicative skill level": "levels",
    "tasks include": "tasks",
    "occupation": "occupations",
    "occupations": "occupations",
    "alternative title": "titles",
    "alternative titles": "titles",
    "specialisation": "specialisations",
    "specialisations": "specialisations",
}


@dataclass
class _Page:
    """The lines of the page by what they are about."""

    head: list[Line] = field(default_factory=list)
    group: Line | None = None
    parts: dict[str, list[Line]] = field(default_factory=dict)
    occupations: list[tuple[Line, dict[str, list[Line]]]] = field(default_factory=list)


class AnzscoPage:
    """Reads the unit group, its skill levels and tasks, and every occupation."""

    name = "anzsco-unit-group"
    version = "3"
    authority = Authority.REGISTER

    def recognises(self, lines: Sequence[Line]) -> int:
        """The heading of a unit group, and one of the page's labels or the name of the classification."""
        group = any(_GROUP.match(line.text) for line in lines)
        marks = {key(line.text) for line in lines if line.text.endswith(":")} & set(_MARKS)
        named = any("ANZSCO" in line.text for line in lines)
        levels = any(_SKILL_LEVEL.match(line.text) for line in lines)
        return 10 * (len(marks) + named + levels) if group else 0

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything on the page; raises BrokenDocumentError where the unit group's heading is lost."""
        tidy = Tidy()
        page = _parted(tidy.lines(source.lines))
        match = _GROUP.match(page.group.text) if page.group else None
        if page.group is None or match is None:
            raise BrokenDocumentError("has no heading 'UNIT GROUP' with a code.", where=source.name)
        if code is not None and code.strip() != match["code"]:
            raise UnidentifiedDocumentError(
                f"is about ANZSCO unit group {match['code']}, but the code given for it is {code.strip()[:20]}.",
                where=source.name,
                hint="Leave the code out.",
            )
        catalogue = next((found for line in page.head if (found := _CATALOGUE.match(line.text))), None)
        edition = _edition(page.head)
        listed = tuple(_labelled(page.parts.get("occupations", ())))
        group = _group(page, match, catalogue, edition, listed)
        everything = in_order([*group, *_occupations(page, listed), *tidy.problems()])
        return Extract(
            key=f"{_edition_key(edition)}/{match['code']}",
            subject_kind=None,
            subject_code=None,
            found=everything,
        )


def _parted(lines: Iterator[Line]) -> _Page:
    """The page's lines by unit group, label and occupation. An occupation begins at its code outside the list."""
    page, part = _Page(), "text"
    into = page.parts
    for line in lines:
        heading = _OCCUPATION.match(line.text)
        name = key(line.text)
        if _FURNITURE.match(line.text):
            continue
        if page.group is None:
            if _GROUP.match(line.text):
                page.group = line
            else:
                page.head.append(line)
        elif heading and (part != "occupations" or heading["title"].isupper()):
            page.occupations.append((line, into := {}))
            part = "text"
        elif name in _LABELS and line.text.endswith(":"):
            part = _LABELS[name]
        elif _SKILL_LEVEL.match(line.text):
            into.setdefault("level", []).append(line)
            part = "text"
        else:
            if part in ("titles", "specialisations") and line.text.endswith("."):
                part = "text"
            into.setdefault(part, []).append(line)
    return page


def _edition(head: Sequence[Line]) -> str | None:
    return next((found["edition"].strip() for line in head if (found := _EDITION.search(line.text))), None)


def _edition_key(edition: str | None) -> str:
    """The edition in the document's key: its year where it states one."""
    year = re.search(r"\b(?:19|20)\d{2}\b", edition or "")
    revision = re.search(r"\b(?:Revision|Version) [\d.]+", edition or "")
    if not edition:
        return "edition-unstated"
    return slug(" ".join(found.group() for found in (year, revision) if found) or edition)


def _group(
    page: _Page,
    match: re.Match[str],
    catalogue: re.Match[str] | None,
    edition: str | None,
    listed: tuple[LabelledLine, ...],
) -> Iterator[Record | Problem]:
    released = next((found["date"] for line in page.head if (found := _RELEASED.search(line.text))), None)
    levels = LevelReader([title for one in listed if (title := _title(one.text))])
    for line in page.parts.get("levels", ()):
        levels.take(line)
    text = page.parts.get("text", [])
    tasks: list[LabelledLine] = []
    for one in entries(page.parts.get("tasks", ())):
        if isinstance(one, Entry):
            tasks.append(LabelledLine(text=one.text, line=one.line))
        else:
            yield one
    yield UnitGroup(
        code=match["code"],
        title=match["title"],
        edition=edition,
        catalogue_number=catalogue["number"] if catalogue else None,
        released=printed_day(released) if released else None,
        archived=any("ARCHIVED ISSUE" in line.text for line in page.head),
        occupations=listed,
        tasks=tuple(tasks),
        skill_levels=tuple(levels.statements),
        description=LabelledLine(text=text[0].text, line=text[0].number) if text else None,
        line=page.group.number if page.group else 1,
    )
    yield from levels.problems
    yield from _left_over(text[1:])


def _occupations(page: _Page, listed: Sequence[LabelledLine]) -> Iterator[Record | Problem]:
    """The occupations described, titled as in the list, which keeps small letters; and those that are missing."""
    titles = {one.text.split()[0]: _title(one.text) for one in listed}
    described = set()
    for heading, parts in page.occupations:
        match = _OCCUPATION.match(heading.text)
        if not match:
            continue
        described.add(match["code"])
        text = parts.get("text", [])
        level = _SKILL_LEVEL.match(parts["level"][0].text) if "level" in parts else None
        yield Occupation(
            code=match["code"],
            title=_title_as_listed(match["title"], titles.get(match["code"])),
            skill_level=int(level["level"]) if level else None,
            alternative_titles=tuple(_labelled(parts.get("titles", ()))),
            specialisations=tuple(_labelled(parts.get("specialisations", ()))),
            description=LabelledLine(text=text[0].text, line=text[0].number) if text else None,
            line=heading.number,
        )
        if level is None:
            yield not_read("The page states no skill level for this occupation.", heading.number)
        yield from _left_over(text[1:])
    if not page.occupations and page.group is not None:
        message = (
            "The document is cut off: a unit group's page describes its occupations, and this describes none."
        )
        yield problem(ProblemKind.TRUNCATED, message, _last_line(page))
        return
    last = max([line.number for line, _ in page.occupations] + [one.line for one in listed], default=1)
    for code in titles:
        if code not in described and page.group is not None:
            message = f"The document is cut off: occupation {code} is listed and not described."
            yield problem(ProblemKind.TRUNCATED, message, last)


def _last_line(page: _Page) -> int:
    lines = [line.number for part in page.parts.values() for line in part]
    return max(lines, default=page.group.number if page.group else 1)


def _title(listed: str) -> str | None:
    match = _OCCUPATION.match(listed)
    return match["title"] if match else None


def _title_as_listed(printed: str, listed: str | None) -> str:
    return listed if listed and listed.casefold() == printed.casefold() else printed


def _labelled(lines: Sequence[Line]) -> Iterator[LabelledLine]:
    for line in lines:
        yield LabelledLine(text=re.sub(r"^[•▪]\s*", "", line.text), line=line.number)


def _left_over(lines: Sequence[Line]) -> Iterator[Problem]:
    for line in lines:
        yield not_read("Text on this page that is not read.", line.number, line.text, info=True)


READER = AnzscoPage()
