"""Where commands about packaging rules find them: in files, or in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from qualgraph.cli.failure import report
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import note
from qualgraph.errors import QualgraphError, StoreMissingError, UnknownComponentError, UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, Succession
    from qualgraph.store import Store


MOST_TOLD = 20
"""How many documents or lines that cannot be read a person is told of one by one."""


class Refused:
    """The documents that could not be read: the first are told as they are met, all are counted, none stops others."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.number = 0
        self.exit_code = 0

    def __call__(self, error: QualgraphError) -> None:
        """Tell the error, and remember the worst exit code."""
        if self._as_json or self.number < MOST_TOLD:
            report(error, as_json=self._as_json)
        elif self.number == MOST_TOLD:
            note("What else cannot be read is counted, and not told one by one.")
        self.number += 1
        self.exit_code = max(self.exit_code, error.exit_code)


def printable(text: str) -> str:
    """Text of a document for a terminal: control characters and marks that turn its direction are spaces."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def rules_of_files(files: Sequence[Path], refused: Refused) -> Iterator[PackagingRule]:
    """Every rule of the files, one after another."""
    from qualgraph.sources.rule_files import rules_in

    return (found.rule for found in rules_in(files, failed=refused))


@contextmanager
def store_beside(files: bool, location: str | None, ctx: typer.Context) -> Iterator[Store | None]:
    """The store opened to be read; with rules from ``files`` only one that was named, and exists.

    A store named on the command line has to exist; one named by the variable alone may not be there.
    """
    if files and not location:
        yield None
        return
    typed = getattr(ctx.get_parameter_source("store"), "name", "") == "COMMANDLINE"
    with ExitStack() as stack:
        opened = None
        try:
            opened = stack.enter_context(reading(location))
        except StoreMissingError:
            if typed or not files:
                raise
        yield opened


def successions(store: Store | None) -> Mapping[str, Sequence[Succession]]:
    """What superseded what, as the store's documents and the shipped table say."""
    from qualgraph.packaging import merged_successions, shipped_successions
    from qualgraph.rulebook import successions_of

    return merged_successions(shipped_successions(), successions_of(store) if store is not None else {})


def named_rule(name: str, files: Sequence[Path], store: Store | None) -> PackagingRule:
    """The rule that a person named: a file with one rule, or CODE or CODE@RELEASE of the files, else of the store."""
    from qualgraph.sources.rule_files import rules_in

    path = Path(name)
    if path.is_file():
        return _only(name, [found.rule for found in rules_in(path)])
    code, _, release = name.partition("@")
    wanted = code.strip().upper()
    if files:
        found = [each.rule for each in rules_in(files, codes={wanted}) if each.rule.code == wanted]
        return _only(name, [rule for rule in found if not release or rule.release == release])
    if store is None:
        raise UsageError(
            f"'{name}' is no file.", hint="Give a file, or a code together with --rules or a store."
        )
    from qualgraph.rulebook import rule_of

    return rule_of(store, code, release or None).rule


def _only(name: str, rules: list[PackagingRule]) -> PackagingRule:
    if not rules:
        raise UnknownComponentError(
            f"no packaging rule of {name} is in the files given.",
            hint="Look at them with 'qualgraph rules parse'.",
        )
    if len(rules) > 1:
        told = ", ".join(
            f"{rule.code or 'no code'} release {rule.release or 'not stated'}" for rule in rules[:5]
        )
        raise UsageError(
            f"{name} names {len(rules)} packaging rules ({told}).",
            hint="Name one: CODE@RELEASE together with --rules FILE.",
        )
    return rules[0]
