"""A server that knows who publishes and offers dumps: hostile words stay words, and only listed files are given."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from commands import Run
from qualgraph.namespaces import DCAT, DCTERMS, FOAF, VOID, XSD
from qualgraph.publishing import DUMPS, dump
from qualgraph.rdf import IRI, RDF_TYPE, Triple, parse_data
from qualgraph.store import open_store
from servers import serving
from site_links import Page

TITLE = '</title><script>alert(1)</script>"'
PUBLISHER = '"><img src=x onerror=alert(2)> & </script>'
STATED = {
    "QUALGRAPH_TITLE": TITLE,
    "QUALGRAPH_DESCRIPTION": PUBLISHER,
    "QUALGRAPH_PUBLISHER": PUBLISHER,
    "QUALGRAPH_HOMEPAGE": "https://www.example.org/?a=1&b='2'",
    "QUALGRAPH_CONTACT": "mailto:o'data@example.org",
    "QUALGRAPH_LICENCE": "https://creativecommons.org/licenses/by/4.0/",
}


@pytest.fixture(scope="module")
def dumps(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dumped") / "dumps"
    with open_store(built, read_only=True) as store:
        dump(store, folder)
    (folder / "secret.txt").write_text("not listed")
    (folder.parent / "outside.gz").write_text("outside")
    return folder


@pytest.fixture(scope="module")
def published(built: Path, dumps: Path) -> Iterator[str]:
    with serving(built, "--dumps-folder", str(dumps), env=STATED) as address:
        yield address


def described(server: str) -> list[Triple]:
    return [quad.triple for quad in parse_data(httpx.get(f"{server}/.well-known/void").content)]


@pytest.mark.parametrize("path", ["", "search?q=x", "query", "doc/unit/BSBCCO402A", "no/such/page"])
def test_what_is_stated_is_on_every_page_as_words(published: str, path: str) -> None:
    text = httpx.get(f"{published}/{path}", headers={"Accept": "text/html"}, timeout=60).text
    assert Page(text).wrong == []
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in text.partition("</head>")[0]
    footer = text.partition("<footer>")[2]
    assert 'href="https://www.example.org/?a=1&amp;b=&#39;2&#39;"' in footer
    assert 'href="mailto:o&#39;data@example.org"' in footer
    assert '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>' in footer


def test_the_front_page_tells_search_engines_of_the_dataset(published: str) -> None:
    text = httpx.get(published, headers={"Accept": "text/html"}).text
    script = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(script)
    assert (told["@type"], told["name"], told["publisher"]["name"]) == ("Dataset", TITLE, PUBLISHER)
    assert {each["contentUrl"] for each in told["distribution"]} == {
        f"{published}/dumps/qualgraph.{ending}.gz" for ending in DUMPS
    }
    assert 'property="og:description"' in text


def test_the_description_names_the_services_and_the_dumps_with_the_licence(published: str) -> None:
    triples = described(published)
    services = {t.subject.value for t in triples if t.object.value == f"{DCAT}DataService"}  # type: ignore[union-attr]
    assert services == {f"{published}/sparql", f"{published}/#dataset-interface"}
    for predicate in ("servesDataset", "endpointURL", "endpointDescription"):
        assert {t.subject.value for t in triples if t.predicate.value == f"{DCAT}{predicate}"} == services  # type: ignore[union-attr]
    dumped = {t.object.value for t in triples if t.predicate.value == f"{VOID}dataDump"}
    assert dumped == {f"{published}/dumps/qualgraph.{ending}.gz" for ending in DUMPS}
    sizes = {t.object.datatype for t in triples if t.predicate.value == f"{DCAT}byteSize"}  # type: ignore[union-attr]
    assert sizes == {IRI(f"{XSD}nonNegativeInteger")}
    subjects = {t.subject.value for t in triples if t.predicate.value == f"{FOAF}homepage"}  # type: ignore[union-attr]
    assert subjects == {f"{published}/#dataset-publisher"}
    distributions = {
        t.subject for t in triples if t.predicate == RDF_TYPE and t.object.value == f"{DCAT}Distribution"
    }
    licensed = {t.subject for t in triples if t.predicate.value == f"{DCTERMS}license"}
    assert len(distributions) == len(DUMPS) + 1
    assert distributions <= licensed


def test_a_server_of_which_nothing_is_stated_says_nothing(server: str) -> None:
    triples = described(server)
    assert not [
        t for t in triples if str(t.subject) == f"<{server}/#dataset>" and "license" in str(t.predicate)
    ]
    assert not [t for t in triples if t.predicate.value == f"{VOID}dataDump"]
    assert "Published by" not in httpx.get(server, headers={"Accept": "text/html"}).text


def test_the_files_of_the_checksums_are_given_whole_and_in_parts(published: str, dumps: Path) -> None:
    sums = httpx.get(f"{published}/dumps/SHA256SUMS")
    assert sums.headers["content-type"] == "text/plain; charset=utf-8"
    types = {".gz": "application/gzip", ".ttl": "text/turtle; charset=utf-8"}
    for digest, name in (line.split("  ") for line in sums.text.splitlines()):
        answer = httpx.get(f"{published}/dumps/{name}")
        assert hashlib.sha256(answer.content).hexdigest() == digest
        assert answer.headers["content-type"] == types[Path(name).suffix]
        assert "content-encoding" not in answer.headers
    part = httpx.get(f"{published}/dumps/qualgraph.nq.gz", headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.content == (dumps / "qualgraph.nq.gz").read_bytes()[10:20]
    beyond = httpx.get(f"{published}/dumps/qualgraph.nq.gz", headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_a_dump_that_the_client_has_is_not_sent_again(published: str) -> None:
    address = f"{published}/dumps/qualgraph.nq.gz"
    first = httpx.get(address)
    for name, header in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
        again = httpx.get(address, headers={name: first.headers[header]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert httpx.get(address, headers={"If-None-Match": '"other"'}).content == first.content


@pytest.mark.parametrize(
    "name",
    [
        "secret.txt",
        "none",
        "",
        "%2e%2e",
        "..%2foutside.gz",
        "%2e%2e%2foutside.gz",
        "%2fetc%2fpasswd",
        "..%5coutside.gz",
        "qualgraph.nq.gz%00",
        "x%2f..%2fqualgraph.nq.gz",
        "a" * 5000,
    ],
)
def test_no_other_file_is_given(published: str, name: str) -> None:
    assert httpx.get(f"{published}/dumps/{name}").status_code == 404


def test_checksums_that_lead_elsewhere_lead_nowhere(built: Path, dumps: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    shutil.copytree(dumps, folder)
    (folder / "link.gz").symlink_to(dumps.parent / "outside.gz")
    sums = (folder / "SHA256SUMS").read_text()
    digest = sums[:64]
    hostile = "".join(
        f"{digest}  {name}\n" for name in ("../outside.gz", "/etc/passwd", "link.gz", ".hidden")
    )
    (folder / "SHA256SUMS").write_text(sums + hostile)
    (folder / ".hidden").write_text("hidden")
    with serving(built, "--dumps-folder", str(folder)) as address:
        for name in ("..%2foutside.gz", "%2fetc%2fpasswd", "link.gz", ".hidden"):
            assert httpx.get(f"{address}/dumps/{name}").status_code == 404
        assert httpx.get(f"{address}/dumps/void.ttl").status_code == 200
        shutil.rmtree(folder)
        assert httpx.get(f"{address}/dumps/void.ttl").status_code == 404
        assert httpx.get(f"{address}/.well-known/void").status_code == 200


def test_a_folder_without_checksums_is_refused(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("serve", "--store", built, "--dumps-folder", tmp_path)
    assert done.code == 2
    assert "has no SHA256SUMS that can be read" in done.err
