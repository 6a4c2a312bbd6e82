"""Every kind of page is valid HTML as the standard's own parser reads it, and every link on it leads somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib
import httpx
import pytest

from page_kinds import PAGES

HTML = {"Accept": "text/html"}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")


def parsed(text: str) -> Element:
    """The page; raises ParseError for anything that the HTML standard calls a parse error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def linked(page: Element) -> Iterator[str]:
    """Where the page leads, and what it is made of."""
    for element in page.iter():
        for name in ("href", "src", "action"):
            if value := element.get(name):
                yield value


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_a_page_is_valid_html_and_what_it_refers_to_is_on_it(server: str, kind: str) -> None:
    page = parsed(httpx.get(f"{server}/{PAGES[kind]}", headers=HTML, timeout=60).text)
    ids = Counter(each for element in page.iter() if (each := element.get("id")))
    assert [each for each, times in ids.items() if times > 1] == []
    named = {
        each for element in page.iter() for name in REFERENCES for each in (element.get(name) or "").split()
    }
    named |= {link[1:] for link in linked(page) if link.startswith("#") and len(link) > 1}
    assert named - ids.keys() == set()
    assert page.find("body/main") is not None
    assert page.find("head/title") is not None
    assert page.get("lang") == "en-AU" or page.get("lang") == "en"


def test_every_link_on_every_kind_of_page_leads_somewhere(server: str) -> None:
    with httpx.Client(headers=HTML, base_url=server, timeout=60) as client:
        links: dict[str, str] = {}
        for kind, path in PAGES.items():
            page = parsed(client.get(f"/{path}").text)
            for link in (each for each in linked(page) if not each.startswith("#")):
                target = urldefrag(urljoin(f"{server}/{path}", link)).url
                if target.startswith(f"{server}/"):
                    links.setdefault(target, kind)
        assert len(links) > 200
        dead = [(status, on, link) for link, on in links.items() if (status := led(client, link)) >= 400]
    assert dead == []


def led(client: httpx.Client, link: str) -> int:
    """The status at the end of a link, of the form itself where it wants fields."""
    return client.head(link, follow_redirects=True).status_code
