"""What documents state of the usage recommendation of several components, each with its first and last day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from qualgraph.overview.rows import ask, local, source
from qualgraph.overview.source import Source
from qualgraph.store.base import Store

_PERIODS: Final = """
SELECT DISTINCT ?code ?recommendation ?start ?through ?document ?line WHERE {
  VALUES ?component { {components} }
  GRAPH ?document { ?component qg:hasUsageStatement ?statement . ?statement qg:statesUsage ?recommendation }
  ?component qg:code ?code .
  OPTIONAL { GRAPH ?document { ?statement qg:validFrom ?start } }
  OPTIONAL { GRAPH ?document { ?statement qg:validThrough ?through } }
  OPTIONAL { GRAPH ?document { ?statement qg:sourceLine ?line } }
} ORDER BY ?code ?start ?document ?line"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A usage recommendation as one document states it of the component ``code``; ``through`` is inclusive."""

    code: str
    recommendation: str
    """Current, Superseded or Deleted."""
    start: date | None
    through: date | None
    source: Source


def periods(store: Store, components: Iterable[str]) -> tuple[Period, ...]:
    """What documents state of these components (IRIs), by code and first day; of no first day first."""
    rows = ask(store, _PERIODS, components=" ".join(f"<{each}>" for each in sorted(components)))
    return tuple(
        Period(
            code=row["code"],
            recommendation=local(row["recommendation"]),
            start=row["start"],
            through=row["through"],
            source=source(row),
        )
        for row in rows
    )
