"""``qualgraph rules report``: how much of many packaging rules was read, and whether it adds up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualgraph.cli.files import write_out
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import count, plain_table, progress

if TYPE_CHECKING:
    from qualgraph.packaging import Figures, PackagingRule

EXAMPLES = examples(
    "qualgraph rules report packaging-rules.jsonl",
    "qualgraph rules report documents/*.xml --unread",
    "qualgraph rules report --store ./store --json",
)
COLUMNS = ("package", "rules", "complete", "partial", "failed", "unread", "sums", "cores", "infeasible")


class ReportForm(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


def report(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="As 'rules parse' takes them; without any, the store."),
    ] = None,
    unread: Annotated[
        bool, typer.Option("--unread", help="List every sentence that was not read, with its line.")
    ] = False,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Leave out whether any units could meet each rule, which takes longest."
        ),
    ] = False,
    form: Annotated[
        ReportForm,
        typer.Option(
            "--format", "-f", metavar="|".join(ReportForm), help="text for a person, json for a program."
        ),
    ] = ReportForm.TEXT,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say of many packaging rules how many were read whole, and whether counts and lists agree, by training package.

    'sums' are the rules whose total is core and electives together, of those that state all three; 'cores' those
    that list as many core units as they state; 'infeasible' those that were read whole and that no units could meet.
    """
    refused = Refused(as_json=as_json)
    found = _Found(decide=not quick)
    with progress("reading") as told:
        for number, (package, rule) in enumerate(_rules(files, store, refused), start=1):
            found.add(package, rule)
            told(f"{number:,} rules read", number, 0)
    if as_json or form is ReportForm.JSON:
        text = json.dumps(found.data(unread=unread), indent=2, ensure_ascii=False) + "\n"
    else:
        text = "\n".join(found.lines(unread=unread)) + "\n"
    write_out(text.encode(), out)
    if refused.exit_code:
        raise typer.Exit(refused.exit_code)


def _rules(
    files: list[Path] | None, store: str | None, refused: Refused
) -> Iterator[tuple[str | None, PackagingRule]]:
    if files:
        from qualgraph.sources.rule_files import rules_in

        yield from ((found.package, found.rule) for found in rules_in(files, failed=refused))
        return
    from qualgraph.rulebook import rules_of

    with reading(store) as opened:
        yield from ((None, found.rule) for found in rules_of(opened))


class _Found:
    """The figures as they grow, and what they are about."""

    def __init__(self, *, decide: bool) -> None:
        self._decide = decide
        self._packages: dict[str, Figures] = {}
        self._partial: list[PackagingRule] = []
        self._infeasible: list[str] = []

    def add(self, package: str | None, rule: PackagingRule) -> None:
        """Count one more rule."""
        from qualgraph.packaging import Figures, figures_of, package_of

        figures = figures_of(rule, decide=self._decide)
        self._packages.setdefault(package_of(rule, package), Figures()).add(figures)
        if rule.unread:
            self._partial.append(rule)
        if figures.infeasible:
            self._infeasible.append(rule.code or "no code")

    def _whole(self) -> Figures:
        from qualgraph.packaging import all_figures

        return all_figures(self._packages.values())

    def data(self, *, unread: bool) -> dict[str, Any]:
        """Everything as plain data."""
        data: dict[str, Any] = {
            **self._whole().as_dict(),
            "decided": self._decide,
            "infeasible_codes": self._infeasible,
            "packages": {name: figures.as_dict() for name, figures in sorted(self._packages.items())},
        }
        if unread:
            data["unread_sentences"] = [
                {"code": rule.code, "line": item.line, "text": item.text}
                for rule in self._partial
                for item in rule.unread
            ]
        return data

    def lines(self, *, unread: bool) -> Iterator[str]:
        """Everything for a person."""
        whole = self._whole()
        rows = [(name, figures) for name, figures in sorted(self._packages.items())]
        yield from plain_table(
            COLUMNS, [self._row(name, figures) for name, figures in [*rows, ("all", whole)]]
        )
        yield ""
        yield (
            f"{count(whole.rules, 'packaging rule')}: {_share(whole.complete, whole.rules)} complete, "
            f"{_share(whole.partial, whole.rules)} partial, {_share(whole.failed, whole.rules)} failed."
        )
        yield (
            f"Partial without a word of what was not read: {whole.silent:,}. "
            f"Sentences not read: {whole.unread:,}{'' if unread else ' (list them with --unread)'}."
        )
        if self._infeasible:
            yield f"Complete, and no units could meet it: {', '.join(self._infeasible)}."
        for rule in self._partial if unread else ():
            yield ""
            yield " ".join(filter(None, (rule.code or "no code", rule.title)))
            yield from (f"  {f'line {item.line}: ' if item.line else ''}{item.text}" for item in rule.unread)

    def _row(self, name: str, figures: Figures) -> tuple[str, ...]:
        numbers = (figures.rules, figures.complete, figures.partial, figures.failed, figures.unread)
        return (
            name,
            *(f"{number:,}" for number in numbers),
            f"{figures.sums_agree}/{figures.sums}",
            f"{figures.cores_agree}/{figures.cores}",
            f"{figures.infeasible}" if self._decide else "",
        )


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.1%})" if whole else "0"
