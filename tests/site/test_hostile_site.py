"""A site of a store whose titles, codes and IRIs try to do harm: its pages are right and its links lead somewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from hostile_store import LONG_CODE, hostile_store
from qualgraph.site.build import write_site
from qualgraph.site.settings import SiteSettings
from site_links import Page, all_dead_links


@pytest.fixture(scope="module")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    location = tmp_path_factory.mktemp("hostile")
    hostile_store(built, location / "store")
    settings = SiteSettings(
        location=str(location / "store"),
        public_url="https://data.example.org/",
        formats=("jsonld",),
        dumps=False,
        processes=1,
    )
    write_site(location / "site", settings)
    return location / "site"


def test_the_markup_of_every_page_is_valid_and_holds_no_script_but_its_own(folder: Path) -> None:
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 200
    for file in files:
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
            file.read_bytes(), transport_encoding="utf-8"
        )
        for script in page.iter("script"):
            assert script.get("src") or isinstance(json.loads(script.text or ""), dict), file
        assert page.find(".//img") is None
        links = [each.get("href") or "" for each in page.iter() if each.get("href")]
        assert {urlsplit(link).scheme for link in links} <= {"", "http", "https"}


def test_every_link_leads_to_a_file(folder: Path) -> None:
    pages = {
        file.relative_to(folder).as_posix(): Page(file.read_text(encoding="utf-8"))
        for file in folder.rglob("*.html")
        if file.name != "404.html"
    }
    assert all_dead_links(folder, pages) == []
    assert {path: page.wrong for path, page in pages.items() if page.wrong} == {}


def test_odd_codes_are_in_the_index_as_they_are_and_the_sitemap_is_xml(folder: Path) -> None:
    found = [entry for file in (folder / "search-index").glob("*.json") for entry in read(file)]
    assert LONG_CODE in {entry[0] for entry in found if isinstance(entry, list)}
    places = [place.text or "" for place in ElementTree.parse(folder / "sitemap-1.xml").iter() if place.text]
    assert [place for place in places if re.search(r"[^!-~\s]", place)] == []


def read(file: Path) -> list[object]:
    return json.loads(file.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
