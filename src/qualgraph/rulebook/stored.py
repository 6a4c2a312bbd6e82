"""Packaging rules read out of a store: that of one qualification, or all of them one after another."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from qualgraph.errors import StoreError, UnknownComponentError
from qualgraph.identifiers import national_code
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.packaging.tree import PackagingRule, Status
from qualgraph.rdf import IRI
from qualgraph.store.base import Graph, Store
from qualgraph.store.rows import Row, selected
from qualgraph.triples.packaging import RULE_LINKS, read_rule

PREFIXES: Final = f"PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>\n"
RULES: Final = """
SELECT DISTINCT ?code ?release ?number ?issued ?rule ?status ?document WHERE {
  GRAPH ?document {
    ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification .
    ?qualification qg:code {code} .
    ?rule qg:readingStatus ?status .
    OPTIONAL { ?release qg:releaseNumber ?number }
    OPTIONAL { ?release dcterms:issued ?issued }
  }
} ORDER BY ?code ?release ?document ?rule"""
HELD: Final = """
SELECT ?kind ?document WHERE { ?thing qg:code "{code}" ; a ?kind
  FILTER (?kind IN (qg:Qualification, qg:UnitOfCompetency, qg:SkillSet, qg:TrainingPackage, qg:AccreditedCourse))
  OPTIONAL { ?document qg:describes ?thing } } LIMIT 1"""
RULELESS: Final = {f"{QG}UnitOfCompetency": "unit of competency", f"{QG}TrainingPackage": "training package"}
"""Components that a packaging rule cannot be of."""
LISTS: Final = ("hasGroup", "hasMembership")
PARTS: Final = """
CONSTRUCT { ?s ?p ?o } WHERE { GRAPH {document} {
  { {rule} ({links})* ?s . ?s ?p ?o }
  UNION { {rule} qg:hasGroup ?s . ?s ?p ?o }
  UNION { {rule} qg:hasGroup/qg:hasMembership ?s . ?s ?p ?o }
  UNION { {rule} qg:hasGroup/qg:hasMembership/qg:mentions ?s . ?s ?p ?o }
} }"""
"""The lists are long: they are asked for by the way that leads to them, as every link is tried at each unit else."""

COMPLETENESS: Final[dict[Status, int]] = {"complete": 2, "partial": 1, "failed": 0}


@dataclass(frozen=True, kw_only=True)
class OtherReading:
    """A reading of the same qualification's rule that was not taken: of an older release, or less complete."""

    release: str
    release_number: str | None
    document: str
    status: Status


@dataclass(frozen=True, kw_only=True)
class StoredRule:
    """A packaging rule of a store, with the release it is of and the document it was read from.

    ``release`` and ``document`` are IRIs; ``release_number`` is None where no document states one. ``others`` are
    the other readings that the store has for the same code, the most complete first.
    """

    code: str
    rule: PackagingRule
    release: str
    release_number: str | None
    document: str
    others: tuple[OtherReading, ...] = ()


def rule_of(store: Store, code: str, release: str | None = None) -> StoredRule:
    """The rule of a qualification: of its latest release that has one, or of the release of this number or IRI.

    Of several readings of one release, by two readers or of two documents, the most complete one. Raises
    ParameterError for what is no code, UnknownComponentError where the store has no such rule, DataError where
    what it has is no whole rule.
    """
    wanted = national_code(code)
    found = _rules(store, f'"{wanted}"', wanted)
    rows = [row for row in found if release is None or release in (row["number"], row["release"])]
    if not rows:
        raise _missing(store, wanted, release, found)
    return _chosen(store, rows, found)


def rules_of(store: Store, *, every_release: bool = False) -> Iterator[StoredRule]:
    """The rules of all qualifications of a store by code, each as :func:`rule_of` gives it, read one at a time.

    ``every_release`` gives one for each release instead of one for each code. A rule is read from the store when it
    is asked for. Raises DataError as :func:`rule_of` does.
    """
    for _, of_code in groupby(_rules(store, "?code"), key=lambda row: row["code"]):
        found = list(of_code)
        if not every_release:
            yield _chosen(store, found, found)
            continue
        for _, of_release in groupby(found, key=lambda row: row["release"]):
            yield _chosen(store, list(of_release), found)


