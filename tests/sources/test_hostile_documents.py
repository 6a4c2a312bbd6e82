"""Whatever the bytes are: a reading or a DocumentError, never another exception, in bounded time."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualgraph.errors import DocumentError, DocumentTooLargeError, UnidentifiedDocumentError
from qualgraph.model import Problem, Reading, Record
from qualgraph.sources import read_bytes
from qualgraph.sources.tokens import MAX_PROBLEMS_OF_A_KIND
from support import seed_path

SEEDS = ("000", "001", "003", "004")
CODES = {"003": "BSB50311"}
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "utf-8-sig", "utf-7", "cp037")


def outcome(data: bytes, code: str | None = None) -> Reading | DocumentError:
    try:
        reading = read_bytes(data, "document.txt", code=code)
    except DocumentError as error:
        return error
    assert reading.document.byte_size == len(data)
    for one in (*reading.records, *reading.problems):
        check_line(one, reading.document.line_count)
    return reading


def check_line(one: Record | Problem, line_count: int) -> None:
    line = getattr(one, "line", None) or getattr(one, "first_line", None)
    assert line is None or 1 <= line <= line_count


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_cut_at_every_200th_byte_is_read_or_refused(number):
    data = seed_path(number).read_bytes()
    outcomes = [outcome(data[:size], CODES.get(number)) for size in range(0, len(data), 200)]
    assert len(outcomes) == -(-len(data) // 200)
    assert isinstance(outcomes[0], DocumentError)
    assert isinstance(outcomes[-1], Reading)


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_with_shuffled_lines_is_read_or_refused(number):
    lines = seed_path(number).read_text(encoding="utf-8").split("\n")
    for shuffle in range(10):
        mixed = lines[:]
        random.Random(shuffle).shuffle(mixed)
        outcome("\n".join(mixed).encode(), CODES.get(number))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_in_another_encoding_is_read_or_refused(number, encoding):
    text = seed_path(number).read_text(encoding="utf-8")
    outcome(text.encode(encoding, "replace"), CODES.get(number))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("number", SEEDS)
def test_an_encoding_that_can_be_told_changes_no_record(number, encoding):
    text = seed_path(number).read_text(encoding="utf-8")
    plain = outcome(text.encode(), CODES.get(number))
    other = outcome(text.encode(encoding), CODES.get(number))
    assert isinstance(plain, Reading)
    assert isinstance(other, Reading)
    assert other.records == plain.records


@pytest.mark.parametrize("number", SEEDS)
def test_a_seed_with_damaged_bytes_is_read_or_refused(number):
    data = seed_path(number).read_bytes()
    for seed_value in range(15):
        source = random.Random(seed_value)
        damaged = bytearray(data)
        for _ in range(40):
            damaged[source.randrange(len(damaged))] = source.randrange(1, 256)
        outcome(bytes(damaged), CODES.get(number))


@pytest.mark.parametrize(
    "name", ["register-page.html", "register-page.txt", "third-party-copy.txt", "anzsco-page.txt"]
)
def test_an_invented_document_cut_anywhere_is_read_or_refused(name, request):
    data = (request.path.parent / "documents" / name).read_bytes()
    for size in range(0, len(data), 131):
        outcome(data[:size], "ZZZ50120" if name.startswith("third") else None)


def test_a_damaged_pdf_is_read_or_refused(make_pdf):
    data = make_pdf(
        [["Australian Government", "ZZZ50120 Diploma of Coasts", "Release: 1", "Packaging Rules", "x"]]
    )
    for seed_value in range(40):
        source = random.Random(seed_value)
        damaged = bytearray(data)
        for _ in range(20):
            damaged[source.randrange(8, len(damaged))] = source.randrange(256)
        outcome(bytes(damaged))


@pytest.mark.parametrize("magic", [b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b""])
def test_random_bytes_are_refused(magic):
    with pytest.raises(DocumentError):
        read_bytes(magic + random.Random(7).randbytes(20_000), "random.bin")


MARKS = ["", "•", "-", "OR", "AND", "Packaging Rules", "Unit Grid", "Classifications", "x" * 300]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=60), max_size=40))
def test_any_lines_after_a_register_title_are_read_or_refused(lines):
    head = "Qualification details\nZZZ40120 - Certificate IV in Lamps (Release 1)\nUsage recommendation:\nCurrent\n"
    outcome((head + "\n".join(lines)).encode("utf-8", "surrogatepass"))


def test_a_million_lines_are_refused_in_bounded_time():
    start = time.process_time()
    assert isinstance(outcome(b"lamp\n" * 1_000_000), DocumentTooLargeError)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "filler",
    [
        "ZZZLMP{} Trim lamp number {}",
        "• item {}{}",
        "Is superseded by ZZZ{} - x{}",
        "Communication {}{}",
        "Job Roles",
        "\t\t<ul>",
    ],
)
def test_thousands_of_lines_are_read_in_bounded_time_with_bounded_problems(filler):
    head = (
        "Qualification details\n\nZZZ40120 - Certificate IV in Lamps (Release 1)\n\nSummary\nUsage recommendation:\n"
        "Current\nMapping:\n"
    )
    body = "\n".join(filler.format(at % 1000, at) for at in range(5_000))
    start = time.process_time()
    found = outcome((head + body + "\nPackaging Rules\n" + body).encode())
    assert time.process_time() - start < 30
    assert isinstance(found, Reading)
    assert len(found.problems) <= 12 * (MAX_PROBLEMS_OF_A_KIND + 1)


def test_one_endless_line_is_read_in_bounded_time():
    start = time.process_time()
    head = b"Qualification details\nZZZ40120 - Certificate IV in Lamps (Release 1)\nUsage recommendation:\n"
    outcome(head + b"Is superseded by " * 1_000_000)
    outcome(head + b"a " * 4_000_000)
    assert time.process_time() - start < 20


def test_a_code_given_that_another_document_contradicts_is_a_document_error():
    with pytest.raises(UnidentifiedDocumentError):
        read_bytes(seed_path("000").read_bytes(), "page.txt", code="BSB50311")
