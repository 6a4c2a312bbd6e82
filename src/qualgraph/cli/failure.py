"""How commands fail: one clear message, one exit code, never a traceback for what a person typed or gave.

Every command runs inside ``Commands.invoke``; the exit codes are those of ``docs/exit-codes.md``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import typer
from rich.text import Text
from typer.core import TyperGroup

from qualgraph.cli.terminal import console, note
from qualgraph.errors import QualgraphError, UsageError

FOUND_WANTING: Final = 1
"""The command did its work and the answer is no: findings, an inconsistent ontology."""
BUG: Final = 70
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141
DEBUG_VARIABLE: Final = "QUALGRAPH_DEBUG"

WRITING: Final = ("build", "ingest", "harvest", "forget")
"""The commands that change a store."""

MISTYPED = typer.BadParameter.__mro__[1]
"""Typer's own error for a command line that it cannot parse."""


class Commands(TyperGroup):
    """All commands; turns whatever one of them raises into a message and an exit code."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command; raises typer.Exit with the code where it fails."""
        as_json = "--json" in ctx.args
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, EOFError):
            raise
        except QualgraphError as error:
            report(error, as_json=as_json)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            _let_go_of_stdout()
            raise typer.Exit(BROKEN_PIPE) from error
        except OSError as error:
            _let_go_of_stdout()
            report(_refused(error), as_json=as_json)
            raise typer.Exit(UsageError.exit_code) from error
        except KeyboardInterrupt as error:
            note(_stopped(ctx.invoked_subcommand))
            raise typer.Exit(INTERRUPTED) from error
        except Exception as error:
            if isinstance(error, MISTYPED):
                if not as_json:
                    raise
                report(UsageError(_mistyped(error)), as_json=True)
                raise typer.Exit(UsageError.exit_code) from error
            _report_bug(error, as_json=as_json)
            raise typer.Exit(BUG) from error
        return answer


@contextmanager
def ended_at_once() -> Iterator[None]:
    """Lets Ctrl-C end the process itself, status 130 in a shell, for work that only reads.

    Oxigraph holds the interpreter while it evaluates, so that a KeyboardInterrupt would wait for the answer.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _stopped(command: str | None) -> str:
    if command not in WRITING:
        return "Stopped."
    return (
        "Stopped. Each document is stored wholly or not at all; run the command again. "
        "What is derived from the documents may be out of date until then, or until 'qualgraph build'."
    )


def report(error: QualgraphError, *, as_json: bool = False) -> None:
    """An error on standard error: for a person, or in the one shape for machines."""
    if as_json:
        note(json.dumps(error.as_dict(), ensure_ascii=False))
        return
    where = f"{error.where}: " if error.where else ""
    message = Text.assemble(("error: ", "bold red"), (where, "bold"), error.what)
    screen = console(stderr=True)
    screen.print(message, soft_wrap=True)
    if error.hint:
        screen.print(Text(f"  {error.hint}"), soft_wrap=True)


def _refused(error: OSError) -> UsageError:
    """What the operating system would not do: a full disk, a folder without permission."""
    return UsageError(
        f"the system refused it ({error.strerror or error}).",
        where=str(error.filename) if error.filename else None,
        hint="Look for a full disk or missing permissions.",
    )


def _mistyped(error: Exception) -> str:
    told: object = getattr(error, "format_message", lambda: error)()
    return str(told)


def _report_bug(error: Exception, *, as_json: bool) -> None:
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    bug = QualgraphError(
        f"this is a bug in qualgraph, not in what you typed ({said}).",
        hint=f"Please report it with the command; set {DEBUG_VARIABLE}=1 to see where it happened.",
    )
    if as_json:
        note(json.dumps({**bug.as_dict(), "exit_code": BUG}, ensure_ascii=False))
    else:
        report(bug)
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)


def _let_go_of_stdout() -> None:
    """The reader of a pipe has gone: nothing more is written, and Python must not try at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
