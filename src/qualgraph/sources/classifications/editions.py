"""Which classification, and which edition of it, a heading names."""

from __future__ import annotations

import re
from typing import Final

from qualgraph.model import Edition

_SCHEMES: Final = (
    ("osca", re.compile(r"\bOSCA\b|\bOccupation Standard Classification for Australia\b", re.IGNORECASE)),
    (
        "isco-08",
        re.compile(
            r"\bISCO(?:[- ]?(?:20)?08)?\b|\bInternational Standard Classification of Occ", re.IGNORECASE
        ),
    ),
    ("nol", re.compile(r"\bNOL\b|\bNational Occupation List\b", re.IGNORECASE)),
    (
        "anzsco",
        re.compile(r"\bANZSCO\b|\bAustralian and New Zealand Standard Classification of Occ", re.IGNORECASE),
    ),
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_VERSION = re.compile(r"\bv(?:ersion)?\s*(\d+\.\d+)\b", re.IGNORECASE)
_FIRST_EDITION = re.compile(r"\bFirst Edition\b(?!.*\bRevision)", re.IGNORECASE)

_VERSIONS: Final = {
    ("anzsco", "1.2"): "2013-1.2",
    ("anzsco", "1.3"): "2013-1.3",
    ("osca", "1.0"): "2024",
}
"""Editions that are also called by a version alone. Source: ABS, previous occupation classifications."""


def edition_named_in(text: str) -> Edition | None:
    """The classification that a heading names first, with its edition; None where it names none.

    >>> edition_named_in("ANZSCO 2022 Australian Update").name
    'anzsco-2022'
    >>> edition_named_in("ISCO-08").name, edition_named_in("OSCA 2024, Version 1.0").name
    ('isco-08', 'osca-2024')
    >>> edition_named_in("ANZSCO code").is_stated
    False
    """
    found = [(match.start(), scheme) for scheme, pattern in _SCHEMES if (match := pattern.search(text))]
    if not found:
        return None
    _, scheme = min(found)
    return Edition(scheme=scheme, key=None if scheme == "isco-08" else _key(scheme, text))


def _key(scheme: str, text: str) -> str | None:
    version, year = _VERSION.search(text), _YEAR.search(text)
    if version and (scheme, version[1]) in _VERSIONS:
        return _VERSIONS[scheme, version[1]]
    if year:
        return f"{year[1]}-{version[1]}" if version else year[1]
    if scheme == "anzsco" and _FIRST_EDITION.search(text):
        return "2006"
    return version[1] if version else None
