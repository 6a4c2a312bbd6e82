"""Commands that are started and killed, what a store holds after that, and the tally of many such kills."""

from __future__ import annotations

import hashlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Protocol, Self

from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.rdf import Triple, integer
from qualgraph.store import OxigraphStore, Table

OFTEN = 0.002
"""Seconds between two looks at what a command has done so far."""
MEASURED_EVERY = 10
"""So many new places, and the time that an undisturbed run takes is measured again: other work changes it."""

STARTER = """
import json, os, sys
import qualgraph.cli.harvest, qualgraph.cli.ingest, qualgraph.cli.backup, qualgraph.harvest, qualgraph.pipeline
import qualgraph.pipeline.ingest, qualgraph.sources, qualgraph.store
from qualgraph.cli import main
qualgraph.pipeline.ingest.AT_ONCE = 10
for line in sys.stdin:
    arguments, log = json.loads(line)
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0), os.dup2(out, 1), os.dup2(out, 2)
        sys.argv = ["qualgraph", *arguments]
        main()
        os._exit(0)
    try:
        os.setpgid(child, child)
    except OSError:
        pass
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Commands:
    """Runs ``qualgraph`` commands, each a process group of its own.

    They are forked from a process that has loaded the modules, so that moments fall into the work and not into the
    start of Python. Documents are written ten at a time and not a hundred, so that few of them take many transactions.
    """

    def __init__(self, log: Path) -> None:
        self._log = log

    def __enter__(self) -> Self:
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        self._starter = subprocess.Popen(
            [sys.executable, "-c", STARTER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            bufsize=1,
        )
        if self._starter.stdin is None or self._starter.stdout is None:
            raise RuntimeError("the process that starts commands has no pipes")
        self._orders, self._told = self._starter.stdin, self._starter.stdout
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._starter.communicate()

    def run(
        self, arguments: list[str], *, after: float | None = None, when: Callable[[], bool] | None = None
    ) -> bool:
        """Whether the command completed; False where it was killed, ``after`` seconds or ``when`` something is seen.

        Raises RuntimeError for a command that failed.
        """
        self._orders.write(json.dumps([arguments, str(self._log)]) + "\n")
        self._orders.flush()
        group = int(self._told.readline())
        while (after is not None or when) and not self._ended(OFTEN if when else after):
            if when is None or when():
                os.killpg(group, signal.SIGKILL)
                break
        status = int(self._told.readline())
        if status not in (0, -signal.SIGKILL):
            raise RuntimeError(f"{' '.join(arguments)}: exit {status}\n{self._log.read_text()[-2000:]}")
        return status == 0

    def _ended(self, seconds: float | None) -> bool:
        """Whether the command ends within some time."""
        return bool(select.select([self._told], [], [], seconds)[0])


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a store holds: a checksum of each document's graph and of what is derived, and what does not fit."""

    documents: dict[str, str]
    derived: str | None
    faults: tuple[str, ...]
    writing: bool
    """Whether a next state was being written when the process ended."""


def held(location: Path) -> Held:
    """Read everything that a store on disk holds; nothing where none was made yet."""
    if not (location / "store.json").exists():
        return Held(documents={}, derived=None, faults=(), writing=False)
    own = {graph: Identifiers().graph(graph) for graph in OwnGraph}
    with OxigraphStore(location, read_only=True) as store:
        names = store.graphs()
        triples = {name: set(store.triples(name)) for name in names}
        merged = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    faults = []
    together: set[Triple] = set().union(*triples.values())
    if not isinstance(merged, Table) or [str(row[0]) for row in merged.rows] != [str(integer(len(together)))]:
        faults.append("the merge of all graphs is not what the graphs hold")
    documents = {name: checksum(triples[name]) for name in names if name not in own.values()}
    noted = {triple.subject for triple in triples.get(own[OwnGraph.INGESTS], ())}
    if noted != documents.keys():
        faults.append("the notes of ingests are not those of the documents that are stored")
    derived = own[OwnGraph.DERIVED]
    return Held(
        documents={name.value: digest for name, digest in documents.items()},
        derived=checksum(triples[derived]) if derived in triples else None,
        faults=tuple(faults),
        writing=len(generations(location)) > 1,
    )


def checksum(triples: set[Triple]) -> str:
    """The same for the same triples, in whatever order they are."""
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()


def generations(location: Path) -> list[Path]:
    """The states that are on disk, whole or not."""
    return sorted(location.glob("g[0-9]*"))


def current(location: Path) -> str | None:
    """The name of the state that a store's readers see."""
    try:
        return str(json.loads((location / "store.json").read_text())["current"])
    except FileNotFoundError:
        return None


