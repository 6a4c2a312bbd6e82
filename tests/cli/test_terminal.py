"""Tables and numbers as a person reads them."""

from __future__ import annotations

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


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("working") as told:
        told("half", 1, 2)
    assert capsys.readouterr() == ("", "")
