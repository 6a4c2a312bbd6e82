"""Text and links from anywhere made fit for a page: nothing in them turns other words round, runs, or is no text."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

_NO_TEXT: Final = (
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"  # control characters and what is no character
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
)
_TURNING: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORBIDDEN: Final = re.compile(f"[{_NO_TEXT}]")
_UNSEEN: Final = re.compile(f"[{_NO_TEXT}{_TURNING}]")
"""What is not seen but turns the direction of text, and what HTML does not let stand as text at all.

Source: Unicode Standard Annex 9, section 2; HTML Standard, section 13.2.3.5.
"""
_UNFIT: Final = re.compile(rf'[{_NO_TEXT}{_TURNING}\s"<>\\^`{{|}}]')
"""The same and what may not stand in an IRI."""
_LINKED: Final = frozenset({"http", "https", "ftp", "mailto", "tel", "urn", "doi", "info"})
NOWHERE: Final = "#main"
"""Where an IRI leads that no browser should follow: it stays on the page."""


def shown(value: object) -> object:
    """A value as a page shows it: text without what is not seen; what is markup already, or no text, as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNSEEN.sub("", value)
    return value


def verbatim(value: str) -> Markup:
    """Text as it was typed, for a field that is sent again, but for what no page may hold."""
    return escape(_FORBIDDEN.sub("", value))


def linked(iri: str) -> str:
    """The IRI as a link; ``NOWHERE`` for one that a browser would run (``javascript:``, ``data:``)."""
    try:
        scheme = urlsplit(iri).scheme.lower()
    except ValueError:
        return NOWHERE
    return _UNFIT.sub(lambda found: quote(found[0]), iri) if scheme in _LINKED else NOWHERE


def in_script(json: str) -> str:
    """JSON of ASCII letters alone, as it may stand in a script element, which nothing in it can end."""
    for char in "<>&":
        json = json.replace(char, f"\\u{ord(char):04x}")
    return json
