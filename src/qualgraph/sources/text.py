"""Bytes to numbered lines: encodings, limits, and white space of every kind.

A line's number is that of the file an editor shows: only CR LF, LF and CR end a line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from qualgraph.errors import BrokenDocumentError, DocumentTooLargeError
from qualgraph.model import Problem, ProblemKind, Severity

MAX_BYTES = 64 * 1024 * 1024
"""The largest document a reader takes, in bytes, unless the caller says otherwise."""

MAX_LINES = 100_000
"""The most lines a document may have; the longest qualification on the register has some thousands."""

MAX_LINE_LENGTH = 20_000
"""Characters of one line that are read; the rest of a longer line is reported as not read."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\uffff]"
)
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\x7f\uf0b7\uf0a7", "•"))
_BLANKS = re.compile(r"[^\S\t]+")
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive, an office document, or a spreadsheet that is damaged or cut off"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{\\rtf", "a rich text document"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank. ``tabbed`` keeps tabs, which part the cells of a table; ``gap`` counts the blank
    lines before it."""

    number: int
    tabbed: str
    gap: int = 0
    text: str = field(init=False, repr=False, compare=False)
    """The line with every run of white space, tabs too, as one space."""

    def __post_init__(self) -> None:
        plain = " ".join(self.tabbed.split())
        object.__setattr__(self, "text", self.tabbed if plain == self.tabbed else plain)

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands between the tabs, empty cells at the end dropped."""
        return tuple(cell.strip() for cell in self.tabbed.rstrip().split("\t"))


def visible(raw: str) -> str:
    """The text without invisible characters; every run of blanks but tabs, no-break spaces too, is one space.

    The codes that PDF and office fonts use for a bullet become one.
    """
    return _BLANKS.sub(" ", _INVISIBLE.sub("", raw.translate(_SYMBOL_BULLETS))).strip(" ")


def lines_of(numbered: Iterable[tuple[int, str]]) -> Iterator[Line]:
    """The lines that are not blank, each with the number of blank lines before it."""
    gap = 0
    for number, raw in numbered:
        text = visible(raw[:MAX_LINE_LENGTH])
        if text.strip():
            yield Line(number, text, gap)
            gap = 0
        else:
            gap += 1


def split_lines(text: str, where: str) -> list[str]:
    """The text's lines without their ends; raises DocumentTooLargeError past ``MAX_LINES``."""
    ends = text.count("\n") + text.count("\r")
    if ends > 2 * MAX_LINES or sum(1 for _ in _LINE_END.finditer(text)) > MAX_LINES:
        raise DocumentTooLargeError(
            f"has more than {MAX_LINES:,} lines, which no register document has.",
            where=where,
            hint="Check that this is the page or document that you meant.",
        )
    lines = _LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def too_long(numbered: Iterable[tuple[int, str]]) -> Iterator[Problem]:
    """A problem for every line of which only the beginning is read."""
    for number, raw in numbered:
        if len(raw) > MAX_LINE_LENGTH:
            yield Problem(
                kind=ProblemKind.NOT_READ,
                message=f"Only the first {MAX_LINE_LENGTH:,} of {len(raw):,} characters of this line are read.",
                line=number,
            )


def check_size(size: int, where: str, max_bytes: int = MAX_BYTES) -> None:
    """Raises DocumentTooLargeError where a document is over the limit."""
    if size > max_bytes:
        raise DocumentTooLargeError(
            f"is {size:,} bytes; the limit is {max_bytes:,}.",
            where=where,
            hint="Check that this is the page or document that you meant, or raise the limit (max_bytes).",
        )


def decode(data: bytes, where: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file in UTF-8, UTF-16 or UTF-32 with a byte order mark, or else Windows-1252.

    Raises BrokenDocumentError for a file that is no text. A file that ends inside a character is read up to there.
    """
    for magic, what in _OTHER_FORMATS:
        if data.startswith(magic):
            raise _no_text(f"is {what}, not text, HTML or PDF.", where)
    mark, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", "utf-8"))
    body = data[len(mark) :]
    if encoding == "utf-8" and b"\x00" in body:
        raise _no_text("holds NUL bytes: it is not text, HTML or PDF.", where)
    try:
        return body.decode(encoding), ()
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 4 and error.reason in ("unexpected end of data", "truncated data"):
            return _cut_character(body[: error.start].decode(encoding))
        if encoding != "utf-8" or mark:
            return _replaced(body, encoding, error)
        return _replaced(body, "cp1252", error)


def _no_text(what: str, where: str) -> BrokenDocumentError:
    hint = "Save the page as text or HTML, or the document as PDF, and read that."
    return BrokenDocumentError(what, where=where, hint=hint)


def _cut_character(text: str) -> tuple[str, tuple[Problem, ...]]:
    line = len(_LINE_END.findall(text)) + 1
    message = "The file ends inside a character: it was cut off."
    return text, (Problem(kind=ProblemKind.TRUNCATED, message=message, line=line),)


def _replaced(body: bytes, encoding: str, error: UnicodeDecodeError) -> tuple[str, tuple[Problem, ...]]:
    """The text in ``encoding``, and a problem with the line of the first byte that fitted no stated encoding."""
    text = body.decode(encoding, errors="replace")
    before = body[: error.start].decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    message = (
        "Not valid UTF-8; read as Windows-1252, so letters outside ASCII may be wrong."
        if encoding == "cp1252"
        else f"Not valid {encoding.upper()}."
    )
    if lost:
        message += f" {lost:,} characters could not be read."
    line = len(_LINE_END.findall(before)) + 1
    severity = Severity.WARNING if lost else Severity.INFO
    return text, (Problem(kind=ProblemKind.ENCODING, message=message, line=line, severity=severity),)
