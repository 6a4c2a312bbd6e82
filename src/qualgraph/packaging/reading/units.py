"""Unit codes of every era, and the shapes in which a page prints a unit of competency on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualgraph.notation import ANY_CODE

_MARK = r"(?:\(?\s*[*#^†‡~]+\s*\)?)"
_CODES = re.compile(rf"(?<![A-Za-z0-9]){ANY_CODE}")
_UNIT = re.compile(rf"^(?P<code>{ANY_CODE})\s*(?P<mark>{_MARK})?\s*(?P<rest>.*)$", re.DOTALL)
_TITLE_MARK = re.compile(rf"\s*({_MARK})\s*$")
_QUALIFICATION = re.compile(
    r"^[-–:\s]*(?:Certificate (?:I|II|III|IV)\b|(?:Advanced |Graduate )?Diploma\b|Graduate Certificate\b)"
)
_IN_A_SENTENCE = re.compile(r"^(?:must|may|can|should|is|are|has|have|and|or|with|,)\b|^,")
_MIN_CODE = 6


@dataclass(frozen=True, kw_only=True)
class PrintedUnit:
    """A unit as one line prints it: the title is empty where only the code is there; ``cells`` follow the title."""

    code: str
    title: str = ""
    mark: str | None = None
    cells: tuple[str, ...] = ()


def unit_codes(text: str) -> list[str]:
    """Every unit code in the text, in order. A qualification code has the same shape and is not told apart."""
    return [code for code in _CODES.findall(text) if len(code) >= _MIN_CODE]


def is_qualification(after_code: str) -> bool:
    """Whether the text after a code is the title of a qualification."""
    return bool(_QUALIFICATION.match(after_code))


def read_unit(text: str) -> PrintedUnit | None:
    """The unit that the line prints, or None where it starts with no unit code or names a qualification."""
    match = _UNIT.match(text)
    if not match or len(match["code"]) < _MIN_CODE or is_qualification(match["rest"]):
        return None
    if _IN_A_SENTENCE.match(match["rest"]):
        return None
    title, *cells = (cell.strip() for cell in match["rest"].lstrip(" \t:–-").split("\t"))
    mark = match["mark"].strip("() \t") if match["mark"] else None
    ending = _TITLE_MARK.search(title)
    if ending:
        mark = mark or ending.group(1).strip("() \t")
        title = title[: ending.start()]
    return PrintedUnit(code=match["code"], title=title.strip(), mark=mark, cells=tuple(filter(None, cells)))
