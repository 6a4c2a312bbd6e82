"""The questions of the catalogue over HTTP: every one of them, in parts, as a page, and with wrong values."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

from qualgraph.catalogue import Query, discover

CATALOGUE = discover()


def test_all_questions_are_listed(server: str) -> None:
    data = httpx.get(f"{server}/query", headers={"Accept": "application/json"}).json()
    assert [query["name"] for query in data] == [query.name for query in CATALOGUE]
    page = httpx.get(f"{server}/query", headers={"Accept": "text/html"})
    assert all(f'href="/query/{query.name}"' in page.text for query in CATALOGUE)


@pytest.mark.parametrize("query", CATALOGUE.queries, ids=lambda query: query.name)
def test_every_question_is_answered_by_its_own_example(server: str, query: Query) -> None:
    answer = httpx.get(
        f"{server}/query/{query.name}", params=query.example, headers={"Accept": "*/*"}, timeout=20
    )
    assert answer.status_code == 200, answer.text
    if query.form == "SELECT":
        assert answer.json()["head"]["vars"] == [column.name for column in query.columns]
    page = httpx.get(
        f"{server}/query/{query.name}", params=query.example, headers={"Accept": "text/html"}, timeout=20
    )
    assert page.status_code == 200
    assert 'role="alert"' not in page.text


def test_a_long_answer_comes_in_parts_that_make_the_whole(server: str) -> None:
    address = f"{server}/query/units-of"
    whole = httpx.get(address, params={"code": "BSB40307", "limit": "1000", "format": "csv"})
    rows = list(csv.reader(io.StringIO(whole.text)))[1:]
    assert len(rows) > 20
    assert "link" not in whole.headers
    found: list[list[str]] = []
    url: str | None = f"{address}?code=BSB40307&limit=7&format=csv"
    while url:
        part = httpx.get(url)
        found += list(csv.reader(io.StringIO(part.text)))[1:]
        following = part.links.get("next", {}).get("url")
        url = f"{server}{following}" if following else None
    assert found == rows


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("query/no-such-question", 404),
        ("query/units-of", 400),
        ("query/units-of?code=", 400),
        ("query/units-of?code=%22%7D", 400),
        ("query/units-of?code=BSB40307&code=BSB50307", 400),
        ("query/units-of?code=BSB40307&other=1", 400),
        ("query/units-of?code=BSB40307&limit=0", 400),
        ("query/units-of?code=BSB40307&limit=99999999", 400),
        ("query/units-of?code=BSB40307&offset=-1", 400),
        ("query/units-of?code=BSB40307&format=ttl", 406),
    ],
)
def test_a_wrong_question_is_a_problem(server: str, path: str, status: int) -> None:
    answer = httpx.get(f"{server}/{path}", headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_page_asks_for_what_is_needed_and_says_what_is_wrong_in_it(server: str) -> None:
    empty = httpx.get(f"{server}/query/units-of", headers={"Accept": "text/html"})
    assert empty.status_code == 200
    assert "Fill in what is needed" in empty.text
    wrong = httpx.get(f"{server}/query/units-of?code=%3Cscript%3E", headers={"Accept": "text/html"})
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.text
    assert "<script>" not in wrong.text
