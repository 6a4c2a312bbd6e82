"""Writes the pages of some things of a store, in a process of its own or in this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qualgraph.catalogue import discover, run
from qualgraph.errors import QualgraphError
from qualgraph.identifiers import Identifiers
from qualgraph.overview import Overview, history
from qualgraph.overview.many import Overviews
from qualgraph.packaging import (
    difference,
    merged_successions,
    shipped_successions,
)
from qualgraph.pages.check_views import Checked, check_page, group_counts
from qualgraph.pages.component_views import POLICIES, ComponentViews
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import Description, description, descriptions
from qualgraph.pages.media import SYNTAXES
from qualgraph.pages.pages import Pages
from qualgraph.rdf import IRI, written
from qualgraph.rulebook import StoredRule, rule_of, successions_of
from qualgraph.site.addresses import SiteAddresses, file_path
from qualgraph.site.checker import compiled_rule
from qualgraph.site.folder import SiteFolder, write_file
from qualgraph.site.settings import FORMATS, Plan, SiteSettings
from qualgraph.store import open_store

File = tuple[str, bytes]
Written = dict[str, tuple[str, bool]]
"""The checksum of each file, and whether it had to be written."""


class Worker:
    """Everything that a process needs to write pages, opened once."""

    def __init__(self, settings: SiteSettings, plan: Plan, site: SiteFolder) -> None:
        self._settings = settings
        self._plan = plan
        self._site = site
        self._store = open_store(settings.location, read_only=True)
        ids = Identifiers(settings.base_iri)
        self._ids = ids
        self.addresses = SiteAddresses(ids, plan.known, plan.codes, settings.public_url)
        formats = [FORMATS[name] for name in settings.formats]
        self.pages = Pages(ids, self.addresses, formats, settings.stated)
        self._views = ComponentViews(self.pages)
        self._catalogue = discover()
        self._overviews = Overviews(self._store)
        self._successions = merged_successions(shipped_successions(), successions_of(self._store))
        self._rules: dict[str, StoredRule | None] = {}

    def close(self) -> None:
        """Let the store go."""
        self._store.close()

    def components(self, iris: Sequence[str]) -> Written:
        """Write all pages about some components, each with its data."""
        found = descriptions(self._store, [IRI(iri) for iri in iris])
        rows = [self._plan.components[iri] for iri in iris]
        done: Written = {}
        for told in self._overviews.of(rows):
            self._save(done, self._of_component(told, found[IRI(told.iri)]))
        return done

    def things(self, iris: Sequence[str]) -> Written:
        """Write the pages of other things, each with its data."""
        done: Written = {}
        for iri in map(IRI, iris):
            self._save(done, self._of_thing(iri, description(self._store, iri)))
        return done

    def _save(self, done: Written, files: Iterator[File]) -> None:
        made = list(files)
        self._site.announce(path for path, _ in made)
        for path, content in made:
            done[path] = write_file(self._site.location, path, content)

    def _at(self, path: str) -> str:
        """The file of a page, which is where addresses are seen from until the next one."""
        self.addresses.here = file_path(f"{path}.html")
        return self.addresses.here

    def _of_thing(self, iri: IRI, found: Description) -> Iterator[File]:
        key = self.pages.key(iri.value)
        path = self._at(f"doc/{key}")
        described = described_page(self.pages, self._ids, self._store, iri, found)
        page = described or self.pages.thing(iri, found)
        yield path, page.encode()
        yield from self._data(key, found)

    def _data(self, key: str, found: Description) -> Iterator[File]:
        for media in self.pages.representations:
            yield file_path(f"doc/{key}.{media.ending}"), written(found.triples(), SYNTAXES[media])

    def _of_component(self, told: Overview, found: Description) -> Iterator[File]:
        key = self.pages.key(told.iri)
        own = self._plan.codes[told.code] == key
        rule = self._rule(told.code) if told.packaging else None
        chained = bool(told.supersedes or told.superseded_by) and own
        comparisons = list(self._comparisons(told)) if rule else []
        path = self._at(f"doc/{key}")
        page = self._views.component(
            told,
            rule.rule if rule else None,
            self._equivalents(told),
            has_history=chained and bool(self._plan.policies),
            comparisons=comparisons,
        )
        yield path, page.encode()
        yield from self._data(key, found)
        if told.pathways:
            path = self._at(f"pathways/{told.code}")
            yield path, self._views.pathways(told).encode()
        if chained:
            yield from self._history(told.code)
        if rule is not None:
            path = self._at(f"check/{told.code}")
            yield path, self._check(rule).encode()
        for before, after in comparisons:
            if before == told.code:
                yield self._compared(before, after)

    def _history(self, code: str) -> Iterator[File]:
        for number, policy in enumerate(each for each in POLICIES if each in self._plan.policies):
            path = self._at(f"history/{code}" if number == 0 else f"history/{code}/{policy}")
            yield path, self._views.history(history(self._store, code, policy=policy)).encode()

    def _comparisons(self, told: Overview) -> Iterator[tuple[str, str]]:
        """The pairs of this rule with that of a predecessor or successor."""
        pairs = [(row.code, told.code) for row in told.supersedes]
        pairs += [(told.code, row.code) for row in told.superseded_by]
        for before, after in dict.fromkeys(pairs):
            if {before, after} <= self._plan.ruled and self._rule(before) and self._rule(after):
                yield before, after

    def _compared(self, before: str, after: str) -> File:
        old, new = self._rule(before), self._rule(after)
        found = difference(old.rule, new.rule, self._successions) if old and new else None
        path = self._at(f"compare/{before}/{after}")
        return path, self._views.compare(before, after, found).encode()

    def _rule(self, code: str) -> StoredRule | None:
        if code not in self._rules:
            try:
                self._rules[code] = rule_of(self._store, code)
            except QualgraphError:
                self._rules[code] = None
        return self._rules[code]

    def _check(self, stored: StoredRule) -> str:
        checked = Checked(
            stored=stored,
            units=(),
            others=(),
            unreadable=(),
            specialisation=None,
            verdict=None,
            counts=tuple(group_counts(stored.rule, set())),
        )
        return check_page(self.pages, checked, compiled_rule(stored.rule))

    def _equivalents(self, told: Overview) -> list[Mapping[str, Any]]:
        if told.kind != "unit of competency" or not told.superseded_by:
            return []
        answer = run(self._store, self._catalogue["current-equivalent"], {"code": told.code})
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
