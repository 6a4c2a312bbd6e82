"""Packaging rules of two builds: only those of which any triple differs are read and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final, Literal

from qualgraph.errors import DataError
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.packaging import Difference, difference
from qualgraph.rdf import IRI
from qualgraph.rulebook import rule_of, successions_of
from qualgraph.store.base import Store
from qualgraph.store.rows import selected

RuleChange = tuple[str, Literal["new", "gone", "changed"], Difference | str | None]

RULES: Final = f"""PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>
SELECT DISTINCT ?rule ?code WHERE {{
  ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?component .
  ?component qg:code ?code .
}}"""


def changed_rules(before: Store, after: Store) -> Iterator[RuleChange]:
    """Each qualification whose packaging rule is new, gone or changed, by code, with the difference of the last.

    Of several readings and releases the one is compared that ``rule_of`` takes. Lines alone are no change. In place of
    the difference stands why two rules cannot be compared, where a store holds no whole rule.
    """
    old, new = _fingerprints(before), _fingerprints(after)
    successions = None
    for code in sorted(old.keys() | new.keys()):
        if code not in old or code not in new:
            yield code, "new" if code in new else "gone", None
        elif old[code] != new[code]:
            successions = successions or successions_of(after)
            try:
                found = difference(rule_of(before, code).rule, rule_of(after, code).rule, successions)
            except DataError as error:
                yield code, "changed", f"cannot be compared: {error.what}"
                continue
            if not found.nothing_changed:
                yield code, "changed", found


def _fingerprints(store: Store) -> Counter[str]:
    """For each qualification with a rule a number that every triple of its rules is part of, in whatever order."""
    codes = {row["rule"]: row["code"] for row in selected(store, RULES)}
    sums = Counter[str](dict.fromkeys(codes.values(), 0))
    last, code = "", None
    for graph in store.graphs():
        for triple in store.triples(graph):
            if isinstance(triple.subject, IRI):
                if triple.subject.value != last:
                    last = triple.subject.value
                    code = _code_above(last, codes)
                if code is not None:
                    sums[code] += int.from_bytes(blake2b(str(triple).encode(), digest_size=8).digest())
    return sums


def _code_above(iri: str, codes: dict[str, str]) -> str | None:
    """The code of the rule that an IRI is, or hangs below; None for anything else."""
    while iri.count("/") > 3:
        if iri in codes:
            return codes[iri]
        iri = iri.rpartition("/")[0]
    return None
