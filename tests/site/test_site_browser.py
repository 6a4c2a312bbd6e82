"""A real browser on a site of files: a plain file server is all that it needs, below a folder too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import chromium, keeps_out, quiet_page
from qualgraph.packaging import MergedFacts, PackagingRule, judge, shipped_facts
from qualgraph.rulebook import StoreFacts, rule_of
from qualgraph.store import open_store

CODE = "BSB50311"
PAGES = {
    "home": "index.html",
    "search-empty": "search.html",
    "search": "search.html?q=customer",
    "checker": f"check/{CODE}.html",
    "qualification": "doc/qualification/BSB40307.html",
    "unit": "doc/unit/BSBCCO402A.html",
    "concept": "doc/concept/anzsco/541111.html",
    "document": "doc/document/register-page/BSB40307/release-1.html",
    "history": "history/BSB40307.html",
    "pathways": "pathways/BSB40307.html",
    "all-codes": "browse/index.html",
    "data": "data.html",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with quiet_page(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def rule(built: Path) -> PackagingRule:
    with open_store(built, read_only=True) as store:
        return rule_of(store, CODE).rule


def judged(built: Path, rule: PackagingRule, units: list[str]) -> str:
    """The verdict of the reference judge."""
    with open_store(built, read_only=True) as store:
        facts = StoreFacts(store)
        facts.known(tuple(units))
        return judge(rule, units, facts=MergedFacts(facts, shipped_facts())).verdict


def plan(rule: PackagingRule, electives: int) -> list[str]:
    return [*rule.core_units, *rule.listed_electives[:electives]]


def tick(page: Page, units: list[str]) -> None:
    for unit in units:
        page.locator(f"input[name=unit][value={unit}]").first.check()


def test_a_code_is_found_and_leads_to_its_page(page: Page, served: str) -> None:
    page.goto(f"{served}/search.html")
    page.get_by_label("Code or words of a title").fill("bsb40307")
    first = page.locator("#results a").first
    expect(first).to_contain_text("BSB40307")
    expect(page).to_have_url(f"{served}/search.html?q=bsb40307")
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate IV in Customer Contact")
    expect(page).to_have_url(f"{served}/doc/qualification/BSB40307.html")


def test_a_code_written_with_spaces_is_found(page: Page, served: str) -> None:
    page.goto(f"{served}/search.html")
    page.get_by_label("Code or words of a title").fill("BSB 40307")
    expect(page.locator("#results a").first).to_contain_text("BSB40307")


def test_the_beginnings_of_words_of_a_title_are_found_from_any_page(page: Page, served: str) -> None:
    page.goto(f"{served}/doc/unit/BSBCCO402A.html")
    page.get_by_label("Code or title").fill("cust cont")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("found")
    results = page.locator("#results a")
    expect(results.filter(has_text="BSB40307")).to_have_count(1)
    titles = [words.lower() for words in results.all_inner_texts()]
    assert len(titles) > 2
    assert all(" cust" in title and " cont" in title for title in titles)


@pytest.mark.parametrize("asked", ["zzzz nothing", "xylophone <b>", "constructor", "__proto__"])
def test_what_is_not_there_is_not_found(page: Page, served: str, asked: str) -> None:
    page.goto(f"{served}/search.html")
    page.get_by_label("Code or words of a title").fill(asked)
    expect(page.locator("#found")).to_contain_text("Nothing here has all of these words")
    expect(page.locator("#results li")).to_have_count(0)


def test_units_that_are_ticked_are_counted_and_judged_as_the_reference_judge_does(
    page: Page, served: str, built: Path, rule: PackagingRule
) -> None:
    some, all_of_it = plan(rule, 1), plan(rule, rule.electives_needed or 0)
    assert (judged(built, rule, some), judged(built, rule, all_of_it)) == ("violated", "satisfied")
    page.goto(f"{served}/check/{CODE}.html")
    expect(page.locator("#verdict")).to_contain_text("Nothing is ticked yet")
    tick(page, some)
    expect(page.locator("[data-verdict]")).to_have_attribute("data-verdict", "violated")
    expect(page.locator("[data-verdict]")).to_contain_text("Missing")
    for group in rule.groups:
        count = page.locator(f'output[data-count="{group.id}"]')
        expect(count).to_have_text(str(sum(unit.code in some for unit in group.members)))
    tick(page, all_of_it)
    expect(page.locator("[data-verdict]")).to_have_attribute("data-verdict", "satisfied")


def test_the_link_to_a_plan_opens_it_for_somebody_else(
    browser: Browser, page: Page, served: str, built: Path, rule: PackagingRule
) -> None:
    units = plan(rule, 2)
    page.goto(f"{served}/check/{CODE}.html")
    tick(page, units)
    page.get_by_label("Units from elsewhere").fill("ZZZX1, bsbcco402a")
    page.get_by_label("Units from elsewhere").blur()
    expect(page).to_have_url(re.compile("others=ZZZX1"))
    link = page.get_by_role("link", name="Link to this plan").evaluate("link => link.href")
    assert link == page.url
    assert sorted(parse_qs(urlsplit(link).query)["unit"]) == sorted(units)
    verdict = page.locator("[data-verdict]").get_attribute("data-verdict")
    assert verdict == judged(built, rule, [*units, "ZZZX1", "BSBCCO402A"])
    words = page.locator("#verdict").inner_text()
    with quiet_page(browser) as other:
        other.goto(link)
        expect(other.locator("input[name=unit]:checked")).to_have_count(len(units))
        expect(other.locator("#verdict")).to_have_text(words, use_inner_text=True)
        other.get_by_role("button", name="Start again").click()
        expect(other.locator("input[name=unit]:checked")).to_have_count(0)
        expect(other).to_have_url(f"{served}/check/{CODE}.html")


def test_the_checker_works_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/check/{CODE}.html")
    page.locator("input[name=unit]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-verdict]")).to_be_visible()
    expect(page.locator("output").first).to_have_text("1")


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_nothing_on_a_page_keeps_anybody_out_and_it_holds_on_a_small_screen(
    page: Page, served: str, kind: str
) -> None:
    assert keeps_out(page, f"{served}/{PAGES[kind]}") == []
