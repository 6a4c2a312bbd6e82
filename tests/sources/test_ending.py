"""A document is called cut off only where its end cannot be the end."""

from __future__ import annotations

import pytest

from qualgraph.model import OutcomeExample, ProblemKind, Reading
from qualgraph.sources import read_bytes


@pytest.fixture
def page(request) -> str:
    return (request.path.parent / "documents" / "register-page.txt").read_text(encoding="utf-8")


def cut_reasons(text: str) -> list[str]:
    reading: Reading = read_bytes(text.encode(), "page.txt")
    return [problem.message for problem in reading.problems if problem.kind is ProblemKind.TRUNCATED]


def up_to(text: str, end: str, *, last: bool = False) -> str:
    return text[: (text.rindex(end) if last else text.index(end)) + len(end)]


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("Packaging Rules", "heading with nothing under it"),
        (
            "without a qualification.\n\nIndicative job roles for candidates with such experience include:",
            "has to go on",
        ),
        ("Core units\n\nZZZLMP401 Trim the lamp", "1 of 2 core units"),
        ("Elective units\n\nZZZLOG403 Keep the", "printed in full elsewhere"),
        ("Elective units\n\nZZZLOG", "beginning of one"),
        ("  • learning new lamps", "7 of 8 employability skills"),
    ],
)
def test_an_end_that_cannot_be_the_end_is_told(page, end, reason):
    [message] = cut_reasons(up_to(page, end))
    assert reason in message


def test_half_a_code_is_not_read_as_a_unit(page):
    reading = read_bytes(up_to(page, "Elective units\n\nZZZLOG40").encode(), "page.txt")
    assert "'ZZZLOG40'" not in str(reading.records)
    assert "'ZZZLOG40'" in str(
        read_bytes((up_to(page, "Elective units\n\nZZZLOG40") + "\n").encode(), "x").records
    )


def test_a_mapping_row_at_the_very_end_is_not_read(page):
    text = up_to(page, "Is superseded by and not equivalent to ZZZ401")
    reading = read_bytes(text.encode(), "page.txt")
    assert "ZZZ401'" not in str(reading.records)
    assert any("mapping row" in problem.message for problem in reading.problems)


@pytest.mark.parametrize(
    "end",
    ["ZZZGAL405 Prepare a station for gales\n\nSelecting", "• ZZZTID404 Read tides and currents", "Links"],
)
def test_an_end_that_may_be_the_end_is_not_called_cut(page, end):
    text = up_to(page, end).removesuffix("\n\nSelecting")
    assert cut_reasons(text) == []
    assert cut_reasons(text + "\n") == []


def test_an_example_short_of_the_number_it_states_is_cut_off(page):
    text = up_to(page, "1 elective unit selected from:\n\n  • ZZZLOG403 Keep the log of a station")
    wanting = text.replace("1 elective unit selected from", "2 elective units selected from")
    assert cut_reasons(text) == []
    [message] = cut_reasons(wanting)
    assert "1 of 2 electives" in message
    reading = read_bytes(wanting.encode(), "page.txt")
    assert [one.cut_off for one in reading.records if isinstance(one, OutcomeExample)] == [False, True]


def test_the_seed_page_with_a_line_end_is_not_called_cut(seed):
    from support import seed_path

    text = seed_path("000").read_text(encoding="utf-8")
    assert len(cut_reasons(text)) == 1
    assert cut_reasons(text + "\n") == []


def test_an_html_page_cut_inside_an_example_says_so_and_marks_the_example(request):
    html = (request.path.parent / "documents" / "register-page.html").read_text(encoding="utf-8")
    reading = read_bytes(up_to(html, "<li>ZZZLOG403 Keep the", last=True).encode(), "page.html")
    assert ProblemKind.TRUNCATED in {problem.kind for problem in reading.problems}


@pytest.mark.parametrize(("kept", "cut"), [(2, []), (1, [False, True])])
def test_an_example_without_a_number_is_cut_only_where_every_one_before_it_lists_more(page, kept, cut):
    first = "Keeper\n\n2 core units plus:\n\n  • ZZZGAL405 Prepare a station for gales\n  • ZZZTID404 Read tides\n\n"
    last = "Hand\n\n2 core units plus:\n\n" + "\n".join(
        ["  • ZZZTID404 Read tides and currents", "  • ZZZLOG403 Keep the log of a station"][:kept]
    )
    head = (
        up_to(page, "Two examples follow.\n\n")
        .replace("= 3", "= 5")
        .replace("1 elective unit", "3 elective units")
    )
    reading = read_bytes((head + first + last).encode(), "page.txt")
    assert [one.cut_off for one in reading.records if isinstance(one, OutcomeExample)] == (
        cut or [False, False]
    )
    assert (ProblemKind.TRUNCATED in {problem.kind for problem in reading.problems}) is bool(cut)
