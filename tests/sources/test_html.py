"""HTML to lines: the shape of the text form, the line numbers of the file, and nothing fetched or resolved."""

from __future__ import annotations

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import ProblemKind
from qualgraph.sources.html import html_lines, is_html


def lines(page: str) -> list[tuple[int, str]]:
    return [(number, text.strip()) for number, text in html_lines(page, "x")[0] if text.strip()]


def test_a_table_row_is_one_line_with_tabs():
    page = "<table>\n<tr>\n<td>a</td>\n<td> b <b>c</b></td>\n</tr>\n<tr><td></td><td>d</td></tr>\n</table>"
    assert lines(page) == [(3, "a\tb c"), (6, "\td".strip())]


def test_a_cell_that_holds_a_list_follows_the_cell_before_it():
    page = "<table><tr><td>Skill</td><td><ul>\n<li>one</li>\n<li>two</li></ul></td></tr></table>"
    assert lines(page) == [(1, "Skill"), (2, "• one"), (3, "• two")]


def test_a_line_break_parts_lines_and_inline_elements_do_not():
    assert lines("<p>a <i>b</i>c<br>\nd</p>\n<div>e</div>") == [(1, "a bc"), (2, "d"), (3, "e")]


def test_text_that_begins_lines_after_its_element_has_its_own_line():
    assert lines("<p>\n\n  a\n</p>") == [(3, "a")]


def test_titles_scripts_and_styles_are_no_text():
    page = "<html><head><title>t</title></head><body><script>x</script>y<style>z</style>v</body></html>"
    assert [text for _, text in lines(page)] == ["yv"]


def test_line_numbers_go_on_past_what_the_parser_can_count():
    page = "<html><body>\n" + "\n".join(f"<p>p{at}</p>" for at in range(70_000)) + "\n</body></html>"
    assert lines(page)[-1] == (70_001, "p69999")


def test_external_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>a &x; b</p></body></html>'
    assert "hidden" not in str(html_lines(page, "x"))


def test_exploding_entities_stay_small():
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY e0 "boom">{entities}]><html><body>&e11;</body></html>'
    assert len(str(html_lines(page, "x"))) < 10_000


def test_very_deep_nesting_is_reported_and_not_followed():
    found, problems = html_lines("<html><body>" + "<div>" * 5_000 + "deep</div></body></html>", "x")
    assert found == []
    assert [problem.kind for problem in problems] == [ProblemKind.NOT_READ]


def test_a_page_that_never_closes_html_was_cut_off():
    _, [problem] = html_lines("<html><body>\n<p>a", "x")
    assert (problem.kind, problem.line) == (ProblemKind.TRUNCATED, 2)


def test_nothing_that_can_be_read_is_an_error():
    with pytest.raises(BrokenDocumentError):
        html_lines("", "x")


@pytest.mark.parametrize(
    "start",
    ["<!DOCTYPE html>", "\n <html>", "<!-- saved --><html lang='en'>", "<table>", "<?xml version='1.0'?>"],
)
def test_html_is_told_by_its_beginning(start):
    assert is_html(start.encode())
    assert is_html(start.encode("utf-8-sig"))
    assert is_html(start.encode("utf-16"))


@pytest.mark.parametrize("start", ["a < b", "Communication\t<ul style=''>", "<nonsense>", ""])
def test_text_with_markup_in_it_is_no_html(start):
    assert not is_html(start.encode())
