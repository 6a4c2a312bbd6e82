"""The wording of a mapping row: which component supersedes which, and whether their outcomes are equivalent.

Equivalence is taken only from wordings that the register is known to use. 'Not equivalent' is never read as
equivalent, and a wording that is not known yields no mapping but a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualgraph.model import Equivalence, Mapping, Problem, ProblemKind
from qualgraph.notation import ANY_CODE, printed_day
from qualgraph.sources.text import Line
from qualgraph.sources.tokens import DATE, not_read, problem

MAX_ROW_LINES = 20
"""Lines that one mapping row may be broken over."""

_ROW = re.compile(
    rf"^(?P<kind>(?i:is\s+|was\s+|has\s+been\s+)?(?i:superse[cd]e|replace)[ds]?\b[^A-Z\d]*?)\s*(?P<code>{ANY_CODE})(?P<rest>.*)$",
    re.DOTALL,
)
_STARTS = re.compile(r"^(?:is\s+|was\s+|has\s+been\s+)?(?:superse[cd]e|replace)[ds]?\b", re.IGNORECASE)
_CODE = re.compile(ANY_CODE)
_BY = re.compile(r"^(?:is |was |has been )?(?:supersed|supersec|replac)ed by\b")
_OF = re.compile(r"^(?:supersedes|supercedes|replaces)\b")
_EQUIVALENT = re.compile(r"^(?:and |but )?(?:is |are )?equivalent(?: to)?$")
_NOT_EQUIVALENT = re.compile(r"^(?:and |but )?(?:is |are )?(?:not |non )equivalent(?: to)?$")
_AFTER_CODE = re.compile(
    r"^\s*[-–(]\s*(?P<words>(?:is\s+)?(?:not[\s-]|non[\s-]?)?equivalent)\)?\s*(?:[.;,]|$)", re.IGNORECASE
)
_AT_END = re.compile(r"\s*\((?P<words>(?:is\s+)?(?:not[\s-]|non[\s-]?)?equivalent)\)\s*$", re.IGNORECASE)
_DATE_AT_END = re.compile(rf"\s*({DATE})\s*$")
_GLUE = re.compile(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[a-z]\))(?=[A-Z])")
_CAPITALS_GLUE = re.compile(r"(?<=[A-Z]{2})(?=[A-Z][a-z])")
_SENTENCE = re.compile(r"[a-z)]\.(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a mapping table, its lines joined; tabs part its cells where the copy kept them."""

    tabbed: str
    line: int

    @property
    def text(self) -> str:
        """The row with every run of white space as one space."""
        return " ".join(self.tabbed.split())


def equivalence(words: str) -> Equivalence | None:
    """What the words after 'superseded by' or 'supersedes' say; None for words that are not known."""
    plain = re.sub(r"[^a-z]+", " ", words.lower().replace("nonequivalent", "non equivalent")).strip()
    if not plain:
        return Equivalence.NOT_DETERMINED
    if _NOT_EQUIVALENT.match(plain):
        return Equivalence.NOT_EQUIVALENT
    return Equivalence.EQUIVALENT if _EQUIVALENT.match(plain) else None


def rows(lines: Sequence[Line]) -> Iterator[Row | Problem]:
    """Mapping rows; a note broken over lines is joined while its row has no date yet."""
    open_row: list[Line] = []
    for line in lines:
        starts = _STARTS.match(line.text) or (_CODE.search(line.text) and _DATE_AT_END.search(line.text))
        if starts or not open_row or _DATE_AT_END.search(open_row[-1].text) or len(open_row) == MAX_ROW_LINES:
            if open_row:
                yield _joined(open_row)
            open_row = [line]
        else:
            open_row.append(line)
            message = "The line goes on with the mapping row above it; joined."
            yield problem(ProblemKind.CONTINUED_LINE, message, line.number, info=True)
    if open_row:
        yield _joined(open_row)


def _joined(lines: Sequence[Line]) -> Row:
    return Row(" ".join(line.tabbed for line in lines), lines[0].number)


