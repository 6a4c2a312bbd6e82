"""How far a harvest has come, on disk: a line for each step, so that a harvest that was killed goes on from there."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from qualgraph.harvest.folder import HarvestFolder


class Follow(StrEnum):
    """Which components that an answer names are harvested too."""

    UNITS = "units"
    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "supersededBy"


class Releases(StrEnum):
    """Which releases of a component are harvested with their unit grids and packaging rules."""

    CURRENT = "current"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be harvested.

    ``releases`` says whether earlier releases are asked for too, drafts never. ``depth`` is how many steps are followed
    from what was asked for, ``limit`` how many components there may be in all; ``since`` asks for every component with
    a release or usage recommendation from that day on.
    """

    codes: tuple[str, ...] = ()
    follow: frozenset[Follow] = frozenset()
    releases: Releases = Releases.CURRENT
    depth: int = 2
    limit: int = 1_000
    since: date | None = None

    def key(self, base: str) -> str:
        """What tells this order, at this address, from others."""
        said = {
            "base": base,
            "codes": list(self.codes),
            "follow": sorted(self.follow),
            "releases": self.releases,
            "depth": self.depth,
            "limit": self.limit,
            "since": self.since.isoformat() if self.since else None,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A component to be harvested; ``depth`` is 0 for one that was asked for, ``why`` says who named it."""

    code: str
    depth: int
    why: str


class Journal:
    """The state of one harvest; ``run`` is its name, which every answer that it fetches gets."""

    def __init__(self, folder: HarvestFolder, key: str) -> None:
        """Goes on with the harvest of this key where it was left, or begins it where it has not begun or has ended."""
        self.tasks: list[Task] = []
        """Every component of the harvest, in the order of their asking."""
        self.done: dict[str, date] = {}
        """The components whose file is written, with the day of that."""
        self.failed: dict[str, str] = {}
        self.left_out: set[str] = set()
        """Components that were named and not followed, because of a bound."""
        self.listed = False
        self.run = ""
        self._queued: set[str] = set()
        self._ended = False
        self._folder = folder
        self._path = folder.journal_file(key)
        self._read()
        if self._ended or not self.run:
            self._begin()

    @property
    def resumed(self) -> bool:
        """Whether the harvest had begun before."""
        return bool(self.tasks)

    def waiting(self) -> Iterator[Task]:
        """What is to be done, in order; also what is put into the queue meanwhile."""
        at = 0
        while at < len(self.tasks):
            task = self.tasks[at]
            if task.code not in self.done and task.code not in self.failed:
                yield task
            at += 1

    def has(self, code: str) -> bool:
        """Whether the component is in the queue, or was."""
        return code in self._queued

    def add(self, task: Task) -> None:
        """Put a component into the queue."""
        self._note({"queued": task.code, "depth": task.depth, "why": task.why})

    def leave_out(self, code: str) -> None:
        """A component that is named and not followed."""
        if code not in self.left_out:
            self._note({"left_out": code})

    def finish_listing(self) -> None:
        """Everything that changed since the day is in the queue."""
        self._note({"listed": True})

    def finish(self, code: str, day: date) -> None:
        """The component's file is written, and what it names is in the queue."""
        self._note({"done": code, "day": day.isoformat()})

    def fail(self, code: str, why: str) -> None:
        """The component could not be harvested."""
        self._note({"failed": code, "why": why})

    def end(self) -> None:
        """The whole harvest is done; the same order begins anew next time."""
        self._note({"ended": True})

    def _begin(self) -> None:
        self.tasks, self.done, self.failed, self.left_out = [], {}, {}, set()
        self.listed, self._ended, self._queued = False, False, set()
        self.run = secrets.token_hex(8)
        self._folder.write(self._path, _line({"run": self.run}))

    def _read(self) -> None:
        """Every step that was noted whole; half a line, at the end of a harvest that was killed, is cut off."""
        content = self._folder.read(self._path)
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self._folder.write(self._path, whole)
        for line in whole.splitlines():
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue

    def _note(self, step: Mapping[str, Any]) -> None:
        self._folder.append(self._path, _line(step))
        self._take(step)

    def _take(self, step: Mapping[str, Any]) -> None:
        match step:
            case {"run": run}:
                self.run = run
            case {"queued": code, "depth": depth, "why": why}:
                self.tasks.append(Task(code=code, depth=depth, why=why))
                self._queued.add(code)
            case {"done": code, "day": day}:
                self.done[code] = date.fromisoformat(day)
            case {"failed": code, "why": why}:
                self.failed[code] = why
            case {"left_out": code}:
                self.left_out.add(code)
            case {"listed": True}:
                self.listed = True
            case {"ended": True}:
                self._ended = True


def _line(step: Mapping[str, Any]) -> bytes:
    return json.dumps(step).encode() + b"\n"
