"""Which qualifications package each unit, in small files by the first letters of its code, for the checker."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from qualgraph.identifiers import CODE_PATTERN
from qualgraph.namespaces import DCTERMS, QG
from qualgraph.packaging import MergedFacts, shipped_facts
from qualgraph.rulebook import StoreFacts
from qualgraph.store import Store
from qualgraph.store.rows import selected

LETTERS: Final = 3
_LISTED: Final = f"""
PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>
SELECT DISTINCT ?code WHERE {{
  {{ ?group qg:hasMembership/qg:mentions ?unit }} UNION {{ ?grid qg:hasRow/qg:mentions ?unit }}
  ?unit qg:code ?code }} ORDER BY ?code"""


def fact_files(store: Store) -> Iterator[tuple[str, bytes]]:
    """Rows of [qualification, level, training package] for each unit that any document or shipped table packages.

    One qualification stands for each level and training package, and each that a rule could name stands for itself.
    """
    shipped = shipped_facts()
    known = StoreFacts(store)
    listed = [row["code"] for row in selected(store, _LISTED)]
    codes = sorted({code for code in (*listed, *shipped.codes()) if CODE_PATTERN.fullmatch(code)})
    known.known(code for code in listed if CODE_PATTERN.fullmatch(code))
    facts = MergedFacts(known, shipped)
    parts: defaultdict[str, dict[str, list[list[str | None]]]] = defaultdict(dict)
    for code in codes:
        rows = {(one.qualification, one.level, one.package): None for one in facts.packagings(code)}
        if rows:
            parts[code[:LETTERS]][code] = [list(row) for row in rows]
    for part, told in sorted(parts.items()):
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        yield f"unit-facts/{part}.json", text.encode()
    yield "unit-facts/parts.json", json.dumps(sorted(parts), separators=(",", ":")).encode()
