"""One report, in six formats; a person who never saw SHACL can read the text, a program the others."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from qualgraph.errors import UsageError
from qualgraph.namespaces import SH
from qualgraph.rdf import IRI, Triple, parse_data
from qualgraph.validation import FORMATS, Report, report_as, validate_triples

EVIL = "<script>alert(1)</script>"


def report() -> Report:
    units = " ".join(f'x:u{number} a qg:SkillSet ; qg:code "zzz {number}" .' for number in range(8))
    turtle = f"""
        @prefix qg: <https://w3id.org/qualgraph/def#> . @prefix x: <https://example.org/> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        x:q a qg:Qualification ; qg:code "=1+1 {EVIL}" ; dcterms:title "{EVIL}" .
        x:r a qg:Release ; dcterms:isVersionOf x:q . {units}
    """
    return validate_triples(
        (Triple(quad.subject, quad.predicate, quad.object) for quad in parse_data(turtle)),
        name="mine & yours.ttl",
    )


@pytest.fixture(scope="module")
def found() -> Report:
    return report()


def test_text_groups_by_shape_and_caps_what_it_shows(found: Report):
    text = report_as(found, "text")
    assert (
        "VIOLATION (9). Wanted: A national code is 3 to 16 capitals and digits.  [qgsh:CodePattern]" in text
    )
    assert text.count("A national code is a plain string") == 5
    assert "  ... and 4 more (--format csv, jsonl or json has all)\n" in text
    assert "NOT DECIDED (1). Wanted: It is known which release a document is about." in text
    assert text.index("VIOLATION") < text.index("INFO") < text.index("NOT DECIDED")
    assert text.rstrip().endswith(found.summary())


def test_text_shows_as_many_as_asked_for(found: Report):
    assert "... and" not in report_as(found, "text", shown=20)


def test_json_holds_every_finding_and_every_check(found: Report):
    data = json.loads(report_as(found, "json"))
    assert len(data["findings"]) == len(found.findings) > 9
    assert {check["outcome"] for check in data["checks"]} == {
        "conforms",
        "violated",
        "unverifiable",
        "not applicable",
    }
    assert data["conforms"] is False
    assert data["summary"] == found.summary()


def test_json_lines_hold_one_finding_each(found: Report):
    lines = report_as(found, "jsonl").splitlines()
    assert [json.loads(line)["shape"] for line in lines] == [finding.shape.iri for finding in found.findings]


def test_csv_has_one_row_a_finding_and_no_formula(found: Report):
    rows = list(csv.DictReader(io.StringIO(report_as(found, "csv"))))
    assert len(rows) == len(found.findings)
    assert {row["document"] for row in rows} == {"mine & yours.ttl"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert any(row["value"].startswith("'=1+1") for row in rows)


def test_turtle_is_a_shacl_report_with_one_result_a_finding(found: Report):
    quads = list(parse_data(report_as(found, "ttl")))
    results = [quad for quad in quads if quad.predicate == IRI(f"{SH}result")]
    shapes = [quad.object for quad in quads if quad.predicate == IRI(f"{SH}sourceShape")]
    assert len(results) == len(found.findings)
    assert sorted(map(str, shapes)) == sorted(str(IRI(finding.shape.iri)) for finding in found.findings)
    assert report_as(report(), "ttl") == report_as(found, "ttl")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_html_is_escaped_and_needs_nothing_else(found: Report):
    page = report_as(found, "html")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.seen
    assert tags.attributes == {"lang", "charset", "name", "content", "class", "id", "href"}
    assert "&lt;script&gt;" in page
    assert "mine &amp; yours.ttl" in page


def test_html_holds_every_finding_with_its_iri_and_place(found: Report):
    page = report_as(found, "html")
    assert "more;" not in page
    for number in range(8):
        assert f"https://example.org/u{number}, mine &amp; yours.ttl" in page
    assert "... and 4 more; --format csv" in report_as(found, "html", shown=5)


def test_html_begins_with_links_to_each_group_and_its_count(found: Report):
    page = report_as(found, "html")
    links = re.findall(r'<a href="#(found-\d+)">[\w ]+ \(\d+\): ', page)
    assert links == re.findall(r'<section id="(found-\d+)"', page)
    assert len(links) == len({finding.shape.iri for finding in found.findings}) > 1
    assert '<a href="#found-1">violation (9): A national code is 3 to 16 capitals and digits</a>' in page


def test_html_breaks_long_words_so_that_a_phone_need_not_scroll_sideways(found: Report):
    page = report_as(found, "html")
    assert re.search(r"body \{[^}]*overflow-wrap: anywhere", page)
    assert re.search(r"table \{[^}]*table-layout: fixed", page)


@pytest.mark.parametrize("syntax", FORMATS)
def test_every_format_can_be_written_of_an_empty_report(syntax: str):
    assert isinstance(report_as(validate_triples([]), syntax), str)


def test_an_unknown_format_is_one_error(found: Report):
    with pytest.raises(UsageError, match="no report format is called 'pdf'"):
        report_as(found, "pdf")
