"""Options of a command out of a TOML file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from qualgraph.errors import UsageError

SHARING: Final = ("serve", "site", "dump")
"""The commands that publish a store: one file can have the options of all of them."""


def configured(context: typer.Context, file: Path | None) -> Path | None:
    """Take the options that the file gives as those that hold where nothing else is said.

    An option that only another command of ``SHARING`` has is passed over. Raises UsageError for a file that cannot be
    read or names an option that none of them has, or gives one a value of the wrong kind.
    """
    if file is None:
        return None
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"cannot be read as TOML: {error}.", where=str(file), hint="A line is: port = 8080"
        ) from error
    known = {str(each.name) for each in context.command.params} - {"config"}
    given = {name.replace("-", "_"): value for name, value in said.items()}
    unknown = sorted(given.keys() - known - _elsewhere(context))
    if unknown:
        raise UsageError(
            f"has an option '{unknown[0]}' that the command does not have.",
            where=str(file),
            hint=f"There are: {', '.join(sorted(name.replace('_', '-') for name in known))}.",
        )
    for each in context.command.params:
        if each.name in given:
            _checked(context, each, given[each.name], file)
    mine = {name: value for name, value in given.items() if name in known}
    context.default_map = {**(context.default_map or {}), **mine}
    return file


ConfigOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        callback=configured,
        is_eager=True,
        help="A TOML file with these options by their names; the environment and the command line go before it.",
    ),
]


def _elsewhere(context: typer.Context) -> set[str]:
    """The options of the commands that share a file."""
    group = context.parent.command if context.parent else None
    commands = getattr(group, "commands", {})
    return {str(each.name) for name in SHARING if name in commands for each in commands[name].params} - {
        "config",
        "folder",
    }


def _checked(context: typer.Context, option: Any, value: object, file: Path) -> None:
    """Raises UsageError, which names the file, for a value that the option does not take."""
    try:
        option.process_value(context, value)
    except typer.BadParameter as error:
        raise UsageError(
            f"has a value that '{str(option.name).replace('_', '-')}' does not take: "
            f"{error.message.strip().rstrip('.')}.",
            where=str(file),
            hint=f"'qualgraph {context.info_name} --help' says what each option takes.",
        ) from error
