"""What superseded which component, as the mapping rows of a store's documents state it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from qualgraph.identifiers import national_code
from qualgraph.namespaces import QG
from qualgraph.packaging.comparing.changes import Succession, merged_successions
from qualgraph.store.base import Store
from qualgraph.store.rows import selected

QUESTION: Final = f"""
PREFIX qg: <{QG}>
SELECT DISTINCT ?old ?new ?equivalence ?document WHERE {{ {{among}}
  GRAPH ?document {{
    ?mapping qg:mapsFrom ?before ; qg:mapsTo ?after ; qg:hasEquivalence ?equivalence .
    ?before qg:code ?old .
    ?after qg:code ?new .
  }}
}} ORDER BY ?old ?new ?document ?equivalence"""
CHAINS: Final = f"""
PREFIX qg: <{QG}>
SELECT DISTINCT ?before WHERE {{
  VALUES ?code {{ {{codes}} }}
  ?start qg:code ?code .
  ?start (^qg:mapsFrom/qg:mapsTo)* ?before .
}} ORDER BY ?before"""
EQUIVALENT: Final[dict[str, bool]] = {f"{QG}Equivalent": True, f"{QG}NotEquivalent": False}


def successions_of(store: Store, codes: Iterable[str] | None = None) -> dict[str, list[Succession]]:
    """For each superseded code what superseded it, one step; with ``codes`` of these and all that their chains lead to.

    Where documents disagree about one pair, its equivalence is not determined, and all of them are its source; one that
    says nothing of equivalence disagrees with none.
    """
    among = "" if codes is None else f"VALUES ?before {{ {_chains(store, codes)} }}"
    rows = [
        (
            row["old"],
            Succession(
                code=row["new"], equivalent=EQUIVALENT.get(row["equivalence"]), source=row["document"]
            ),
        )
        for row in selected(store, QUESTION.replace("{among}", among))
    ]
    return merged_successions(*({old: [step]} for old, step in rows))


def _chains(store: Store, codes: Iterable[str]) -> str:
    """The components with these codes and all that superseded them, as IRIs in a query."""
    wanted = " ".join(f'"{code}"' for code in sorted({national_code(code) for code in codes}))
    return " ".join(f"<{row['before']}>" for row in selected(store, CHAINS.replace("{codes}", wanted)))
