"""A real browser uses the pages: what is ticked is judged, what is asked is answered, and anybody can use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import ANSWERED_WITH_AN_ERROR, keeps_out, quiet_page
from page_kinds import PAGES


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with quiet_page(browser, expected=ANSWERED_WITH_AN_ERROR) as opened:
        yield opened


def test_units_that_are_ticked_are_judged_at_once_and_the_address_holds_them(page: Page, server: str) -> None:
    page.goto(f"{server}/check/BSB50311")
    expect(page.locator("#verdict")).to_contain_text("Nothing is ticked yet")
    boxes = page.locator("input[name=unit]")
    for number in range(3):
        boxes.nth(number).check()
    expect(page.locator("[data-verdict]")).to_have_attribute("data-verdict", "violated")
    expect(page.locator("#verdict")).to_contain_text("Missing")
    expect(page).to_have_url(re.compile(r"(unit=.*){3}"))
    page.reload()
    expect(page.locator("input[name=unit]:checked")).to_have_count(3)
    page.get_by_label("Units from elsewhere").fill("no_code")
    page.get_by_label("Units from elsewhere").blur()
    expect(page.get_by_role("alert")).to_contain_text("Not a code: no_code")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("input[name=unit]:checked")).to_have_count(0)


def test_the_checker_works_by_keyboard_alone(page: Page, server: str) -> None:
    page.goto(f"{server}/check/BSB50311")
    page.locator("input[name=unit]").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-verdict]")).to_be_visible()
    expect(page.locator("output").first).to_have_text("1")


def test_a_search_leads_to_a_page(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_label("Code or words of a title").fill("customer contact")
    page.keyboard.press("Enter")
    page.locator(".results").get_by_role("link", name="BSB40307").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate IV in Customer Contact")


def test_a_history_changes_with_the_policy_that_is_chosen(page: Page, server: str) -> None:
    page.goto(f"{server}/history/BSBCCO402A")
    expect(page.get_by_role("heading", name="Every step")).to_be_visible()
    page.get_by_label("Credit policy assumed").select_option("WaTacCreditPolicy2023")
    page.get_by_role("button", name="Use it").click()
    expect(page).to_have_url(f"{server}/history/BSBCCO402A?policy=WaTacCreditPolicy2023")
    expect(page.get_by_label("Credit policy assumed")).to_have_value("WaTacCreditPolicy2023")


def test_the_editor_answers_and_says_what_is_wrong(page: Page, server: str) -> None:
    page.goto(f"{server}/sparql")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer table")).to_contain_text("BSB40307")
    page.get_by_label("Query").fill("SELECT * WHERE { ?s ?p")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_contain_text("not valid SPARQL")
    page.get_by_label("An example").select_option(label=page.locator("#example option").nth(3).inner_text())
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer")).to_contain_text("in ")


def test_data_that_is_pasted_is_checked_and_explained(page: Page, server: str) -> None:
    page.goto(f"{server}/validate")
    data = '@prefix qg: <https://w3id.org/qualgraph/def#> . <http://example.org/1> a qg:Qualification ; qg:code "?" .'
    page.get_by_label("Data", exact=True).fill(data)
    page.get_by_role("main").get_by_role("button", name="Check").click()
    expect(page.get_by_label("Report")).to_contain_text("What to do", timeout=60_000)
    expect(page.get_by_label("Data", exact=True)).to_have_value(data)


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_nothing_on_a_page_keeps_anybody_out_and_it_holds_on_a_small_screen(
    page: Page, server: str, kind: str
) -> None:
    assert keeps_out(page, f"{server}/{PAGES[kind]}") == []
