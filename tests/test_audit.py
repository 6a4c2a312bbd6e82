"""``scripts/audit``: a known vulnerability fails, none passes, and advisories that cannot be asked are told as that."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from servers import Response, free_port, scripted_server
from support import CHECKOUT

JSON = {"Content-Type": "application/json"}
NOTHING = Response(body=b"{}", headers=JSON)


def advisory(*events: dict[str, str]) -> Response:
    """What the database answers of a package with one invented fault, introduced and mended at these versions."""
    package = {"name": "example-package", "ecosystem": "PyPI"}
    affected = {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    fault = {"id": "PYSEC-2000-1", "summary": "An invented fault.", "affected": [affected]}
    return Response(body=json.dumps({"vulns": [fault]}).encode(), headers=JSON)


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "pinned.txt"
    path.write_text("example-package==1.0\n")
    return path


def audited(pinned: Path, database: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, CHECKOUT / "scripts" / "audit", "--database", database]
    return subprocess.run(
        [*command, "--requirement", pinned], capture_output=True, text=True, check=False, timeout=120
    )


def test_a_known_vulnerability_fails_and_is_named_with_the_version_that_mends_it(pinned: Path) -> None:
    with scripted_server(NOTHING, advisory({"introduced": "0"}, {"fixed": "2.0"})) as database:
        done = audited(pinned, database.url)
    assert done.returncode == 1, done.stderr
    assert done.stdout == "example-package 1.0 PYSEC-2000-1 mended in 2.0\n"
    asked = json.loads(database.requests[1].body)
    assert asked == {"package": {"name": "example-package", "ecosystem": "PyPI"}, "version": "1.0"}


def test_a_vulnerability_that_no_version_mends_is_told_and_fails_nothing(pinned: Path) -> None:
    with scripted_server(NOTHING, advisory({"introduced": "0"})) as database:
        done = audited(pinned, database.url)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "example-package 1.0 PYSEC-2000-1 no mend yet\n"


def test_packages_without_a_known_vulnerability_pass(pinned: Path) -> None:
    with scripted_server(NOTHING) as database:
        done = audited(pinned, database.url)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "1 packages audited, 0 known vulnerabilities\n"


def test_where_the_advisories_cannot_be_asked_nothing_fails_and_it_says_that_nothing_was_audited(
    pinned: Path,
) -> None:
    done = audited(pinned, f"http://127.0.0.1:{free_port()}/query")
    assert done.returncode == 0
    assert done.stderr.startswith("NOT AUDITED: the advisories at http://127.0.0.1:")
    with scripted_server(Response(status=403)) as database:
        done = audited(pinned, database.url)
    assert done.returncode == 0
    assert "NOT AUDITED" in done.stderr
    assert "status 403" in done.stderr
