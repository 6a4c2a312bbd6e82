"""Bytes to lines: encodings, limits, invisible characters."""

from __future__ import annotations

import pytest

from qualgraph.errors import BrokenDocumentError, DocumentTooLargeError
from qualgraph.model import ProblemKind
from qualgraph.sources.text import MAX_LINES, Line, decode, lines_of, split_lines, too_long, visible


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_a_problem(encoding):
    assert decode("• Ruhe – ŵ".encode(encoding), "x") == ("• Ruhe – ŵ", ())


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_both_byte_orders_of_utf_16_are_told_by_their_mark(mark):
    assert decode("\ufeff• a".encode(mark), "x") == ("• a", ())


def test_windows_1252_is_read_with_the_line_of_the_first_byte_that_is_no_utf_8():
    text, [problem] = decode("one\r\ntwo – three\n".encode("cp1252"), "x")
    assert text == "one\r\ntwo – three\n"
    assert (problem.kind, problem.line) == (ProblemKind.ENCODING, 2)


def test_bytes_that_windows_1252_does_not_have_are_counted():
    text, [problem] = decode(b"a\x81\x8d\xe9 b\n", "x")
    assert text.count("\ufffd") == 2
    assert "2 characters" in problem.message


def test_a_file_cut_inside_a_character_is_read_up_to_there_and_called_cut():
    text, [problem] = decode("a •\nb •".encode()[:-1], "x")
    assert text == "a •\nb "
    assert (problem.kind, problem.line) == (ProblemKind.TRUNCATED, 2)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02", b"text with \x00 in it", "utf-16 without mark".encode("utf-16-le")]
)
def test_nul_bytes_mean_that_it_is_no_text(data):
    with pytest.raises(BrokenDocumentError, match="NUL"):
        decode(data, "x")


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04rest", b"\x1f\x8brest", b"\x89PNG\r\n", b"{\\rtf1", b"\xd0\xcf\x11\xe0"]
)
def test_other_formats_are_named(data):
    with pytest.raises(BrokenDocumentError, match=r"is a[n ].*, not text"):
        decode(data, "x")


def test_only_the_three_line_ends_end_a_line():
    text = "a\r\nb\rc\nd\x0b\x0c\x1c\u2028\x85e"
    assert len(split_lines(text, "x")) == 4
    assert split_lines("a\n", "x") == ["a"]


def test_too_many_lines_are_refused():
    with pytest.raises(DocumentTooLargeError, match="lines"):
        split_lines("x\n" * (MAX_LINES + 1), "x")
    assert len(split_lines("x\n" * MAX_LINES, "x")) == MAX_LINES


def test_no_break_spaces_are_spaces_and_zero_width_characters_are_nothing():
    assert visible("\ufeffa\u00a0\u202f b\u200b\u00adc\td\u2060 ") == "a bc\td"


def test_bullets_of_symbol_fonts_become_bullets():
    assert visible("\uf0b7 one") == visible("\x7f one") == "• one"


def test_blank_lines_are_counted_and_not_kept():
    assert list(lines_of([(1, "a"), (2, "\u00a0"), (3, ""), (4, "b\tc ")])) == [
        Line(1, "a"),
        Line(4, "b\tc", 2),
    ]
    assert Line(4, "b \tc").cells == ("b", "c")
    assert Line(4, "b \tc").text == "b c"


def test_a_very_long_line_is_read_in_part_and_reported():
    [problem] = too_long([(1, "x" * 20_000), (2, "x" * 20_001)])
    assert (problem.kind, problem.line) == (ProblemKind.NOT_READ, 2)
