"""The registry of readers, and what is said of documents that none of them knows."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import qualgraph.sources
from qualgraph.errors import BrokenDocumentError, DocumentTooLargeError, UnrecognisedDocumentError
from qualgraph.sources import READERS, read_bytes, read_file


def test_every_reader_module_in_the_folder_is_registered():
    modules = [
        importlib.import_module(f"qualgraph.sources.{found.name}")
        for found in pkgutil.iter_modules(qualgraph.sources.__path__)
    ]
    readers = [module.READER for module in modules if hasattr(module, "READER")]
    assert len(readers) == len(READERS) == 5
    assert {id(reader) for reader in readers} == {id(reader) for reader in READERS}


def test_readers_have_the_names_that_the_model_gives_to_document_kinds():
    assert [reader.name for reader in READERS] == [
        "register-page",
        "register-pdf",
        "component-xml",
        "third-party-copy",
        "anzsco-unit-group",
    ]


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_each_seed_is_recognised_by_its_own_reader_before_all_others(seed, number):
    from qualgraph.sources.text import lines_of
    from support import seed_path

    lines = tuple(lines_of(enumerate(seed_path(number).read_text(encoding="utf-8").split("\n"), start=1)))
    scores = {reader.name: reader.recognises(lines) for reader in READERS}
    assert max(scores, key=scores.__getitem__) == seed(number).document.reader


def test_a_document_of_no_kind_is_unrecognised_and_the_kinds_are_named():
    with pytest.raises(UnrecognisedDocumentError, match="third-party copy"):
        read_bytes(b"Dear diary,\n\ntoday I looked after the lamp.\n", "diary.txt")


@pytest.mark.parametrize(
    "data", [b"", b"  \n\t\n", "\u00a0\u200b\n".encode(), b"<html><body> </body></html>"]
)
def test_an_empty_document_is_broken(data):
    with pytest.raises(BrokenDocumentError, match=r"empty|no text"):
        read_bytes(data, "empty.txt")


def test_a_missing_file_or_a_folder_cannot_be_opened(tmp_path):
    for path in (tmp_path / "missing.txt", tmp_path, "nul\0name"):
        with pytest.raises(BrokenDocumentError, match="cannot be opened"):
            read_file(path)


def test_a_huge_file_is_refused_by_its_size_without_being_read(tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(DocumentTooLargeError, match="2,147,483,648 bytes"):
        read_file(huge)


def test_the_limit_is_a_setting(tmp_path):
    small = tmp_path / "small.txt"
    small.write_text("Dear diary")
    with pytest.raises(DocumentTooLargeError, match="max_bytes"):
        read_file(small, max_bytes=5)
    with pytest.raises(DocumentTooLargeError):
        read_bytes(b"Dear diary", "small.txt", max_bytes=5)


@pytest.mark.parametrize("name", ["some/where/page.txt", "C:\\some\\page.txt", "page.txt"])
def test_a_document_keeps_the_base_name_of_its_file_only(name, request):
    data = (request.path.parent / "documents" / "anzsco-page.txt").read_bytes()
    assert read_bytes(data, name).document.name == "page.txt"