def readings_of(store: Store, code: str) -> dict[tuple[str, str | None], PackagingRule]:
    """Every reading of the rule of a qualification by its document and release number, none left out for another.

    Of a document that states two rules of one release neither is given. Raises DataError for what is no whole rule.
    """
    wanted = national_code(code)
    found: dict[tuple[str, str | None], list[Row]] = {}
    for row in _rules(store, f'"{wanted}"', wanted):
        found.setdefault((row["document"], row["number"]), []).append(row)
    return {key: _rule(store, rows[0]) for key, rows in found.items() if len(rows) == 1}


def _ask(store: Store, question: str, **filled: str) -> list[Row]:
    return selected(store, PREFIXES + _filled(question, **filled))


def _filled(question: str, **values: str) -> str:
    for name, value in values.items():
        question = question.replace(f"{{{name}}}", value)
    return question


def _rules(store: Store, pattern: str, code: str | None = None) -> list[Row]:
    """A row for each rule that a document states, by code and release."""
    return [row | ({"code": code} if code else {}) for row in _ask(store, RULES, code=pattern)]


def _chosen(store: Store, rows: Iterable[Row], found: Iterable[Row]) -> StoredRule:
    """The most complete reading of the latest release among ``rows``; all else that was found is named beside it."""
    ranked = sorted(rows, key=_age, reverse=True)
    same = [row for row in ranked if _age(row) == _age(ranked[0]) and row["release"] == ranked[0]["release"]]
    read = [(row, _rule(store, row)) for row in same]
    row, rule = min(read, key=lambda pair: _incompleteness(*pair))
    others = sorted((other for other in found if other is not row), key=_age, reverse=True)
    return StoredRule(
        code=row["code"],
        rule=rule,
        release=row["release"],
        release_number=row["number"],
        document=row["document"],
        others=tuple(map(_other, others)),
    )


def _age(row: Row) -> tuple[bool, int, str]:
    """What is greater is later; a release that has no rule to speak of comes first, one without a number next."""
    number = row["number"] or ""
    return (
        row["status"] != "failed",
        int(number) if number.isdecimal() else 0,
        str(row["issued"] or ""),
    )


def _incompleteness(row: Row, rule: PackagingRule) -> tuple[int, int, int, str, str]:
    listed = sum(len(group.members) for group in rule.groups)
    return (-COMPLETENESS[rule.status], len(rule.unread), -listed, row["document"], row["rule"])


def _other(row: Row) -> OtherReading:
    return OtherReading(
        release=row["release"],
        release_number=row["number"],
        document=row["document"],
        status=row["status"],
    )


def _rule(store: Store, row: Row) -> PackagingRule:
    links = "|".join(f"qg:{name}" for name in RULE_LINKS if name not in LISTS)
    question = _filled(PARTS, document=f"<{row['document']}>", rule=f"<{row['rule']}>", links=links)
    answer = store.query(PREFIXES + question)
    if not isinstance(answer, Graph):
        raise StoreError("gave no triples for a CONSTRUCT query.", where=store.location)
    return read_rule(answer.triples, IRI(row["rule"]))


def _missing(store: Store, code: str, release: str | None, found: list[Row]) -> UnknownComponentError:
    if found:
        there = ", ".join(dict.fromkeys(row["number"] or row["release"] for row in found))
        return UnknownComponentError(
            f"no document in this store states the packaging rule of release {release} of {code}.",
            where=store.location,
            hint=f"It states that of: {there}.",
        )
    known = next(iter(_ask(store, HELD, code=code)), None)
    if known and known["kind"] in RULELESS:
        return UnknownComponentError(
            f"{code} is a {RULELESS[known['kind']]}, which has no packaging rule.",
            where=store.location,
            hint=f"Give a qualification. 'qualgraph show {code}' says what packages it.",
        )
    said = (
        "not in this store"
        if known is None
        else "described in this store, but no document states its packaging rule"
        if known["document"]
        else "only named by a document in this store, none states its packaging rule"
    )
    return UnknownComponentError(f"{code} is {said}.", where=store.location, hint=_what_is_there(store, code))


def _what_is_there(store: Store, code: str) -> str:
    codes = sorted({row["code"] for row in _rules(store, "?code")})
    if not codes:
        return "No document in it states a packaging rule. Put one in with 'qualgraph ingest DOCUMENT'."
    near = difflib.get_close_matches(code, codes, n=3, cutoff=0.7)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    some = ", ".join(codes[:3])
    return (
        f"It has the rules of {len(codes)} qualifications, such as {some}."
        if codes[3:]
        else f"It has those of {some}."
    )
