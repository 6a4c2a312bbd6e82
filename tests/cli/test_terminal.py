"""Tables and numbers as a person reads them."""

from __future__ import annotations

import re

import pytest

from qualgraph.cli.terminal import plain_table, progress


def test_columns_are_aligned_numbers_to_the_right_and_nothing_is_cut() -> None:
    long = "x" * 300
    assert list(plain_table(("code", "units"), [("ZZZ40120", "5"), (long, "1,200"), ("two\nlines", "")])) == [
        f"{'code':<300}  units",
        f"{'-' * 300}  -----",
        f"{'ZZZ40120':<300}  {'5':>5}",
        f"{long}  1,200",
        "two lines",
    ]


def test_a_table_without_rows_still_has_its_columns() -> None:
    assert list(plain_table(("a", "b"), [])) == ["a  b", "-  -"]


def test_wide_characters_take_two_places() -> None:
    header, _, row = plain_table(("語", "x"), [("a", "b")])
    assert (header, row) == ("語  x", "a   b")


def test_a_log_gets_a_plain_line_of_progress_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.cli.terminal.LOGGED_EVERY", 0.01)
    told_lines = ""
    with progress("reading") as told:
        told("reading units.csv", 1, 4)
        while "units.csv" not in told_lines:
            told_lines += capsys.readouterr().err
    assert re.search(r"^reading units\.csv, 25% \(0:00:\d\d\)$", told_lines, re.MULTILINE)


def test_an_answer_that_goes_to_the_same_place_as_progress_is_kept_clean(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualgraph.cli.terminal._same_place", lambda: True)
    monkeypatch.setattr("qualgraph.cli.terminal.LOGGED_EVERY", 0.0)
    with progress("answering", answering=True) as told:
        told("half", 1, 2)
    assert capfd.readouterr() == ("", "")


def test_progress_is_silent_for_a_while_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("working") as told:
        told("half", 1, 2)
    assert capsys.readouterr() == ("", "")