def read_mappings(lines: Sequence[Line], code: str) -> Iterator[Mapping | Problem]:
    """The mapping rows on the page of the component ``code``."""
    for found in rows(lines):
        if isinstance(found, Problem):
            yield found
        else:
            yield from read_row(found, code)


def read_row(row: Row, code: str) -> Iterator[Mapping | Problem]:
    """The mapping that a row states, or a problem where its wording is not known."""
    match = _ROW.match(row.text)
    kind = re.sub(r"[^a-z]+", " ", match["kind"].lower()).strip() if match else ""
    direction = _BY.match(kind) or _OF.match(kind)
    if not match or not direction:
        yield not_read(
            "The wording of this mapping row is not known; no mapping is taken from it.", row.line, row.text
        )
        return
    rest, stated = _words_after(row, match)
    what = equivalence(kind[direction.end() :])
    if stated is not None and what is Equivalence.NOT_DETERMINED:
        what = stated
    elif stated is not None and stated is not what:
        what = None
    if what is None:
        message = "What this mapping row says of equivalence is not known; no mapping is taken from it."
        yield not_read(message, row.line, row.text)
        return
    date = _DATE_AT_END.search(rest)
    title, note, unsure = _title_and_note(rest[: date.start()] if date else rest)
    other = match["code"].upper()
    by = bool(_BY.match(kind))
    yield Mapping(
        old=code if by else other,
        new=other if by else code,
        old_title=None if by else title,
        new_title=title if by else None,
        equivalence=what,
        date=printed_day(date.group(1)) if date else None,
        note=note,
        line=row.line,
    )
    yield from _doubts(row, what, note, unsure, date is not None and printed_day(date.group(1)) is None)


def _words_after(row: Row, match: re.Match[str]) -> tuple[str, Equivalence | None]:
    """What follows the code, with tabs, less a statement of equivalence there ('- not equivalent')."""
    at = row.tabbed.find(match["code"])
    rest = row.tabbed[at + len(match["code"]) :] if at >= 0 else match["rest"]
    after = _AFTER_CODE.match(rest)
    if after:
        return rest[after.end() :], equivalence(after["words"])
    head, tab, tail = rest.partition("\t")
    end = _AT_END.search(head)
    if end:
        return head[: end.start()] + tab + tail, equivalence(end["words"])
    return rest, None


def _title_and_note(rest: str) -> tuple[str | None, str | None, bool]:
    """Title and note; and whether it is not sure where the one ends and the other begins.

    Cells kept apart by tabs are taken as they are. Glued ones part where a capital follows a small letter with
    no space between ('ContactThis'); where the first sentence has no such place or several, neither is taken.
    """
    cells = [" ".join(cell.split()) for cell in rest.split("\t")]
    title = cells[0].lstrip(" -–:").strip()
    note = " ".join(cell for cell in cells[1:] if cell) or None
    if len(cells) > 1 or not title:
        return title or None, note, False
    sentence = _SENTENCE.search(title)
    end = sentence.start() if sentence else len(title)
    places = [match.start() for match in _GLUE.finditer(title, 0, end)]
    if not places and sentence:
        places = [match.start() for match in _CAPITALS_GLUE.finditer(title, 0, end)]
    if len(places) == 1:
        return title[: places[0]].strip(), title[places[0] :].strip(), False
    if places or sentence:
        return None, None, True
    return title, None, False


def _doubts(row: Row, what: Equivalence, note: str | None, unsure: bool, no_day: bool) -> Iterator[Problem]:
    if unsure:
        message = "Title and note run into each other in this mapping row; neither is taken."
        yield not_read(message, row.line, row.text)
    if no_day:
        yield not_read("The date of this mapping row is no day of the calendar.", row.line, row.text)
    if what is Equivalence.NOT_DETERMINED and note and "equivalen" in note.lower():
        message = "The row states no equivalence but its note speaks of it: read the note."
        yield not_read(message, row.line, note)
