"""The notebook for researchers runs from start to end, and what it counts is what its tables say."""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from support import CHECKOUT, shared_path

FOLDER = CHECKOUT / "docs" / "notebooks"
NOTEBOOK = FOLDER / "researching-the-register.ipynb"
REGISTER = FOLDER / "register"
TABLES = {
    "qualifications-2013-07.csv": 290,
    "qualifications-2026-04.csv": 47,
    "units-2015.tsv": 1665,
    "units-offered-2026-04.csv": 124,
    "units-packaged-2013-07.csv": 4661,
    "units-packaged-2026-04.csv": 2122,
}
WITH_FIGURE = ("supersession-figure", "levels-figure", "fields-figure")
WITH_TABLE = (
    "open",
    "unit",
    "history",
    "catalogue",
    "polars",
    "pandas",
    "sparql",
    "source",
    "unknown",
    "quality",
    "quality-rows",
)
PROBE = """
import json
print(json.dumps({
    "codes": sorted(qualifications["code"]),
    "levels": dict(qualifications["level"].value_counts().iter_rows()),
    "shown": shown.height, "not_shown": not_shown,
    "pairs": sorted(pairs.iter_rows()),
    "drawn": [sorted(group) for group in groups[:6]],
    "fields": dict(by_field["field"].value_counts().iter_rows()),
    "errors": sum(check.rows for check in found.checks),
}))
"""
"""Asked of the notebook's own variables, before its last cell closes the graph."""


def cells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return found


def rows(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t" if name.endswith(".tsv") else ","))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What each cell of the notebook gave, by the cell's name, and the probe's answer as ``probe``."""
    reason = "needs the extra qualgraph[notebook]"
    client = pytest.importorskip("nbclient", reason=reason)
    for library in ("ipykernel", "matplotlib", "networkx", "polars", "pandas"):
        pytest.importorskip(library, reason=reason)
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    probe = nbformat.v4.new_code_cell(PROBE)
    probe["id"] = "probe"
    notebook.cells.insert(-1, probe)
    home = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if name != "QUALGRAPH_STORE"}
    folders = {name: str(home) for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR", "TMPDIR")}
    runner = client.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(FOLDER)}})
    runner.execute(env=environment | folders)
    assert not list(home.glob("qualgraph-*")), "the store that was made was not deleted"
    return {cell["id"]: cell["outputs"] for cell in notebook.cells if cell["cell_type"] == "code"}


@pytest.fixture(scope="module")
def probed(run: dict[str, list[Any]]) -> dict[str, Any]:
    [output] = run["probe"]
    found: dict[str, Any] = json.loads(output["text"])
    return found


def test_the_notebook_is_kept_without_outputs_and_each_cell_has_a_name() -> None:
    code = [cell for cell in cells() if cell["cell_type"] == "code"]
    assert len(code) >= 20
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert {*WITH_FIGURE, *WITH_TABLE} <= {cell["id"] for cell in code}


def test_the_notebook_names_no_place_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not any(place in text for place in ("/work/", "/root/", "/tmp/", "/home/", "/Users/"))


def test_every_link_of_the_notebook_leads_somewhere() -> None:
    links = [
        link
        for cell in cells()
        if cell["cell_type"] == "markdown"
        for link in re.findall(r"\]\(([^)\s]+)\)", "".join(cell["source"]))
    ]
    assert len(links) >= 8
    assert [link for link in links if not (FOLDER / link).exists()] == []


def test_the_tables_have_as_many_rows_as_their_page_says() -> None:
    page = (REGISTER / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in REGISTER.iterdir()} == {*TABLES, "README.md"}
    for name, number in TABLES.items():
        assert len(rows(name)) == number
        assert f"| `{name}` | {number:,} |" in page


def test_the_tables_are_what_their_script_writes(tmp_path: Path) -> None:
    corpus = shared_path("corpus")
    script("build-notebook-data").build(corpus, tmp_path)
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (REGISTER / name).read_bytes(), name


