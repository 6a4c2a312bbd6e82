"""The packaging checker: tick units, see what the packaging rule says of them. The address holds the selection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.errors import ParameterError, UnknownComponentError
from qualgraph.identifiers import national_code
from qualgraph.overview.composition import found_component
from qualgraph.packaging import (
    MergedFacts,
    judge,
    shipped_facts,
    verdict_to_json,
)
from qualgraph.pages.check_views import Checked, check_page, group_counts
from qualgraph.pages.media import HTML, JSON
from qualgraph.pages.pages import Pages
from qualgraph.rulebook import StoreFacts, rule_of
from qualgraph.store import Store
from qualgraph.web.problems import of_error, problem
from qualgraph.web.requests import Fields, RefusedError, chosen, fields_of

MOST_UNITS: Final = 300
"""How many units a selection may have; no qualification packages as many."""


class Checks:
    """Checks selections of units against the packaging rules of one store."""

    def __init__(self, store: Store, pages: Pages) -> None:
        self._store = store
        self._pages = pages
        self._shipped = shipped_facts()

    async def answered(self, request: Request) -> Response:
        """The checker of a qualification: ``unit`` as often as units are ticked, ``others`` for codes in a text.

        As a page, or as JSON with the verdict, the counts and the verdict as a fragment of HTML.
        """
        fields = fields_of(request.url.query)
        media = chosen(request, (HTML, JSON), format=fields.one("format"))
        checked = await run_in_threadpool(self._checked, request.path_params["code"], fields)
        body = check_page(self._pages, checked) if media is HTML else _json(checked)
        return Response(body, headers={"Content-Type": media.content_type, "Vary": "Accept"})

    def _checked(self, code: str, fields: Fields) -> Checked:
        try:
            stored = rule_of(self._store, code)
        except UnknownComponentError as error:
            raise RefusedError(of_error(error, **self._page_of(code))) from error
        ticked, unreadable = _codes([*fields.all("unit"), *_words(fields.one("others") or "")])
        specialisation = fields.one("specialisation") or None
        verdict = None
        if ticked:
            facts = StoreFacts(self._store)
            facts.known(ticked)
            verdict = judge(
                stored.rule,
                ticked,
                specialisation=specialisation,
                facts=MergedFacts(facts, self._shipped),
            )
        listed = {unit.code for group in stored.rule.groups for unit in group.members}
        return Checked(
            stored=stored,
            units=ticked,
            others=tuple(unit for unit in ticked if unit not in listed),
            unreadable=unreadable,
            specialisation=specialisation,
            verdict=verdict,
            counts=tuple(group_counts(stored.rule, set(ticked))),
        )

    def _page_of(self, code: str) -> dict[str, str]:
        """Where the page of the component is that has the code but no packaging rule; nothing for an unknown code."""
        try:
            found = found_component(self._store, code)
        except UnknownComponentError:
            return {}
        return {"see": self._pages.href(found["component"] or ""), "about": str(found["code"])}


def _words(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()


def _codes(said: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes among what was said, each once, and what is none."""
    if len(said) > MOST_UNITS:
        raise RefusedError(
            problem(
                400,
                f"A selection has at most {MOST_UNITS} units.",
                hint="Check several plans from a file instead.",
            )
        )
    codes: dict[str, None] = {}
    others: dict[str, None] = {}
    for word in said:
        try:
            codes[national_code(word)] = None
        except ParameterError:
            others[word[:60]] = None
    return tuple(codes), tuple(others)


def _json(checked: Checked) -> str:
    verdict = checked.verdict
    told = {
        "code": checked.stored.code,
        "units": list(checked.units),
        "others": list(checked.others),
        "unreadable": list(checked.unreadable),
        "verdict": verdict_to_json(verdict) if verdict else None,
        "groups": [
            {"id": one.id, "name": one.name, "ticked": one.ticked, "listed": one.listed}
            for one in checked.counts
        ],
        "html": checked.verdict_html,
    }
    return json.dumps(told, ensure_ascii=False) + "\n"
