"""SERVICE by leave only: what an engine could read as a call is refused, however it is written."""

from __future__ import annotations

from contextlib import suppress

import pytest

from qualgraph.errors import QualgraphError, QueryError
from qualgraph.store import OxigraphStore
from qualgraph.store.sparql import read_query
from servers import Response, scripted_server

GOOD = "https://good.example/sparql"
HIDDEN = {
    "name": "ASK { SERVICE:x { ?s ?p ?o } }",
    "silent": "ASK { SERVICEsilent<ADDRESS> { ?s ?p ?o } }",
    "number": "ASK { VALUES ?x { 1 } ?x ?p 1SERVICE<ADDRESS> { ?s ?p ?o } }",
    "boolean": "ASK { ?x ?p trueSERVICE<ADDRESS> { ?s ?p ?o } }",
    "prefix": "PREFIX SERVICEx: <http://a/> PREFIX x: <ADDRESS> ASK { SERVICEx: { ?s ?p ?o } }",
    "less": "ASK { FILTER(1<2)SERVICE:x#>\n{ ?s ?p ?o } }",
    "escape": 'ASK { VALUES ?x { """a" } SERVICE:x {} # \\q """\n }',
    "quotation": "ASK { FILTER(1<'>')SERVICE:x{ ?s ?p 'a' } }",
    "comment": "ASK { FILTER(1<2#>'''\n)SERVICE:x{} #'''\n}",
    "code point": "ASK { SERV\\u0049CE <ADDRESS> { ?s ?p ?o } }",
    "quotation mark as code point": 'ASK { ?s ?p "\\u0022 . SERVICE <ADDRESS> { ?s ?p \\u0022" } }',
    "zero width": "ASK { SERV\u200bICE <ADDRESS> { ?s ?p ?o } }",
    "variable": "ASK { VALUES ?x { <ADDRESS> } SERVICE ?x { ?s ?p ?o } }",
    "relative": "BASE <ADDRESS> ASK { SERVICE <> { ?s ?p ?o } }",
    "in another": "ASK { SERVICE <https://good.example/sparql> { SERVICE <ADDRESS> { ?s ?p ?o } } }",
}


@pytest.mark.parametrize("query", HIDDEN.values(), ids=HIDDEN)
def test_a_call_is_refused_however_it_is_written_and_nothing_is_asked(query: str) -> None:
    """The engine would ask the address in most of them: it reads them as calls."""
    with scripted_server(Response()) as server:
        text = f"PREFIX : <{server.url}> " + query.replace("ADDRESS", server.url)
        for allowed in (False, [GOOD]):
            with (
                OxigraphStore(None, allow_service=allowed) as store,
                pytest.raises(QueryError, match=r"SERVICE|backslash"),
            ):
                store.query(text)
        assert server.requests == []


@pytest.mark.parametrize("name", ["name", "prefix", "less", "escape", "quotation", "comment"])
def test_the_engine_would_ask_through_these(name: str) -> None:
    """Else the test before this one would show nothing."""
    with scripted_server(Response()) as server, OxigraphStore(None, allow_service=True) as store:
        text = f"PREFIX : <{server.url}> " + HIDDEN[name].replace("ADDRESS", server.url)
        with suppress(QualgraphError):  # what comes back is no concern here
            store.query(text)
        assert server.requests


def test_what_is_on_the_list_is_taken_and_nothing_else() -> None:
    for query in (f"ASK {{ SERVICE <{GOOD}> {{}} }}", f"ASK {{ service silent<{GOOD}>{{}} }}"):
        assert read_query(query, allow_service=[GOOD]).form == "ASK"
    for other in (f"{GOOD}/", f"{GOOD}?x", GOOD.upper(), "http://good.example/sparql", f"{GOOD}\\u0061"):
        with pytest.raises(QueryError, match="not allowed here") as caught:
            read_query(f"ASK {{ SERVICE <{other}> {{}} }}", allow_service=[GOOD])
        assert GOOD in str(caught.value.hint)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service { ?service ?p \'customer service\', """SERVICE <x> {}""" } # SERVICE <x>',
        "ASK { <http://a.example/service#it> <http://a.example/(services)> qg:customerService }",
        "ASK { ?s ?p <urn:service:a> FILTER(?a<?b && CONTAINS(?o, 'serv\\u0069ce')) }",
    ],
)
def test_the_word_in_names_and_texts_is_no_call(query: str) -> None:
    assert read_query(query).form in ("SELECT", "ASK")
