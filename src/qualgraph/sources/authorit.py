"""The register's component XML as numbered lines, in the shape that a text copy of the document has.

The file is a dump of an authoring system: books, styles and topics. The lines are those of the book that is the
component, told first, and of its topics, each under its heading. A line's number is that of the XML file; bullets
come from the names of paragraph styles, a table row is one line with tabs between its cells, and rules that stand in
a table cell are lines like any others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualgraph.notation import ANY_CODE
from qualgraph.sources.markup import Element, local_name, xml_root

MARK = "AuthorIT"
"""The first cell of the first line; its second is the kind of component."""

FIELDS = ("Code", "Title", "ReleaseNumber", "UsageRecommendation")
"""What follows it, a line each: the name and the value, where the book states one."""

_KIND = "TpcmsObjectType"
_UNITS = ("streamlineunitpackage", "unitofcompetency")
"""Kinds of book that are a unit of the newer and of the older layout; the parts of one have books of their own."""
_START = re.compile(rb"<(?:[\w.-]+:)?AuthorIT\b")
_BULLETS = {1: "•", 2: "–", 3: "▪"}
_BULLET_STYLE = re.compile(r"\bbullet\s*(\d?)", re.IGNORECASE)
_USUAL_BULLETS = {"13": 1, "14": 2, "25": 1, "93": 1, "31016": 3}
"""Depths of paragraph styles that the register's documents use, for a file that does not define its styles."""
_CODE = re.compile(rf"^(?:{ANY_CODE})\s*[*#^]*$")
_CODE_FIRST = re.compile(rf"^(?:{ANY_CODE})(?![A-Za-z0-9])")
_CRITERION = re.compile(r"^\d{1,2}\.\d{1,2}(?!\d)")
_SPACES = re.compile(r"\s+")
_SHORT = 200
"""Characters of a table row that may be a header; longer ones hold sentences."""

Numbered = tuple[int, str]


def is_component_xml(data: bytes) -> bool:
    """Whether the file begins as component XML does, in whatever encoding."""
    return bool(_START.search(data[:4096].replace(b"\x00", b"")))


def is_known_kind(kind: str) -> bool:
    """Whether a book of this kind is the component itself: a qualification, or a unit with all that belongs to it."""
    name = kind.lower()
    return "qualification" in name or name in _UNITS


def is_unit(kind: str) -> bool:
    """Whether a book of this kind is a unit of competency."""
    return kind.lower() in _UNITS


def component_lines(text: str, where: str) -> list[Numbered]:
    """The component's own statements about itself, then every topic; raises BrokenDocumentError for broken XML."""
    root = xml_root(text, where)
    styles = _styles(root)
    lines = list(_front(root))
    for topic in _named(root, "Topic"):
        about = _child(topic, "Object")
        heading, body = _child(about, "Description"), _child(topic, "Text")
        if heading is None or body is None or _text_of(_child(about, "IsTemplate")) == "true":
            continue
        lines.append((_line(heading), _text_of(heading)))
        lines.extend(_blocks(body, styles))
    return lines


def _front(root: Element) -> Iterator[Numbered]:
    books = [book for book in _named(root, "Book") if not _is_template(book)]
    chosen = next((book for book in books if is_known_kind(_value(book, _KIND))), None)
    for book in books[:1] if chosen is None else [chosen]:
        yield _line(book), f"{MARK}\t{_value(book, _KIND)}"
        for name in FIELDS:
            found = _variable(book, name)
            if found is not None and _text_of(found):
                yield _line(found), f"{name}\t{_text_of(found)}"
        return
    yield 1, f"{MARK}\t"


def _is_template(book: Element) -> bool:
    return _text_of(_child(_child(book, "Object"), "IsTemplate")) == "true"


def _variable(book: Element, name: str) -> Element | None:
    given = _child(book, "VariableAssignments")
    for one in () if given is None else given:
        if _text_of(_child(one, "Name")) == name:
            return _child(one, "Value")
    return None


def _value(book: Element, name: str) -> str:
    return _text_of(_variable(book, name))


