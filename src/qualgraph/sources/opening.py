"""A document's file opened: its bytes within the limits, and its lines whatever it came in as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from qualgraph.errors import BrokenDocumentError, UnrecognisedDocumentError
from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.authorit import component_lines, is_component_xml
from qualgraph.sources.base import SourceText
from qualgraph.sources.html import html_lines, is_html
from qualgraph.sources.pdf import is_pdf, pdf_text
from qualgraph.sources.text import MAX_BYTES, check_size, decode, lines_of, split_lines, too_long

_OTHER_XML = re.compile(r"\ufeff?\s*<\?xml\b(?!.{0,4096}<html\b)", re.IGNORECASE | re.DOTALL)
_SCHEMA = re.compile(
    r"<(?:[\w.-]+:)?(?P<root>schema|definitions)\b[^>]*(?:XMLSchema|schemas\.xmlsoap\.org/wsdl)",
    re.IGNORECASE,
)
_SCHEMAS = {"schema": "an XML schema", "definitions": "the description of a web service (WSDL)"}
_XML_READ = (
    "Of XML, the register's component XML of a qualification or unit is read, answers of its web service "
    "(GetDetails), and pages saved as XHTML."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A document as lines, its media type, how many lines its text has, and what was wrong with it as a file."""

    text: SourceText
    media_type: str
    line_count: int
    problems: tuple[Problem, ...]


def file_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The file's content; its size is checked before it is read.

    Raises BrokenDocumentError for a file that cannot be opened, DocumentTooLargeError for one over ``max_bytes``.
    """
    try:
        check_size(path.stat().st_size, str(path), max_bytes)
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: OSError | ValueError) -> BrokenDocumentError:
    """What is told of a file that the system does not open."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BrokenDocumentError(f"cannot be opened: {reason}.", where=str(path))


def base_name(name: str) -> str:
    """The last part of a file's name or path, of whatever system it is."""
    return PurePath(name.replace("\\", "/")).name.encode("utf-8", "replace").decode() or "unnamed"


def _other_xml(text: str) -> str:
    """What an XML file is that no reader knows."""
    schema = _SCHEMA.search(text[:4096])
    if schema:
        return f"is {_SCHEMAS[schema['root'].lower()]}, which holds no data of the register."
    return "is XML of a kind that no reader knows."


def opened(data: bytes, name: str) -> Opened:
    """The lines of a text, HTML page, PDF or component XML; raises BrokenDocumentError where there are none."""
    if not data.strip():
        raise BrokenDocumentError("is empty.", where=name, hint="Save or download the document again.")
    joined: frozenset[int] = frozenset()
    if is_pdf(data):
        found = pdf_text(data, name)
        media_type, text, problems, joined = "application/pdf", found.text, found.problems, found.joined
    else:
        media_type, (text, problems) = "text/plain", decode(data, name)
    raw = split_lines(text, name)
    numbered = [(number, line) for number, line in enumerate(raw, start=1) if number not in joined]
    cut = any(problem.kind is ProblemKind.TRUNCATED for problem in problems)
    line_end = media_type != "text/plain" or bool(re.search(r"[\r\n]\s*$", text))
    if media_type == "text/plain" and is_component_xml(data):
        media_type, numbered, line_end = "application/xml", component_lines(text, name), True
    elif media_type == "text/plain" and _OTHER_XML.match(text):
        raise UnrecognisedDocumentError(_other_xml(text), where=name, hint=_XML_READ)
    elif media_type == "text/plain" and is_html(data):
        media_type, (numbered, more) = "text/html", html_lines(text, name)
        problems, line_end = (*problems, *more), not more
    lines = tuple(lines_of(numbered))
    if not lines:
        raise BrokenDocumentError("holds no text.", where=name, hint="Save or download the document again.")
    return Opened(
        text=SourceText(name=name, lines=lines, line_end=line_end and not cut),
        media_type=media_type,
        line_count=len(raw),
        problems=(*problems, *too_long(numbered)),
    )
