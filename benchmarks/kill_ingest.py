"""An ingest to be killed: documents in several transactions, datasets, one of each in the place of an older one."""

from __future__ import annotations

import shutil
from pathlib import Path

from killing import Commands, Stored, held


def unit_list(path: Path, first: str, rows: int) -> None:
    """A national list of units with invented names."""
    lines = "".join(f"{first}{n:04d}\tMake kite {n}\t030101\n" for n in range(rows))
    path.write_text(f"code\tname\tfieldofed\n{lines}", encoding="utf-8")


def pages(folder: Path, numbers: range, word: str) -> None:
    """Pages of the register about invented units."""
    for number in numbers:
        code = f"ZZKFLY{number:03d}"
        (folder / f"page-{number:03d}.txt").write_text(page(code, word), encoding="utf-8")


def page(code: str, word: str) -> str:
    """A short page about one unit."""
    return f"""Unit of competency details

{code} - Fly kite {word} {code} (Release 1)

Summary

Usage recommendation:
Current

Releases:
ReleaseRelease date
1 1 (this release) 03/Mar/2013

Classifications

SchemeCodeClassification value
ASCED Module/Unit of Competency Field of Education Identifier 030799 Kites And Other Small Craft
"""


class IngestTrial:
    """``qualgraph ingest FOLDER`` into a store that holds other documents, and older versions of some."""

    phases = ("nothing stored", "a part stored", "all stored, not derived", "all stored and derived")

    def __init__(self, place: Path, commands: Commands, paths: list[Path], documents: int = 24) -> None:
        """``paths`` are ingested; without any, invented ``documents`` and three invented lists."""
        self._commands = commands
        self._template = place / "template"
        self._paths = paths or [invented(place / "sources", documents)]
        before = place / "before"
        before.mkdir(parents=True)
        unit_list(before / "other.tsv", "ZZX", 50)
        if not paths:
            unit_list(before / "units-0.tsv", "ZZ0", 20)
        pages(before, range(900, 905), "of old")
        commands.run(["ingest", str(before), "--store", str(self._template / "store")])
        whole = place / "undisturbed"
        self.fresh(whole)
        commands.run(self.arguments(whole))
        self.stored = Stored(before=held(self._template / "store"), after=held(whole / "store"))

    def fresh(self, folder: Path) -> None:
        """A copy of the store that there was before."""
        shutil.copytree(self._template, folder)

    def arguments(self, folder: Path) -> list[str]:
        """The ingest as a person starts it."""
        return ["ingest", *map(str, self._paths), "--store", str(folder / "store"), "--json"]

    def look(self, folder: Path) -> tuple[str, list[str]]:
        """How far the ingest had come, and what is lost or half there."""
        now = held(folder / "store")
        return self.stored.phase(now), self.stored.faults(now)

    def complete(self, folder: Path) -> list[str]:
        """What the same ingest, run to its end, makes otherwise than an undisturbed one."""
        self._commands.run(self.arguments(folder))
        return self.stored.unfinished(held(folder / "store"))


def invented(folder: Path, documents: int) -> Path:
    """Documents and lists that take several transactions; one list is a newer version of one stored before."""
    folder.mkdir()
    pages(folder, range(documents), "of today")
    for number in range(3):
        unit_list(folder / f"units-{number}.tsv", f"ZZ{number}", 40)
    return folder
