"""docs/quality-counts.md: a row for each question about faults, as ``scripts/quality-counts`` writes it."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from qualgraph.catalogue import Severity, discover
from qualgraph.pipeline import build
from qualgraph.quality import quality
from qualgraph.store import OxigraphStore
from support import CHECKOUT

PAGE = CHECKOUT / "docs" / "quality-counts.md"
ROW = re.compile(r"^\| (\w+) \| `([a-z-]+)` \| ([\d,]+) \| ([\d,]+) \|$", re.MULTILINE)


def counting() -> ModuleType:
    loader = SourceFileLoader("quality_counts", str(CHECKOUT / "scripts" / "quality-counts"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


COUNTS = counting()


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.fixture
def shipped() -> Iterator[OxigraphStore]:
    with OxigraphStore(None) as store:
        build(store)
        yield store


def test_the_page_has_one_row_for_each_question_with_its_severity_the_worst_first() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    asked = {query.name: query.severity for query in discover() if query.severity}
    assert {name: severity for severity, name, *_ in rows} == asked
    assert len(rows) == len(asked)
    order = [(list(Severity).index(Severity(severity)), name) for severity, name, *_ in rows]
    assert order == sorted(order)
    assert all(number(things) <= number(found) for _, _, found, things in rows)


def test_every_question_with_many_rows_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for _, name, found, _ in ROW.findall(page):
        assert number(found) <= 10 or f"**{name}**" in page, name


def test_the_forms_of_undescribed_units_are_as_many_as_the_units() -> None:
    page = PAGE.read_text(encoding="utf-8")
    [units] = [things for _, name, _, things in ROW.findall(page) if name == "units-packaged-but-undescribed"]
    forms = re.findall(r"^\| with.* \| ([\d,]+) \|$", page, re.MULTILINE)
    assert len(forms) == 3
    assert sum(map(number, forms)) == number(units)


def test_what_the_script_writes_is_what_was_found(shipped: OxigraphStore) -> None:
    text = "".join(COUNTS.counts(quality(shipped, examples=0), shipped))
    assert "| warning | `units-packaged-but-undescribed` | 98 | 98 |" in text
    assert f"with {shipped.count():,} triples" in text
    forms = re.findall(r"\| (\d+) \|$", "".join(COUNTS.undescribed(shipped)), re.MULTILINE)
    assert sum(map(int, forms)) == 98


def test_only_the_block_of_that_name_is_written_and_a_page_without_it_is_refused() -> None:
    page = PAGE.read_text(encoding="utf-8")
    changed = COUNTS.written(page, "counts", "new\n")
    assert "made by scripts/quality-counts -->\nnew\n<!-- end of counts -->" in changed
    assert not ROW.search(changed)
    assert changed.partition("<!-- end of counts -->")[2] == page.partition("<!-- end of counts -->")[2]
    with pytest.raises(ValueError, match="0 times"):
        COUNTS.written("a page without it", "counts", "new\n")


def test_nothing_is_written_where_a_question_was_not_answered(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("untouched", encoding="utf-8")
    monkeypatch.setattr(COUNTS, "PAGE", page)
    assert COUNTS.main(["--store", str(built), "--timeout", "0.001"]) == 3
    assert page.read_text(encoding="utf-8") == "untouched"
    assert "supersession-circles: not answered: ran out of 0.001 s" in capsys.readouterr().err
