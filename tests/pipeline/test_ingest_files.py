"""Many files into a store: batches, datasets that stream, repeats, and files that fail on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualgraph import sources
from qualgraph.errors import BrokenDocumentError, UnidentifiedDocumentError, UnrecognisedDocumentError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import Component, Entry, Problem
from qualgraph.namespaces import QG
from qualgraph.pipeline import Ingested, Outcome, Refused, Wanted, files_in, ingest_files, stored_documents
from qualgraph.pipeline import ingest as ingesting
from qualgraph.rdf import IRI, ntriples
from qualgraph.sources import datasets
from qualgraph.sources.dataset import DatasetReader, SourceFile
from qualgraph.sources.tokens import not_read
from qualgraph.store import MemoryStore, OxigraphStore, Store
from support import DOCUMENTS

PAGE = (DOCUMENTS / "register-page.txt").read_text(encoding="utf-8")


class LampList(DatasetReader):
    """Invented: a line 'LAMPS', then a code and a title a line; '?' cannot be read, 'BROKEN' ends it all."""

    name = "lamp-list"
    version = "1"
    media_type = "text/plain"

    def recognises(self, file: SourceFile) -> bool:
        return file.head.startswith(b"LAMPS\n")

    def items(self, file: SourceFile) -> Iterator[Entry | Problem]:
        with file.open() as stream:
            for number, raw in enumerate(stream, start=1):
                line = raw.decode().strip()
                if line == "BROKEN":
                    raise BrokenDocumentError("breaks off.", where=f"{file.name}:{number}")
                if line == "?":
                    yield not_read("A row that is no lamp.", number)
                elif number > 1:
                    code, title = line.split(" ", 1)
                    component = Component(kind=Kind.UNIT, code=code, title=title, line=number)
                    yield Entry(kind=Kind.UNIT, code=code, records=(component,), line=number)


@pytest.fixture(autouse=True)
def lamp_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "DATASETS", (LampList(),))
    monkeypatch.setitem(sources.VERSIONS, "lamp-list", "1")


@pytest.fixture(params=["oxigraph", "rdflib"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with OxigraphStore(None) if request.param == "oxigraph" else MemoryStore() as opened:
        yield opened


def lamps(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["LAMPS", *lines, ""]), encoding="utf-8")
    return path


def page(path: Path, code: str) -> Path:
    path.write_text(PAGE.replace("ZZZ40120", code), encoding="utf-8")
    return path


def ingested(store: Store, *paths: Path, wanted: Wanted | None = None) -> list[Outcome]:
    return list(ingest_files(store, paths, wanted or Wanted()))


def actions(outcomes: list[Outcome]) -> list[str]:
    return [one.action.value if isinstance(one, Ingested) else type(one.error).__name__ for one in outcomes]


def content(store: Store) -> dict[str, str]:
    return {graph.value: ntriples(store.triples(graph)) for graph in store.graphs()}


def test_a_dataset_is_one_graph_with_each_component_and_each_problem(store: Store, tmp_path: Path) -> None:
    [done] = ingested(
        store, lamps(tmp_path / "lamps 2026.txt", "ZZZLMP501 Trim a lamp", "?", "ZZZLMP502 Fill it")
    )
    assert isinstance(done, Ingested)
    assert done.document == Identifiers().document("lamp-list", "lamps-2026")
    assert done.counts == (("unit of competency", 2),)
    assert [problem.line for problem in done.problems] == [3]
    triples = list(store.triples(done.document))
    assert done.triples == len(triples)
    described = {str(t.object) for t in triples if t.predicate == IRI(f"{QG}describes")}
    assert described == {str(Identifiers().component(Kind.UNIT, code)) for code in ("ZZZLMP501", "ZZZLMP502")}
    lines = {t.object.value for t in triples if t.predicate == IRI(f"{QG}problemMessage")}
    assert lines == {"A row that is no lamp."}


def test_files_already_stored_are_not_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [page(tmp_path / "a.txt", "ZZZ40120"), lamps(tmp_path / "b.txt", "ZZZLMP501 Trim a lamp")]
    ingested(store, *paths)
    before = content(store)
    monkeypatch.setattr(LampList, "items", None)
    assert actions(ingested(store, *paths)) == ["unchanged", "unchanged"]
    assert content(store) == before


def test_another_version_of_a_reader_reads_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lamps(tmp_path / "b.txt", "ZZZLMP501 Trim a lamp")
    ingested(store, path)
    monkeypatch.setattr(LampList, "version", "2")
    monkeypatch.setitem(sources.VERSIONS, "lamp-list", "2")
    assert actions(ingested(store, path)) == ["replaced"]
    [document] = stored_documents(store)
    assert document.reader_version == "2"


def test_what_fails_stops_no_other_file_and_outcomes_keep_their_order(store: Store, tmp_path: Path) -> None:
    letter = tmp_path / "b.txt"
    letter.write_text("Dear keeper,\nthe lamp is lit.\n", encoding="utf-8")
    paths = [
        page(tmp_path / "a.txt", "ZZZ40120"),
        letter,
        lamps(tmp_path / "c.txt", "ZZZLMP501 Trim a lamp", "BROKEN"),
        lamps(tmp_path / "d.txt", "ZZZLMP501 Trim a lamp"),
        page(tmp_path / "e.txt", "ZZZ40220"),
    ]
    outcomes = ingested(store, *paths)
    assert [one.path for one in outcomes] == paths
    assert actions(outcomes) == [
        "stored",
        UnrecognisedDocumentError.__name__,
        BrokenDocumentError.__name__,
        "stored",
        "stored",
    ]
    assert len(stored_documents(store)) == 3


def test_a_dataset_that_breaks_off_leaves_the_one_that_is_stored(store: Store, tmp_path: Path) -> None:
    path = lamps(tmp_path / "lamps.txt", "ZZZLMP501 Trim a lamp")
    ingested(store, path)
    before = content(store)
    lamps(path, "ZZZLMP501 Trim a lamp", "ZZZLMP502 Fill it", "BROKEN")
    [refused] = ingested(store, path)
    assert isinstance(refused, Refused)
    assert refused.error.where == "lamps.txt:4"
    assert content(store) == before
    lamps(path, "ZZZLMP502 Fill it")
    assert actions(ingested(store, path)) == ["replaced"]
    assert "ZZZLMP501" not in "".join(content(store).values())


def test_two_datasets_of_one_name_do_not_replace_each_other_in_one_run(store: Store, tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    north = lamps(tmp_path / "north" / "lamps.txt", "ZZZLMP501 Trim a lamp")
    south = lamps(tmp_path / "lamps.txt", "ZZZLMP502 Fill it")
    stored, refused = ingested(store, north, south)
    assert isinstance(stored, Ingested)
    assert isinstance(refused, Refused)
    assert isinstance(refused.error, UnidentifiedDocumentError)
    assert str(north) in refused.error.what


def test_a_dataset_replaced_by_its_namesake_in_a_later_run_is_not_called_stored(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "north").mkdir()
    north = lamps(tmp_path / "north" / "lamps.txt", "ZZZLMP501 Trim a lamp")
    south = lamps(tmp_path / "lamps.txt", "ZZZLMP502 Fill it")
    ingested(store, north)
    replaced, refused = ingested(store, south, north)
    assert isinstance(replaced, Ingested)
    assert replaced.action == "replaced"
    assert isinstance(refused, Refused)
    assert actions(ingested(store, south)) == ["unchanged"]


def test_a_dataset_that_is_stored_is_not_replaced_by_its_namesake_after_it(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "north").mkdir()
    north = lamps(tmp_path / "north" / "lamps.txt", "ZZZLMP501 Trim a lamp")
    ingested(store, north)
    south = lamps(tmp_path / "lamps.txt", "ZZZLMP502 Fill it")
    unchanged, refused = ingested(store, north, south)
    assert isinstance(unchanged, Ingested)
    assert unchanged.action == "unchanged"
    assert isinstance(refused, Refused)


def test_the_same_bytes_twice_are_stored_once(store: Store, tmp_path: Path) -> None:
    paths = [
        page(tmp_path / "a.txt", "ZZZ40120"),
        page(tmp_path / "b.txt", "ZZZ40120"),
        lamps(tmp_path / "c.txt", "ZZZLMP501 Trim a lamp"),
        lamps(tmp_path / "d.txt", "ZZZLMP501 Trim a lamp"),
    ]
    assert actions(ingested(store, *paths)) == ["stored", "unchanged", "stored", "unchanged"]
    assert len(stored_documents(store)) == 2


def test_batches_do_not_show_in_the_result(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [page(tmp_path / f"{number}.txt", f"ZZZ40{number}20") for number in range(1, 8)]
    monkeypatch.setattr(ingesting, "AT_ONCE", 3)
    assert actions(ingested(store, *paths)) == ["stored"] * 7
    assert len(stored_documents(store)) == 7
    with OxigraphStore(None) as other:
        monkeypatch.setattr(ingesting, "AT_ONCE", 100)
        ingested(other, *paths)
        documents = {graph for graph in content(store) if "/document/" in graph}
        assert len(documents) == 7
        assert {graph: content(store)[graph] for graph in documents} == {
            graph: content(other)[graph] for graph in documents
        }


def test_progress_ends_at_the_whole_of_all_files(tmp_path: Path) -> None:
    paths = [page(tmp_path / "a.txt", "ZZZ40120"), lamps(tmp_path / "b.txt", "ZZZLMP501 Trim a lamp")]
    told: list[tuple[str, int, int]] = []
    with OxigraphStore(None) as store:
        list(ingest_files(store, paths, Wanted(), lambda *said: told.append(said)))
    sizes = [path.stat().st_size for path in paths]
    assert told == [("reading a.txt", 0, sum(sizes)), ("reading b.txt", sizes[0], sum(sizes))]


def test_a_folder_is_all_its_files_and_none_that_are_hidden(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/config", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(files_in([tmp_path / "a.txt", tmp_path]))
    assert [(one.path.relative_to(tmp_path).as_posix(), one.named) for one in found] == [
        ("a.txt", True),
        ("b/1.txt", False),
        ("b/2.txt", False),
    ]
    missing = tmp_path / "missing.txt"
    assert [one.path for one in files_in([missing])] == [missing]


def test_the_same_bytes_under_another_base_are_another_document(store: Store, tmp_path: Path) -> None:
    path = lamps(tmp_path / "lamps.txt", "ZZZLMP501 Trim a lamp")
    ingested(store, path)
    other = Identifiers("https://data.example.org/")
    [outcome] = ingested(store, path, wanted=Wanted(ids=other))
    assert isinstance(outcome, Ingested)
    assert outcome.action.value == "stored"
    assert outcome.document == other.document("lamp-list", "lamps")
    assert actions(ingested(store, path)) == ["unchanged"]
    assert actions(ingested(store, path, wanted=Wanted(ids=other))) == ["unchanged"]
