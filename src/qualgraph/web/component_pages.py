"""Pages about one qualification or unit, its history, its pathways, and two qualifications side by side."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.catalogue import Catalogue, run
from qualgraph.errors import UnknownComponentError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.overview import Overview, history, overview
from qualgraph.overview.composition import found_component
from qualgraph.overview.records import Source
from qualgraph.packaging import (
    Difference,
    difference,
    difference_text,
    merged_successions,
    rule_html,
    shipped_successions,
)
from qualgraph.rdf import IRI
from qualgraph.rulebook import rule_of, successions_of
from qualgraph.store import Store
from qualgraph.web.described_pages import described_page
from qualgraph.web.descriptions import Description
from qualgraph.web.media import GRAPHS, HTML, JSON
from qualgraph.web.pages import Pages
from qualgraph.web.pathway_picture import picture
from qualgraph.web.requests import chosen, fields_of

REGISTER: Final = "https://training.gov.au/training/details/"
"""Where the register has its own page on a component. Source: ontology/align/jsa.ttl."""
POLICIES: Final = {
    "AsqaCreditPolicy2022": "ASQA, 30 June 2022: chains of any length",
    "WaTacCreditPolicy2023": "WA TAC, 11 May 2023: the immediate predecessor only",
}
_TYPES: Final = {"qualification": "EducationalOccupationalCredential", "unit of competency": "Course"}
_EQUIVALENCE: Final = {
    "Equivalent": "equivalent",
    "NotEquivalent": "not equivalent",
    "NotDetermined": "equivalence not determined",
}


class ComponentPages:
    """Writes pages about the components of one store; what is no component has the page of any thing."""

    def __init__(self, store: Store, ids: Identifiers, catalogue: Catalogue, pages: Pages) -> None:
        self._store = store
        self._ids = ids
        self._catalogue = catalogue
        self._pages = pages

    def thing(self, request: Request, iri: IRI, found: Description) -> str:
        """The page about a thing: for a component one of its own."""
        named = self._ids.component_of(iri.value)
        if named is None:
            described = described_page(self._pages, self._ids, iri, found)
            return described or self._pages.thing(request, iri, found)
        kind, code = named
        try:
            told = overview(self._store, code)
        except UnknownComponentError:
            return self._pages.thing(request, iri, found)
        return self._written(
            "component.html",
            told,
            equivalents=self._equivalents(code) if kind is Kind.UNIT else [],
            rule_html=self._rule(told) if told.packaging else None,
        )

    async def history(self, request: Request) -> Response:
        """The chain of a component, with what a credit policy makes of it: a page, or JSON."""
        fields = fields_of(request.url.query)
        policy = fields.one("policy") or next(iter(POLICIES))
        media = chosen(request, (HTML, JSON), format=fields.one("format"))
        found = await run_in_threadpool(history, self._store, request.path_params["code"], policy=policy)
        if media is JSON:
            body = json.dumps(found.as_dict(), ensure_ascii=False) + "\n"
        else:
            body = self._pages.written(
                "history.html",
                title=f"History of {found.code} {found.title or ''}".rstrip(),
                found=found,
                steps=[*sorted(found.supersedes, key=lambda step: step.distance), *found.superseded_by],
                policies=POLICIES,
                equivalence=_EQUIVALENCE,
                **self._helpers(),
            )
        return Response(body, headers={"Content-Type": media.content_type, "Vary": "Accept"})

    async def pathways(self, request: Request) -> Response:
        """The pathways into and out of a qualification, as a picture whose boxes are links and as a list."""
        told = await run_in_threadpool(overview, self._store, request.path_params["code"])
        body = self._pages.written(
            "pathways.html",
            title=f"Pathways of {told.code} {told.title or ''}".rstrip(),
            told=told,
            picture=Markup(picture(told, self._address)),
            **self._helpers(),
        )
        return Response(body, headers={"Content-Type": HTML.content_type, "Vary": "Accept"})

    async def compare(self, request: Request) -> Response:
        """What changed from the packaging rule of one qualification to that of another."""
        fields = fields_of(request.url.query)
        before, after = (fields.one("a") or "").strip(), (fields.one("b") or "").strip()
        found = await run_in_threadpool(self._difference, before, after) if before and after else None
        body = self._pages.written(
            "compare.html",
            title=f"{before} and {after} compared" if found else "Compare two qualifications",
            a=before,
            b=after,
            found=found,
            told_in_words=difference_text(found) if found else "",
            changes=[unit for unit in found.units if unit.fate != "same" or unit.moved] if found else [],
            **self._helpers(),
        )
        return Response(body, headers={"Content-Type": HTML.content_type, "Vary": "Accept"})

    def _difference(self, before: str, after: str) -> Difference:
        named = (each.partition("@") for each in (before, after))
        old, new = (rule_of(self._store, code, release or None) for code, _, release in named)
        return difference(
            old.rule, new.rule, merged_successions(shipped_successions(), successions_of(self._store))
        )

    def _equivalents(self, code: str) -> list[Mapping[str, Any]]:
        """The rows that lead from a unit to its equivalent today, each with its policy; the first policy is assumed."""
        answer = run(self._store, self._catalogue["current-equivalent"], {"code": code})
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    def _rule(self, told: Overview) -> str | None:
        try:
            return Markup(rule_html(rule_of(self._store, told.code).rule, level=3))
        except UnknownComponentError:
            return None

    def _written(self, template: str, told: Overview, **values: object) -> str:
        return self._pages.written(
            template,
            title=f"{told.code} {told.title or ''}".rstrip(),
            told=told,
            key=self._pages.href(told.iri).removeprefix(self._pages.url("doc/")),
            register=f"{REGISTER}{told.code}",
            linked_data=_script(_schema_org(told)),
            representations=GRAPHS,
            policies=POLICIES,
            equivalence=_EQUIVALENCE,
            **values,
            **self._helpers(told),
        )

    def _helpers(self, told: Overview | None = None) -> dict[str, Callable[..., str]]:
        names = {document.iri: document.name for document in told.documents} if told else {}

        def place(source: Source) -> str:
            name = names.get(source.document) or source.document.rsplit("/", 1)[-1]
            return name if source.line is None else f"{name}, line {source.line}"

        return {"href": self._pages.href, "place": place, "component": self._address}

    def _address(self, code: str) -> str:
        """Where a code leads, whatever kind of component has it."""
        return self._pages.url(f"code/{code}")

    async def by_code(self, request: Request) -> Response:
        """303 from a code to the document about the component that has it."""
        told = await run_in_threadpool(self._iri, request.path_params["code"])
        return Response(status_code=303, headers={"Location": self._pages.href(told)})

    def _iri(self, code: str) -> str:
        return str(found_component(self._store, code)["component"])


def _schema_org(told: Overview) -> dict[str, Any]:
    """The component in the terms of schema.org."""
    about = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(told.kind, "CreativeWork"),
        "@id": told.iri,
        "identifier": told.code,
        "name": told.title,
        "sameAs": f"{REGISTER}{told.code}",
        "url": told.iri,
    }
    return {name: value for name, value in about.items() if value}


def _script(data: Mapping[str, Any]) -> Markup:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)