def _styles(root: Element) -> dict[str, int]:
    """The depth of each paragraph style that makes a bullet, by its id."""
    depths = dict(_USUAL_BULLETS)
    for style in _named(root, "Style"):
        about = _child(style, "Object")
        match = _BULLET_STYLE.search(_text_of(_child(about, "Description")))
        id = _text_of(_child(about, "ID"))
        depths.pop(id, None)
        if match:
            depths[id] = min(int(match[1] or 1), len(_BULLETS)) or 1
    return depths


def _blocks(parent: Element, styles: dict[str, int]) -> Iterator[Numbered]:
    """The paragraphs and tables of a topic or a cell."""
    for block in parent:
        name = local_name(block)
        if name == "table":
            yield (_line(block), "")
            yield from _table(block, styles)
            yield (_line(block), "")
        elif name:
            yield from _paragraph(block, styles)


def _paragraph(block: Element, styles: dict[str, int]) -> Iterator[Numbered]:
    depth = styles.get(block.get("id", ""), 0)
    mark = "    " * (depth - 1) + f"{_BULLETS[depth]} " if depth else ""
    for number, part in enumerate(_text_of(block, parted=True).split("\n")):
        yield _line(block), f"{mark if part and not number else ''}{part}"


def _table(table: Element, styles: dict[str, int]) -> Iterator[Numbered]:
    """The rows; a unit whose cell spans several rows is repeated in each."""
    spanning: dict[int, tuple[int, list[Numbered]]] = {}
    for row in _named(table, "tr", deep=False):
        cells: list[list[Numbered]] = []
        for cell in row:
            if local_name(cell) not in ("td", "th"):
                continue
            _spanned(cells, spanning)
            found = [line for line in _blocks(cell, styles) if line[1].strip()]
            more = _number(cell.get("rowspan")) - 1
            if more > 0 and found and _CODE_FIRST.match(found[0][1]):
                spanning[len(cells)] = (more, found)
            cells.append(found)
        _spanned(cells, spanning)
        yield from _row(_line(row), cells)


def _spanned(cells: list[list[Numbered]], spanning: dict[int, tuple[int, list[Numbered]]]) -> None:
    """Put in the cells that reach down from rows above, where it is their column's turn."""
    while len(cells) in spanning:
        left, found = spanning.pop(len(cells))
        if left > 1:
            spanning[len(cells)] = (left - 1, found)
        cells.append(found)


def _row(number: int, cells: Sequence[list[Numbered]]) -> Iterator[Numbered]:
    """One row: a line with tabs, or the lines of its cells; a cell from a row above does not give the number."""
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1:
        yield from filled[0] if filled else [(number, "")]
    elif all(len(cell) <= 1 for cell in cells) or _is_record(filled):
        texts = [" / ".join(text for _, text in cell) for cell in cells]
        yield max(number, filled[0][0][0]), "\t".join(texts).rstrip("\t")
    elif len({len(cell) for cell in filled}) == 1 and all(_CODE.match(text) for _, text in filled[0]):
        for lines in zip(*filled, strict=True):
            yield lines[0][0], "\t".join(text for _, text in lines)
    else:
        for cell in filled:
            yield from cell


def _is_record(cells: Sequence[list[Numbered]]) -> bool:
    """Whether the row is about one unit, or is a header: several paragraphs in a cell then belong together."""
    texts = [text for cell in cells for _, text in cell]
    if len(cells[0]) > 1 or any(text.lstrip().startswith(tuple(_BULLETS.values())) for text in texts):
        return False
    if any(_CRITERION.match(text) for text in texts):
        return False
    return bool(_CODE_FIRST.match(texts[0])) or sum(map(len, texts)) <= _SHORT


def _text_of(element: Element | None, *, parted: bool = False) -> str:
    """The text inside, runs of white space as one space; ``parted``: line breaks inside stay."""
    if element is None:
        return ""
    pieces = [_SPACES.sub(" ", element.text or "")]
    for inner in element.iter():
        if inner is element:
            continue
        name = local_name(inner)
        pieces.append("\n" if name == "br" and parted else " " if name in ("nbs", "br") else "")
        pieces.extend(_SPACES.sub(" ", text) for text in (name and inner.text, inner.tail) if text)
    return "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n"))


def _named(root: Element, name: str, *, deep: bool = True) -> Iterator[Element]:
    return (each for each in (root.iter() if deep else root) if local_name(each) == name)


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next(_named(element, name, deep=False), None)


def _line(element: Element) -> int:
    return int(element.sourceline or 1)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else 1
