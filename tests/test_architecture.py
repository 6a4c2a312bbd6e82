"""One way in for each heavy library, checked over the real imports."""

from __future__ import annotations

import subprocess
import sys

import grimp
import pytest

IMPORTERS = {
    "SPARQLWrapper": {"qualgraph.store.remote"},
    "httpx": {"qualgraph.harvest.transport"},
    "jinja2": {"qualgraph.pages.pages"},
    "lark": {"qualgraph.packaging.reading.grammar"},
    "lxml": {"qualgraph.sources.markup"},
    "openpyxl": {"qualgraph.sources.spreadsheets"},
    "numpy": {
        "qualgraph.packaging.judging.counts",
        "qualgraph.packaging.judging.met",
        "qualgraph.packaging.judging.solver",
        "qualgraph.packaging.judging.sums",
    },
    "owlready2": {"qualgraph.reasoning"},
    "pandas": {"qualgraph.frames"},
    "polars": {"qualgraph.frames"},
    "pyarrow": {"qualgraph.frames"},
    "pyoxigraph": {"qualgraph.rdf", "qualgraph.store.oxigraph"},
    "pypdf": {"qualgraph.sources.pdf"},
    "pyshacl": {"qualgraph.validation.pyshacl_engine"},
    "rdflib": {"qualgraph.store.memory", "qualgraph.validation.pyshacl_engine"},
}
COMMAND_LINE_ONLY = ("rich", "typer")
WEB_ONLY = ("mimeparse", "prometheus_client", "starlette")


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("qualgraph", include_external_packages=True, cache_dir=None)


@pytest.mark.parametrize("library", sorted(IMPORTERS))
def test_each_heavy_library_has_the_importers_agreed_on_and_no_other(
    imports: grimp.ImportGraph, library: str
) -> None:
    assert imports.find_modules_that_directly_import(library) == IMPORTERS[library]


@pytest.mark.parametrize("library", COMMAND_LINE_ONLY)
def test_only_the_command_line_knows_the_terminal(imports: grimp.ImportGraph, library: str) -> None:
    found = imports.find_modules_that_directly_import(library)
    assert found
    assert {name for name in found if not name.startswith("qualgraph.cli")} == set()


@pytest.mark.parametrize("library", WEB_ONLY)
def test_only_the_server_knows_the_web(imports: grimp.ImportGraph, library: str) -> None:
    found = imports.find_modules_that_directly_import(library)
    assert found
    assert {name for name in found if not name.startswith("qualgraph.web")} == set()


def test_opening_a_graph_loads_no_optional_library() -> None:
    script = "import sys, qualgraph; print(sorted({'polars', 'pandas', 'pyarrow', 'owlready2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_commands_that_judge_nothing_do_not_load_the_solver() -> None:
    """scipy takes longer to load than such a command takes to run."""
    script = "import sys, qualgraph.pipeline, qualgraph.packaging; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
