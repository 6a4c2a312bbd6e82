"""The application: its commands, what holds for all of them, and the way in for the installed script."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Annotated

import typer

from qualgraph.cli import (
    backup,
    build,
    check,
    diff,
    dump,
    export,
    forget,
    harvest,
    history,
    ingest,
    quality,
    queries,
    query,
    reason,
    rules,
    serve,
    show,
    site,
    status,
    validate,
)
from qualgraph.cli.failure import Commands
from qualgraph.cli.options import examples
from qualgraph.cli.terminal import say, use_colour

app = typer.Typer(
    name="qualgraph",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "qualgraph build",
        "qualgraph show BSB40307",
        "qualgraph query pathways-from code=BSB40307",
        "Exit codes: 0 done; 1 done, and the answer is no (findings, an inconsistency); 2 the command is wrong; "
        "3 a document or data cannot be read; 4 the store; 5 an endpoint; 6 something is not installed; "
        "70 a bug; 130 stopped.",
    ),
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"qualgraph {version('qualgraph')}")
        raise typer.Exit


@app.callback()
def qualgraph(
    no_color: Annotated[
        bool, typer.Option("--no-color", help="Never use colour; so does the variable NO_COLOR.")
    ] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """A knowledge graph of Australia's vocational qualifications: build it, ask it, check your own data with it."""
    use_colour(not no_color)


app.command(epilog=build.EXAMPLES)(build.build)
app.command(epilog=ingest.EXAMPLES)(ingest.ingest)
app.command(epilog=harvest.EXAMPLES)(harvest.harvest)
app.command(epilog=forget.EXAMPLES)(forget.forget)
app.command(epilog=status.EXAMPLES)(status.status)
app.command(epilog=show.EXAMPLES)(show.show)
app.command(epilog=history.EXAMPLES)(history.history)
app.command(epilog=queries.EXAMPLES)(queries.queries)
app.command(epilog=query.EXAMPLES)(query.query)
app.command(epilog=quality.EXAMPLES)(quality.quality)
app.command(epilog=validate.EXAMPLES)(validate.validate)
app.command(epilog=check.EXAMPLES)(check.check)
app.add_typer(rules.app)
app.command(epilog=reason.EXAMPLES)(reason.reason)
app.command(epilog=export.EXAMPLES)(export.export)
app.command(epilog=diff.EXAMPLES)(diff.diff)
app.command(epilog=backup.BACKUP_EXAMPLES)(backup.backup)
app.command(epilog=backup.RESTORE_EXAMPLES)(backup.restore)
app.command(epilog=dump.EXAMPLES)(dump.dump)
app.command(epilog=serve.EXAMPLES)(serve.serve)
app.command(epilog=site.EXAMPLES)(site.site)


def main() -> None:
    """Run the command line; ends the process with an exit code of ``docs/exit-codes.md``."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError, OSError):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    app(prog_name="qualgraph")
