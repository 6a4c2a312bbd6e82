"""``qualgraph rules parse``: packaging rules out of files, as data or in words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.files import written_whole
from qualgraph.cli.options import JsonOption, OutOption, examples
from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.terminal import count, note, progress, say
from qualgraph.errors import UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule

EXAMPLES = examples(
    "qualgraph rules parse qualification.xml",
    "qualgraph rules parse documents/*.txt --format jsonl --out rules.jsonl",
    "qualgraph rules parse packaging-rules.jsonl --format jsonl",
    "qualgraph rules parse copy.txt --code BSB50311 --json",
)


class RuleFormat(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def parse(
    documents: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Component XML, register page, copy or PDF; an export of the register (.jsonl, .xlsx, .csv); "
            "text of a packaging rule alone; - is standard input. The kind is told by content.",
        ),
    ],
    form: Annotated[
        RuleFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(RuleFormat),
            help="text for a person; json is one array, jsonl one rule a line.",
        ),
    ] = RuleFormat.TEXT,
    code: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The code of the qualification, for a text that never states it."),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(
            metavar="TITLE", help="The title of the qualification, for a text that never states it."
        ),
    ] = None,
    detail: Annotated[
        bool,
        typer.Option("--detail", help="In JSON, add unit titles, lines, and how each sentence was read."),
    ] = False,
    out: OutOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read packaging rules, and print each as soon as it is read: counts, groups, rules, conditions, what was not read.

    What cannot be read, a document or a line of an export, is told and stops nothing else; the exit code is then 3.
    """
    from qualgraph.sources.rule_files import rules_in

    if (code or title) and len(documents) > 1:
        raise UsageError(
            f"--code and --title are of one qualification, and {len(documents)} files are given."
        )
    refused = Refused(as_json=as_json)
    found = rules_in(documents, code=code, title=title, failed=refused)
    read = 0
    with (
        progress("reading", answering=out is None) as told,
        written_whole(out) if out else nullcontext(sys.stdout.buffer) as stream,
    ):

        def counted() -> Iterator[PackagingRule]:
            nonlocal read
            for one in found:
                read += 1
                told(f"reading {one.where}", read, 0)
                yield one.rule

        for text in written(counted(), RuleFormat.JSON if as_json else form, detail=detail):
            stream.write(text.encode())
            stream.flush()
    if out is not None and not as_json:
        say(f"{out}: written, {count(read, 'packaging rule')}")
    if refused.number:
        if not as_json and read + refused.number > 1:
            note(f"{count(refused.number, 'document or line', 'documents or lines')} gave no packaging rule.")
        raise typer.Exit(refused.exit_code)


def written(rules: Iterable[PackagingRule], form: RuleFormat, *, detail: bool) -> Iterator[str]:
    """The rules in the form, piece by piece."""
    from qualgraph.packaging import to_json, to_text

    if form is RuleFormat.JSON:
        yield "["
    for number, rule in enumerate(rules):
        if form is RuleFormat.TEXT:
            yield ("\n" if number else "") + to_text(rule)
            continue
        data = json.dumps(
            to_json(rule, detail=detail), ensure_ascii=False, indent=2 if form is RuleFormat.JSON else None
        )
        yield f"{data}\n" if form is RuleFormat.JSONL else f"{',' if number else ''}\n{data}"
    if form is RuleFormat.JSON:
        yield "\n]\n"
