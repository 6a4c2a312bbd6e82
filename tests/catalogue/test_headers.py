"""The header of a query file: what it says, and the file and line of what it says wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.catalogue import Rule, Severity, discover, discover_rules
from qualgraph.catalogue.index import everything
from qualgraph.errors import QueryError, UnknownQueryError
from qualgraph.rdf import IRI

FOLDER = Path(__file__).parent / "queries"
GOOD = (FOLDER / "unit" / "packaged-in.rq").read_text(encoding="utf-8")


def write(folder: Path, text: str, name: str = "unit/a-query.rq") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_query_is_found_and_rules_are_none_of_them() -> None:
    catalogue = discover(FOLDER)
    assert [query.name for query in catalogue] == ["everything-about", "is-packaged", "packaged-in"]
    assert len(catalogue) == 3
    assert "packaged-in" in catalogue
    assert "replaced-by" not in catalogue


def test_a_query_says_all_that_its_header_says() -> None:
    query = discover(FOLDER)["packaged-in"]
    assert (query.folder, query.form, query.order, query.tags) == (
        "unit",
        "SELECT",
        "code",
        ("unit", "packaging"),
    )
    assert query.severity is None
    assert query.title == "Qualifications that package a unit"
    assert query.question == "Which qualifications package a unit?"
    assert query.source == ("docs/decisions/0001-model.md",)
    assert [column.name for column in query.columns] == ["code", "released"]
    unit, after, most = query.parameters
    assert (unit.name, unit.type, unit.required, unit.default) == ("unit", "component-code", True, None)
    assert (after.required, after.default, after.example) == (False, "1900-01-01", "01/Jun/2016")
    assert most.description == "How many rows at most"
    assert query.example == {"unit": "ZZZKIT401"}
    assert "unit (component-code; for example unit=ZZZKIT401)" in query.usage
    assert "after (date, 1900-01-01 if not given;" in query.usage


def test_a_query_as_data_has_every_part_of_its_header() -> None:
    told = discover(FOLDER)["packaged-in"].as_dict()
    assert set(told) == {
        "name", "folder", "title", "question", "form", "parameters", "columns", "source", "order",
        "severity", "tags",
    }  # fmt: skip
    assert told["parameters"][1] == {
        "name": "after",
        "type": "date",
        "required": False,
        "default": "1900-01-01",
        "example": "01/Jun/2016",
        "description": "Only those released after this day",
    }


def test_a_question_about_faults_says_how_bad_each_is(tmp_path: Path) -> None:
    faults = (FOLDER / "unit" / "packaged-in.rq").read_text(encoding="utf-8")
    faults = faults.replace("| required |", "| ZZZKIT402 |").replace(
        "#+ tags", "#+ severity: warning\n#+ tags"
    )
    write(tmp_path, faults)
    [query] = discover(tmp_path)
    assert query.severity is Severity.WARNING
    assert query.as_dict()["severity"] == "warning"


def test_rules_are_found_by_themselves() -> None:
    [rule] = discover_rules(FOLDER)
    assert (rule.name, rule.derives) == ("replaced-by", ("ex:isReplacedBy",))


EACH = "#+ each: ?old | ?new ex:replaces ?old | 100\n"


def rule_of_each(folder: Path, header: str = EACH, body: str = "{\n  # each ?old\n  ?new ex:rep") -> Rule:
    rule = (FOLDER / "derive" / "replaced-by.rq").read_text(encoding="utf-8")
    changed = rule.replace("PREFIX ex: <http://example.org/>", f"{header}PREFIX ex: <http://example.org/>")
    write(folder, changed.replace("{ ?new ex:rep", body).replace("ex:", "qg:"), "derive/rule.rq")
    [found] = discover_rules(folder)
    return found


def test_a_rule_can_be_asked_of_some_things_at_a_time(tmp_path: Path) -> None:
    rule = rule_of_each(tmp_path)
    [each] = rule.each
    assert (each.variable, each.at_once) == ("?old", 100)
    assert everything(each).endswith("SELECT ?old WHERE { ?new qg:replaces ?old }")
    asked = rule.asked_of("?old", [IRI("http://example.org/a"), IRI("http://example.org/b")])
    assert "  VALUES ?old { <http://example.org/a> <http://example.org/b> }\n  ?new qg:rep" in asked


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (EACH.replace("100", "0"), ":4: is no '.variable"),
        (EACH.replace(" | 100", ""), ":4: is no '.variable"),
        (EACH.replace("each: ?old", "each: old"), ":4: is no '.variable"),
        (EACH.replace("each: ?old", "each: ?older"), ":4: has no .older in its pattern"),
        (EACH.replace("each: ?old", "each: ?new"), "is asked of each .new and does not say where"),
    ],
)
def test_what_a_rule_is_asked_of_is_checked(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        rule_of_each(tmp_path, header)


@pytest.mark.parametrize(
    ("name", "near"),
    [("packaged-inn", "packaged-in"), ("Packaged-In ", "packaged-in"), ("everything", "everything-about")],
)
def test_a_name_that_is_nearly_right_gets_the_right_one_suggested(name: str, near: str) -> None:
    with pytest.raises(UnknownQueryError, match=f"Did you mean.*{near}"):
        discover(FOLDER)[name]


def test_a_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(UnknownQueryError, match="qualgraph queries"):
        discover(FOLDER)["zzzzzz"]


MALFORMED = {
    "an unknown key": ("#+ tags: unit", "#+ colour: blue", ":10: starts no"),
    "no colon": ("#+ tags: unit, packaging", "#+ tags", ":10: starts no"),
    "nothing said": ("#+ order: code", "#+ order:", ":9: says nothing after 'order:'"),
    "two titles": ("#+ tags: unit", "#+ title: unit", ":10: says 'title' once too often"),
    "no question": (
        "#+ question: Which qualifications package a unit?\n",
        "",
        "has no '#\\+ question:' line",
    ),
    "no source": ("#+ source: docs/decisions/0001-model.md\n", "", "has no '#\\+ source:' line"),
    "a header line below": (
        "PREFIX ex:",
        "#+ column: x | y\nPREFIX ex:",
        ":12: has a '#\\+' line below the header",
    ),
    "a severity that there is not": (
        "#+ order: code",
        "#+ severity: dreadful",
        ":9: gives 'dreadful'.*error, warning",
    ),
    "two severities": (
        "#+ order: code",
        "#+ severity: info\n#+ severity: error",
        ":10: says 'severity' once too often",
    ),
    "a severity of what cannot be asked of a store": (
        "#+ order: code",
        "#+ severity: info",
        "has a severity but needs a value for 'unit'",
    ),
    "a parameter in four parts": (" | ZZZKIT401 | National", " | National", ":3: is no 'name"),
    "a parameter name with a capital": ("parameter: unit", "parameter: Unit", ":3: is no 'name"),
    "a column without description": (
        "#+ column: code | National code of the qualification",
        "#+ column: code",
        ":6: is",
    ),
    "an unknown type": ("| integer |", "| whole |", "type 'whole'.*The types are component-code"),
    "an example that is not of its type": (
        "| ZZZKIT401 |",
        "| ZZZ KIT |",
        "3 to 16 letters.*Correct the example",
    ),
    "a default that is not of its type": ("| 1900-01-01 |", "| 1900-02-30 |", "a day of the calendar"),
    "two parameters of one name": ("parameter: after", "parameter: unit", "names 'unit' twice"),
    "two columns of one name": ("column: released", "column: code", "names 'code' twice"),
    "a parameter that is not used": (
        "LIMIT $most",
        "LIMIT 5",
        "declares the parameter 'most' but never uses",
    ),
    "a parameter that is not declared": (
        "?released > $after",
        "?released > $when",
        r"uses \$when without declaring",
    ),
    "a parameter that is selected": ("?released WHERE", "?released $most WHERE", r"\$most in a projection"),
    "a parameter after AS": ("AS ?code", "AS $most", r"\$most in a projection"),
    "other columns than selected": (
        "#+ column: released | Day of its release\n",
        "",
        "but selects code, released",
    ),
    "columns in another order": (
        "?released WHERE",
        " WHERE",
        "declares the columns code, released but selects code",
    ),
    "an update": ("SELECT (", "INSERT (", "SPARQL Update"),
    "no query": ("SELECT (", "SLECT (", "no SPARQL query"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_query_is_refused_with_its_file(tmp_path: Path, case: str) -> None:
    old, new, words = MALFORMED[case]
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(QueryError, match=words) as caught:
        discover(tmp_path)
    assert str(caught.value.where).startswith(str(path))


def test_a_query_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "").write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(QueryError, match="Save it as UTF-8"):
        discover(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, "").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    [query] = discover(tmp_path)
    assert query.title == "Qualifications that package a unit"


def test_two_queries_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "one/same.rq")
    write(tmp_path, GOOD, "two/same.rq")
    with pytest.raises(QueryError, match="Rename one"):
        discover(tmp_path)


@pytest.mark.parametrize("name", ["Capital.rq", "under_score.rq", "1.rq", "two--hyphens.rq"])
def test_a_name_is_small_letters_digits_and_hyphens(tmp_path: Path, name: str) -> None:
    write(tmp_path, GOOD, name)
    with pytest.raises(QueryError, match="no name for a query"):
        discover(tmp_path)


def test_a_rule_constructs_and_takes_no_parameters(tmp_path: Path) -> None:
    rule = (FOLDER / "derive" / "replaced-by.rq").read_text(encoding="utf-8")
    for changed, words in (
        (rule.replace("CONSTRUCT { ?old ex:isReplacedBy ?new } WHERE", "ASK"), "no CONSTRUCT"),
        (rule.replace("#+ derives: ex:isReplacedBy\n", ""), "'#\\+ derives:'"),
        (rule.replace("?old }", "$old }"), r"uses \$old"),
        (rule.replace("#+ derives", "#+ column: a | b\n#+ derives"), ":2: starts no"),
    ):
        write(tmp_path, changed, "derive/rule.rq")
        with pytest.raises(QueryError, match=words):
            discover_rules(tmp_path)


def test_a_question_about_faults_gives_a_table(tmp_path: Path) -> None:
    text = (FOLDER / "everything-about.rq").read_text(encoding="utf-8")
    write(tmp_path, text.replace("#+ source", "#+ severity: info\n#+ source"))
    with pytest.raises(QueryError, match="has a severity but"):
        discover(tmp_path)


def test_a_construct_declares_no_columns(tmp_path: Path) -> None:
    text = (FOLDER / "everything-about.rq").read_text(encoding="utf-8")
    write(tmp_path, text.replace("#+ source", "#+ column: s | Subject\n#+ source"))
    with pytest.raises(QueryError, match="declares columns, but CONSTRUCT gives none"):
        discover(tmp_path)
