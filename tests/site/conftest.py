"""A site of what qualgraph ships, written once, and a server that gives it out below a folder."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from qualgraph.site.build import SiteWritten, write_site
from qualgraph.site.settings import SiteSettings
from servers import free_port, wait_for

PUBLIC = "https://data.example.org/"


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SiteWritten]:
    """The folder of the site, inside one that holds nothing else, and what was written."""
    folder = tmp_path_factory.mktemp("served") / "register"
    settings = SiteSettings(location=str(built), public_url=PUBLIC, processes=2)
    return folder, write_site(folder, settings)


@pytest.fixture(scope="session")
def served(site: tuple[Path, SiteWritten]) -> Iterator[str]:
    """The address of the site, without a slash at its end: a folder of a server, as at many hosts."""
    handler = partial(Quiet, directory=str(site[0].parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/register"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server of the same store."""
    port = free_port()
    command = ["serve", "--store", str(built), "--port", str(port)]
    process = subprocess.Popen([sys.executable, "-m", "qualgraph", *command], stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
