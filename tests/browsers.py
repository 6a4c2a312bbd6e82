"""A real browser for tests, which tells whatever it complains of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ANSWERED_WITH_AN_ERROR = "server responded with a status of"
"""What the browser says of an answer such as 404, which pages expect and show."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window; skips the test where there is none."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        if found is None and not os.path.exists(own):
            pytest.skip("no Chromium on this machine; 'playwright install chromium' brings one")
        with playwright.chromium.launch(executable_path=found, args=["--no-sandbox"]) as launched:
            yield launched


@contextmanager
def quiet_page(browser: Browser, *, expected: str | None = None) -> Iterator[Page]:
    """A page on which a script error, a dialog or a complaint of the browser but ``expected`` fails the test."""
    with browser.new_page() as opened:
        said: list[str] = []
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("console", lambda message: said.append(told(message)) if message.type == "error" else None)
        opened.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))
        yield opened
        complaints = [words for words in said if expected is None or expected not in words]
        if complaints:
            pytest.fail(f"the browser complained: {complaints}")


def told(message: ConsoleMessage) -> str:
    """A message of the browser with the address that it is about."""
    return f"{message.text} ({message.location.get('url')})"


def serious(page: Page, options: dict[str, list[str]] | None = None) -> list[tuple[str, str]]:
    """What an accessibility checker finds that keeps people out: the rule, and where."""
    asked = {"resultTypes": ["violations"], **(options or {})}
    found = Axe().run(page, options=asked).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def keeps_out(page: Page, address: str) -> list[object]:
    """What of a page keeps anybody out, on a screen of 320 pixels, in the light and in the dark."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    found: list[object] = [*overflow(page), *serious(page)]
    page.emulate_media(color_scheme="dark")
    return [*found, *serious(page, {"runOnly": ["color-contrast"]})]


def overflow(page: Page) -> list[str]:
    """What makes the page wider than its window; empty where nothing does."""
    width = page.evaluate("window.innerWidth")
    if page.evaluate("document.documentElement.scrollWidth") <= width:
        return []
    script = """width => [...document.querySelectorAll("body *")]
        .filter(each => each.getBoundingClientRect().right > width && !each.closest(".wide, pre, .skip"))
        .slice(-3).map(each => each.outerHTML.slice(0, 200))"""
    return page.evaluate(script, width) or ["nothing that is seen"]
