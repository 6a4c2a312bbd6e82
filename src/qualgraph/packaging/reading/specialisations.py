"""The names that a page prints for its specialisations, and sentences parted from a name glued to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qualgraph.packaging.reading.headings import topic_heading
from qualgraph.packaging.reading.sentences import Sentence

_TESTAMUR = re.compile(
    r"[A-Z]{3}\d{5}\s+(?:Certificate|Diploma|Advanced|Graduate)\b[^()]{3,140}\((?P<name>[^()]{2,80})\)"
)
_LIST_OF_NAMES = re.compile(r"\bwith (?:one of )?the following specialisations?\.?$", re.IGNORECASE)
_RULES_BELOW = re.compile(r"^The rules to achieve\b", re.IGNORECASE)


def names_of(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The specialisations that the page prints in full titles, as 'ZZZ30199 Certificate III in Kites (Box Kites)',
    or one a line after 'one of the following specialisations'."""
    found: dict[str, str] = {}
    listing = False
    for sentence in sentences:
        for match in _TESTAMUR.finditer(sentence.text):
            found.setdefault(match["name"].strip().lower(), match["name"].strip())
        if _LIST_OF_NAMES.search(sentence.text):
            listing = True
        elif listing and not _RULES_BELOW.search(sentence.text):
            listing = sentence.before_lists and topic_heading(sentence.text)
            if listing:
                found.setdefault(sentence.text.lower(), sentence.text)
    return tuple(found.values())


def parted(sentences: Iterable[Sentence], names: Sequence[str]) -> Iterator[Sentence]:
    """The sentences, a name that is glued to the end of one parted from it."""
    if not names:
        yield from sentences
        return
    wordings = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    glued = re.compile(rf"(?<=[A-Za-z0-9)*.])(?=[A-Z])(?=(?i:{wordings})\W*$)")
    for sentence in sentences:
        for part in glued.split(sentence.text):
            if part.strip():
                yield replace(sentence, text=part.strip())
