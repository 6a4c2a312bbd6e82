"""Pages about one qualification or unit, its history, its pathways, and two qualifications side by side."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.catalogue import Catalogue, run
from qualgraph.errors import ParameterError, UnknownComponentError
from qualgraph.identifiers import Identifiers, Kind, national_code
from qualgraph.overview import History, Overview, history, overview
from qualgraph.overview.composition import found_component
from qualgraph.packaging import (
    Difference,
    PackagingRule,
    Succession,
    Successions,
    difference,
    merged_successions,
    reached_from,
    shipped_successions,
)
from qualgraph.pages.component_views import POLICIES, ComponentViews
from qualgraph.pages.described_pages import described_page
from qualgraph.pages.descriptions import Description
from qualgraph.pages.media import HTML, JSON
from qualgraph.pages.pages import Pages
from qualgraph.pages.scheme_pages import is_scheme, scheme_page
from qualgraph.rdf import IRI
from qualgraph.rulebook import rule_of, successions_of
from qualgraph.store import Store
from qualgraph.web.requests import chosen, fields_of
from qualgraph.web.vocabularies import shipped_vocabularies

MOST_SCHEMES: Final = 40
"""Pages of schemes that are kept; a large one is a quarter of a megabyte, and takes that many milliseconds to make."""


class ComponentPages:
    """Writes pages about the components of one store; what is no component has the page of any thing."""

    def __init__(self, store: Store, ids: Identifiers, catalogue: Catalogue, pages: Pages) -> None:
        self._store = store
        self._ids = ids
        self._catalogue = catalogue
        self._pages = pages
        self._views = ComponentViews(pages)
        self._schemes: dict[str, tuple[Hashable, str]] = {}

    def thing(self, _request: Request, iri: IRI, found: Description) -> str:
        """The page about a thing: for a component, a document and a concept one of its own."""
        if is_scheme(iri, found):
            return self._scheme(iri, found)
        page, _ = self.component(iri) or (None, False)
        described = page or described_page(self._pages, self._ids, self._store, iri, found)
        return described or self._pages.thing(iri, found)

    def _scheme(self, iri: IRI, found: Description) -> str:
        """The page of a scheme, kept until the store is written to; nobody tells when an endpoint is."""
        state = getattr(self._store, "database_folder", None)
        if state is None:
            return self._scheme_now(iri, found)
        kept, page = self._schemes.get(iri.value, (None, ""))
        if kept != state:
            page = self._scheme_now(iri, found)
            if len(self._schemes) >= MOST_SCHEMES:
                self._schemes.clear()
            self._schemes[iri.value] = (state, page)
        return page

    def _scheme_now(self, iri: IRI, found: Description) -> str:
        return scheme_page(self._pages, [self._store, shipped_vocabularies()], iri, found)

    def component(self, iri: IRI) -> tuple[str, bool] | None:
        """The page about a component and whether the register has deleted it; None for what is no component."""
        named = self._ids.component_of(iri.value)
        if named is None:
            return None
        kind, code = named
        try:
            told = overview(self._store, code)
        except (UnknownComponentError, ParameterError):  # the latter: what is no code at all
            return None
        if told.iri != iri.value:
            return None
        superseded_unit = kind is Kind.UNIT and bool(told.superseded_by)
        equivalents = self._equivalents(code) if superseded_unit else ()
        return self._views.component(told, self._rule(told), equivalents), told.latest_usage == "Deleted"

    async def history(self, request: Request) -> Response:
        """The chain of a component, with what a credit policy makes of it: a page, or JSON."""
        fields = fields_of(request.url.query)
        policy = fields.one("policy") or next(iter(POLICIES))
        media = chosen(request, (HTML, JSON), format=fields.one("format"))
        found = await run_in_threadpool(history, self._store, request.path_params["code"], policy=policy)
        body = _json(found) if media is JSON else self._views.history(found)
        return Response(body, headers={"Content-Type": media.content_type, "Vary": "Accept"})

    async def pathways(self, request: Request) -> Response:
        """The pathways into and out of a qualification, as a picture whose boxes are links and as a list."""
        told = await run_in_threadpool(overview, self._store, request.path_params["code"])
        body = self._views.pathways(told)
        return Response(body, headers={"Content-Type": HTML.content_type, "Vary": "Accept"})

    async def compare(self, request: Request) -> Response:
        """What changed from the packaging rule of one qualification to that of another."""
        fields = fields_of(request.url.query)
        before, after = (fields.one("a") or "").strip(), (fields.one("b") or "").strip()
        for named in filter(None, (before, after)):
            national_code(named.partition("@")[0])  # what is no code is said before the other one is given
        found = await run_in_threadpool(self._difference, before, after) if before and after else None
        body = self._views.compare(before, after, found)
        return Response(body, headers={"Content-Type": HTML.content_type, "Vary": "Accept"})

    def _difference(self, before: str, after: str) -> Difference:
        named = (each.partition("@") for each in (before, after))
        old, new = (rule_of(self._store, code, release or None) for code, _, release in named)
        return difference(old.rule, new.rule, self._successions(old.rule))

    def _successions(self, rule: PackagingRule) -> Successions:
        """What superseded the units of a rule, step by step, as the store's documents and the shipped table say."""
        shipped = shipped_successions()
        known: dict[str, list[Succession]] = {}
        asked: set[str] = set()
        new = {unit.code for group in rule.groups for unit in group.members}
        while new := reached_from(new, shipped, known) - asked:
            asked |= new
            known |= successions_of(self._store, new)
        return merged_successions(shipped, known)

    def _equivalents(self, code: str) -> list[Mapping[str, Any]]:
        """The rows that lead from a unit to its equivalent today, each with its policy; the first policy is assumed."""
        answer = run(self._store, self._catalogue["current-equivalent"], {"code": code})
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    def _rule(self, told: Overview) -> PackagingRule | None:
        try:
            return rule_of(self._store, told.code).rule if told.packaging else None
        except UnknownComponentError:
            return None

    async def by_code(self, request: Request) -> Response:
        """303 from a code to the document about the component that has it."""
        told = await run_in_threadpool(self._iri, request.path_params["code"])
        return Response(status_code=303, headers={"Location": self._pages.addresses.thing(told)})

    def _iri(self, code: str) -> str:
        return str(found_component(self._store, code)["component"])


def _json(found: History) -> str:
    return json.dumps(found.as_dict(), ensure_ascii=False) + "\n"
