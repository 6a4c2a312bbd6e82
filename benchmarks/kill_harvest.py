"""A harvest to be killed: of an invented register on loopback, into a folder and a store."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import register_answers as made
from kill_ingest import pages
from killing import Commands, Stored, held
from register_server import Register, register

QUALIFICATION = "ZZZ40120"


@contextmanager
def lamps(units: int) -> Iterator[Register]:
    """A register with one qualification and so many units."""
    with register() as found:
        found.add(QUALIFICATION)
        codes = [f"ZZZLMP{n:03d}" for n in range(units)]
        for code in codes:
            found.add_unit(code)
        [row] = [row for row in made.grid() if row["code"] == "ZZZLMP401"]
        grid = f"training/{QUALIFICATION}/releases/{made.RELEASE}/unitgrid"
        found.answers[grid] = [{**row, "code": code, "title": f"Tend lamp {code}"} for code in codes]
        yield found


class HarvestTrial:
    """``qualgraph harvest CODE --follow units`` into a store that holds other documents."""

    phases = (
        "nothing fetched",
        "a part fetched",
        "all fetched, nothing stored",
        "a part stored",
        "all stored, not derived",
        "all stored and derived, not noted as ended",
        "ended",
    )

    def __init__(self, place: Path, commands: Commands, register: Register) -> None:
        self._commands = commands
        self._register = register
        self._template = place / "template"
        before = place / "before"
        before.mkdir(parents=True)
        pages(before, range(900, 905), "of old")
        commands.run(["ingest", str(before), "--store", str(self._template / "store")])
        whole = place / "undisturbed"
        self.fresh(whole)
        commands.run(self.arguments(whole))
        self.stored = Stored(before=held(self._template / "store"), after=held(whole / "store"))
        self._components = components(whole)
        self._answers = kept(whole)

    def fresh(self, folder: Path) -> None:
        """A copy of the store that there was before; nothing is harvested yet."""
        shutil.copytree(self._template, folder)

    def arguments(self, folder: Path) -> list[str]:
        """The harvest as a person starts it, but for the distance between requests."""
        where = ["--base-url", self._register.base, "--cache", str(folder / "cache")]
        fast = ["--rate", "100000"]
        return [
            "harvest",
            QUALIFICATION,
            "--follow",
            "units",
            *where,
            *fast,
            "--store",
            str(folder / "store"),
            "--json",
        ]

    def look(self, folder: Path) -> tuple[str, list[str]]:
        """How far the harvest had come, and what is lost or half there."""
        now = held(folder / "store")
        answers, files, steps = kept(folder), components(folder), journal(folder)
        faults = self.stored.faults(now)
        faults += [
            f"the answer of {url} is not whole" for url in answers if answers[url] != self._answers.get(url)
        ]
        faults += [
            f"the file of {name} is not whole" for name in files if files[name] != self._components.get(name)
        ]
        lost = {step["done"] for step in steps if "done" in step} - files.keys()
        faults += [f"{name} is noted as done and has no file" for name in sorted(lost)]
        return self._phase(answers, files, steps, self.stored.phase(now)), faults

    def _phase(
        self, answers: dict[str, str], files: dict[str, bytes], steps: list[dict[str, str]], stored: str
    ) -> str:
        if any("ended" in step for step in steps):
            return "ended"
        if stored == "all stored and derived":
            return "all stored and derived, not noted as ended"
        if stored != "nothing stored":
            return stored
        if len(files) == len(self._components):
            return "all fetched, nothing stored"
        return "a part fetched" if answers else "nothing fetched"

    def complete(self, folder: Path) -> list[str]:
        """What the same harvest, run to its end, makes otherwise than an undisturbed one, or asks for again."""
        before = right(folder)
        self._register.asked.clear()
        self._commands.run(self.arguments(folder))
        asked = [f"{self._register.base}{path.removeprefix('/api')}" for path in self._register.asked]
        faults = self.stored.unfinished(held(folder / "store"))
        faults += [f"{url} was asked for again" for url in asked if url in before]
        faults += [f"{url} was asked for twice" for url in set(asked) if asked.count(url) > 1]
        if components(folder) != self._components or kept(folder) != self._answers:
            faults.append("what was harvested is not that of an undisturbed harvest")
        if list((folder / "cache" / "pending").glob("*")):
            faults.append("files that were being written are left")
        return faults


def kept(folder: Path) -> dict[str, str]:
    """Every answer in a harvest's folder by its address; raises ValueError for one that is not whole."""
    found = {}
    for path in (folder / "cache" / "answers").glob("*/*"):
        head, _, body = path.read_bytes().partition(b"\n")
        found[json.loads(head)["url"]] = json.dumps(json.loads(body), sort_keys=True)
    return found


def right(folder: Path) -> set[str]:
    """The addresses of the answers that the harvest that is under way has fetched; none where it has ended."""
    steps = journal(folder)
    runs = {step["run"] for step in steps if "run" in step}
    if any("ended" in step for step in steps):  # the next one asks whether anything changed
        return set()
    paths = (folder / "cache" / "answers").glob("*/*")
    heads = [json.loads(path.read_bytes().partition(b"\n")[0]) for path in paths]
    return {head["url"] for head in heads if head["run"] in runs}


def components(folder: Path) -> dict[str, bytes]:
    """The file of each component."""
    return {path.stem: path.read_bytes() for path in (folder / "cache" / "components").glob("*")}


def journal(folder: Path) -> list[dict[str, str]]:
    """The steps that a harvest has noted; half a line at the end is none. Raises ValueError for any other."""
    steps: list[dict[str, str]] = []
    for path in (folder / "cache" / "harvests").glob("*"):
        content = path.read_bytes()
        steps += [json.loads(line) for line in content[: content.rfind(b"\n") + 1].splitlines()]
    return steps
