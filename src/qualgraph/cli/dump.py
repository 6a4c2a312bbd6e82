"""``qualgraph dump``: all that a store holds as files to download."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qualgraph.cli.configuration import ConfigOption
from qualgraph.cli.options import JsonOption, StoreOption, examples, public_address
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
from qualgraph.cli.terminal import progress, say, show_table

EXAMPLES = examples(
    "qualgraph dump ./dumps",
    "qualgraph dump ./dumps --base-url https://data.example.org/dumps/",
)


def dump(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where to write; made if it is not there.")
    ],
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where the folder will be found, for the description of the files."),
    ] = None,
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
    """Write the whole store as N-Quads, N-Triples, Turtle and JSON-LD, with a description, licences and checksums.

    The files are gzipped and streamed; the description (VoID, DCAT) is void.ttl, the checksums are SHA256SUMS. A
    dump that fails leaves the older one as it was, and the same store gives the same bytes.
    """
    from qualgraph.publishing import dump as dumped

    base = public_address(base_url, "--base-url") if base_url else None
    stated = publication(
        title=title,
        description=description,
        publisher=publisher,
        homepage=homepage,
        contact=contact,
        licence=licence,
    )
    with reading(store) as opened, progress("writing") as told:
        files = dumped(opened, folder, base, told, stated)
    tell_missing(stated)
    if as_json:
        say(json.dumps([asdict(file) for file in files], indent=2))
        return
    show_table(
        ("file", "bytes", "statements", "sha256"),
        [(file.name, f"{file.size:,}", f"{file.statements:,}", file.sha256) for file in files],
    )
