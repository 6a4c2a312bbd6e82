"""The packaging checker over HTTP: verdicts as the judge gives them, pages that hold the plan, and odd selections."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from qualgraph.packaging import MergedFacts, judge, shipped_facts, verdict_to_json
from qualgraph.rulebook import StoreFacts, rule_of
from qualgraph.store import open_store

CODE = "BSB50311"


@pytest.fixture(scope="module")
def listed(built: Path) -> list[str]:
    with open_store(built, read_only=True) as store:
        rule = rule_of(store, CODE).rule
    return [unit.code for group in rule.groups for unit in group.members]


@pytest.mark.parametrize("number", [1, 4, 9, 15, 40])
def test_the_verdict_is_that_of_the_judge(server: str, built: Path, listed: list[str], number: int) -> None:
    units = listed[:number]
    answer = httpx.get(
        f"{server}/check/{CODE}", params={"unit": units}, headers={"Accept": "application/json"}
    )
    told = answer.json()
    with open_store(built, read_only=True) as store:
        facts = MergedFacts(StoreFacts(store), shipped_facts())
        expected = judge(rule_of(store, CODE).rule, units, facts=facts)
    assert told["verdict"] == verdict_to_json(expected)
    assert sum(group["ticked"] for group in told["groups"]) >= number
    assert f'data-verdict="{expected.verdict}"' in told["html"]


def test_a_page_holds_the_plan_of_its_address(server: str, listed: list[str]) -> None:
    params = {"unit": listed[:3], "others": "ZZZLMP501, bsbwor301b"}
    page = httpx.get(f"{server}/check/{CODE}", params=params, headers={"Accept": "text/html"}).text
    assert page.count(" checked>") == page.count(f'value="{listed[0]}" checked') + page.count(
        f'value="{listed[1]}" checked'
    ) + page.count(f'value="{listed[2]}" checked')
    assert ">ZZZLMP501 BSBWOR301B</textarea>" in page
    assert 'data-verdict="' in page


def test_headings_call_the_groups_by_the_letters_that_the_rules_name(server: str) -> None:
    page = httpx.get(f"{server}/check/{CODE}", headers={"Accept": "text/html"}).text
    legends = [part.split("</bdi>")[0] for part in page.split("<legend><bdi>")[1:]]
    assert [legend[:7] for legend in legends if legend.startswith("Group ")] == ["Group A", "Group B"]


def test_codes_that_are_none_are_told_and_shown_harmlessly(server: str) -> None:
    params = {"others": "<script>alert(1)</script> BSB-1"}
    page = httpx.get(f"{server}/check/{CODE}", params=params, headers={"Accept": "text/html"}).text
    assert "Not a code:" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("check/BSB99999", 404),
        ("check/no%20code", 400),
        (f"check/{CODE}?specialisation=none-such&unit=BSBWOR301B", 400),
        (f"check/{CODE}?" + "unit=BSBWOR301B&" * 301, 400),
    ],
)
def test_what_cannot_be_checked_is_a_problem(server: str, path: str, status: int) -> None:
    answer = httpx.get(f"{server}/{path}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_unit_is_said_to_have_no_rule_and_leads_to_its_page(server: str) -> None:
    address = f"{server}/check/BSBCCO402A"
    told = httpx.get(address, headers={"Accept": "application/json"})
    assert told.status_code == 404
    assert told.json()["title"] == "BSBCCO402A is a unit of competency, which has no packaging rule."
    assert told.json()["see"] == "/doc/unit/BSBCCO402A"
    page = httpx.get(address, headers={"Accept": "text/html"}).text
    assert '<a href="/doc/unit/BSBCCO402A">The page of BSBCCO402A</a>' in page


@pytest.mark.parametrize(
    "path", ["check/BSB99999", "history/ZZZ99999", "code/ZZZ99999", "query/none", "no/such/place"]
)
def test_who_finds_nothing_is_given_links_and_no_command(server: str, path: str) -> None:
    answer = httpx.get(f"{server}/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "qualgraph ingest" not in answer.text
    assert "qualgraph queries" not in answer.text
    main = answer.text.partition("<main")[2]
    assert 'href="/search"' in main
    assert 'href="/query"' in main
    assert "'qualgraph" not in httpx.get(f"{server}/{path}").json()["hint"]
