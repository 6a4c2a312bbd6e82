"""Which things of a store have a page of their own, found in a few passes over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from qualgraph.errors import UsageError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import DCTERMS, DEFAULT_BASE, QG
from qualgraph.overview.many import components
from qualgraph.overview.rows import local
from qualgraph.pages.addresses import key_of
from qualgraph.site.settings import Plan
from qualgraph.store import Store, Table
from qualgraph.store.rows import selected
from qualgraph.store.sparql import quoted

_SUBJECTS: Final = "SELECT DISTINCT ?thing WHERE { ?thing ?p ?o }"
_PREFIXES: Final = f"PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>\n"
_RULED: Final = """
SELECT DISTINCT ?code WHERE { ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?of . ?of qg:code ?code }"""
_POLICIES: Final = "SELECT DISTINCT ?policy WHERE { ?policy a qg:CreditPolicy ; qg:allowsChains ?chains }"
_DOCUMENTS: Final = """
SELECT ?document (MIN(?file) AS ?name) WHERE { ?document a qg:SourceDocument ; qg:fileName ?file }
GROUP BY ?document ORDER BY ?document"""

_OWN: Final = f"""PREFIX qg: <{QG}>
ASK {{{{ ?thing qg:code ?code . FILTER (STRSTARTS(STR(?thing), {{base}})) }}}}"""
_BEHIND_BASE: Final = re.compile(rf"(?<=[/#])(?:{'|'.join(Kind)})/[^/]*$")


def planned(store: Store, ids: Identifiers) -> Plan:
    """What a site of the store has pages about.

    A component, a release, and anything else that no other thing stands above has one; what stands below another
    thing (a row of a list, a part of a rule) is told on the page of that thing.
    """
    found = {iri: row for iri, row in components(store).items() if key_of(ids, iri) is not None}
    keys = {iri: key_of(ids, iri) or "" for iri in found}
    codes: dict[str, str] = {}
    for iri, row in found.items():
        codes.setdefault(row["code"], keys[iri])
    things = tuple(_things(_subjects(store, ids), frozenset(keys.values())))
    return Plan(
        components=found,
        things=tuple(iri for iri, _ in things),
        known=frozenset((*keys.values(), *(key for _, key in things))),
        codes=codes,
        ruled=frozenset(row["code"] for row in selected(store, _PREFIXES + _RULED)),
        policies=tuple(sorted(local(row["policy"]) for row in selected(store, _PREFIXES + _POLICIES))),
        documents=tuple((row["document"], row["name"]) for row in selected(store, _PREFIXES + _DOCUMENTS)),
    )


def require_own(store: Store, ids: Identifiers) -> None:
    """Raises UsageError where the store has components and the identifier of none begins with the base."""
    if ids.base == DEFAULT_BASE or store.query(_OWN.format(base=quoted(ids.base))) is True:
        return
    for row in selected(store, _PREFIXES + "SELECT ?thing WHERE { ?thing qg:code ?code } LIMIT 1"):
        begins = _BEHIND_BASE.sub("", row["thing"])
        raise UsageError(
            f"no identifier in the store begins with '{ids.base}'; they begin with '{begins}'.",
            where="--base-iri",
            hint="Give what they begin with, and where the site will be found as --public-url. 'qualgraph ingest "
            "--base-iri' makes identifiers of your own.",
        )


def _subjects(store: Store, ids: Identifiers) -> Iterator[tuple[str, str]]:
    """Everything of ours that something is said of: (IRI, key)."""
    answer = store.query(_SUBJECTS)
    for (thing,) in answer.rows if isinstance(answer, Table) else ():
        iri = getattr(thing, "value", "")
        key = key_of(ids, iri)
        if key and "#" not in key:
            yield iri, key


def _things(subjects: Iterable[tuple[str, str]], above: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Of things that are no components those that get a page, in the order of their keys."""
    known = set(above)
    for key, iri in sorted((key, iri) for iri, key in subjects):
        parts = key.split("/")
        ancestors = {"/".join(parts[:length]) for length in range(1, len(parts))}
        is_release = len(parts) == 4 and parts[2] == "release"
        if key not in known and (is_release or not ancestors & known):
            known.add(key)
            yield iri, key
