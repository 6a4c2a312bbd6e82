"""What changed between two builds, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualgraph.changes.comparison import KINDS, Change, Changes, aspects
from qualgraph.packaging import difference_json, difference_text


def changes_json(found: Changes) -> dict[str, Any]:
    """Everything as plain data."""
    return {
        "before": found.before,
        "after": found.after,
        "same": not found.found,
        "counts": found.counts,
        "changes": [_data(change) for change in found.found],
    }


def _data(change: Change) -> dict[str, Any]:
    return {
        "aspect": change.aspect,
        "key": change.key,
        "kind": change.kind,
        "before": list(change.before),
        "after": list(change.after),
        **({"rule": difference_json(change.rule)} if change.rule else {}),
    }


def changes_text(found: Changes, most: int | None = None) -> str:
    """The counts of each aspect and then what changed; at most so many things of each aspect, all where None."""
    if not found.found:
        return "Nothing changed.\n"
    return "\n".join(line for aspect in aspects() for line in _section(found, aspect, most)) + "\n"


def _section(found: Changes, aspect: str, most: int | None) -> Iterator[str]:
    changed = found.of(aspect)
    if not changed:
        return
    counts = found.counts[aspect]
    yield f"{aspect}: {', '.join(f'{counts[kind]:,} {kind}' for kind in KINDS if counts[kind])}"
    for change in changed[:most]:
        yield from _lines(change)
    if most is not None and len(changed) > most:
        yield f"  ... and {len(changed) - most:,} more"


def _lines(change: Change) -> Iterator[str]:
    if change.rule is not None:
        yield from (f"  {line}" for line in difference_text(change.rule).splitlines())
        return
    match change.kind:
        case "new":
            yield f"  + {change.key}{_told(change.after)}"
        case "gone":
            yield f"  - {change.key}{_told(change.before)}"
        case _ if len(change.before) == len(change.after) == 1:
            yield f"  {change.key}: {change.before[0]} -> {change.after[0]}"
        case _:
            yield f"  {change.key}"
            yield from (f"    - {said}" for said in change.before)
            yield from (f"    + {said}" for said in change.after)


def _told(said: tuple[str, ...]) -> str:
    return f": {'; '.join(said)}" if said else ""
