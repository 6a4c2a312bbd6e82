"""What a page about a component says to search engines, in the terms of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from qualgraph.identifiers import Identifiers
from qualgraph.overview import Overview
from qualgraph.overview.occupations import LinkedOccupation

REGISTER: Final = "https://training.gov.au/training/details/"
"""Where the register has its own page on a component. Source: ontology/align/jsa.ttl."""
MOST_PARTS: Final = 100
"""How many of the qualifications of a training package are named."""
_TYPES: Final = {
    "qualification": "EducationalOccupationalCredential",
    "unit of competency": "Course",
    "training package": "EducationalOccupationalProgram",
}
"""Source: ontology/align/schema-org.ttl."""


def schema_org(told: Overview) -> dict[str, Any]:
    """The component in the terms of schema.org: only what is known, and an occupation only as its source calls it."""
    about = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(told.kind, "CreativeWork"),
        "@id": told.iri,
        "identifier": told.code,
        "name": told.title,
        "sameAs": f"{REGISTER}{told.code}",
        "url": told.iri,
        "credentialCategory": _one_or_more(each.name for each in told.types),
        "educationalLevel": _one_or_more(f"AQF level {level}" for level in _levels(told)),
        "isPartOf": [
            _named(each.iri, each.code, each.title, type="EducationalOccupationalProgram")
            for each in told.training_packages
        ],
        "hasPart": [
            _named(each.iri, each.code, each.title, type=_TYPES[each.kind])
            for each in [each for each in told.members if each.kind == "qualification"][:MOST_PARTS]
        ],
        "@reverse": {"qualifications": list(_occupations(told))} if told.occupations else None,
    }
    return {name: value for name, value in about.items() if value}


def _levels(told: Overview) -> list[int]:
    """The AQF levels of a qualification, or those at which a latest release packages a unit."""
    own = {each.level for each in told.types}
    packaged_at = {each.level for each in told.unit.levels if each.latest} if told.unit else set()
    return sorted(level for level in own | packaged_at if level is not None)


def _one_or_more(values: Iterable[str]) -> str | list[str] | None:
    found = list(dict.fromkeys(values))
    return found[0] if len(found) == 1 else found or None


def _named(iri: str, code: str, title: str | None, *, type: str) -> Mapping[str, str]:
    said = {"@type": type, "@id": iri, "identifier": code, "name": title}
    return {name: value for name, value in said.items() if value}


def _occupations(told: Overview) -> Iterable[dict[str, Any]]:
    """Each occupation with each name that a source links it by."""
    for iri in dict.fromkeys(each.iri for each in told.occupations):
        stated = [each for each in told.occupations if each.iri == iri]
        said = {
            "@type": "Occupation",
            "@id": iri,
            "name": _one_or_more(each.title for each in stated if each.title),
            "occupationalCategory": _category(stated[0]),
        }
        yield {name: value for name, value in said.items() if value}


def _category(occupation: LinkedOccupation) -> dict[str, str] | None:
    if occupation.code is None:
        return None
    scheme = Identifiers().scheme(occupation.scheme).value
    return {"@type": "CategoryCode", "codeValue": occupation.code, "inCodeSet": scheme}
