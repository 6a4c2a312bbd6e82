"""What superseded which component, as the mapping rows of a store's documents state it."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from qualgraph.namespaces import QG
from qualgraph.packaging.changes import Succession
from qualgraph.store.base import Store
from qualgraph.store.rows import selected

QUESTION: Final = f"""
PREFIX qg: <{QG}>
SELECT DISTINCT ?old ?new ?equivalence ?document WHERE {{
  GRAPH ?document {{
    ?mapping qg:mapsFrom/qg:code ?old ; qg:mapsTo/qg:code ?new ; qg:hasEquivalence ?equivalence
  }}
}} ORDER BY ?old ?new ?document ?equivalence"""
EQUIVALENT: Final[dict[str, bool]] = {f"{QG}Equivalent": True, f"{QG}NotEquivalent": False}


def successions_of(store: Store) -> dict[str, list[Succession]]:
    """For each superseded code what superseded it, one step.

    Where documents disagree about one pair, its equivalence is not determined, and all of them are its source.
    """
    found: dict[str, list[Succession]] = {}
    rows = selected(store, QUESTION)
    for (old, new), group in groupby(rows, key=lambda row: (row["old"], row["new"])):
        of_pair = list(group)
        said = {EQUIVALENT.get(row["equivalence"]) for row in of_pair}
        sources = ", ".join(dict.fromkeys(row["document"] for row in of_pair))
        equivalent = said.pop() if len(said) == 1 else None
        found.setdefault(old, []).append(Succession(code=new, equivalent=equivalent, source=sources))
    return found
