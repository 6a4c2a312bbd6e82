"""What a component superseded and what superseded it, step by step, and which current one that leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from qualgraph.catalogue.result import Result
from qualgraph.errors import ParameterError
from qualgraph.overview.composition import found_component, kind_in_words
from qualgraph.overview.periods import Period, periods
from qualgraph.overview.records import plain
from qualgraph.overview.rows import ask, local, source
from qualgraph.overview.source import Source
from qualgraph.overview.tables import table_of
from qualgraph.overview.ways import UNKNOWN, Ways
from qualgraph.store.base import Store
from qualgraph.store.rows import Row

ASQA: Final = "AsqaCreditPolicy2022"
"""The policy assumed unless another is named: credit over chains of any length."""

_CHAIN: Final = (
    "SELECT DISTINCT ?component WHERE { <{start}> (^{leaves}/{reaches})* ?component } ORDER BY ?component"
)
_STEPS: Final = """
SELECT DISTINCT ?before ?after ?old ?old_title ?new ?new_title ?equivalence ?through ?note ?document ?line WHERE {
  VALUES ?{near} { {components} }
  GRAPH ?document {
    ?row qg:mapsFrom ?before ; qg:mapsTo ?after ; qg:hasEquivalence ?equivalence .
    ?before qg:code ?old .
    ?after qg:code ?new .
  }
  OPTIONAL { GRAPH ?document { ?row qg:mappingDate ?through } }
  OPTIONAL { GRAPH ?document { ?row qg:mappingNote ?note } }
  OPTIONAL { GRAPH ?document { ?row qg:sourceLine ?line } }
  OPTIONAL { ?before qg:preferredTitle ?old_title }
  OPTIONAL { ?after qg:preferredTitle ?new_title }
} ORDER BY ?old ?new ?document ?line ?equivalence ?through"""
_MAPS: Final = {"before": "qg:mapsFrom", "after": "qg:mapsTo"}
_USAGE: Final = """
SELECT DISTINCT ?code ?usage WHERE {
  VALUES ?component { {components} }
  ?component qg:code ?code .
  OPTIONAL { ?component qg:hasLatestUsage ?usage }
} ORDER BY ?code"""
_POLICIES: Final = (
    "SELECT ?policy ?chains WHERE { ?policy a qg:CreditPolicy ; qg:allowsChains ?chains } ORDER BY ?policy"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One mapping row of a chain: ``old`` is superseded by ``new``; ``through`` is the old one's last day, inclusive.

    ``distance`` counts steps from the component asked about: 1 is its own successors, -1 its own predecessors.
    ``equivalence`` is Equivalent or NotEquivalent, as this document says, or NotDetermined where it does not say.
    """

    distance: int
    old: str
    old_title: str | None
    new: str
    new_title: str | None
    equivalence: str
    through: date | None
    note: str | None
    source: Source


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """A component that a chain comes to and that nothing superseded.

    ``path`` are the codes from the component asked about to this one: a path of equivalent steps where there is one,
    else a shortest. ``equivalence`` is that of the path, as the documents say that state it (one that says nothing of
    equivalence disagrees with none): Equivalent where all call every step so, NotEquivalent where all agree that some
    step is not, else UNKNOWN. ``credit`` is what the policy makes of it for a unit held: without mapping, to be mapped
    by the provider, none, or UNKNOWN.
    """

    code: str
    title: str | None
    usage: str
    """Current, Superseded or Deleted; UNKNOWN where no document states it."""
    path: tuple[str, ...]
    equivalence: str
    credit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """The whole chain of a component, both ways.

    ``superseded_by`` and ``supersedes`` are mapping rows, the nearest first; where a chain branches there are several
    of one distance. ``ends`` is empty where nothing superseded the component, or where its chain only goes in a circle.
    """

    code: str
    iri: str
    kind: str
    title: str | None
    usage: str
    policy: str
    superseded_by: tuple[Step, ...]
    supersedes: tuple[Step, ...]
    ends: tuple[End, ...]
    circle: bool
    periods: tuple[Period, ...] = ()
    """What documents state of the usage recommendation of the component, and with days of the others in its chain."""

    @property
    def branches(self) -> bool:
        """Whether some component of the chain has more than one successor."""
        news: dict[str, set[str]] = {}
        for step in (*self.supersedes, *self.superseded_by):
            news.setdefault(step.old, set()).add(step.new)
        return any(len(each) > 1 for each in news.values())

    @property
    def current(self) -> tuple[End, ...]:
        """The ends that are current."""
        return tuple(end for end in self.ends if end.usage == "Current")

    @property
    def successor_unknown(self) -> bool:
        """Whether a document says that the component is superseded, and none by what."""
        stated = any(each.code == self.code and each.recommendation == "Superseded" for each in self.periods)
        return stated and not self.superseded_by

    def table(self, part: str = "steps") -> Result:
        """The mapping rows from the oldest to the newest (``steps``), the ``ends`` or ``periods``, for data frames."""
        if part == "ends":
            return table_of(End, self.ends)
        if part == "periods":
            return table_of(Period, self.periods)
        if part == "steps":
            return table_of(Step, [*reversed(self.supersedes), *self.superseded_by])
        raise ParameterError(f"a history has no table '{part}'.", hint="It has steps, ends and periods.")

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data: dates as text, for JSON."""
        told = {key: plain(value) for key, value in asdict(self).items()}
        return {**told, "branches": self.branches, "successor_unknown": self.successor_unknown}


def history(store: Store, code: str, *, policy: str = ASQA) -> History:
    """What the component superseded, what superseded it, and where that leads under a credit policy.

    Raises ParameterError for what is no code or policy, UnknownComponentError for a code that no document names.
    """
    allows_chains = _allows_chains(store, policy)
    found = found_component(store, code)
    start, wanted = found["component"], found["code"]
    after = list(_walked(store, start, "before", "after"))
    before = list(_walked(store, start, "after", "before"))
    chain = {start, *(row[end] for _, row in (*after, *before) for end in ("before", "after"))}
    usage = _usage(store, chain)
    steps = tuple(_step(distance, row) for distance, row in after)
    ways = Ways(wanted, steps)
    credit = _credit_of(local(found["kind"]) == "UnitOfCompetency", allows_chains)
    return History(
        code=wanted,
        iri=start,
        kind=kind_in_words(found["kind"]),
        title=found["title"],
        usage=usage.get(wanted, UNKNOWN),
        policy=policy,
        superseded_by=steps,
        supersedes=tuple(_step(-distance, row) for distance, row in before),
        ends=tuple(_end(code, ways, usage, credit) for code in ways.ends),
        circle=ways.circle,
        periods=tuple(
            period
            for period in periods(store, chain)
            if period.code == wanted or period.start or period.through
        ),
    )


def _allows_chains(store: Store, policy: str) -> bool:
    known = {local(row["policy"]): bool(row["chains"]) for row in ask(store, _POLICIES)}
    if policy not in known:
        raise ParameterError(
            f"'{policy}' is no credit policy of this store.",
            hint=f"It has {' and '.join(known)}." if known else "Make it one with 'qualgraph build'.",
        )
    return known[policy]


def _walked(store: Store, start: str, near: str, far: str) -> Iterator[tuple[int, Row]]:
    """Mapping rows step by step away from a component, each component left once: (distance, row)."""
    leaves, reaches = (_MAPS[near], _MAPS[far])
    chain = {
        start,
        *(row["component"] for row in ask(store, _CHAIN, start=start, leaves=leaves, reaches=reaches)),
    }
    found = ask(store, _STEPS, near=near, components=" ".join(f"<{each}>" for each in sorted(chain)))
    seen, edge, distance = {start}, {start}, 0
    while edge:
        distance += 1
        rows = [row for row in found if row[near] in edge]
        yield from ((distance, row) for row in rows)
        edge = {row[far] for row in rows} - seen
        seen.update(edge)


def _step(distance: int, row: Row) -> Step:
    return Step(
        distance=distance,
        old=row["old"],
        old_title=row["old_title"],
        new=row["new"],
        new_title=row["new_title"],
        equivalence=local(row["equivalence"]),
        through=row["through"],
        note=row["note"],
        source=source(row),
    )


def _usage(store: Store, components: Iterable[str]) -> dict[str, str]:
    rows = ask(store, _USAGE, components=" ".join(f"<{each}>" for each in sorted(components)))
    return {row["code"]: local(row["usage"]) if row["usage"] else UNKNOWN for row in rows}


def _credit_of(is_unit: bool, allows_chains: bool) -> Callable[[str, int], str]:
    """What a policy makes of a path: of its equivalence and its number of steps."""

    def credit(equivalence: str, steps: int) -> str:
        if not is_unit:
            return "not covered: the policy is for units"
        if equivalence != "Equivalent":
            return "none" if equivalence == "NotEquivalent" else UNKNOWN
        return "without mapping" if allows_chains or steps == 1 else "to be mapped by the provider"

    return credit


def _end(code: str, ways: Ways, usage: dict[str, str], credit: Callable[[str, int], str]) -> End:
    path, equivalence = ways.to(code)
    return End(
        code=code,
        title=ways.titles[code],
        usage=usage.get(code, UNKNOWN),
        path=path,
        equivalence=equivalence,
        credit=credit(equivalence, len(path) - 1),
    )
