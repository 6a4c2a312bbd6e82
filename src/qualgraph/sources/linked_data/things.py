"""What the IRIs of the skills graph of Jobs and Skills Australia (JSA) name: read from one table that can change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from qualgraph.assets import asset_folder
from qualgraph.identifiers import CODE_PATTERN, Identifiers, Kind
from qualgraph.model import Thing
from qualgraph.namespaces import QG
from qualgraph.rdf import parse_file

RELATIVE: Final = "https://w3id.org/qualgraph/relative/"
"""Stands for the base that a file with relative IRIs never states."""

LABEL_KEYED: Final = frozenset({"taxonomy-occupation", "taxonomy-industry-sector", "aqf-type"})
"""Schemes without codes on the register: the identifier of a concept is made of its label."""

_TABLE: Final = "https://w3id.org/qualgraph/def/align/jsa#"
_CLASSES: Final = {
    f"{QG}Qualification": Kind.QUALIFICATION,
    f"{QG}UnitOfCompetency": Kind.UNIT,
    f"{QG}SkillSet": Kind.SKILL_SET,
    f"{QG}TrainingPackage": Kind.TRAINING_PACKAGE,
    f"{QG}AccreditedCourse": Kind.ACCREDITED_COURSE,
}
_CODES: Final = {
    "anzsco": re.compile(r"\d{1,4}|\d{6}"),
    "osca": re.compile(r"\d{1,4}|\d{6}"),
    "asced-field": re.compile(r"\d{2}|\d{4}|\d{6}"),
    "aqf-level": re.compile(r"[1-9]|10"),
    "level-of-education": re.compile(r"\d{3}"),
}
_ANY_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")


@cache
def _patterns() -> dict[str, tuple[Kind | None, str | None]]:
    """How each pattern begins, in lower case without the protocol, and the kind or scheme that it is for."""
    targets: dict[str, str] = {}
    starts: dict[str, str] = {}
    for quad in parse_file(asset_folder("ontology") / "align" / "jsa.ttl"):
        subject, predicate = str(quad.subject), quad.predicate.value
        value = str(getattr(quad.object, "value", ""))
        if predicate == f"{_TABLE}patternFor":
            targets[subject] = value
        elif predicate == f"{_TABLE}template":
            starts[subject] = value.removesuffix("{code}")
    schemes = Identifiers().scheme("x").value.removesuffix("x")
    return {
        _folded(start): (
            _CLASSES.get(target),
            target.removeprefix(schemes) if target not in _CLASSES else None,
        )
        for subject, start in starts.items()
        for target in [targets[subject]]
    }


def _folded(iri: str) -> str:
    return iri.split("://", 1)[-1].casefold()


@cache
def hosts() -> frozenset[bytes]:
    """How the IRIs of the table begin, by which a file can be told to use them without parsing it."""
    return frozenset(start.rstrip("/").encode() for start in _patterns())


def thing_named(iri: str) -> tuple[Thing | None, str | None]:
    """What an IRI names, and what of it was taken for what, if it is not written as in the table.

    None for an IRI of no pattern, and for one whose last part is no code of its kind.
    """
    plain, doubt = _plain(iri)
    scheme = _patterns().get(_folded(plain.rstrip("/") + "/"))
    if scheme is not None:
        return (Thing(iri=iri, scheme=scheme[1]) if scheme[1] else None), doubt
    start, slash, code = plain.rstrip("/").rpartition("/")
    found = _patterns().get(_folded(start + slash))
    if found is None:
        return None, None
    return _thing(iri, code, *found), doubt


def _thing(iri: str, code: str, kind: Kind | None, scheme: str | None) -> Thing | None:
    if kind is not None:
        return Thing(iri=iri, kind=kind, code=code.upper()) if CODE_PATTERN.fullmatch(code.upper()) else None
    if scheme == "level-of-education" and not _CODES[scheme].fullmatch(code):
        scheme = "aqf-type"
    if scheme is None or not _CODES.get(scheme, _ANY_CODE).fullmatch(code):
        return None
    return Thing(iri=iri, scheme=scheme, code=code)


def _plain(iri: str) -> tuple[str, str | None]:
    """The IRI as the table would have it, and in words what was changed, with the last part left out."""
    doubts = list(_doubts(iri))
    plain = iri.removeprefix(RELATIVE)
    if plain != iri:
        plain = next((whole for whole in _completed(plain) if _is_known(whole)), iri)
    plain = re.sub(r"^(https?://)w{4,}\.", r"\1www.", plain)
    return plain, "; ".join(doubts) or None


def _doubts(iri: str) -> Iterator[str]:
    shown = iri.rstrip("/").rpartition("/")[0]
    if iri.startswith(RELATIVE):
        yield f"relative IRIs <{(shown + '/').removeprefix(RELATIVE)}...> completed from the table of IRIs"
    elif iri.startswith("http://"):
        yield f"<{shown}/...> taken for its https twin"
    if re.match(r"https?://w{4,}\.", iri):
        yield f"<{shown}/...> taken for www."
    if iri.endswith("/"):
        yield f"<{shown}/.../> taken without the slash at its end"


def _completed(part: str) -> Iterator[str]:
    yield f"https://training.gov.au/{part}"
    yield f"https://abs.gov.au/classifications/{part}"
    yield f"https://abs.gov.au/{part}"


def _is_known(iri: str) -> bool:
    return _folded(iri.rpartition("/")[0] + "/") in _patterns()
