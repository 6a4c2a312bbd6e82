"""``qualgraph serve``: a store on the web."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from qualgraph.cli.configuration import ConfigOption
from qualgraph.cli.listening import listening
from qualgraph.cli.options import BaseIriOption, StoreOption, examples, public_address
from qualgraph.cli.publisher import (
    ContactOption,
    DescriptionOption,
    HomepageOption,
    LicenceOption,
    PublisherOption,
    TitleOption,
    publication,
    tell_missing,
)
from qualgraph.cli.stores import warn_if_stale
from qualgraph.cli.terminal import note
from qualgraph.errors import MissingDependencyError, StoreError, UsageError
from qualgraph.namespaces import DEFAULT_BASE
from qualgraph.store import is_endpoint

if TYPE_CHECKING:
    import uvicorn

EXAMPLES = examples(
    "qualgraph serve",
    "qualgraph serve --store ./register --port 8080 --timeout 10",
    "qualgraph serve --endpoint https://example.org/sparql",
)


_RANKS: Final = {"DEFAULT_MAP": 1, "ENVIRONMENT": 2, "COMMANDLINE": 3}
"""What goes before what: the command line before the environment, and both before a file."""


class LogFormat(StrEnum):
    """What is written for each request."""

    NONE = "none"
    JSON = "json"


def serve(
    ctx: typer.Context,
    store: StoreOption = None,
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Serve what this SPARQL endpoint holds instead of a store."),
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            envvar="QUALGRAPH_HOST",
            metavar="HOST",
            help="The address to listen at; 0.0.0.0 is all of this machine's.",
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            envvar="QUALGRAPH_PORT", metavar="PORT", min=0, max=65535, help="The port to listen at."
        ),
    ] = 8000,
    base_iri: BaseIriOption = DEFAULT_BASE,
    public_url: Annotated[
        str | None,
        typer.Option(
            envvar="QUALGRAPH_PUBLIC_URL",
            metavar="URL",
            help="Where the world finds this server, behind a proxy.",
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(
            envvar="QUALGRAPH_TIMEOUT",
            metavar="SECONDS",
            min=0.1,
            help="How long a query may take before it is stopped.",
        ),
    ] = 30.0,
    max_rows: Annotated[
        int,
        typer.Option(
            envvar="QUALGRAPH_MAX_ROWS",
            metavar="N",
            min=1,
            help="The most rows or triples that one answer may have.",
        ),
    ] = 100_000,
    processes: Annotated[
        int,
        typer.Option(
            envvar="QUALGRAPH_PROCESSES",
            metavar="N",
            min=1,
            help="How many queries are answered at the same time.",
        ),
    ] = 2,
    allow_service: Annotated[
        list[str] | None,
        typer.Option(
            envvar="QUALGRAPH_ALLOW_SERVICE",
            metavar="URL",
            help="An endpoint that queries may ask by SERVICE; give it again for each. Without it there are none.",
        ),
    ] = None,
    stop_timeout: Annotated[
        int,
        typer.Option(
            envvar="QUALGRAPH_STOP_TIMEOUT",
            metavar="SECONDS",
            min=1,
            help="How long requests are still answered when the server is stopped; then they are broken off.",
        ),
    ] = 90,
    log: Annotated[
        LogFormat,
        typer.Option(
            envvar="QUALGRAPH_LOG",
            metavar="|".join(LogFormat),
            help="Write a line for each request to standard error.",
        ),
    ] = LogFormat.NONE,
    dumps_folder: Annotated[
        Path | None,
        typer.Option(
            envvar="QUALGRAPH_DUMPS_FOLDER",
            metavar="FOLDER",
            help="Offer the files that 'qualgraph dump' wrote to this folder, too.",
        ),
    ] = None,
    title: TitleOption = None,
    description: DescriptionOption = None,
    publisher: PublisherOption = None,
    homepage: HomepageOption = None,
    contact: ContactOption = None,
    licence: LicenceOption = None,
    config: ConfigOption = None,
) -> None:
    """Serve a store on the web: identifiers that resolve, a SPARQL endpoint, and pages. Nothing can be changed.

    It runs until it is stopped (Ctrl-C), and shows what is written to the store meanwhile. Needs the extra
    'web'.
    """
    try:
        import uvicorn

        from qualgraph.web.app import create_app
    except ImportError as error:
        raise MissingDependencyError.of(error.name, "web") from error
    from qualgraph.store import default_location, open_store
    from qualgraph.web.settings import Settings
    from qualgraph.web.workers import Limits

    settings = Settings(
        location=_location(ctx, store, endpoint) or default_location(),
        base_iri=base_iri,
        public_url=public_address(public_url).rstrip("/") if public_url else None,
        services=tuple(_endpoint(url) for url in allow_service or ()),
        limits=Limits(timeout=timeout, max_rows=max_rows),
        processes=processes,
        dumps=dumps_folder,
        stated=publication(
            title=title,
            description=description,
            publisher=publisher,
            homepage=homepage,
            contact=contact,
            licence=licence,
        ),
    )
    app = create_app(settings)
    if log is LogFormat.JSON:
        logging.basicConfig(level=logging.INFO, format="%(message)s")
    if not is_endpoint(settings.location):
        with open_store(settings.location, read_only=True) as opened:
            warn_if_stale(opened)
    sockets = listening(host, port)
    tell_missing(settings.stated)
    note(
        f"Serving {settings.location} at http://{_shown(host)}:{sockets[0].getsockname()[1]}/ (stop with Ctrl-C)"
    )
    running = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=stop_timeout,
    )
    _run(uvicorn.Server(running), sockets)


def _run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
    """Answer until the server is stopped; ends the command with an error where it could not begin."""
    with suppress(KeyboardInterrupt):
        server.run(sockets=sockets)
    if not server.started:
        raise typer.Exit(StoreError.exit_code)  # the log says what the processes could not open


def _location(ctx: typer.Context, store: str | None, endpoint: str | None) -> str | None:
    """What is served, the store or the endpoint; of two that one of them which goes before the other.

    Raises UsageError where both are named in the same place.
    """
    if not (store and endpoint):
        return endpoint or store
    ranks = [
        _RANKS.get(getattr(ctx.get_parameter_source(name), "name", ""), 0) for name in ("store", "endpoint")
    ]
    if ranks[0] == ranks[1]:
        raise UsageError(
            "a store and an endpoint are named, and one of them can be served.",
            where="--store, --endpoint",
            hint="Leave one of them out.",
        )
    return store if ranks[0] > ranks[1] else endpoint


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _endpoint(url: str) -> str:
    """The URL of an endpoint; raises UsageError for what is none, which no query could name."""
    if not is_endpoint(url) or any(mark in url for mark in '<> "{}|^`\\'):
        raise UsageError(
            f"'{url}' is not the http(s) address of an endpoint.",
            where="--allow-service",
            hint="Give it as queries write it: https://example.org/sparql",
        )
    return url
