"""Options and arguments that several commands share, in the sector's words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from qualgraph.errors import ParameterError

STORE_VARIABLE: Final = "QUALGRAPH_STORE"
"""The same as ``qualgraph.store.STORE_VARIABLE``, which would load every store to show one line of help."""

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar=STORE_VARIABLE,
        metavar="PATH",
        show_default="a folder of your own user",
        help="The folder of the store, or, to read only, the http(s) address of an endpoint.",
    ),
]
BaseIriOption = Annotated[
    str,
    typer.Option(
        envvar="QUALGRAPH_BASE_IRI", metavar="IRI", help="What the identifiers in the data begin with."
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print the answer, and any error, as JSON for a program to read.")
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write to this file, whole or not at all."),
]


def is_iri(told: str) -> bool:
    """Whether it is an absolute IRI in which nothing is hidden."""
    from qualgraph.rdf import IRI

    try:
        IRI(told)
    except ValueError:
        return False
    return told.isprintable()


def is_web_address(told: str) -> bool:
    """Whether it is an http(s) IRI with a host and without a password."""
    try:
        parts = urlsplit(told)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and not (parts.username or parts.password) and is_iri(told)


def public_address(url: str, option: str = "--public-url") -> str:
    """Where the world finds a site or server, with a slash at its end; raises ParameterError for what is no address."""
    if not is_web_address(url) or any(mark in url for mark in "#?"):
        raise ParameterError(
            f"'{url}' is not the address of a site.",
            where=option,
            hint="Give one that begins with http:// or https://, such as https://data.example.org/.",
        )
    return f"{url.rstrip('/')}/"


def examples(*commands: str) -> str:
    """The examples at the foot of a command's help, one a paragraph."""
    return "\n\n".join(["Examples:", *(command.replace("[", r"\[") for command in commands)])


def query_names(incomplete: str) -> list[tuple[str, str]]:
    """The queries of the catalogue that begin so, with their titles, for a shell to complete."""
    from qualgraph.catalogue import discover

    return [(query.name, query.title) for query in discover() if query.name.startswith(incomplete)]
