"""``qualgraph site``: a store as a folder of pages that any web server can give out."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qualgraph.cli.configuration import ConfigOption
from qualgraph.cli.options import BaseIriOption, JsonOption, StoreOption, examples, public_address
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
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import count, note, progress, say
from qualgraph.errors import MissingDependencyError, ParameterError
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE

EXAMPLES = examples(
    "qualgraph site ./public",
    "qualgraph site ./public --base-iri https://data.example.org/",
    "qualgraph site ./public --public-url https://example.github.io/register/ --formats ttl --no-dumps",
)


def site(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Where to write: an empty folder, or the same as last time."),
    ],
    base_iri: BaseIriOption = DEFAULT_BASE,
    public_url: Annotated[
        str | None,
        typer.Option(
            envvar="QUALGRAPH_PUBLIC_URL",
            metavar="URL",
            help="Where the site will be found; if left out, where your own --base-iri leads.",
        ),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            metavar="LIST", help="Syntaxes beside each page: ttl, jsonld, nt, rdf, with commas; or none."
        ),
    ] = "ttl,jsonld,nt",
    dumps: Annotated[bool, typer.Option(help="Write the whole store in every syntax, too.")] = True,
    processes: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many processes write pages at the same time.")
    ] = 2,
    title: TitleOption = None,
    description: DescriptionOption = None,
    publisher: PublisherOption = None,
    homepage: HomepageOption = None,
    contact: ContactOption = None,
    licence: LicenceOption = None,
    config: ConfigOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write every page of a store, its data and dumps as files with relative links, to be served by any web server.

    A second run writes only what changed and removes what is gone. Searching and the packaging checker work in the
    page, without a server. Needs the extra 'web'.
    """
    try:
        from qualgraph.site.build import write_site
        from qualgraph.site.planning import require_own
        from qualgraph.site.settings import FORMATS, SiteSettings
    except ImportError as error:
        raise MissingDependencyError.of(error.name, "web") from error
    chosen = tuple(dict.fromkeys(part for part in formats.replace(",", " ").split() if part != "none"))
    if unknown := [name for name in chosen if name not in FORMATS]:
        raise ParameterError(
            f"'{unknown[0]}' is no syntax of a site.",
            where="--formats",
            hint=f"There are {', '.join(FORMATS)}.",
        )
    stated = publication(
        title=title,
        description=description,
        publisher=publisher,
        homepage=homepage,
        contact=contact,
        licence=licence,
    )
    with reading(store) as opened:
        require_own(opened, Identifiers(base_iri))
        location = opened.location
    settings = SiteSettings(
        location=location,
        base_iri=base_iri,
        public_url=_public_url(base_iri, public_url),
        formats=chosen,
        dumps=dumps,
        processes=processes,
        stated=stated,
    )
    began = time.monotonic()
    with progress("writing") as told:
        done = write_site(folder, settings, told)
    tell_missing(stated)
    if as_json:
        say(json.dumps(asdict(done), indent=2))
        return
    say(f"{folder}: {count(done.pages, 'page')}, {count(done.files, 'file')}, {done.size:,} bytes")
    say(f"  {done.written:,} written, {done.files - done.written:,} unchanged, {done.removed:,} removed")
    took = max(time.monotonic() - began, 0.001)
    note(f"{took:,.0f} seconds, {done.pages * 60 / took:,.0f} pages a minute")


def _public_url(base_iri: str, public_url: str | None) -> str | None:
    """The address of the site, with a slash at its end; a publisher's own identifiers say where it is."""
    if public_url is None:
        return f"{base_iri.partition('#')[0].rstrip('/')}/" if base_iri != DEFAULT_BASE else None
    return public_address(public_url)
