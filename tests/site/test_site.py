"""A whole site of what qualgraph ships: its links lead somewhere, its HTML is right, and only changes are written."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import html5rdf
import httpx
import pytest

from commands import Run
from qualgraph.errors import UsageError
from qualgraph.identifiers import Identifiers
from qualgraph.overview import overview
from qualgraph.overview.many import Overviews, components
from qualgraph.pipeline import build, ingest_file
from qualgraph.publishing import Publication
from qualgraph.rdf import IRI, parse_file
from qualgraph.site.addresses import SiteAddresses, file_path
from qualgraph.site.build import SiteWritten, write_site
from qualgraph.site.folder import OWN
from qualgraph.site.hosting import hosting_files
from qualgraph.site.settings import SiteSettings
from qualgraph.store import OxigraphStore, open_store
from qualgraph.triples import TextPolicy
from site_links import Page, all_dead_links
from support import CHECKOUT, DOCUMENTS

Site = tuple[Path, SiteWritten]
PUBLIC = "https://data.example.org/"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def pages_of(folder: Path) -> dict[str, Page]:
    files = sorted(folder.rglob("*.html"))
    return {file.relative_to(folder).as_posix(): Page(file.read_text(encoding="utf-8")) for file in files}


def test_every_link_leads_to_a_file_and_the_html_of_every_page_is_right(site: Site) -> None:
    folder, done = site
    pages = pages_of(folder)
    assert len(pages) == done.pages > 200
    assert sum(len(page.links) for page in pages.values()) > 4_000
    pages_but_one = {path: page for path, page in pages.items() if path != "404.html"}
    assert all_dead_links(folder, pages_but_one) == []
    wrong = {path: page.wrong for path, page in pages.items() if page.wrong}
    assert wrong == {}


def test_the_strict_parser_of_html5_has_no_complaint(site: Site) -> None:
    folder, _ = site
    for file in sorted(folder.rglob("*.html")):
        parser = html5rdf.HTMLParser(strict=True)
        parser.parse(file.read_bytes(), transport_encoding="utf-8")
        assert parser.errors == [], file


def test_the_link_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    text = "<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1>{}</main></body></html>"
    page = Page(
        text.format('<a href="gone.html">1</a><a href="#no">2</a><ul><p>x</p></ul><b id="i"><i id="i">')
    )
    (tmp_path / "index.html").write_text("x", encoding="utf-8")
    assert len(all_dead_links(tmp_path, {"index.html": page})) == 2
    assert len(page.wrong) >= 3


def test_a_site_of_any_size_is_checked_by_a_command(tmp_path: Path) -> None:
    def checked(text: str) -> tuple[int, str]:
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        command = [sys.executable, str(CHECKOUT / "scripts/check-site"), str(tmp_path), "--strict", "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.splitlines()[-1]

    head = '<!doctype html><html lang="en"><head><title>x</title></head>'
    page = f'{head}<body><main><h1 id="a">x</h1>{{}}</main></body></html>'
    right = page.format('<p><a href="index.html#a">1</a></p>')
    assert checked(right) == (0, "files=1 pages=1 links=1 read_strictly=1 faults=0")
    code, last = checked(page.format('<p><a href="index.html#b">1</a><a href="gone.html">2</a></p>'))
    assert (code, last) == (1, "files=1 pages=1 links=2 read_strictly=1 faults=2")
    code, last = checked(page.format("<p></table>"))
    assert code == 1
    assert last.endswith("faults=2")  # by both readers


def test_a_component_has_the_same_page_and_data_as_on_a_server_but_for_addresses(
    site: Site, server: str
) -> None:
    folder, _ = site
    for key in ("qualification/BSB40307", "unit/BSBCCO402A", "concept/anzsco/541111"):
        there = httpx.get(f"{server}/doc/{key}", headers={"Accept": "text/html"}).text
        here = (folder / f"doc/{key}.html").read_text(encoding="utf-8")
        assert _words(here) == _words(there)
        turtle = httpx.get(f"{server}/doc/{key}.ttl").content
        assert (folder / f"doc/{key}.ttl").read_bytes() == turtle


def _words(page: str) -> list[str]:
    """What a page says in its main part, without tags and without what needs a server."""
    main = page.split("<main", 1)[1].split("</main>")[0]
    main = re.sub(
        r"<li><a [^>]*>(Compare with another|History and equivalence|application/\S+)</a></li>", "", main
    )
    return [line for line in re.sub(r"<[^>]*>", "\n", main).split("\n") if line.strip()]


def test_overviews_of_many_are_those_of_one(built: Path) -> None:
    with open_store(built, read_only=True) as store:
        rows = list(components(store).values())
        many = list(Overviews(store).of(rows))
        assert len(many) == len(rows) > 100
        for told in many[::4]:
            assert told == overview(store, told.code)


def test_the_site_has_data_in_each_format_dumps_a_description_and_a_sitemap(site: Site) -> None:
    folder, _ = site
    quads = {
        ending: {str(quad.triple) for quad in parse_file(folder / f"doc/unit/BSBCCO402A.{ending}")}
        for ending in ("ttl", "jsonld", "nt")
    }
    assert quads["ttl"] == quads["jsonld"] == quads["nt"]
    assert len(quads["ttl"]) > 10
    assert {path.name for path in (folder / "dumps").iterdir()} >= {
        "void.ttl",
        "SHA256SUMS",
        "qualgraph.nq.gz",
    }
    assert (folder / "ontology/core.ttl").is_file()
    places = re.findall(r"<loc>(.*?)</loc>", (folder / "sitemap-1.xml").read_text(encoding="utf-8"))
    assert "https://data.example.org/doc/qualification/BSB40307.html" in places
    assert "sitemap.xml" in (folder / "robots.txt").read_text(encoding="utf-8")


def test_a_site_tells_who_publishes_it_on_every_page_and_in_its_description(
    built: Path, tmp_path: Path
) -> None:
    stated = Publication(
        title=HOSTILE, publisher=HOSTILE, licence="https://creativecommons.org/licenses/by/4.0/"
    )
    settings = SiteSettings(location=str(built), public_url=PUBLIC, processes=1, formats=(), stated=stated)
    write_site(tmp_path, settings)
    pages = pages_of(tmp_path)
    assert {path: page.wrong for path, page in pages.items() if page.wrong} == {}
    for path in pages:
        text = (tmp_path / path).read_text(encoding="utf-8")
        assert "CC BY 4.0</a>" in text, path
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    script = (tmp_path / "data.html").read_text().partition('ld+json">')[2].partition("</script>")[0]
    told = json.loads(script)
    assert told["publisher"]["name"] == HOSTILE
    assert f"{PUBLIC}dumps/qualgraph.nq.gz" in {each["contentUrl"] for each in told["distribution"]}
    void = [quad.triple for quad in parse_file(tmp_path / "dumps/void.ttl")]
    assert [str(t.subject) for t in void if t.object == IRI(told["@id"])][:1] == [
        f"<{PUBLIC}#dataset-catalog>"
    ]
    front = (tmp_path / "index.html").read_text().partition('ld+json">')[2].partition("</script>")[0]
    assert json.loads(front)["@id"] == told["@id"] == f"{PUBLIC}#dataset"
    assert HOSTILE in {t.object.value for t in void}
    own = SiteSettings(location="x", base_iri=f"{PUBLIC}id/", public_url=PUBLIC)
    rules = dict(hosting_files(own))
    for name in ("_redirects", ".htaccess", "nginx.conf"):
        assert b"/dumps/void.ttl" in rules[name]
        assert b"/dumps/void.ttl" not in dict(hosting_files(replace(own, dumps=False)))[name]
        below = replace(own, base_iri=f"{PUBLIC}a/id/", public_url=f"{PUBLIC}a/")
        assert b"/dumps/void.ttl" not in dict(hosting_files(below))[name]


def test_a_second_run_writes_nothing_and_a_change_only_what_shows_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    document = tmp_path / "page.txt"
    told = (DOCUMENTS / "register-page.txt").read_text(encoding="utf-8")
    document.write_text(told, encoding="utf-8")
    _ingest(store, document)
    settings = SiteSettings(location=str(store), processes=1, dumps=False, formats=("ttl",))
    folder = tmp_path / "site"
    first = write_site(folder, settings)
    assert first.written == first.files
    assert (write_site(folder, settings).written, first.removed) == (0, 0)
    document.write_text(told.replace("Trim the lamp", "Trim the lamp well"), encoding="utf-8")
    _ingest(store, document)
    untouched = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    changed = write_site(folder, settings)
    assert 0 < changed.written < changed.files
    assert "Trim the lamp well" in (folder / "doc/unit/ZZZLMP401.html").read_text(encoding="utf-8")
    assert any(path.stat().st_mtime_ns == when for path, when in untouched.items())
    assert (
        write_site(folder, SiteSettings(location=str(store), processes=1, dumps=False, formats=())).removed
        > 10
    )
    assert list(folder.rglob("doc/**/*.ttl")) == []


def _ingest(location: Path, document: Path) -> None:
    with OxigraphStore(location) as store:
        build(store)
        ingest_file(store, document, policy=TextPolicy.ALL)
        build(store)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, built: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        write_site(tmp_path, SiteSettings(location=str(built), processes=1))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_manifest_has_the_checksum_of_every_file(site: Site) -> None:
    folder, done = site
    lines = (folder / OWN / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(lines) == done.files
    for line in lines[::50]:
        digest, _, path = line.partition("  ")
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest


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
    assert files["_redirects"] == (b"/.well-known/void /dumps/void.ttl 302\n/id/* /doc/:splat.html 303\n")
    assert b"return 303 /doc/$1.html" in files["nginx.conf"]
    assert "_redirects" not in dict(hosting_files(SiteSettings(location="x")))


def test_the_description_is_found_on_a_site_that_tells_of_things_of_another() -> None:
    foreign = SiteSettings(location="x", public_url=PUBLIC)
    files = dict(hosting_files(foreign))
    assert files["_redirects"] == b"/.well-known/void /dumps/void.ttl 302\n"
    assert b"/dumps/void.ttl [R=302,L]" in files[".htaccess"]
    assert b"303" not in files[".htaccess"]
    for other in (replace(foreign, dumps=False), replace(foreign, public_url=f"{PUBLIC}a/")):
        assert not {"_redirects", ".htaccess"} & set(dict(hosting_files(other)))


def test_no_rule_of_a_site_at_the_root_sends_its_own_pages_on() -> None:
    own = SiteSettings(
        location="x", base_iri="https://data.example.org/", public_url="https://data.example.org/"
    )
    rules = dict(hosting_files(replace(own, dumps=False)))["_redirects"].decode().splitlines()
    assert "/unit/* /doc/unit/:splat.html 303" in rules
    sources = [rule.split()[0].removesuffix("*") for rule in rules]
    assert len(sources) == 9
    pages = ("/", "/404.html", "/doc/unit/ZZZ001.html", "/static/style.css", "/check/ZZZ40120.html")
    assert not [page for page in pages for source in sources if page.startswith(source)]


def test_a_base_that_no_identifier_begins_with_is_told_before_anything_is_written(
    run: Run, built: Path, tmp_path: Path
) -> None:
    wrong = run("site", tmp_path / "a", "--store", built, "--base-iri", "https://data.example.org/")
    assert wrong.code == 2
    assert "they begin with 'https://w3id.org/qualgraph/id/'" in wrong.err
    assert not (tmp_path / "a").exists()


def test_the_command_says_what_it_wrote_and_what_is_wrong(run: Run, built: Path, tmp_path: Path) -> None:
    wrong = run("site", tmp_path / "a", "--store", built, "--formats", "docx")
    assert wrong.code == 2
    assert "'docx' is no syntax of a site" in wrong.err
    assert run("site", tmp_path / "a", "--store", built, "--public-url", "data").code == 2
    told = run("site", tmp_path / "b", "--store", built, "--no-dumps", "--formats", "none", "--json")
    assert told.code == 0
    assert json.loads(told.out)["pages"] > 200
