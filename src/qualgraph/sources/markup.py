"""Markup parsed safely: nothing is fetched, no entity is resolved, and lxml's limits on hostile input stay on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO, TypeAlias

from lxml import etree

from qualgraph.errors import BrokenDocumentError

Element: TypeAlias = etree._Element

_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)


def html_root(text: str, where: str) -> tuple[Element, bool]:
    """The root of an HTML page, however broken, and whether some of it lay too deep to be read.

    Raises BrokenDocumentError for no HTML.
    """
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenDocumentError(f"cannot be read as HTML: {error}.", where=where) from error
    if root is None:
        raise BrokenDocumentError("holds no HTML element that can be read.", where=where)
    return root, any("xcessive depth" in entry.message for entry in parser.error_log)


def xml_root(text: str, where: str) -> Element:
    """The root of an XML document, which must be whole and well-formed; raises BrokenDocumentError otherwise."""
    if _DOCTYPE.search(text):
        raise _doctype(where)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _not_xml(error, where) from error
    return root


def stream_elements(
    stream: IO[bytes], where: str, names: Collection[str]
) -> Iterator[tuple[Element, int, dict[str, str]]]:
    """Each element with one of these names as it closes, its line, and the attributes of the document's root.

    What was given out, and what stands outside of it, is forgotten with the next. Raises BrokenDocumentError for XML
    that is not whole or well-formed, or that declares a document type.
    """
    above: dict[str, str] = {}
    inside = 0
    try:
        for event, element in etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            wanted = local_name(element) in names
            if event == "start":
                inside += wanted
                if element.getparent() is None:
                    above = dict(element.attrib)
                    if element.getroottree().docinfo.doctype:
                        raise _doctype(where)
                continue
            if wanted:
                inside -= 1
                yield element, element.sourceline or 1, above
            if not inside:
                element.clear()
                _forget_before(element)
    except (etree.LxmlError, ValueError) as error:
        raise _not_xml(error, where) from error


def _forget_before(element: Element) -> None:
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _doctype(where: str) -> BrokenDocumentError:
    return BrokenDocumentError(
        "declares a document type, which documents of the register never do; it is not read, for safety.",
        where=where,
        hint="Download the document from the register again.",
    )


def _not_xml(error: Exception, where: str) -> BrokenDocumentError:
    return BrokenDocumentError(
        f"cannot be read as XML: {str(error).rstrip('.')}.",
        where=where,
        hint="The file may be cut off or damaged; download it again.",
    )


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Every element as it opens ('start') and as it closes ('end'), without recursion."""
    yield from etree.iterwalk(root, events=("start", "end"))


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