def script(name: str) -> ModuleType:
    loader = SourceFileLoader(name.replace("-", "_"), str(CHECKOUT / "scripts" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", WITH_FIGURE)
def test_the_notebook_draws(run: dict[str, list[Any]], name: str) -> None:
    pictures = [output["data"]["image/png"] for output in run[name] if "image/png" in output.get("data", {})]
    assert len(pictures) == 1
    assert len(pictures[0]) > 20_000


@pytest.mark.parametrize("name", WITH_TABLE)
def test_the_notebook_shows_a_table_with_rows(run: dict[str, list[Any]], name: str) -> None:
    shown = [output["data"].get("text/html", "") for output in run[name] if "data" in output]
    assert shown
    assert shown[-1].count("<tr") >= 2


def test_nothing_that_the_notebook_runs_complains(run: dict[str, list[Any]]) -> None:
    said = {
        name: output["text"]
        for name, outputs in run.items()
        for output in outputs
        if output.get("name") == "stderr"
    }
    assert said == {}


def test_the_history_keeps_the_policies_of_regulators_apart(run: dict[str, list[Any]]) -> None:
    said = "".join(output.get("text", "") for output in run["history"])
    assert "BSBDIV301A -> BSBDIV301 -> BSBTWK301 | Current | Equivalent | without mapping" in said
    assert "in Western Australia: ['to be mapped by the provider']" in said


def test_a_row_is_shown_with_the_line_that_it_was_read_from(run: dict[str, list[Any]]) -> None:
    said = "".join(output.get("text", "") for output in run["source"])
    lines = (REGISTER / "units-offered-2026-04.csv").read_text(encoding="utf-8").splitlines()
    shown = [line.split(" | ", 2) for line in said.splitlines() if " | " in line]
    assert len(shown) >= 2
    for _, number, text in shown:
        assert lines[int(number) - 1] == text
        assert "BSBTWK301" in text


def test_a_code_that_nobody_names_gets_an_error_with_codes_like_it(run: dict[str, list[Any]]) -> None:
    said = "".join(output.get("text", "") for output in run["no-such"])
    assert "no document in this store names BSBTWK310" in said
    assert "Did you mean" in said


def test_the_levels_are_those_that_the_titles_name(probed: dict[str, Any]) -> None:
    titles = {row["code"]: row["title"] for name in TABLES if name.startswith("qualif") for row in rows(name)}
    counted = Counter(probed["levels"])
    assert sum(counted.values()) == len(probed["codes"]) == probed["shown"] + probed["not_shown"]
    assert set(titles) <= set(probed["codes"])
    others = set(probed["codes"]) - set(titles)
    assert all(code.startswith("BSB") for code in others)
    named = sum(title.startswith("Certificate IV ") for title in titles.values())
    assert named <= counted["Certificate IV (4)"] <= named + len(others)


def test_the_pairs_are_those_of_the_export(probed: dict[str, Any]) -> None:
    said = {"true": "Equivalent", "false": "NotEquivalent"}
    expected = set()
    with (REGISTER / "units-offered-2026-04.csv").open(encoding="utf-8", newline="") as stream:
        header, *lines = csv.reader(stream)
    code, later, earlier = (
        header.index("training_code"),
        header.index("Superseded by"),
        header.index("Supersedes"),
    )
    for line in lines:
        for at, forward in ((later, True), (earlier, False)):
            if not line[at]:
                continue
            for other, kind in zip(line[at].split(";"), line[at + 1].split(";"), strict=True):
                pair = (line[code], other) if forward else (other, line[code])
                expected.add((*pair, said[kind.lower()]))
    found = {tuple(pair) for pair in probed["pairs"]}
    assert {pair for pair in expected if pair[1].startswith(("BSB", "ICT"))} == found
    assert len(found) > 150
    assert [len(group) for group in probed["drawn"]] == sorted(map(len, probed["drawn"]), reverse=True)


def test_every_qualification_with_units_is_in_one_field_or_in_none(probed: dict[str, Any]) -> None:
    packaging = {row["parentCode"] for name in TABLES if "packaged" in name for row in rows(name)}
    assert len(packaging) <= sum(probed["fields"].values()) <= len(packaging) + 7
    assert probed["fields"]["Management and Commerce"] > 50
    assert probed["fields"]["no one field"] > 40
    assert probed["errors"] == 0