@dataclass(frozen=True, kw_only=True)
class Stored:
    """How a store must be: as ``before``, as ``after``, or with some documents already those of after."""

    before: Held
    after: Held

    @property
    def run(self) -> set[str]:
        """The documents that a whole run stores or replaces."""
        was = self.before.documents
        return {name for name, digest in self.after.documents.items() if was.get(name) != digest}

    def faults(self, now: Held) -> list[str]:
        """What is lost, half there, or nothing that either state has."""
        faults = list(now.faults)
        for name in sorted({*self.before.documents, *now.documents}):
            found = now.documents.get(name)
            if found not in (self.before.documents.get(name), self.after.documents.get(name)):
                faults.append(f"{name} is neither what it was nor what it becomes")
        if now.derived not in (self.before.derived, self.after.derived):
            faults.append("what is derived is neither what it was nor what it becomes")
        return faults

    def done(self, now: Held) -> int:
        """How many documents are as after the run."""
        return sum(now.documents.get(name) == self.after.documents[name] for name in self.run)

    def phase(self, now: Held) -> str:
        """How far the run has come, in words."""
        done = self.done(now)
        if done < len(self.run):
            return "a part stored" if done else "nothing stored"
        return "all stored and derived" if now.derived == self.after.derived else "all stored, not derived"

    def unfinished(self, now: Held) -> list[str]:
        """What a completed run should have made otherwise."""
        names = {*now.documents, *self.after.documents}
        other = [name for name in names if now.documents.get(name) != self.after.documents.get(name)]
        faults = [f"{name} is not that of an undisturbed run" for name in sorted(other)]
        if now.derived != self.after.derived:
            faults.append("what is derived is not that of an undisturbed run")
        if now.writing:
            faults.append("more than one state is left on disk")
        return [*now.faults, *faults]


class Trial(Protocol):
    """A command that is killed in a folder of its own, and what must be true then."""

    @property
    def phases(self) -> tuple[str, ...]:
        """How far a killed run may have come, in words and in order."""

    def fresh(self, folder: Path) -> None:
        """Make the folder as it is before the command."""

    def arguments(self, folder: Path) -> list[str]:
        """The command."""

    def look(self, folder: Path) -> tuple[str, list[str]]:
        """After a kill: how far the command had come, and what is wrong."""

    def complete(self, folder: Path) -> list[str]:
        """After a kill: run the command to its end; what is wrong then."""


@dataclass
class Tally:
    """What was seen over all kills."""

    kills: int = 0
    within_a_write: int = 0
    again: int = 0
    """Kills of a run that went on after a kill."""
    phases: Counter[str] = field(default_factory=Counter)
    parts: set[int] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def killed_many_times(
    trial: Trial, commands: Commands, place: Path, tally: Tally, *, kills: int, random: Random
) -> None:
    """Kill at random moments, evenly over the time of an undisturbed run; check, and complete a copy, after each.

    Every second kill, or so, hits a run that goes on where the one before it was killed.
    """
    places, whole, folder = 0, 0.0, place / "folder"
    while tally.kills < kills:
        if places % MEASURED_EVERY == 0:
            whole = undisturbed(trial, commands, place / "measured")
        places += 1
        trial.fresh(folder)
        first = True
        while tally.kills < kills:
            if commands.run(trial.arguments(folder), after=random.uniform(0, whole)):
                break
            tally.kills += 1
            tally.again += not first
            first = False
            _take(trial, folder, tally)
            if tally.kills % 20 == 0:
                print(f"{tally.kills} kills, {len(tally.failures)} failures", file=sys.stderr, flush=True)
            if random.random() < 0.5:
                break
        shutil.rmtree(folder)


def undisturbed(trial: Trial, commands: Commands, folder: Path) -> float:
    """Seconds of a run that nobody kills."""
    trial.fresh(folder)
    begin = time.monotonic()
    commands.run(trial.arguments(folder))
    seconds = time.monotonic() - begin
    shutil.rmtree(folder)
    return seconds


def _take(trial: Trial, folder: Path, tally: Tally) -> None:
    """Look at what a kill left, and complete a copy of it."""
    try:
        phase, faults = trial.look(folder)
        tally.phases[phase] += 1
        tally.within_a_write += len(generations(folder / "store")) > 1
        copy = folder.with_name("copy")
        shutil.copytree(folder, copy)
        faults += trial.complete(copy)
        shutil.rmtree(copy)
    except Exception as error:
        faults = [f"{type(error).__name__}: {error}"]
        shutil.rmtree(folder.with_name("copy"), ignore_errors=True)
    for fault in faults:
        tally.failures.append(f"kill {tally.kills}: {fault}")
        print(tally.failures[-1], file=sys.stderr, flush=True)
