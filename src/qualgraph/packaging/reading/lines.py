"""The lines of a packaging rule, cleaned of layout residue, each with the number of the line it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_LINES = 60_000
MAX_LINE = 4_000

_BULLET = re.compile(r"^(?:[•▪●○◦·–—‣]|[-*o](?=\s))\s*")
_RESIDUE = re.compile(r"^add topic\s+", re.IGNORECASE)
_MARKUP = re.compile(
    r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*|</?(?:ul|ol|li|p|br|b|strong|em|td|tr|table)\s*/?>", re.IGNORECASE
)
_SPACES = re.compile(r"[^\S\t\n]+")
_GLUED = re.compile(
    r"(?<=[a-z)*.:])(?=(?:Core|(?:General |Specialist |Technical )?[Ee]lective) [Uu]nits?\b)"
    r"|(?<=[a-z)*.:])(?=Group [A-Z]\b(?!,|\s(?:may|must|can|or|and)\b))"
    r"|(?<=[a-z)*.:])(?=(?:CORE|ELECTIVE) UNITS?\b)"
    r"|(?<=^Core units)(?=[A-Z0-9])"
    r"|(?<=\bGroup [A-Z])(?=Elective|Specialisation\b)"
    r"|(?<=[a-z]{2})(?=[A-Z]{3,9}\d{2,6}[A-Z]?(?![A-Za-z0-9]))"
    r"|(?<=including:)(?=[A-Z]{3,9}\d{2,6}[A-Z]?\b)|(?<=Group [A-Z]:)(?=[A-Z]{3,9}\d{2,6}[A-Z]?\b)"
    r"|(?<=[a-z)*.])(?=Specialisations(?:[A-Z]|$))"
    r"|(?<=[a-z)*.])(?=Packaging rules to achieve a)"
    r"|(?<=^Specialisations)(?=[A-Z])"
    r"|(?<=\bGroup [A-Z])(?=[A-Z][a-z])"
    r"|(?<=[A-Za-z]:)(?=\s?[A-Z]{3,9}\d{2,6}[A-Z]? [A-Z][a-z])"
    r"|(?<=[Uu]nit code)(?=Unit [Tt]itle)"
    r"|(?<=[^\s∟]) (?=∟ [A-Z]{3,9}\d{2,6})"
)
_SEAM = re.compile(
    r"[a-z)*.:](?:[A-Z]|elective [Uu]nit)|^Core units[0-9]|Group [A-Z][A-Z]|[A-Za-z]: [A-Z]{3}|\S ∟ [A-Z]{3}"
)
_GLUED_TITLE = re.compile(r"^((?:∟ )?[A-Z]{3,9}\d{2,6}[A-Z]?)(?=[A-Z][a-z]+ )")
_UNIT_AND_GROUP = re.compile(r"^([A-Z]{3,9}\d{2,6}[A-Z]?\b.{4,160}?)\s+(Group [A-Z]{1,2}\s*[-–:]\s*[A-Z].*)$")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One cleaned line: ``depth`` counts its bullets and indentation, ``cut`` says that its end was dropped."""

    number: int
    text: str
    bullet: str = ""
    cut: bool = False


def numbered(text: str | Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; text that has none is numbered from 1."""
    if isinstance(text, str):
        yield from enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    else:
        yield from text


def clean(raw: str) -> str:
    """The line without invisible characters, markup and the residue of web pages; tabs stay (they part cells)."""
    visible = raw if raw.isascii() and raw.isprintable() else raw.translate(_VISIBLE)
    plain = _MARKUP.sub(lambda match: match.group(1) or " ", visible.replace("∟", " ∟ ").replace("└", " ∟ "))
    return _SPACES.sub(" ", plain).strip(" \t")


class _Visible(dict[int, str | None]):
    """What each character is printed as, worked out once: spaces of every kind as a blank, invisible ones not."""

    def __missing__(self, char: int) -> str | None:
        category = unicodedata.category(chr(char))
        shown: str | None = chr(char)
        if category in ("Zs", "Zl", "Zp", "Cc") and char != ord("\t"):
            shown = " "
        elif category in ("Cf", "Cs", "Co"):
            shown = None
        self[char] = shown
        return shown


_VISIBLE = _Visible()


def page_lines(text: str | Sequence[tuple[int, str]]) -> tuple[list[Line], bool]:
    """Every line, headings and codes that were glued to the line before parted again; and whether all were taken."""
    lines: list[Line] = []
    for number, raw in numbered(text):
        if len(lines) >= MAX_LINES:
            return lines, False
        cut = len(raw) > MAX_LINE
        body = clean(raw[:MAX_LINE])
        bullet = _BULLET.match(body)
        mark = bullet.group().strip() if bullet else ""
        body = _RESIDUE.sub("", body[bullet.end() :] if bullet else body)
        parts = _GLUED.sub("\n", body).split("\n") if _SEAM.search(body) else [body]
        if "Group " in body:
            parts = [text for part in parts for text in _UNIT_AND_GROUP.sub(r"\1\n\2", part).split("\n")]
        texts = (_GLUED_TITLE.sub(r"\1 ", part.strip(" \t")) for part in parts)
        lines.extend(Line(number=number, text=text, bullet=mark, cut=cut) for text in texts)
    return lines, True
