"""A run that is killed leaves no process behind, and a folder that the next run completes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qualgraph.site.build import write_site
from qualgraph.site.folder import OWN, SiteFolder, write_file
from qualgraph.site.settings import SiteSettings

pytestmark = pytest.mark.skipif(shutil.which("ps") is None, reason="needs ps to see processes")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def children(parent: int) -> set[int]:
    """The processes that a process has started, and those that they have started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    own = {pid for pid, above in rows if above == parent}
    return own.union(*(children(pid) for pid in own))


def living(processes: set[int]) -> set[int]:
    """Those that have not come to an end."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True)
    states = dict(line.split()[:2] for line in listed.stdout.splitlines())
    return {pid for pid in processes if not states.get(str(pid), "Z").startswith("Z")}


def wait_until(true: object, seconds: float = 120) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def killed_run(store: Path, folder: Path, by: signal.Signals) -> set[int]:
    """Begin to write a site, kill it when its workers are at it, and say which processes it had started."""
    options = ["--store", str(store), "--no-dumps", "--formats", "none"]
    command = [sys.executable, "-m", "qualgraph", "site", str(folder), *options]
    started = folder / OWN / "started"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: (started.exists() and started.stat().st_size) or process.poll() is not None)
            had = children(process.pid)
            assert len(had) >= 2, "the run was over before it could be killed, or did not begin"
            process.send_signal(by)
            process.wait(timeout=120)
        finally:
            process.kill()
    return had


@pytest.mark.parametrize("by", SIGNALS, ids=[each.name for each in SIGNALS])
def test_no_process_stays_behind_and_the_next_run_completes_the_folder(
    built: Path, tmp_path: Path, by: signal.Signals
) -> None:
    folder = tmp_path / "site"
    had = killed_run(built, folder, by)
    assert wait_until(lambda: not living(had)), f"{len(living(had))} of {len(had)} are still there"
    if by is not signal.SIGKILL:
        return
    assert not (folder / "index.html").exists()
    settings = SiteSettings(location=str(built), formats=(), dumps=False, processes=1)
    again, whole = write_site(folder, settings), write_site(tmp_path / "whole", settings)
    assert again.written < again.files
    assert again.files == whole.files
    assert contents(folder) == contents(tmp_path / "whole")


def contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_half_a_file_and_half_a_note_of_a_killed_run_are_gone_after_the_next(tmp_path: Path) -> None:
    first = SiteFolder(tmp_path)
    first.prepare()
    first.announce(["a/b.html", "a/c.html"])
    write_file(tmp_path, "a/b.html", b"b")
    (tmp_path / "a/.c.html.part").write_bytes(b"half")
    (first.scratch / "dump.nq").write_bytes(b"half")
    with (tmp_path / OWN / "started").open("a", encoding="utf-8") as stream:
        stream.write("a\na/d")
    second = SiteFolder(tmp_path)
    second.prepare()
    second.announce(["a/b.html", "x.html"])
    digests = {path: write_file(tmp_path, path, b"b")[0] for path in ("a/b.html", "x.html")}
    assert second.finish(digests) == 3
    assert sorted(contents(tmp_path)) == [f"{OWN}/SHA256SUMS", "a/b.html", "x.html"]
