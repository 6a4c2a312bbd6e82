"""A harvest: one component after the other, each file written whole, and what it names put into the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from qualgraph.errors import HarvestError, RegisterUnreachableError
from qualgraph.harvest.client import Client
from qualgraph.harvest.component import as_saved, component_answers, named_components
from qualgraph.harvest.folder import HarvestFolder
from qualgraph.harvest.journal import Journal, Order, Releases, Task
from qualgraph.harvest.listing import changed_since

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, kw_only=True)
class Harvested:
    """A component and the file of its answers; ``gaps`` are the errors of answers that were not had."""

    code: str
    path: Path
    why: str
    gaps: tuple[HarvestError, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotHarvested:
    """A component that the register did not answer for."""

    code: str
    why: str
    error: HarvestError


Outcome = Harvested | NotHarvested


@dataclass(kw_only=True)
class Harvest:
    """One harvest into a folder whose lock is held. ``today`` is the day that its files get."""

    order: Order
    folder: HarvestFolder
    journal: Journal
    client: Client
    today: date
    problems: list[str] = field(default_factory=list)
    """What does not add up in the pages of a search."""

    def outcomes(self, progress: Progress) -> Iterator[Outcome]:
        """What became of each component, those of an earlier part of the harvest left out.

        Raises RegisterUnreachableError where the register cannot be asked; the next call goes on from there.
        """
        self._fill(progress)
        for task in self.journal.waiting():
            done = len(self.journal.done) + len(self.journal.failed)
            progress(f"asking for {task.code}", done, len(self.journal.tasks))
            yield self._one(task)

    def files(self) -> dict[date, list[Path]]:
        """The files of all components that are done, by the day they were written."""
        found: dict[date, list[Path]] = {}
        for code, day in self.journal.done.items():
            found.setdefault(day, []).append(self.folder.component_file(code))
        return found

    def _fill(self, progress: Progress) -> None:
        for code in self.order.codes:
            self._queue(code, 0, "asked for")
        if self.order.since is None or self.journal.listed:
            return
        listing = changed_since(
            self.client,
            self.order.since,
            lambda read, total: progress("listing what changed", read, total),
        )
        self.problems.extend(listing.problems)
        for code in listing.codes:
            self._queue(code, 0, f"changed since {self.order.since}")
        self.journal.finish_listing()

    def _queue(self, code: str, depth: int, why: str) -> None:
        if self.journal.has(code):
            return
        if depth > self.order.depth or len(self.journal.tasks) >= self.order.limit:
            self.journal.leave_out(code)
        else:
            self.journal.add(Task(code=code, depth=depth, why=why))

    def _one(self, task: Task) -> Outcome:
        path = self.folder.component_file(task.code)
        earlier = None if self.order.releases is Releases.ALL else 0
        try:
            answers, gaps = component_answers(self.client, task.code, earlier=earlier)
        except RegisterUnreachableError:
            raise
        except HarvestError as error:
            self.journal.fail(task.code, str(error))
            return NotHarvested(code=task.code, why=task.why, error=error)
        self.folder.write(path, as_saved(answers, task.code))
        if self.order.follow:
            for code, why in named_components(path, task.code, self.order.follow):
                self._queue(code, task.depth + 1, why)
        self.journal.finish(task.code, self.today)
        return Harvested(code=task.code, path=path, why=task.why, gaps=tuple(gaps))
