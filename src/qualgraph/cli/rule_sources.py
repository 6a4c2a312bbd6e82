"""Where commands about packaging rules find them: in files, or in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qualgraph.cli.failure import report
from qualgraph.cli.stores import reading
from qualgraph.errors import QualgraphError, UnknownComponentError, UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, Succession
    from qualgraph.store import Store


class Refused:
    """The documents that could not be read: each is told when it is met, and stops nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.exit_code = 0

    def __call__(self, error: QualgraphError) -> None:
        """Tell the error, and remember the worst exit code."""
        report(error, as_json=self._as_json)
        self.exit_code = max(self.exit_code, error.exit_code)


def rules_of_files(files: Sequence[Path], refused: Refused) -> Iterator[PackagingRule]:
    """Every rule of the files, one after another."""
    from qualgraph.sources.rule_files import rules_in

    return (found.rule for found in rules_in(files, failed=refused))


@contextmanager
def store_if(wanted: bool, location: str | None) -> Iterator[Store | None]:
    """The store opened to be read, or None where it is not wanted."""
    if not wanted:
        yield None
        return
    with reading(location) as opened:
        yield opened


def successions(store: Store | None) -> Mapping[str, Sequence[Succession]]:
    """What the store's documents say superseded what; nothing without a store."""
    from qualgraph.rulebook.successions import successions_of

    return {} if store is None else successions_of(store)


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
