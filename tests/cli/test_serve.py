"""What ``qualgraph serve`` refuses before it serves anything."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from commands import Run


def test_a_port_that_is_taken_is_one_error(run: Run, built: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--store", built, "--port", port)
    assert done.code == 2
    assert f"error: --port: something listens at 127.0.0.1:{port} already." in done.err
    assert "Serving" not in done.err
    assert "Errno" not in done.err


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("192.0.2.1", "'192.0.2.1' is no address of this machine"),
        ("nowhere.invalid", "is the name of no address"),
    ],
)
def test_a_host_that_is_not_this_machine_is_one_error(run: Run, built: Path, host: str, told: str) -> None:
    done = run("serve", "--store", built, "--host", host, "--port", 0)
    assert done.code == 2
    assert "error: --host: " in done.err
    assert told in done.err
    assert "Serving" not in done.err


@pytest.mark.parametrize(
    "url", ["foo", "http://", "ftp://example.org", "https://example.org/?a", "https://[::1"]
)
def test_a_public_url_that_is_no_address_is_refused(run: Run, built: Path, url: str) -> None:
    done = run("serve", "--store", built, "--public-url", url)
    assert done.code == 2
    assert f"--public-url: '{url}' is not the address of a site." in done.err


def test_a_store_and_an_endpoint_are_refused_together(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("serve", "--store", built, "--endpoint", "http://127.0.0.1:9/sparql")
    assert done.code == 2
    assert "a store and an endpoint are named" in done.err
    config = tmp_path / "serve.toml"
    config.write_text('endpoint = "http://127.0.0.1:9/sparql"\n')
    done = run("serve", "--config", config, "--store", tmp_path / "none")
    assert done.code == 4, "the store of the command line goes before the endpoint of the file"


@pytest.mark.parametrize(
    ("line", "option"),
    [('port = "x"', "port"), ("port = 70000", "port"), ("max-rows = 0", "max-rows"), ('log = "xml"', "log")],
)
def test_a_wrong_value_in_a_file_is_told_with_the_file(
    run: Run, tmp_path: Path, line: str, option: str
) -> None:
    config = tmp_path / "serve.toml"
    config.write_text(line)
    done = run("serve", "--config", config)
    assert done.code == 2
    assert f"serve.toml: has a value that '{option}' does not take" in done.err.replace("\n", "")
