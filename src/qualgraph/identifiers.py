"""Every instance IRI is made here, and can be read back to what it names.

IRIs are ``{base}{kind}/{key}``, for example ``https://w3id.org/qualgraph/id/qualification/BSB40307``; the base is
a setting, so that another publisher can mint under a domain of its own. What hangs on a thing has an IRI below
that thing's own (``.../release/1/register-page/packaging/group/A``); nothing that can be referred to is a blank node.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote, unquote

from qualgraph.errors import ParameterError
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.rdf import IRI


class Kind(StrEnum):
    """The kinds of nationally recognised training component, as they stand in an IRI."""

    QUALIFICATION = "qualification"
    UNIT = "unit"
    SKILL_SET = "skill-set"
    TRAINING_PACKAGE = "training-package"
    ACCREDITED_COURSE = "accredited-course"


class OwnGraph(StrEnum):
    """The named graphs of a store that are no document's."""

    ONTOLOGY = "ontology"
    VOCABULARY = "vocabulary"
    DERIVED = "derived"
    """What follows from all documents, rebuilt whole."""
    INGESTS = "ingests"
    """When each document of the user's was put in."""


CODE_PATTERN = re.compile(r"[A-Z0-9]{3,16}")
"""What any national code of any era matches: capitals and digits, no separators."""

BASE_PATTERN = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def national_code(value: str) -> str:
    """A national code as the register prints it: trimmed, in capitals; raises ParameterError for anything else."""
    code = value.strip().upper()
    if not CODE_PATTERN.fullmatch(code) or not any(c.isalpha() for c in code):
        raise ParameterError(
            f"'{value[:60]}' is not a national code.",
            hint="A code is 3 to 16 letters and digits without spaces, such as BSB40307 or BSBCCO402A.",
        )
    return code


LISTED_PATTERN = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?")
"""Codes of any kind that lists of past years print, such as 004/01 and MEM5.6AA."""


def listed_code(value: str) -> str:
    """A code out of a list: a national code as such, any other just as it is printed; raises ParameterError.

    Lists of past years have codes with dots, strokes, spaces and digits alone (``MEM5.6AA``, ``004/01``, ``12``).
    """
    text = value.strip()
    try:
        return national_code(text)
    except ParameterError:
        if not LISTED_PATTERN.fullmatch(text) or not any(c.isalnum() for c in text):
            raise
    return text


def slug(value: str) -> str:
    """A label as the last part of an IRI: ASCII lower case with hyphens; never empty.

    Letters that ASCII has not, and signs that tell labels apart ('C++'), would be lost: then a checksum of the label
    follows, so that two labels do not get one IRI.
    """
    decomposed = unicodedata.normalize("NFKD", value)
    plain = decomposed.encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")
    if short and not any(_is_lost(character) for character in decomposed):
        return short
    digest = hashlib.sha256(value.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{short}-{digest}".strip("-")


def _is_lost(character: str) -> bool:
    """Whether a slug without this character could be that of another label."""
    if character.isascii() and character.isalnum():
        return False
    category = unicodedata.category(character)
    return character == "#" or category[0] not in "PZCM" or category in ("Cs", "Co")


def _is_base(told: str) -> bool:
    try:
        IRI(told)
    except ValueError:
        return False
    return BASE_PATTERN.fullmatch(told) is not None


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Makes IRIs under one base, which ends in ``/`` or ``#``."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _is_base(self.base):
            raise ParameterError(
                f"'{self.base}' cannot be the base of IRIs.",
                hint="Give an http(s) IRI without spaces that ends in '/' or '#'.",
            )

    def _mint(self, *parts: str) -> IRI:
        return IRI(self.base + "/".join(quote(part, safe="-._~") for part in parts))

    def below(self, parent: IRI, *parts: str) -> IRI:
        """The IRI of something that hangs on ``parent``."""
        return IRI("/".join([parent.value, *(quote(part, safe="-._~") for part in parts)]))

    def component(self, kind: Kind, code: str) -> IRI:
        """A qualification, unit of competency, skill set, training package or accredited course."""
        return self._mint(kind, code)

    def release(self, kind: Kind, code: str, key: str) -> IRI:
        """A release; ``key`` is its number, or ``unstated-...`` where the document states none."""
        return self._mint(kind, code, "release", key)

    def mapping(self, old: str, new: str) -> IRI:
        """The mapping row from a superseded component to its successor."""
        return self._mint("mapping", old, new)

    def classification(self, component: IRI, scheme: str, value: str, start: date | None) -> IRI:
        """The assignment of a component to a concept, from ``start`` where that is stated."""
        parts = ["classification", scheme, value, *([start.isoformat()] if start else [])]
        return self.below(component, *parts)

    def scheme(self, scheme: str) -> IRI:
        """A classification scheme, for example ``anzsco``; the same under every base, as the vocabularies are."""
        return self.below(IRI(f"{DEFAULT_BASE}scheme"), scheme)

    def concept(self, scheme: str, value: str) -> IRI:
        """A concept by its code, or by its label's slug in a scheme without codes; the same under every base."""
        return self.below(IRI(f"{DEFAULT_BASE}concept"), scheme, value)

    def correspondence(self, source: str, target: str) -> IRI:
        """A correspondence between two schemes; the same under every base, as their concepts are."""
        return self.below(IRI(f"{DEFAULT_BASE}correspondence"), source, target)

    def plan(self, key: str) -> IRI:
        """A plan of units, by whatever its owner calls it."""
        return self._mint("plan", key)

    def job_role(self, label: str) -> IRI:
        """A job role, the same for every document that prints the same label."""
        return self._mint("job-role", slug(label))

    def document(self, kind: str, key: str) -> IRI:
        """A source document, which is also the name of the graph that holds its statements."""
        return self._mint("document", kind, *key.split("/"))

    def graph(self, name: OwnGraph) -> IRI:
        """A named graph that is no document's; the same under every base."""
        return self.below(IRI(f"{DEFAULT_BASE}graph"), name)

    def component_of(self, iri: str) -> tuple[Kind, str] | None:
        """The kind and code that a component's IRI names; None for any other IRI."""
        if not iri.startswith(self.base):
            return None
        match iri.removeprefix(self.base).split("/"):
            case [kind, code] if kind in set(Kind):
                return Kind(kind), unquote(code)
        return None
