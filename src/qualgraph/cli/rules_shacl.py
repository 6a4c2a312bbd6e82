"""``qualgraph rules shacl``: packaging rules as SHACL shapes that any SHACL processor can run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.files import write_out, write_whole, written_whole
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.rulebook import rules_from
from qualgraph.cli.terminal import count, progress, say
from qualgraph.errors import QualgraphError, UsageError
from qualgraph.namespaces import DEFAULT_BASE

if TYPE_CHECKING:
    from qualgraph.cli.rulebook import Rules
    from qualgraph.identifiers import Identifiers

EXAMPLES = examples(
    "qualgraph rules shacl BSB50311 --out shapes.ttl",
    "qualgraph rules shacl ZZZ30120 --rules packaging-rules.jsonl",
    "qualgraph rules shacl --all --rules packaging-rules.jsonl --out shapes/",
)


def shacl(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="The qualification, such as BSB50311.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The rules of all qualifications of the store or of the files.")
    ] = False,
    rules: Annotated[
        list[Path] | None,
        typer.Option("--rules", metavar="FILE", help="From this file and not the store; may be repeated."),
    ] = None,
    base_iri: Annotated[
        str, typer.Option(metavar="IRI", help="What the identifiers of qualifications and units begin with.")
    ] = DEFAULT_BASE,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compile packaging rules to SHACL Core, as Turtle: load it as shapes and as data, with plans, in any processor.

    Shapes are marked exact or necessary only: what exact shapes find nothing wrong with earns the qualification; the
    others never reject wrongly. With --all and a folder as --out, each qualification is a file of its own.
    A rule of which nothing is certain is told, and stops no other.
    """
    from qualgraph.identifiers import Identifiers
    from qualgraph.packaging.compiling.shacl import compile_shacl

    if everything == (code is not None):
        raise UsageError("give either a code or --all.", hint="qualgraph rules shacl CODE, or --all.")
    ids = Identifiers(base_iri)
    refused = Refused(as_json=as_json)
    with rules_from(rules, store, code, refused) as book:
        if code is not None:
            write_out(compile_shacl(book.rule(code).rule, ids=ids).encode(), out)
            return
        written = _all(book, ids, out, refused)
    if out is not None:
        say(f"{out}: written, the shapes of {count(written, 'packaging rule')}")
    if refused.exit_code:
        raise typer.Exit(refused.exit_code)


def _all(book: Rules, ids: Identifiers, out: Path | None, refused: Refused) -> int:
    """Write the shapes of every rule, to a folder, a file or standard output; how many rules had some."""
    compiled = _compiled(book, ids, refused)
    if out is not None and (out.is_dir() or not out.suffix):
        out.mkdir(parents=True, exist_ok=True)
        return sum(_to_folder(out, code, text) for code, text in compiled)
    with written_whole(out) if out else nullcontext(sys.stdout.buffer) as stream:
        return sum(stream.write(text.encode()) > 0 for _, text in compiled)


def _to_folder(folder: Path, code: str, text: str) -> int:
    write_whole(folder / f"{code}.ttl", text.encode())
    return 1


def _compiled(book: Rules, ids: Identifiers, refused: Refused) -> Iterator[tuple[str, str]]:
    """Each code with its shapes; a rule without a code, or of which nothing is certain, is refused."""
    from qualgraph.identifiers import national_code
    from qualgraph.packaging.compiling.shacl import compile_shacl

    with progress("compiling", answering=True) as told:
        for number, found in enumerate(book.rules(), start=1):
            try:
                code = national_code(found.rule.code) if found.rule.code else ""
                text = compile_shacl(found.rule, ids=ids)
            except QualgraphError as error:
                refused(type(error)(error.what, where=found.where, hint=error.hint))
                continue
            yield code, text
            told(f"compiled {found.rule.code}", number, 0)
