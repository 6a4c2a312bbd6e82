"""What a remote endpoint can do wrong, and the one clear error for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from email.utils import formatdate
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest

from qualgraph.errors import (
    EndpointAnswerError,
    EndpointError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnreachableError,
    QueryError,
    StoreReadOnlyError,
    UsageError,
)
from qualgraph.rdf import IRI, integer, text
from qualgraph.store import Graph, RemoteStore, Table, open_store
from servers import Response, free_port, scripted_server

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s WHERE { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
JSON = "application/sparql-results+json"


def typed(media_type: str, body: bytes, status: int = 200) -> Response:
    return Response(status=status, body=body, headers={"Content-Type": media_type})


def busy(status: int = 503, **headers: str) -> Response:
    return Response(status=status, body=b"busy", headers=headers)


class Waits(list[float]):
    """Takes the place of sleeping, and keeps how long it would have been."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


# Answers that are no answers

BROKEN = {
    "an HTML page": (SELECT, typed("text/html; charset=utf-8", b"<h1>Sign in</h1>"), "text/html.*'Sign in'"),
    "an HTML page said to be JSON": (SELECT, typed(JSON, b"<!doctype html><p>x"), "broken or cut-off"),
    "JSON cut off in the middle": (
        SELECT,
        typed(JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","va'),
        "cut-off",
    ),
    "JSON that is no result": (SELECT, typed(JSON, b'{"error": "no"}'), "cut-off"),
    "JSON with an IRI that is none": (
        SELECT,
        typed(JSON, b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"a b"}}]}}'),
        "broken",
    ),
    "nothing": (SELECT, typed(JSON, b""), "cut-off"),
    "no media type": (SELECT, Response(headers={}), "not with a SPARQL result"),
    "a boolean for a table": (SELECT, typed(JSON, b'{"head":{},"boolean":true}'), "another form"),
    "a table for a boolean": (
        ASK,
        typed(JSON, b'{"head":{"vars":[]},"results":{"bindings":[]}}'),
        "another form",
    ),
    "a table for a graph": (
        CONSTRUCT,
        typed(JSON, b'{"head":{"vars":[]},"results":{"bindings":[]}}'),
        "not with",
    ),
    "Turtle cut off": (CONSTRUCT, typed("text/turtle", b"<a:a> <a:b> <a:"), "cut-off"),
    "a body shorter than announced": (SELECT, Response(announced=9_999), "broke off"),
    "a server error": (SELECT, typed("text/plain", b"stack\x00 trace", 500), r"HTTP 500.*'stack  trace'"),
    "no such page": (SELECT, typed("text/html", b"<script>x</script><b>gone</b>", 404), r"HTTP 404.*'gone'"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_sparql_answer_is_said_to_be_none(case: str) -> None:
    query, response, words = BROKEN[case]
    with scripted_server(response) as server, pytest.raises(EndpointAnswerError, match=words) as caught:
        RemoteStore(server.url, retries=0).query(query)
    assert caught.value.where == server.url
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, QueryError, "finds the query wrong"),
        (401, EndpointRefusedError, "user and password"),
        (403, EndpointRefusedError, "refused"),
        (408, EndpointTimeoutError, "in time"),
        (429, EndpointRefusedError, "too many requests"),
        (502, EndpointUnreachableError, "not available"),
        (503, EndpointUnreachableError, "not available"),
        (504, EndpointTimeoutError, "in time"),
    ],
)
def test_each_http_status_has_its_error(status: int, error: type[Exception], words: str) -> None:
    with scripted_server(busy(status)) as server, pytest.raises(error, match=words):
        RemoteStore(server.url, retries=0).query(ASK)


# Trying again


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_endpoint_is_asked_again_and_again_later(status: int) -> None:
    waits = Waits()
    with scripted_server(busy(status), busy(status), Response()) as server:
        assert RemoteStore(server.url, sleep=waits).query(ASK) is True
    assert waits == [0.5, 1.0]
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 500])
def test_what_will_not_get_better_is_not_tried_again(status: int) -> None:
    waits = Waits()
    with scripted_server(busy(status)) as server, pytest.raises((EndpointError, QueryError)):
        RemoteStore(server.url, sleep=waits).query(ASK)
    assert (len(server.requests), waits) == (1, [])


def test_an_endpoint_that_stays_busy_is_given_up() -> None:
    waits = Waits()
    with scripted_server(busy()) as server, pytest.raises(EndpointUnreachableError):
        RemoteStore(server.url, retries=3, sleep=waits).query(ASK)
    assert (len(server.requests), waits) == (4, [0.5, 1.0, 2.0])


