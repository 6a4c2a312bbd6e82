"""``qualgraph backup`` and ``qualgraph restore``: a whole store as one file, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualgraph.cli.files import written_whole
from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import require_writable, writing
from qualgraph.cli.terminal import count, progress, say

if TYPE_CHECKING:
    from qualgraph.pipeline import Manifest

BACKUP_EXAMPLES = examples(
    "qualgraph backup register.nq.gz", "qualgraph backup register.nq.gz --store ./register"
)
RESTORE_EXAMPLES = examples(
    "qualgraph restore register.nq.gz --store ./register",
    "qualgraph restore register.nq.gz --store ./register --replace",
    "qualgraph restore register.nq.gz --check",
)


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write, such as register.nq.gz: gzipped N-Quads.")
    ],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write everything in the store to one file, with a checksum, so that 'qualgraph restore' can bring it back.

    The file appears whole or not at all, and shows the store as it is at one moment.
    """
    from qualgraph.pipeline import backup as write_backup
    from qualgraph.pipeline import require_content
    from qualgraph.store import open_store

    with open_store(store or None, read_only=True) as opened:
        require_content(opened)
        with progress("writing") as told, written_whole(file) as stream:
            found = write_backup(opened, stream, told)
    _tell(file, "written", found, as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that 'qualgraph backup' wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of everything that the store holds.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the file is whole and unchanged.")
    ] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill a store from a backup, wholly or not at all.

    A file that is cut off or was changed is refused, and so is a store that holds something unless --replace is said.
    """
    from qualgraph.pipeline import checked_backup
    from qualgraph.pipeline import restore as read_backup

    if not check:
        require_writable(store)
    with progress("checking") as told:
        found = checked_backup(file, told)
        if not check:
            with writing(store) as opened:
                found = read_backup(opened, file, replace=replace, checked=found, progress=told)
    _tell(file, "whole and unchanged" if check else "restored", found, as_json=as_json)


def _tell(file: Path, what: str, found: Manifest, *, as_json: bool) -> None:
    if as_json:
        say(json.dumps(_data(file, found), indent=2, ensure_ascii=False))
        return
    graphs = count(len(found.graphs), "graph")
    say(f"{file}: {what}, {count(found.triples, 'triple')} in {graphs}; sha256 {found.sha256}")


def _data(file: Path, found: Manifest) -> dict[str, Any]:
    return {
        "file": str(file),
        "version": found.version,
        "made": found.made.isoformat(),
        "triples": found.triples,
        "graphs": found.graphs,
        "sha256": found.sha256,
    }
