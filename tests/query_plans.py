"""What an engine reads to answer a query: the results that all parts of its plan had together."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from qualgraph.store import OxigraphStore


def results_read(sparql: str, folder: Path, scratch: Path) -> int:
    """How many results the parts of a query's plan have, asked of the store in a folder; files go to ``scratch``."""
    command = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert command, "the command comes with the package oxigraph, which the tests need"
    query, plan = scratch / "asked.rq", scratch / "plan.json"
    query.write_text(sparql, encoding="utf-8")
    with OxigraphStore(folder, read_only=True) as store:
        database = str(store.database_folder)
    explained = [
        "--explain-file",
        str(plan),
        "--stats",
        "--union-default-graph",
        "--results-file",
        str(scratch / "answer.csv"),
    ]
    subprocess.run(
        [command, "query", "--location", database, "--query-file", str(query), *explained],
        check=True,
        capture_output=True,
    )
    return _results(json.loads(plan.read_text(encoding="utf-8"))["plan"])


def _results(plan: dict[str, Any]) -> int:
    own = int(plan.get("number of results", 0))
    return own + sum(_results(part) for part in plan.get("children", ()))