def test_retry_after_is_honoured_in_seconds() -> None:
    waits = Waits()
    with scripted_server(busy(429, **{"Retry-After": "7"}), Response()) as server:
        assert RemoteStore(server.url, sleep=waits).query(ASK) is True
    assert waits == [7.0]


def test_retry_after_is_honoured_as_a_date() -> None:
    waits = Waits()
    with scripted_server(
        busy(503, **{"Retry-After": formatdate(time() + 20, usegmt=True)}), Response()
    ) as server:
        assert RemoteStore(server.url, sleep=waits).query(ASK) is True
    [wait] = waits
    assert 15 < wait <= 20


def test_an_endpoint_that_asks_for_a_long_pause_is_not_waited_for() -> None:
    waits = Waits()
    with scripted_server(busy(429, **{"Retry-After": "3600"})) as server, pytest.raises(EndpointRefusedError):
        RemoteStore(server.url, sleep=waits).query(ASK)
    assert waits == []


def test_a_refused_connection_is_tried_again_and_then_reported() -> None:
    waits = Waits()
    url = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(EndpointUnreachableError, match="cannot be reached") as caught:
        RemoteStore(url, retries=2, sleep=waits).query(ASK)
    assert (caught.value.where, waits) == (url, [0.5, 1.0])


def test_a_host_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(EndpointUnreachableError):
        RemoteStore("http://no-such-host.invalid/query", retries=0).query(ASK)


# Time-outs


def test_an_endpoint_that_says_nothing_times_out_and_is_not_asked_again() -> None:
    with (
        scripted_server(Response(delay=1)) as server,
        pytest.raises(EndpointTimeoutError, match=r"within 0\.2 s"),
    ):
        RemoteStore(server.url, timeout=0.2).query(ASK)
    assert len(server.requests) == 1


def test_the_time_out_of_one_query_goes_before_the_stores() -> None:
    with (
        scripted_server(Response(delay=1)) as server,
        pytest.raises(EndpointTimeoutError, match=r"within 0\.2 s"),
    ):
        RemoteStore(server.url, timeout=30).query(ASK, timeout=0.2)


def test_an_answer_that_drips_in_times_out_too() -> None:
    with scripted_server(Response(drip=0.05)) as server, pytest.raises(EndpointTimeoutError):
        RemoteStore(server.url, timeout=0.4).query(ASK)


# Requests


def asked(server_request: object) -> str:
    return parse_qs(urlsplit(server_request.path).query)["query"][0]


def test_a_short_query_is_a_get_with_nothing_but_the_query_in_it() -> None:
    with scripted_server(Response()) as server:
        RemoteStore(server.url).query(ASK)
    [request] = server.requests
    assert request.method == "GET"
    assert parse_qs(urlsplit(request.path).query) == {"query": [ASK]}


def test_a_long_query_is_posted() -> None:
    long = f"ASK {{ VALUES ?s {{ {' '.join(f'<http://example.org/{n}>' for n in range(500))} }} ?s ?p ?o }}"
    with scripted_server(Response()) as server:
        assert RemoteStore(server.url).query(long) is True
    [request] = server.requests
    assert (request.method, parse_qs(request.body)) == ("POST", {"query": [long]})


@pytest.mark.parametrize(
    ("query", "kind"), [(SELECT, "sparql-results+json"), (CONSTRUCT, "application/n-triples")]
)
def test_words_in_comments_do_not_change_what_is_asked_for(query: str, kind: str) -> None:
    commented = f"#+ title: Insert\n#+ question: ask, describe, construct or select; delete all\n{query}"
    with scripted_server(busy(500)) as server, pytest.raises(EndpointAnswerError):
        RemoteStore(server.url).query(commented)
    [request] = server.requests
    assert asked(request) == commented
    assert kind in request.headers["Accept"]


def test_parameters_in_the_address_are_kept() -> None:
    with scripted_server(Response()) as server:
        assert RemoteStore(f"{server.url}?repository=vet&x=a%20b").query(ASK) is True
    [request] = server.requests
    assert request.path == "/query"
    assert parse_qs(request.body) == {"repository": ["vet"], "x": ["a b"], "query": [ASK]}


def basic(user_and_password: str) -> str:
    from base64 import b64encode

    return f"Basic {b64encode(user_and_password.encode()).decode()}"


@pytest.mark.parametrize(
    ("options", "header", "value"),
    [
        ({"user": "ann", "password": "s3cret"}, "Authorization", basic("ann:s3cret")),
        ({"user": "ann"}, "Authorization", basic("ann:")),
        ({"token": "abc"}, "Authorization", "Bearer abc"),
        ({"headers": {"X-Api-Key": "k"}}, "X-Api-Key", "k"),
    ],
)
def test_credentials_are_sent(options: dict[str, object], header: str, value: str) -> None:
    with scripted_server(Response()) as server, open_store(server.url, **options) as store:
        store.query(ASK)
    assert server.requests[0].headers[header] == value


