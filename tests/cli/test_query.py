"""``queries`` and ``query``: the catalogue and SPARQL, in every format, from a store or an endpoint."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest

from cli.test_failure import on_a_terminal
from commands import Ran, Run
from qualgraph.catalogue import FORMATS, discover
from qualgraph.cli.query import AnswerFormat
from qualgraph.rdf import parse_data
from qualgraph.store import open_store
from servers import sparql_server

CODES = "SELECT ?code WHERE { ?c a qg:Qualification ; qg:code ?code } ORDER BY ?code"
GRAPH = 'CONSTRUCT WHERE { ?c qg:code "BSB40307" }'


def test_the_formats_are_those_of_the_catalogue() -> None:
    assert {form.value for form in AnswerFormat} == set(FORMATS)


def test_the_list_names_every_query_with_its_question(run: Run) -> None:
    done = run("queries")
    assert done.code == 0
    for query in discover():
        assert f"  {query.name}" in done.out
        assert query.question in done.out
    assert len(run("queries", "--json").data) == len(discover())


def test_one_query_is_told_in_full(run: Run) -> None:
    done = run("queries", "pathways-from")
    assert "component-code" in done.out
    assert "qualgraph query pathways-from code=BSB40307" in done.out
    assert run("queries", "pathways-from", "--json").data["name"] == "pathways-from"


def test_an_unknown_query_suggests_one_that_looks_like_it(run: Run, built: Path) -> None:
    for command in (("queries", "pathway-from"), ("query", "pathway-from", "--store", built)):
        done = run(*command)
        assert done.code == 2
        assert "pathways-from" in done.err


def test_a_question_of_the_catalogue_is_answered_as_a_table(run: Run, built: Path) -> None:
    done = run("query", "pathways-from", "code=BSB40307", "--store", built)
    assert done.code == 0
    assert done.err == ""
    header, rule, *rows = done.out.splitlines()
    assert header.split()[:2] == ["basis", "target"]
    assert set(rule) == {"-", " "}
    assert any("BSB50307" in row for row in rows)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ((), "needs a value for 'code'"),
        (("code",), "is no parameter=value"),
        (("code=BSB40307", "code=BSB40307"), "given twice"),
        (("code=BSB40307", "colour=red"), "has no parameter 'colour'"),
        (("code=not a code",), "component-code"),
    ],
)
def test_a_wrong_parameter_is_one_error_with_an_example(
    run: Run, built: Path, said: tuple[str, ...], wanted: str
) -> None:
    done = run("query", "pathways-from", *said, "--store", built)
    assert done.code == 2
    assert wanted in done.err
    assert "code=BSB40307" in done.err


def sparql(run: Run, built: Path, *options: str | Path) -> Ran:
    return run("query", "-e", CODES, "--store", built, *options)


def test_sparql_comes_from_the_command_line_a_file_or_standard_input(
    run: Run, built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "codes.rq"
    file.write_text(CODES)
    asked = [
        sparql(run, built),
        run("query", "--file", file, "--store", built),
        run("query", "--file", "-", "--store", built, stdin=CODES),
        run("query", "-", "--store", built, stdin=CODES),
    ]
    assert {done.code for done in asked} == {0}
    assert len({done.out for done in asked}) == 1
    assert "BSB40307" in asked[0].out.splitlines()


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("documents", "-e", CODES),
        ("-e", CODES, "--file", "x.rq"),
        ("-e", CODES, "--", "-", "code=BSB40307"),
    ],
)
def test_exactly_one_thing_is_asked(run: Run, built: Path, said: tuple[str, ...]) -> None:
    done = run("query", "--store", built, *said)
    assert done.code == 2
    assert "error:" in done.err


def test_a_file_that_is_not_there_or_not_text_is_one_error(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "bytes.rq").write_bytes(b"\xff\xfe\x00")
    for name in ("none.rq", "bytes.rq"):
        done = run("query", "--file", tmp_path / name, "--store", built)
        assert done.code == 2
        assert name in done.err


@pytest.mark.parametrize(
    "text", ["SELECT nothing", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://x/> {} }"]
)
def test_a_query_that_is_wrong_writes_or_calls_out_is_refused(run: Run, built: Path, text: str) -> None:
    done = run("query", "-e", text, "--store", built)
    assert done.code == 2
    assert "error:" in done.err


def test_every_table_format_has_the_same_answer(run: Run, built: Path, tmp_path: Path) -> None:
    codes = sparql(run, built).out.splitlines()[2:]
    assert codes == sorted(codes)
    assert [
        row["code"] for row in csv.DictReader(io.StringIO(sparql(run, built, "--format", "csv").out))
    ] == codes
    assert sparql(run, built, "--format", "tsv").out.splitlines()[1:] == [f'"{code}"' for code in codes]
    for option in (("--format", "json"), ("--json",)):
        bindings = sparql(run, built, *option).data["results"]["bindings"]
        assert [row["code"]["value"] for row in bindings] == codes
    assert sparql(run, built, "--format", "xml").out.count("<result>") == len(codes)
    assert sparql(run, built, "--out", tmp_path / "codes.parquet").code == 0
    assert pyarrow.parquet.read_table(tmp_path / "codes.parquet").column("code").to_pylist() == codes


def test_the_name_of_the_file_says_the_format(run: Run, built: Path, tmp_path: Path) -> None:
    sparql(run, built, "--out", tmp_path / "codes.json")
    assert json.loads((tmp_path / "codes.json").read_text())["head"] == {"vars": ["code"]}
    sparql(run, built, "--out", tmp_path / "codes.txt")
    assert (tmp_path / "codes.txt").read_text().startswith("code\n")


def test_a_graph_is_turtle_or_n_triples_and_no_table(run: Run, built: Path) -> None:
    turtle = run("query", "-e", GRAPH, "--store", built)
    ntriples = run("query", "-e", GRAPH, "--format", "nt", "--store", built)
    assert {q.triple for q in parse_data(turtle.out)} == {q.triple for q in parse_data(ntriples.out, "nt")}
    refused = run("query", "-e", GRAPH, "--format", "csv", "--store", built)
    assert refused.code == 2
    assert "ttl" in refused.err


def test_yes_or_no(run: Run, built: Path) -> None:
    assert run("query", "-e", 'ASK { ?c qg:code "BSB40307" }', "--store", built).out == "yes\n"
    assert (
        run("query", "-e", 'ASK { ?c qg:code "BSB40308" }', "--store", built, "--json").data["boolean"]
        is False
    )


def test_no_rows_is_an_answer(run: Run, built: Path) -> None:
    done = run("query", "-e", "SELECT ?s WHERE { ?s a qg:Nothing }", "--store", built)
    assert done.code == 0
    assert done.out.splitlines() == ["s", "-"]


def test_no_rows_about_a_code_the_store_never_heard_of_is_said_to_be_no_answer(run: Run, built: Path) -> None:
    unknown = run("query", "pathways-from", "code=bsb40308", "--store", built)
    assert unknown.code == 0
    assert "No document in this store names BSB40308" in unknown.err
    assert "BSB40307" in unknown.err
    known = run("query", "pathways-from", "code=BSB60307", "--store", built)
    assert (len(known.out.splitlines()), known.err) == (2, "")
    field = run("query", "qualifications-by-field", "field=9999", "--store", built)
    assert "names 9999" in field.err


@pytest.mark.parametrize(
    "sparql", ["SELECT ?s WHERE { ?s ?p ?o }", "prefix ex: <x:>\nASK { ?s ?p ?o }", "# all"]
)
def test_sparql_given_as_a_name_is_told_where_it_belongs(run: Run, sparql: str) -> None:
    done = run("query", sparql)
    assert (done.code, done.out) == (2, "")
    assert "Put -e before it: qualgraph query -e '" in done.err


def test_parquet_is_not_written_to_a_terminal(built: Path) -> None:
    told = on_a_terminal(["query", "documents", "--format", "parquet", "--store", str(built)])
    assert "--out answer.parquet" in told


@pytest.fixture(scope="module")
def endpoint(built: Path) -> Iterator[str]:
    with open_store(built) as store:
        data = {graph: list(store.triples(graph)) for graph in store.graphs()}
    with sparql_server(data) as url:
        yield url


def test_an_endpoint_gives_the_same_answer_as_the_store(run: Run, built: Path, endpoint: str) -> None:
    for asked in (("-e", CODES), ("units-of", "code=BSB50311"), ("pathways-from", "code=BSB40307")):
        here = run("query", *asked, "--format", "csv", "--store", built)
        there = run("query", *asked, "--format", "csv", "--endpoint", endpoint)
        assert (there.code, there.err) == (0, "")
        assert there.out == here.out


def test_an_endpoint_stands_where_a_store_does_for_what_only_reads(
    run: Run, built: Path, endpoint: str
) -> None:
    assert run("show", "BSB40307", "--store", endpoint).out == run("show", "BSB40307", "--store", built).out
    assert len(run("status", "--store", endpoint, "--json").data["documents"]) == 4


def test_an_endpoint_that_is_not_there_is_exit_5(run: Run) -> None:
    done = run("query", "documents", "--endpoint", "http://127.0.0.1:9/query", "--timeout", "1", "--json")
    assert done.code == 5
    assert done.error["error"] == "EndpointUnreachableError"


def test_an_address_that_is_none_and_secrets_that_are_not_set(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "http(s)" in run("query", "documents", "--endpoint", "ftp://example.org/").err
    unset = run(
        "query", "documents", "--endpoint", "http://127.0.0.1:9/", "--token-from-env", "QG_TEST_TOKEN"
    )
    assert unset.code == 2
    assert "QG_TEST_TOKEN is not set" in unset.err
    monkeypatch.setenv("QG_TEST_TOKEN", "secret")
    alone = run("query", "documents", "--token-from-env", "QG_TEST_TOKEN")
    assert alone.code == 2
    assert "--endpoint" in alone.err


def test_nothing_is_cut_without_a_terminal(process: Run, built: Path) -> None:
    done = process("query", "documents", "--store", built, env={"COLUMNS": "20"})
    assert done.code == 0
    assert "003_d2cf1d873418648f.txt" in done.out
    assert "…" not in done.out


@pytest.mark.parametrize(("typed", "wanted"), [("que", "queries"), ("query pathways-f", "pathways-from")])
def test_a_shell_completes_commands_and_the_names_of_queries(process: Run, typed: str, wanted: str) -> None:
    words = f"qualgraph {typed}"
    asked = {
        "_QUALGRAPH_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert wanted in process(env=asked).out.split()


def test_an_endpoint_that_does_not_show_what_questions_need_says_so(run: Run, built: Path) -> None:
    with open_store(built) as store:
        held = {graph: list(store.triples(graph)) for graph in store.graphs() if "derived" not in graph.value}
    with sparql_server(held, merge=False) as url:
        by_name = run("query", "units-of", "code=BSB50311", "--endpoint", url)
        empty = run("query", "-e", CODES, "--endpoint", url)
        full = run("query", "-e", "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1", "--endpoint", url)
        shown = run("status", "--store", url)
    for done in (by_name, empty, shown):
        assert "its default graph shows no data and it has no derived graph" in done.err
        assert "qualgraph export" in done.err
        assert "qualgraph build" not in done.err + done.out
    assert (full.code, full.err) == (0, "")


def test_an_endpoint_without_any_graph_says_how_to_fill_it(run: Run) -> None:
    with sparql_server({}) as url:
        done = run("show", "BSB40307", "--store", url)
    assert done.code == 4
    assert "qualgraph export" in done.err


def test_a_query_that_is_no_sparql_is_told_in_one_line(run: Run, built: Path) -> None:
    undeclared = run("query", "-e", "SELECT * WHERE { ?s foo:bar ?o }", "--store", built)
    assert undeclared.code == 2
    assert "the prefix foo: is not declared" in undeclared.err
    assert "PREFIX foo: <" in undeclared.err
    for limit in ((), ("--timeout", "30")):
        cut = run("query", "-e", "SELECT ?q WHERE {\n ?q a qg:Unit .\n SURELY }", "--store", built, *limit)
        assert cut.code == 2
        assert "query, line 3: is not valid SPARQL: it cannot be read" in cut.err
        assert "expected one of" not in cut.err
        assert len(cut.err.splitlines()) == 2


def test_service_is_refused_with_the_option_that_allows_it(run: Run, built: Path) -> None:
    done = run("query", "-e", "ASK { SERVICE <http://x/> { ?s ?p ?o } }", "--store", built)
    assert "--allow-service" in done.err


def test_an_ending_that_says_no_format_is_refused_with_those_that_do(
    run: Run, built: Path, tmp_path: Path
) -> None:
    asked = run("query", "-e", CODES, "--out", tmp_path / "x.foo", "--store", built)
    checked = run("validate", "--out", tmp_path / "x.foo", "--store", built)
    assert (asked.code, checked.code) == (2, 2)
    assert ".txt, .csv, .tsv, .json, .xml, .ttl, .nt, .parquet" in asked.err
    assert ".txt, .json, .jsonl, .csv, .ttl, .html" in checked.err
    assert list(tmp_path.iterdir()) == []
