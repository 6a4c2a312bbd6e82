"""The folder of a site: what it refuses, where its files and addresses lead, and the checker of its links."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.errors import UsageError
from qualgraph.identifiers import Identifiers
from qualgraph.site.addresses import SiteAddresses, file_path
from qualgraph.site.build import write_site
from qualgraph.site.hosting import hosting_files
from qualgraph.site.settings import SiteSettings
from site_links import Page, dead_links


def test_the_link_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    text = "<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1>{}</main></body></html>"
    page = Page(
        text.format('<a href="gone.html">1</a><a href="#no">2</a><ul><p>x</p></ul><b id="i"><i id="i">')
    )
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    assert len(list(dead_links(tmp_path, {"index.html": page}))) == 2
    assert len(page.wrong) >= 3


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, built: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        write_site(tmp_path, SiteSettings(location=str(built), processes=1))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_no_key_leads_out_of_the_folder() -> None:
    for hostile in ("../../etc", "%2E%2E%2F", "a%00b", "..", "con:aux", "x" * 500):
        assert ".." not in file_path(f"doc/{hostile}").split("/")
        assert all(len(part.encode()) <= 200 for part in file_path(hostile).split("/"))
    ids = Identifiers()
    addresses = SiteAddresses(ids, {"unit/A%20B"}, {})
    addresses.here = "doc/unit/X.html"
    assert addresses.thing(f"{ids.base}unit/A%20B/release/1") == "../../doc/unit/A%20B.html"
    assert addresses.thing("http://example.org/") == "http://example.org/"


def test_identifiers_of_the_site_are_sent_to_their_documents(tmp_path: Path) -> None:
    own = SiteSettings(
        location="x", base_iri="https://data.example.org/id/", public_url="https://data.example.org/"
    )
    files = dict(hosting_files(own))
    assert files["_redirects"] == b"/id/* /doc/:splat.html 303\n"
    assert b"return 303 /doc/$1.html" in files["nginx.conf"]
    assert "_redirects" not in dict(hosting_files(SiteSettings(location="x")))