def test_credentials_in_the_address_are_sent_but_never_shown() -> None:
    with scripted_server(busy(401)) as server:
        store = RemoteStore(server.url.replace("//", "//ann:s3%20cret@"))
        with pytest.raises(EndpointRefusedError) as caught:
            store.query(ASK)
    assert server.requests[0].headers["Authorization"] == basic("ann:s3 cret")
    assert "s3" not in str(caught.value) + store.location


def redirect(url: str, status: int) -> Response:
    return Response(status=status, body=b"", headers={"Location": url})


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("size", [1, 500])
def test_a_redirect_takes_the_query_along_but_not_the_credentials_to_another_host(
    status: int, size: int
) -> None:
    long = f"ASK {{ ?s ?p {','.join('?o' for _ in range(size * 4))} }}"
    with scripted_server(Response()) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        target = elsewhere if size > 1 else f"{elsewhere}?query=ASK"
        with scripted_server(redirect(target, status)) as first:
            assert RemoteStore(first.url, token="abc", headers={"X-Api-Key": "k"}).query(long) is True
    assert first.requests[0].headers["Authorization"] == "Bearer abc"
    [request] = other.requests
    assert {"Authorization", "X-Api-Key"} & request.headers.keys() == set()
    assert request.method == first.requests[0].method
    assert request.body == first.requests[0].body


def test_a_redirect_on_the_same_host_keeps_the_credentials() -> None:
    responses = [Response(status=307, body=b"", headers={"Location": "/elsewhere"}), Response()]
    with scripted_server(*responses) as server:
        assert RemoteStore(server.url, token="abc").query(ASK) is True
    assert [request.headers["Authorization"] for request in server.requests] == ["Bearer abc"] * 2
    assert server.requests[1].path == "/elsewhere"


# Answers in other media types


def test_xml_results_are_read_where_the_endpoint_has_nothing_else() -> None:
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head><results><result>'
        b'<binding name="n"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">4</literal></binding>'
        b"</result></results></sparql>"
    )
    with scripted_server(typed("application/sparql-results+xml", xml)) as server:
        answer = RemoteStore(server.url).query("SELECT ?n WHERE { ?s ?p ?n }")
    assert isinstance(answer, Table)
    assert (answer.columns, list(answer.rows)) == (("n",), [(integer(4),)])


def test_typed_literals_of_old_endpoints_are_read() -> None:
    cell = {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "4"}
    body = {"head": {"vars": ["n"], "link": []}, "results": {"distinct": False, "bindings": [{"n": cell}]}}
    with scripted_server(typed("application/json; charset=utf-8", json.dumps(body).encode())) as server:
        answer = RemoteStore(server.url).query("SELECT ?n WHERE { ?s ?p ?n }")
    assert isinstance(answer, Table)
    assert list(answer.rows) == [(integer(4),)]


RDF_XML = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
    b'<rdf:Description rdf:about="http://example.org/s"><ex:p>o</ex:p></rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/n-triples", b'<http://example.org/s> <http://example.org/p> "o" .'),
        ("text/turtle; charset=UTF-8", b'@prefix ex: <http://example.org/> . ex:s ex:p "o" .'),
        ("application/rdf+xml", RDF_XML),
        ("application/ld+json", b'{"@id": "http://example.org/s", "http://example.org/p": "o"}'),
    ],
)
def test_a_graph_is_read_in_each_rdf_syntax(media_type: str, body: bytes) -> None:
    with scripted_server(typed(media_type, body)) as server:
        answer = RemoteStore(server.url).query(CONSTRUCT)
    assert isinstance(answer, Graph)
    [triple] = answer.triples
    assert (triple.subject, triple.object) == (IRI("http://example.org/s"), text("o"))


# Misuse


@pytest.mark.parametrize(
    "make",
    [
        lambda: RemoteStore("ftp://example.org/"),
        lambda: RemoteStore("http://"),
        lambda: RemoteStore("http://host:port/query"),
        lambda: RemoteStore("http://127.0.0.1/", timeout=0),
        lambda: RemoteStore("http://127.0.0.1/", retries=-1),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        make()


def test_an_endpoint_is_never_written() -> None:
    with scripted_server(Response()) as server, pytest.raises(StoreReadOnlyError):
        RemoteStore(server.url).replace_graphs({})
    assert server.requests == []
