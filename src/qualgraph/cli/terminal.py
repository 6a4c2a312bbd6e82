"""What is shown and how: colour and folding only on a terminal, plain and whole lines everywhere else."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from qualgraph.pipeline.progress import Progress as Report

UNFOLDED: Final = 1_000_000
"""The width, in characters, of what is not a terminal: no line is ever folded there."""

GAP: Final = "  "
"""What parts the columns of a table."""

PATIENCE: Final = 0.5
"""Seconds of work before progress is shown."""

LOGGED_EVERY: Final = 30.0
"""Seconds between two lines of progress where standard error is no terminal, such as a file or a job's log."""

_settings = {"colour": True}


def use_colour(wanted: bool) -> None:
    """Whether colour and bold may be used at all; there is none without a terminal, or with NO_COLOR set."""
    _settings["colour"] = wanted


class _Screen(Console):
    """A console that leaves a reader who went away to whoever knows the exit codes."""

    def on_broken_pipe(self) -> None:
        """Hand the error on, instead of ending the process with code 1."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """Standard output, or standard error, as it is now."""
    plain = not _settings["colour"] or bool(os.environ.get("NO_COLOR"))
    made = _Screen(
        stderr=stderr, color_system=None if plain else "auto", highlight=False, markup=False, emoji=False
    )
    if not made.is_terminal:
        made.width = UNFOLDED
    return made


def say(message: str = "", style: str | None = None) -> None:
    """One line, or several, of the answer."""
    console().print(Text(message, style=style or ""), soft_wrap=True)


def note(message: str, style: str | None = None) -> None:
    """One line for the person who waits: on standard error, so that it never mixes with an answer."""
    console(stderr=True).print(Text(message, style=style or ""), soft_wrap=True)


def warn(message: str) -> None:
    """Something that the person should know and that stops nothing."""
    note(f"warning: {message}", "yellow")


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table: on a terminal folded between words to its width, elsewhere whole lines without trailing blanks.

    On a terminal too narrow for its longest words, so that codes would be torn, each row stands by itself.
    """
    screen = console()
    if not screen.is_terminal:
        for line in plain_table(columns, rows):
            sys.stdout.write(f"{line}\n")
    elif _narrowest(columns, rows) > screen.width:
        for row in rows:
            _show_record(screen, columns, row)
    else:
        screen.print(_folding_table(columns, rows))


def _folding_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for position, name in enumerate(columns):
        numeric = bool(rows) and all(_is_number(row[position]) for row in rows)
        table.add_column(name, overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _narrowest(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The least width in which no word of the table has to be torn."""
    words = ([name, *(word for row in rows for word in row[at].split())] for at, name in enumerate(columns))
    return sum(max(map(cell_len, each)) + len(GAP) for each in words) + len(columns)


def _show_record(screen: Console, columns: Sequence[str], row: Sequence[str]) -> None:
    width = max(map(cell_len, columns))
    for name, cell in zip(columns, row, strict=True):
        label = name + " " * (width - cell_len(name))
        screen.print(Text.assemble((label, "bold"), f"  {cell}"), soft_wrap=True)
    screen.print()


def plain_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table in plain text: header, rule, rows; numbers to the right, nothing cut."""
    cells = [[" ".join(cell.splitlines()) for cell in row] for row in rows]
    widths = [
        max([cell_len(name), *(cell_len(row[position]) for row in cells)])
        for position, name in enumerate(columns)
    ]
    to_right = [
        bool(cells) and all(_is_number(row[position]) for row in cells) for position in range(len(columns))
    ]

    def line(values: Sequence[str]) -> str:
        padded = []
        for value, width, right in zip(values, widths, to_right, strict=True):
            gap = " " * (width - cell_len(value))
            padded.append(gap + value if right else value + gap)
        return GAP.join(padded).rstrip()

    yield line(columns)
    yield GAP.join("-" * width for width in widths)
    for row in cells:
        yield line(row)


def _is_number(cell: str) -> bool:
    return cell == "" or cell.replace(",", "").isdigit()


@contextmanager
def progress(doing: str, *, answering: bool = False) -> Iterator[Report]:
    """Tells a waiting person how far work has come: a bar after PATIENCE seconds, in a log a line now and then.

    ``answering``: the answer is printed meanwhile; nothing is told where that would be in the same place.
    """
    screen = console(stderr=True)
    if answering and (sys.stdout.isatty() if screen.is_terminal else _same_place()):
        yield lambda _what, _done, _total: None
        return
    if not screen.is_terminal:
        with _logged(doing) as told:
            yield told
        return
    bars = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=screen,
        transient=True,
    )
    task = bars.add_task(doing, total=None)
    delayed = threading.Timer(PATIENCE, bars.start)
    delayed.daemon = True
    delayed.start()
    try:
        yield lambda what, done, total: bars.update(
            task, description=what, completed=done, total=total or None
        )
    finally:
        delayed.cancel()
        delayed.join()
        bars.stop()


def _same_place() -> bool:
    """Whether standard error goes where standard output goes, as after 2>&1."""
    try:
        return os.path.samestat(os.fstat(sys.stdout.fileno()), os.fstat(sys.stderr.fileno()))
    except (OSError, ValueError):
        return False


@contextmanager
def _logged(doing: str) -> Iterator[Report]:
    """One plain line of progress each LOGGED_EVERY seconds, also while the work itself reports nothing."""
    latest: list[tuple[str, int, int]] = [(doing, 0, 0)]
    ended = threading.Event()
    began = time.monotonic()

    def log() -> None:
        while not ended.wait(LOGGED_EVERY):
            what, done, total = latest[0]
            share = f", {done / total:.0%}" if total else ""
            note(f"{what}{share} ({timedelta(seconds=round(time.monotonic() - began))})")

    logger = threading.Thread(target=log, daemon=True)
    logger.start()
    try:
        yield lambda what, done, total: latest.__setitem__(0, (what, done, total))
    finally:
        ended.set()
        logger.join()


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number with the right form of its noun: '1 unit', '30 units', '1,200 units'.

    >>> count(1, "unit"), count(1200, "unit"), count(2, "entry", "entries")
    ('1 unit', '1,200 units', '2 entries')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
