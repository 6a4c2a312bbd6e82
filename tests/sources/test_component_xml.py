"""The register's component XML: what the book says of itself, topics as sections, bullets, tables, hostile files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qualgraph.errors import BrokenDocumentError, DocumentError, UnrecognisedDocumentError
from qualgraph.model import Component, Packaging, Reading, Release, UsageRecommendation, UsageStatement
from qualgraph.packaging import PackagingRule, parse, to_json
from qualgraph.sources import read_bytes, read_file
from qualgraph.sources.authorit import component_lines
from qualgraph.sources.rule_files import rules_in
from support import DOCUMENTS, shared_path

FIXTURE = DOCUMENTS / "component.xml"
TEXT = FIXTURE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read() -> Reading:
    return read_file(FIXTURE)


def rule_of(reading: Reading) -> PackagingRule:
    [rule] = [record.rule for record in reading.records if isinstance(record, Packaging)]
    return rule


def line_of(words: str, after: str = "<Objects>") -> int:
    return TEXT[: TEXT.index(words, TEXT.index(after))].count("\n") + 1


def test_the_book_says_what_the_component_is_and_a_template_does_not(read: Reading) -> None:
    assert (read.document.reader, read.document.key) == ("component-xml", "ZZZ30124/release-2")
    assert read.document.media_type == "application/xml"
    [component] = [record for record in read.records if isinstance(record, Component)]
    assert (component.code, component.title) == ("ZZZ30124", "Certificate III in Kite Making")
    assert component.line == line_of("<Value>Certificate III")
    [release] = [record for record in read.records if isinstance(record, Release)]
    assert (release.number, release.line) == ("2", line_of("<Value>2</Value>"))
    [usage] = [record for record in read.records if isinstance(record, UsageStatement)]
    assert usage.value is UsageRecommendation.CURRENT


def test_the_rule_is_read_whole_with_the_lines_of_the_file(read: Reading) -> None:
    rule = rule_of(read)
    assert (rule.status, rule.total, rule.core, rule.elective, rule.unread) == ("complete", 6, 2, 4, ())
    assert [(group.id, group.units) for group in rule.elective_groups] == [
        ("A", ("ZZKSEW301", "ZZKSEW302", "ZZKSEW303")),
        ("B", ("ZZKFLY301", "ZZKFLY302")),
    ]
    assert [(item.kind, item.n, item.line) for item in rule.rules] == [
        ("min", 2, line_of("at least 2 must")),
        ("max", 2, line_of("up to 2 may")),
    ]
    assert rule.release == "2"


def test_a_title_broken_over_lines_is_one_and_so_are_pieces_of_a_sentence(read: Reading) -> None:
    titles = {member.code: member.title for _, member in rule_of(read).members()}
    assert titles["ZZKSAF201"] == "Work safely in wind"
    texts = [text for _, text in component_lines(TEXT, "component.xml")]
    assert "To achieve this qualification, competency must be demonstrated in:" in texts


def test_a_prerequisite_column_and_a_cell_over_several_rows_are_read(read: Reading) -> None:
    required = {(item.unit, unit) for item in rule_of(read).prerequisites for unit in item.requires}
    assert required == {
        ("ZZKCUT301", "ZZKSAF201"),
        ("ZZKFLY302", "ZZKFLY301"),
        ("ZZKFLY302", "ZZKSAF201"),
    }


def test_the_depth_of_bullets_comes_from_the_names_of_styles() -> None:
    lines = dict(component_lines(TEXT, "component.xml"))
    assert lines[line_of("6 units of competency")] == "• 6 units of competency:"
    assert lines[line_of("core units plus")] == "    – 2 core units plus"


def test_styles_that_the_file_does_not_define_have_their_usual_depth() -> None:
    undefined = re.sub(r"<Style>.*?</Style>", "", TEXT, flags=re.DOTALL)
    undefined = undefined.replace('id="501"', 'id="13"').replace('id="502"', 'id="14"')
    lines = [text for _, text in component_lines(undefined, "component.xml")]
    assert "• 6 units of competency:" in lines
    assert "    – 2 core units plus" in lines


def test_several_paragraphs_in_the_cell_of_a_unit_belong_to_its_row() -> None:
    more = TEXT.replace(
        '<td><p id="4">ZZKSAF201</p></td>\n\t\t\t\t\t</tr>',
        '<td><p id="4">ZZKSAF201</p><p id="4">ZZKFLY301</p></td>\n\t\t\t\t\t</tr>',
        1,
    )
    assert (
        "ZZKCUT301*\tCut cloth for kites\tZZKSAF201 / ZZKFLY301" in dict(component_lines(more, "x")).values()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_of_the_file_does_not_matter(encoding: str, read: Reading) -> None:
    declared = TEXT.replace("UTF-8", encoding.removesuffix("-sig").upper())
    again = read_bytes(declared.encode(encoding), "component.xml")
    assert again.records == read.records


def test_a_component_of_another_kind_is_told(tmp_path: Path) -> None:
    unit = TEXT.replace("KiteQualification", "KiteUnit")
    with pytest.raises(UnrecognisedDocumentError, match="another kind \\(KiteUnit\\)"):
        read_bytes(unit.encode(), "unit.xml")


def test_a_component_that_does_not_state_its_code_needs_it_given() -> None:
    nameless = TEXT.replace("<Name>Code</Name>", "<Name>Cod</Name>")
    with pytest.raises(BrokenDocumentError, match="its own code and title"):
        read_bytes(nameless.encode(), "component.xml")
    assert read_bytes(nameless.encode(), "component.xml", code="ZZZ30124").document.subject_code == "ZZZ30124"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE AuthorIT [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + ']><AuthorIT xmlns="http://www.authorit.com/xml/authorit"><Objects>&j;</Objects></AuthorIT>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE AuthorIT [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<AuthorIT><Objects>&x;</Objects></AuthorIT>"
)
DEEP = "<AuthorIT>" + "<table>" * 5_000 + "</table>" * 5_000 + "</AuthorIT>"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TEXT[: len(TEXT) // 2], "cannot be read as XML"),
        (BOMB, "declares a document type"),
        (OUTSIDE, "declares a document type"),
        (DEEP, "cannot be read as XML"),
        ("<AuthorIT/>", "another kind (not stated)"),
        ('<?xml version="1.0"?><kites><kite id="ZZZ30124"/></kites>', "XML of a kind that no reader knows"),
    ],
    ids=["cut off", "entity bomb", "outside entity", "deep", "empty", "other XML"],
)
def test_hostile_xml_is_one_clear_error(content: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as raised:
        read_bytes(content.encode(), "component.xml")
    assert told in raised.value.what
    assert raised.value.hint
    path = tmp_path / "component.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError):
        list(rules_in(path))


def test_original_documents_give_the_rule_of_their_hand_made_text() -> None:
    """The hand-made texts keep bullets and rows; only the lines differ, and one unit pair was set on its own lines."""
    texts = shared_path("corpus", "packaging-devset", "inputs.jsonl").read_text(encoding="utf-8").splitlines()
    given = {row["code"]: row for row in map(json.loads, texts)}
    originals = sorted(shared_path("corpus", "authorit-xml", "qualification").glob("*.xml"))
    assert len(originals) == 13
    for path in originals:
        [found] = rules_in(path)
        row = given[path.stem]
        by_hand = parse(
            row["packagingRules"], code=row["code"], title=row["title"], release=found.rule.release
        )
        assert _facts(found.rule) == _facts(by_hand), path.stem


def _facts(rule: PackagingRule) -> object:
    """What the rule says, without lines and white space of its sentences."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(one) for key, one in value.items() if key not in ("line", "text")}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return bare(to_json(rule))
