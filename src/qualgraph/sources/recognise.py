"""Which reader a document is for: by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualgraph.errors import UnrecognisedDocumentError
from qualgraph.sources import anzsco_page, component_xml, register_page, register_pdf, third_party_copy
from qualgraph.sources.base import Reader
from qualgraph.sources.text import Line

READERS: tuple[Reader, ...] = (
    register_page.READER,
    register_pdf.READER,
    component_xml.READER,
    third_party_copy.READER,
    anzsco_page.READER,
)
"""Every reader; where two recognise a document equally, the first is taken."""

_OTHER_PAGES = re.compile(
    r"^(Unit of competency|Skill set|Training package|Accredited course|Accredited unit|Organisation) details$",
    re.IGNORECASE,
)
_READ = (
    "Read are: a register page, PDF or component XML of a qualification, a third-party copy of one, a register page or "
    "component XML of a unit of competency, a register page of a skill set or training package, an ANZSCO "
    "unit-group page, and datasets: exports of the register (CSV, xlsx, JSON Lines, XML), answers of its interfaces, "
    "tables of classifications, and RDF of the skills graph. docs/sources.md tells of each."
)


def recognise(lines: Sequence[Line], where: str) -> Reader:
    """The reader for the document; raises UnrecognisedDocumentError where none recognises it."""
    scores = [(reader.recognises(lines), -at, reader) for at, reader in enumerate(READERS)]
    score, _, reader = max(scores, key=lambda found: found[:2])
    if score > 0:
        return reader
    other = next((match[1] for line in lines if (match := _OTHER_PAGES.match(line.text))), None)
    what = (
        f"is a register page of another kind ({other.lower()})."
        if other
        else "is no document that a reader knows."
    )
    raise UnrecognisedDocumentError(what, where=where, hint=_READ)
