"""Data checked for people who may not know SHACL: paste it, send a file, or post it. Nothing of it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.errors import QualgraphError
from qualgraph.pages.media import CSV, GRAPHS, HTML, JSON, JSONLD, RDFXML, TURTLE, Media
from qualgraph.pages.pages import Pages
from qualgraph.web.problems import of_error, problem
from qualgraph.web.requests import RefusedError, body_of, chosen, fields_of, media_type_of, text_of
from qualgraph.web.settings import Settings
from qualgraph.web.workers import QueryWorkers

_REPORTS: Final[Mapping[Media, str]] = {JSON: "json", CSV: "csv", TURTLE: "ttl", HTML: "fragment"}
_FORM: Final = "application/x-www-form-urlencoded"
_MULTIPART: Final = "multipart/form-data"
_SENT_AS: Final = {kind: media.ending for media in GRAPHS for kind in (media.type, *media.others)}


class Validations:
    """Checks data that is sent against the shapes of the register."""

    def __init__(self, workers: QueryWorkers, pages: Pages, settings: Settings) -> None:
        self._workers = workers
        self._pages = pages
        self._most = settings.max_upload

    async def answered(self, request: Request) -> Response:
        """The page with the form, or the report on what was sent."""
        if request.method == "POST":
            return await self._report(request)
        return self._page(data="", syntax=TURTLE.ending, report=None)

    async def _report(self, request: Request) -> Response:
        """The report on what a form or a program sends.

        A form has ``data`` or a ``file``, and a ``syntax``; a program posts the data itself with its media type.
        """
        media = chosen(request, _REPORTS, format=fields_of(request.url.query).one("format"))
        data, syntax, name = await self._sent(request)
        if not data.strip():
            raise RefusedError(
                problem(400, "Nothing was sent to check.", hint="Paste data, or choose a file.")
            )
        try:
            body = await self._workers.report(data, syntax, name, _REPORTS[media])
        except QualgraphError as error:
            if media is not HTML or name != "pasted data":
                raise
            return self._refused(data, syntax, error)
        if media is HTML:
            return self._page(data=data if name == "pasted data" else "", syntax=syntax, report=body.decode())
        headers = {"Content-Type": media.content_type, "Vary": "Accept", "Cache-Control": "no-store"}
        return Response(body, headers=headers)

    async def _sent(self, request: Request) -> tuple[str, str, str]:
        """The data, its syntax and a name for it."""
        kind = media_type_of(request)
        if kind in _SENT_AS:
            return text_of(await body_of(request, self._most)), _SENT_AS[kind], "posted data"
        if kind == _FORM:
            fields = fields_of(text_of(await body_of(request, self._most)))
            return fields.one("data") or "", _syntax(fields.one("syntax")), "pasted data"
        if kind == _MULTIPART:
            return await self._of_multipart(request)
        raise RefusedError(
            problem(
                415,
                f"The request sends '{kind or 'nothing that it names'}', which is no RDF that is read.",
                hint=f"Send one of: {', '.join(media.type for media in GRAPHS)}.",
            )
        )

    async def _of_multipart(self, request: Request) -> tuple[str, str, str]:
        said = request.headers.get("content-length", "")
        if not said.isdigit() or int(said) > self._most:
            raise RefusedError(
                problem(413, f"A file may have at most {self._most:,} bytes.", hint="Send less.")
            )
        async with request.form(max_files=1, max_fields=5, max_part_size=self._most) as form:
            file, pasted = form.get("file"), form.get("data")
            syntax = _syntax(str(form.get("syntax") or ""))
            if isinstance(file, UploadFile) and file.size:
                return (
                    text_of(await file.read()),
                    _of_name(file.filename or "") or syntax,
                    file.filename or "file",
                )
            return str(pasted or ""), syntax, "pasted data"

    def _refused(self, data: str, syntax: str, error: QualgraphError) -> Response:
        """The form with the text as it was pasted, and why it could not be checked."""
        told = of_error(error)
        page = self._page(data=data, syntax=syntax, report=None, refused=json.loads(bytes(told.body)))
        page.status_code = told.status_code
        return page

    def _page(
        self, *, data: str, syntax: str, report: str | None, refused: Mapping[str, object] | None = None
    ) -> Response:
        body = self._pages.written(
            "validate.html",
            title="Check your data",
            data=data,
            syntax=syntax,
            syntaxes=GRAPHS,
            report=Markup(report) if report is not None else None,
            problem=refused,
            said=next(media.type for media in GRAPHS if media.ending == syntax),
            looks=_looks_like(data, syntax) if refused else None,
            most=self._most,
        )
        return Response(body, headers={"Content-Type": HTML.content_type, "Cache-Control": "no-store"})


def _syntax(said: str | None) -> str:
    known = {media.ending for media in GRAPHS}
    if not said:
        return TURTLE.ending
    if said not in known:
        raise RefusedError(
            problem(400, f"'{said[:40]}' is no syntax.", hint=f"There are: {', '.join(sorted(known))}.")
        )
    return said


def _of_name(name: str) -> str | None:
    ending = name.rpartition(".")[2].lower()
    return next((media.ending for media in GRAPHS if media.ending == ending), None)


def _looks_like(data: str, syntax: str) -> str | None:
    """Which other syntax the text begins like, in words; None where it may be of the one that was said."""
    text = "".join(data[:200].lstrip("\ufeff").split()).lower()
    if text.startswith(("<!doctypehtml", "<html")):
        return "HTML, which is not read"
    if text.startswith(("<?xml", "<rdf:", "<!--")) and syntax != RDFXML.ending:
        return f"RDF/XML ({RDFXML.type})"
    if text.startswith(('{"', "{}", "[{", '["', "[]")) and syntax != JSONLD.ending:
        return f"JSON-LD ({JSONLD.type})"
    if text.startswith("<") and syntax == JSONLD.ending:
        return "Turtle, N-Triples or RDF/XML"
    return None
