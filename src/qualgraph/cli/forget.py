"""``qualgraph forget``: one document out of the store."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.terminal import count, progress, say

EXAMPLES = examples(
    "qualgraph forget register-page/BSB40307/release-1",
    "qualgraph forget third-party-copy/BSB50311/my-copy --store ./store",
)


def forget(
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT", help="The document's name as 'qualgraph status' prints it, or its IRI."
        ),
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove one document from the store with everything that only it says, and derive anew what follows.

    A document that comes with qualgraph is there again after the next 'qualgraph build'.
    """
    from qualgraph.pipeline import forget as forget_document
    from qualgraph.store import open_store

    with (
        open_store(store or None, read_only=False, create=False) as opened,
        progress("deriving") as told,
    ):
        gone = forget_document(opened, document, progress=told)
    if as_json:
        say(json.dumps({"forgotten": gone.iri.value, "triples": gone.triples}, ensure_ascii=False))
    else:
        say(f"{document}: forgotten, {count(gone.triples, 'triple')} ({gone.name})")
