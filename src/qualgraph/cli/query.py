"""``qualgraph query``: a question of the catalogue, or SPARQL, to a store or an endpoint."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.failure import ended_at_once
from qualgraph.cli.files import STANDARD_INPUT, ending_of, read_text
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples, query_names
from qualgraph.cli.stores import reading, warn_of_gaps
from qualgraph.cli.terminal import note, progress, show_table
from qualgraph.errors import ParameterError, UsageError
from qualgraph.namespaces import prefixed

if TYPE_CHECKING:
    from qualgraph.catalogue import Result
    from qualgraph.store import Store

EXAMPLES = examples(
    "qualgraph query pathways-from code=BSB40307",
    "qualgraph query units-of code=BSB40307 --format csv --out units.csv",
    "qualgraph query -e 'SELECT ?code WHERE { ?c a qg:Qualification ; qg:code ?code }'",
    "qualgraph query --file question.rq --endpoint http://localhost:7878/query",
)


class AnswerFormat(StrEnum):
    """How an answer is written; ttl and nt are for a CONSTRUCT, the others for a table."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    PARQUET = "parquet"


def query(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=query_names,
            help="A query of the catalogue; '-' reads SPARQL from standard input.",
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="PARAMETER=VALUE...", help="What the query takes.")
    ] = None,
    sparql: Annotated[
        str | None,
        typer.Option("--execute", "-e", metavar="SPARQL", help="SPARQL instead of a query's name."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="A file of SPARQL; '-' is standard input.")
    ] = None,
    form: Annotated[
        AnswerFormat | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(AnswerFormat),
            show_default="table, or ttl for a graph, or as --out ends",
            help="How to write the answer; ttl and nt are for a CONSTRUCT, the others for a table.",
        ),
    ] = None,
    out: OutOption = None,
    store: StoreOption = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="Ask this SPARQL endpoint instead of the store.")
    ] = None,
    user: Annotated[str | None, typer.Option(metavar="NAME", help="The user's name at the endpoint.")] = None,
    password_from_env: Annotated[
        str | None, typer.Option(metavar="VARIABLE", help="The environment variable that holds the password.")
    ] = None,
    token_from_env: Annotated[
        str | None,
        typer.Option(metavar="VARIABLE", help="The environment variable that holds a bearer token."),
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0.001, help="How long one attempt may take.")
    ] = None,
    allow_service: Annotated[
        bool, typer.Option("--allow-service", help="Let the query call other endpoints with SERVICE.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a question of the catalogue by name, or any question in SPARQL; qualgraph's prefixes need no declaration.

    Queries only read. 'qualgraph queries' lists the catalogue.
    """
    asked = _asked(name, parameters or [], sparql, file)
    chosen = _format(AnswerFormat.JSON if as_json else form, out)
    remote = _Remote(endpoint, user, password_from_env, token_from_env, allow_service)
    with remote.opened() if endpoint else reading(store, allow_service=allow_service) as opened:
        with _waiting(opened, timeout):
            found = _answer(opened, asked, timeout)
            _fetch(found, whole=out is not None)
        with nullcontext() if out else _waiting(opened, timeout, quietly=True):
            _write(found, chosen, out)
        if endpoint and (not isinstance(asked, str) or not found):
            warn_of_gaps(opened)
        if not isinstance(asked, str) and found.form == "table" and not found:
            _explain_no_rows(opened, *asked)


_SPARQL = re.compile(
    r"\s*(?:#|(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b.*[{<\s])", re.IGNORECASE | re.DOTALL
)
_SHORT = 60
"""Characters of SPARQL that a hint repeats."""

Asked = tuple[str, Mapping[str, str]] | str
"""A query's name with its values, or SPARQL."""


def _asked(name: str | None, parameters: Sequence[str], sparql: str | None, file: Path | None) -> Asked:
    given = [value for value in (name, sparql, file) if value is not None]
    if len(given) != 1:
        raise UsageError(
            "say what to ask." if not given else "say what to ask only once.",
            hint="Give one of: the NAME of a query, -e 'SPARQL', --file FILE. 'qualgraph queries' lists the names.",
        )
    if name is not None and name != STANDARD_INPUT:
        if _SPARQL.match(name):
            plain = len(name) <= _SHORT and name.isprintable() and "'" not in name
            raise UsageError(
                "SPARQL stands where the name of a query belongs.",
                hint=f"Put -e before it: qualgraph query -e '{name if plain else 'SELECT ...'}'.",
            )
        return name, _values(name, parameters)
    if parameters:
        raise UsageError(
            "only a query of the catalogue takes parameters.", hint="Write the values into the SPARQL."
        )
    return sparql if sparql is not None else read_text(file or Path(STANDARD_INPUT))


def _values(name: str, parameters: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for said in parameters:
        key, equals, value = said.partition("=")
        if not equals or not key:
            raise ParameterError(
                f"'{said}' is no parameter=value.",
                hint=f"For example code=BSB40307; see 'qualgraph queries {name}'.",
            )
        if key in values:
            raise ParameterError(
                f"the parameter '{key}' is given twice.", hint=f"Give it once: {key}={values[key]}."
            )
        values[key] = value
    return values


def _format(form: AnswerFormat | None, out: Path | None) -> AnswerFormat | None:
    """The format asked for, or the one that the file's name says; None for the answer's own."""
    if form is None and out is not None:
        ending = ending_of(out, (each for each in AnswerFormat if each is not AnswerFormat.TABLE))
        form = AnswerFormat(ending) if ending else None
    if form is AnswerFormat.PARQUET and out is None and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal.", hint="Give a file: --out answer.parquet.")
    return form


class _Remote:
    """The endpoint and how to get in; secrets come from the environment, never from the command line."""

    def __init__(
        self,
        endpoint: str | None,
        user: str | None,
        password_from_env: str | None,
        token_from_env: str | None,
        allow_service: bool,
    ) -> None:
        if endpoint is None and (user or password_from_env or token_from_env):
            raise UsageError("a user, a password or a token is for an endpoint.", hint="Give --endpoint URL.")
        self._endpoint = endpoint
        self._user = user
        self._password = _secret(password_from_env)
        self._token = _secret(token_from_env)
        self._allow_service = allow_service

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The endpoint as a store."""
        from qualgraph.store import is_endpoint, open_store

        if self._endpoint is None or not is_endpoint(self._endpoint):
            raise UsageError(
                "is no http(s) address.",
                where=self._endpoint,
                hint="For example http://localhost:7878/query.",
            )
        with open_store(
            self._endpoint,
            user=self._user,
            password=self._password,
            token=self._token,
            allow_service=self._allow_service,
        ) as store:
            yield store


def _secret(variable: str | None) -> str | None:
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise UsageError(f"the environment variable {variable} is not set.", hint="Set it, or name another.")
    return os.environ[variable]


def _answer(store: Store, asked: Asked, timeout: float | None) -> Result:
    from qualgraph.catalogue import discover, run, run_text

    if isinstance(asked, str):
        return run_text(store, asked, timeout=timeout)
    name, values = asked
    return run(store, discover()[name], values, timeout=timeout)


@contextmanager
def _waiting(store: Store, timeout: float | None, *, quietly: bool = False) -> Iterator[None]:
    """How a person waits: with progress where this process is free to show it, and always able to stop."""
    from qualgraph.store import OxigraphStore

    held = isinstance(store, OxigraphStore) and timeout is None
    with ended_at_once() if held else nullcontext() if quietly else progress("asking"):
        yield


def _fetch(found: Result, *, whole: bool) -> None:
    """The first of the answer, or all of it: nothing is half-written by one that is stopped on the way."""
    if whole and found.form != "boolean":
        len(found)
    else:
        bool(found)


def _explain_no_rows(store: Store, name: str, values: Mapping[str, str]) -> None:
    """A note for each code asked about that the store has never heard of: then no rows is no answer."""
    from qualgraph.catalogue import discover
    from qualgraph.overview import not_held

    for parameter in discover()[name].parameters:
        if parameter.type in ("component-code", "concept-code") and parameter.name in values:
            code = values[parameter.name].strip()
            why = not_held(store, code.upper() if parameter.type == "component-code" else code)
            if why:
                note(why)


def _write(found: Result, form: AnswerFormat | None, out: Path | None) -> None:
    chosen = str(form) if form else found.default_format
    if out is not None:
        found.write(chosen, out)
    elif chosen == "table" and found.form == "table":
        show_table(found.columns, [[_cell(value) for value in row] for row in found.rows])
    else:
        sys.stdout.flush()
        found.write(chosen, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _cell(value: object) -> str:
    """A value for a person to read: identifiers with their prefix, yes and no as SPARQL writes them."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            return prefixed(value)
        case _:
            return str(value)
