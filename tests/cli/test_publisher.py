"""Who publishes the data: taken from everywhere, refused where it is wrong, and missed once where it is not given."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Run
from qualgraph.namespaces import DCTERMS
from qualgraph.rdf import parse_data

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def described(folder: Path) -> dict[str, str]:
    text = (
        (folder / "void.ttl").read_bytes().replace(b"<#", b"<x:#").replace(b"<qualgraph.", b"<x:qualgraph.")
    )
    return {
        quad.predicate.value.removeprefix(DCTERMS): quad.object.value
        for quad in parse_data(text)
        if str(quad.subject) == "<x:#dataset>"
    }


@pytest.mark.parametrize("command", ["serve", "site", "dump"])
@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--licence", "CC BY 4.0", "'CC BY 4.0' is not an address"),
        ("--licence", "javascript:alert(1)", "is not an address"),
        ("--licence", "https://example.org/<x>", "is not an address"),
        ("--licence", 'https://example.org/"x', "is not an address"),
        ("--licence", "https://example.org/%zz", "is not an address"),
        ("--licence", "https://example.org/a%", "is not an address"),
        ("--homepage", "https://example.org/a[b]", "is not an address"),
        ("--homepage", "https://example.org/a#b#c", "is not an address"),
        ("--homepage", "https://ex%ample/", "is not an address"),
        ("--homepage", "https://", "is not an address"),
        ("--homepage", "https://a:b@example.org/", "is not an address"),
        ("--homepage", "https://[::1", "is not an address"),
        ("--contact", "data@example.org", "is not a contact"),
        ("--contact", "http://example.org/", "is not a contact"),
        ("--contact", "mailto:a@example.org?bcc=b@example.org", "is not a contact"),
        ("--contact", "mailto:a@b@example.org", "is not a contact"),
        ("--contact", "mailto:a@[1.2.3.4]", "is not a contact"),
        ("--contact", "mailto:a[b@c", "is not a contact"),
        ("--contact", "https://example.org/%zz", "is not a contact"),
        ("--title", "a\u202eb", "cannot be shown"),
        ("--publisher", "a\x1b[31mb", "cannot be shown"),
    ],
)
def test_what_is_no_address_or_no_text_is_refused(
    run: Run, built: Path, tmp_path: Path, command: str, option: str, value: str, told: str
) -> None:
    folder = [] if command == "serve" else [tmp_path / "out"]
    done = run(command, *folder, "--store", built, option, value)
    assert done.code == 2
    assert f"error: {option}: " in done.err
    assert told in done.err
    assert not (tmp_path / "out").exists()


def test_what_is_missing_is_said_once(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("dump", tmp_path, "--store", built, "--publisher", "  ")
    assert done.code == 0
    assert done.err.count("no licence is stated") == 1
    assert "Not stated either: title, description, publisher, contact." in done.err
    assert "license" not in described(tmp_path)
    done = run("dump", tmp_path, "--store", built, "--licence", LICENCE, "--title", "x")
    assert "licence" not in done.err
    assert "left out where the data is described: description, publisher, contact." in done.err


def test_one_file_serves_all_that_publish_and_the_command_line_goes_before_it(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "publish.toml"
    config.write_text(
        f'port = 8080\nformats = "ttl"\ntitle = "file"\npublisher = "file"\nlicence = "{LICENCE}"\n'
    )
    monkeypatch.setenv("QUALGRAPH_PUBLISHER", "environment")
    monkeypatch.setenv("QUALGRAPH_DESCRIPTION", "  two \n lines ")
    done = run("dump", tmp_path, "--store", built, "--config", config, "--title", "command line")
    assert done.code == 0
    told = described(tmp_path)
    assert (told["title"], told["license"], told["description"]) == ("command line", LICENCE, "two lines")
    assert '"environment"' in (tmp_path / "void.ttl").read_text()
    config.write_text("ports = 1")
    done = run("dump", tmp_path, "--store", built, "--config", config)
    assert done.code == 2
    assert "option 'ports'" in done.err


def test_a_dump_that_does_not_know_its_address_names_its_files_by_themselves(
    run: Run, built: Path, tmp_path: Path
) -> None:
    run("dump", tmp_path, "--store", built)
    told = (tmp_path / "void.ttl").read_text()
    assert "<qualgraph.nq.gz>" in told
    assert "here.invalid" not in told


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://example.org/{a}/", "https://example.org/%zz"])
@pytest.mark.parametrize(("command", "option"), [("dump", "--base-url"), ("site", "--public-url")])
def test_files_have_no_address_that_no_iri_begins_with(
    run: Run, built: Path, tmp_path: Path, command: str, option: str, url: str
) -> None:
    done = run(command, tmp_path / "out", "--store", built, option, url)
    assert done.code == 2
    assert f"{option}: '{url}' is not the address of a site." in done.err
    assert not (tmp_path / "out").exists()
