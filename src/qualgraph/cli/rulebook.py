"""The packaging rules that a command works with, by code: of files, or of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import progress
from qualgraph.errors import DocumentError, UnknownComponentError, UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, UnitFacts
    from qualgraph.rulebook import StoreFacts
    from qualgraph.sources.rule_library import RuleLibrary
    from qualgraph.sources.rule_rows import FoundRule
    from qualgraph.store import Store

SHIPPED = "the tables that come with qualgraph (April 2026, July 2013)"


class Rules(Protocol):
    """Rules by code, and what is known of units that they do not list."""

    facts: UnitFacts
    facts_from: tuple[str, ...]
    by_code: Mapping[str, PackagingRule]

    def find(self, code: str) -> FoundRule | None:
        """The rule of this code, None where there is none."""

    def rule(self, code: str | None, release: str | None = None) -> FoundRule:
        """The rule of this code (of the release of this number), or the only one.

        Raises UsageError or UnknownComponentError where there is none.
        """

    def rules(self) -> Iterator[FoundRule]:
        """Every rule, one for each code."""

    def learn(self, units: Iterable[str]) -> None:
        """Look up what is known of these units together, which is quicker than one after another."""


@contextmanager
def rules_from(
    files: Sequence[Path] | None, store: str | None, code: str | None, refused: Refused
) -> Iterator[Rules]:
    """The rules of the files, else of the store; ``code`` holds for a text that states none.

    Facts of units come from the same place and from the tables that come with qualgraph.
    """
    if files:
        with progress("looking through the rules"):
            library = _library(files, code, refused)
        yield _OfFiles(library, files)
        return
    with reading(store) as opened:
        yield _OfStore(opened)


def _library(files: Sequence[Path], code: str | None, refused: Refused) -> RuleLibrary:
    """The rules of the files; where none states a code, read as those of ``code``. Each failure is told once."""
    from qualgraph.sources.rule_library import RuleLibrary

    failures: list[DocumentError] = []
    library = RuleLibrary(files, failed=failures.append if code else refused)
    if code is not None and not library.codes():
        return RuleLibrary(files, code=code, failed=refused)
    for failure in failures:
        refused(failure)
    return library


class _ByCode(Mapping[str, "PackagingRule"]):
    """The rules as a mapping that finds each when it is asked for; it cannot say beforehand which it has."""

    def __init__(self, find: Callable[[str], FoundRule | None]) -> None:
        self._find = find

    def __getitem__(self, code: str) -> PackagingRule:
        found = self._find(code)
        if found is None:
            raise KeyError(code)
        return found.rule

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _OfFiles:
    def __init__(self, library: RuleLibrary, files: Sequence[Path]) -> None:
        from qualgraph.packaging import MergedFacts, shipped_facts

        self._library = library
        self._names = ", ".join(map(str, files))
        self.facts: UnitFacts = MergedFacts(library, shipped_facts())
        self.by_code: Mapping[str, PackagingRule] = _ByCode(self.find)
        self.facts_from: tuple[str, ...] = (f"the other rules of {self._names}", SHIPPED)

    def find(self, code: str) -> FoundRule | None:
        return self._library.find(code)

    def rule(self, code: str | None, release: str | None = None) -> FoundRule:
        found = self._library.only() if code is None else self._library.find(code.strip().upper(), release)
        if found is not None:
            return found
        codes = self._library.codes()
        some = f"It has {', '.join(codes[:5])}{' and others' if codes[5:] else ''}." if codes else None
        if code is None:
            raise UsageError("say which qualification is meant: its code is missing.", hint=some)
        of = f" release {release}" if release else ""
        raise UnknownComponentError(
            f"no packaging rule of {code.strip().upper()}{of} is in the files given.",
            where=self._names,
            hint=some,
        )

    def rules(self) -> Iterator[FoundRule]:
        return self._library.rules()

    def learn(self, units: Iterable[str]) -> None:
        """Nothing to do: the files are read once, when the first unit is asked for."""


class _OfStore:
    def __init__(self, store: Store) -> None:
        from qualgraph.packaging import MergedFacts, shipped_facts
        from qualgraph.rulebook import StoreFacts

        self._store = store
        self._facts: StoreFacts = StoreFacts(store)
        self._read: dict[str, FoundRule | None] = {}
        self.facts: UnitFacts = MergedFacts(self._facts, shipped_facts())
        self.by_code: Mapping[str, PackagingRule] = _ByCode(self.find)
        self.facts_from: tuple[str, ...] = ("the store", SHIPPED)

    def find(self, code: str) -> FoundRule | None:
        if code not in self._read:
            try:
                self._read[code] = self.rule(code)
            except UsageError:  # a code that is none, or of which the store has no rule
                self._read[code] = None
        return self._read[code]

    def rule(self, code: str | None, release: str | None = None) -> FoundRule:
        from qualgraph.pipeline import short_name
        from qualgraph.rulebook import rule_of
        from qualgraph.sources.rule_rows import FoundRule

        if code is None:
            raise UsageError(
                "say which qualification is meant: its code is missing.",
                hint="qualgraph check CODE --units ...",
            )
        found = rule_of(self._store, code, release)
        return FoundRule(rule=found.rule, where=short_name(found.document))

    def rules(self) -> Iterator[FoundRule]:
        from qualgraph.pipeline import short_name
        from qualgraph.rulebook import rules_of
        from qualgraph.sources.rule_rows import FoundRule

        for found in rules_of(self._store):
            yield FoundRule(rule=found.rule, where=short_name(found.document))

    def learn(self, units: Iterable[str]) -> None:
        self._facts.known(units)
