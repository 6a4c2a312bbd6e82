"""The documentation is complete, its links lead somewhere, and what it shows is what happens."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

from qualgraph import errors
from qualgraph.assets import asset_folder
from qualgraph.catalogue import discover, discover_rules
from qualgraph.cli import failure
from qualgraph.cli.application import app
from qualgraph.errors import QualgraphError
from qualgraph.namespaces import PREFIXES
from qualgraph.validation import shape_set
from support import CHECKOUT

DOCS = CHECKOUT / "docs"
PAGES = sorted([*CHECKOUT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def script(name: str) -> ModuleType:
    """A script of the checkout as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(CHECKOUT / "scripts" / name))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module


def page_id(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The headings of a page as the anchors that links name."""
    found = (re.sub(r"[^\w\- ]", "", title.strip().lower()) for title in HEADING.findall(prose(path)))
    return {title.replace(" ", "-") for title in found}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(prose(page)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_pages_were_found() -> None:
    assert len(PAGES) >= 20
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {path.name for path in PAGES}


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=page_id)
def test_every_page_is_linked_from_the_index_or_is_a_decision(page: Path) -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(prose(index))}
    assert page == index or page in linked or page.parent in linked


def test_no_page_names_a_place_of_somebodys_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(?:root|home|work|tmp|Users)/", page.read_text(encoding="utf-8")), (
            page
        )


@pytest.mark.parametrize("name", ["commands.md", "queries.md", "shapes.md", "ontology.md"])
def test_the_reference_is_what_its_script_writes(name: str) -> None:
    written = script("reference").PAGES[name]()
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == written, "run scripts/reference"


def reference(name: str) -> set[str]:
    return set(HEADING.findall((DOCS / "reference" / name).read_text(encoding="utf-8")))


def command_paths(command: object, path: str) -> Iterator[str]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from command_paths(inner, f"{path} {name}")


def test_every_command_is_documented() -> None:
    assert set(command_paths(get_command(app), "qualgraph")) <= reference("commands.md")


def test_every_query_and_rule_is_documented() -> None:
    assert {query.name for query in discover()} <= reference("queries.md")
    text = (DOCS / "reference" / "queries.md").read_text(encoding="utf-8")
    assert all(f"| {rule.name} |" in text for rule in discover_rules())


def test_every_shape_is_documented() -> None:
    assert {shape.short_name for shape in shape_set("register").shapes} <= reference("shapes.md")


def test_every_term_is_documented() -> None:
    text = (DOCS / "reference" / "ontology.md").read_text(encoding="utf-8")
    for file in asset_folder("ontology").glob("*.ttl"):
        for term in re.findall(r"^(qg:\w+) a owl:", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"`{term}`" in text, term


def error_classes(root: type[QualgraphError] = QualgraphError) -> Iterator[type[QualgraphError]]:
    yield root
    for each in root.__subclasses__():
        yield from error_classes(each)


def test_every_error_has_a_heading_and_stands_in_the_tree() -> None:
    page = DOCS / "errors.md"
    text = page.read_text(encoding="utf-8")
    tree = str(errors.__doc__).partition("::")[2]
    drawn = [line.strip() for line in tree.splitlines() if line.strip()]
    assert len(drawn) > 20
    for kind in error_classes():
        assert kind("").anchor in anchors(page)
        assert re.search(rf"\b{kind.__name__}\b", tree)
    for line in drawn:
        assert line in text


def test_every_exit_code_is_documented() -> None:
    listed = {
        int(code) for code in re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text(), re.MULTILINE)
    }
    used = {kind.exit_code for kind in error_classes()} | {0, failure.FOUND_WANTING, failure.BUG}
    assert listed == used | {failure.INTERRUPTED, failure.BROKEN_PIPE}


def test_every_prefix_is_documented() -> None:
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    for prefix, namespace in PREFIXES.items():
        assert f"| `{prefix}:` | `{namespace}` |" in text


console = script("console-blocks")


@pytest.fixture(scope="module")
def store() -> Iterator[Path]:
    with console.built_store() as built:
        yield built


@pytest.mark.parametrize("page", console.PAGES, ids=page_id)
def test_commands_print_what_the_page_shows(page: Path, store: Path) -> None:
    with console.working_folder(store):
        for session in console.sessions(page):
            shown = f"--- the page\n{session.expected}--- now (scripts/console-blocks)\n{session.printed}"
            assert session.agrees, f"$ {session.command}\n{shown}"


def test_the_readme_answers_ten_questions_with_real_output() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    asked = [command for block in console.BLOCK.findall(text) for command, _ in console.commands(block)]
    assert len([command for command in asked if command.startswith("qualgraph query ")]) >= 10


@pytest.mark.parametrize(
    "page", [p for p in PAGES if PYTHON.search(p.read_text(encoding="utf-8"))], ids=page_id
)
def test_the_python_of_a_page_runs(page: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with console.working_folder(store):
        for block in PYTHON.findall(page.read_text(encoding="utf-8")):
            try:
                exec(compile(block, str(page), "exec"), {"__name__": "__docs__"})
            except errors.NoJavaRuntimeError:
                pytest.skip("needs a Java runtime for the reasoner")
    assert capsys.readouterr().err == ""
