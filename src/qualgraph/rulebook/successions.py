"""What superseded which component, as the mapping rows of a store's documents state it."""

from __future__ import annotations

from typing import Final

from qualgraph.namespaces import QG
from qualgraph.packaging.comparing.changes import Succession, merged_successions
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
    rows = [
        (
            row["old"],
            Succession(
                code=row["new"], equivalent=EQUIVALENT.get(row["equivalence"]), source=row["document"]
            ),
        )
        for row in selected(store, QUESTION)
    ]
    return merged_successions(*({old: [step]} for old, step in rows))
