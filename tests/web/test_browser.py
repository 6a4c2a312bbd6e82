"""A real browser uses the pages: what is ticked is judged, what is asked is answered, and anybody can use them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from page_kinds import PAGES

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        if found is None and not os.path.exists(own):
            pytest.skip("no Chromium on this machine; 'playwright install chromium' brings one")
        with playwright.chromium.launch(executable_path=found, args=["--no-sandbox"]) as launched:
            yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which anything that the browser complains of, but for answers that are errors, fails the test."""
    with browser.new_page() as opened:
        said: list[str] = []
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        yield opened
        assert [words for words in said if "server responded with a status of" not in words] == []


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
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{server}/{PAGES[kind]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, {"runOnly": ["color-contrast"]}) == []


def serious(page: Page, options: dict[str, list[str]] | None = None) -> list[tuple[str, str]]:
    """What an accessibility checker finds that keeps people out: the rule, and where."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
