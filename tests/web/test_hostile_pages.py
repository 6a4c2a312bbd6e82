"""Titles, codes and IRIs that try to do harm are text on every kind of page: nothing runs, turns round or runs over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import html5lib
import httpx
import pytest
from playwright.sync_api import Browser, Page

from browsers import ANSWERED_WITH_AN_ERROR, overflow, quiet_page
from hostile_store import LONG_CODE, MARK, MARKUP, ODD_CODES, TURNED, hostile_store
from page_kinds import PAGES
from servers import serving

HTML = {"Accept": "text/html"}
TYPED = quote(f"{MARKUP} {TURNED}"[:190])
ASKED = {
    "search-typed": f"search?q={TYPED}",
    "search-found": "search?q=hostile",
    "search-long": "search?q=" + "x" * 200,
    "editor-typed": f"sparql?query={TYPED}",
    "check-typed": f"check/BSB50311?others={TYPED}&specialisation={TYPED}&unit={LONG_CODE}",
    "compare-typed": f"compare?a={TYPED}&b={LONG_CODE}",
    "question-typed": f"query/units-of?code={TYPED}",
    **{f"odd-{number}": f"doc/unit/odd-{number}" for number in range(len(ODD_CODES))},
    **{f"odd-code-{number}": f"doc/unit/{quote(code, safe='')}" for number, code in enumerate(ODD_CODES)},
}
ALL = {**PAGES, **ASKED}
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NUMBERS_AFTER_ANOTHER_DIRECTION = """() => {
  const found = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const apart = (each) => {
    const { display, unicodeBidi } = getComputedStyle(each);
    return display !== "inline" || unicodeBidi.startsWith("isolate");
  };
  while (words.nextNode()) {
    const at = words.currentNode.data.lastIndexOf("\\u05d2 12, 34 END");
    if (at < 0 || words.currentNode.parentElement.closest("pre, script, textarea")) continue;
    let own = words.currentNode.parentElement;
    while (!apart(own)) own = own.parentElement;
    const after = document.createRange();
    after.selectNodeContents(own);
    after.setStart(words.currentNode, at + 12);
    if (/^[^A-Za-z]*[0-9]/.test(after.toString())) found.push(own.outerHTML.slice(0, 300));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def hostile(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    location = tmp_path_factory.mktemp("hostile") / "store"
    hostile_store(built, location)
    with serving(location) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with quiet_page(browser, expected=ANSWERED_WITH_AN_ERROR) as opened:
        opened.set_viewport_size({"width": 320, "height": 640})
        yield opened


def test_the_harmful_words_are_on_the_pages(hostile: str) -> None:
    with httpx.Client(base_url=hostile, headers=HTML, timeout=60) as client:
        pages = {kind: client.get(f"/{path}").text for kind, path in ALL.items()}
    titled = {kind for kind, page in pages.items() if f" {MARK}" in page}
    assert {"qualification", "unit", "check", "compare", "concept", "history", "pathways", "scheme"} <= titled
    assert {"odd-0", "search-found", "editor-typed"} <= {
        kind for kind, page in pages.items() if "alert(" in page
    }


@pytest.mark.parametrize("kind", sorted(ALL))
def test_nothing_runs_turns_round_or_runs_over(page: Page, hostile: str, kind: str) -> None:
    page.goto(f"{hostile}/{ALL[kind]}")
    assert overflow(page) == []
    assert [char for char in TURNING if char in page.evaluate("document.body.innerText")] == []
    assert page.evaluate(NUMBERS_AFTER_ANOTHER_DIRECTION) == []
    links = page.evaluate("[...document.querySelectorAll('[href]')].map(each => each.getAttribute('href'))")
    assert [link for link in links if link.lower().startswith(("javascript:", "data:", "vbscript:"))] == []


@pytest.mark.parametrize("kind", sorted(ALL))
def test_the_markup_stays_valid(hostile: str, kind: str) -> None:
    text = httpx.get(f"{hostile}/{ALL[kind]}", headers=HTML, timeout=60).text
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert [each for each in parsed.iter() if any(name.startswith("on") for name in each.attrib)] == []
    assert parsed.find(".//img") is None
    for script in parsed.iter("script"):
        assert script.get("src") or json.loads(script.text or "")["@context"] == "https://schema.org"


def test_data_that_is_pasted_comes_back_as_it_was(hostile: str) -> None:
    turned = TURNED.replace("\x01", "").replace("\ufdd0", "")  # no page may hold these
    data = f"<http://a.example/1> <http://a.example/p> '''{MARKUP} {turned}''' ."
    answer = httpx.post(f"{hostile}/validate", data={"data": data}, headers=HTML, timeout=120)
    field = answer.text.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>")[0]
    assert html5lib.parseFragment(field, namespaceHTMLElements=False).text == data
    assert "<script>alert" not in answer.text
