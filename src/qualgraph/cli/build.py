"""``qualgraph build``: the store from what qualgraph ships."""

from __future__ import annotations

import json

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.status import status_data
from qualgraph.cli.stores import writing
from qualgraph.cli.terminal import count, progress, say

EXAMPLES = examples("qualgraph build", "qualgraph build --store ./store")


def build(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Make or bring up to date the store from the ontology, the vocabularies and the data that qualgraph ships.

    Documents that you ingested stay. What follows from all documents (titles, shortcuts) is derived anew, which
    also repairs a store that says its derived graph is out of date.
    """
    from qualgraph.pipeline import build as build_store

    with progress("building the store") as report, writing(store) as opened:
        made = build_store(opened, progress=report)
    if as_json:
        say(json.dumps(status_data(made), indent=2, ensure_ascii=False))
        return
    say(f"Built {made.location}: {count(made.triples, 'triple')} in {count(len(made.graphs), 'graph')}.")
    say(f"It holds {count(len(made.documents), 'document')}; see them with 'qualgraph status'.")
