"""The search of a static site: an index in small files by the first two letters of each word, and lists without any.

A page that searches loads only the files of the words that were typed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from qualgraph.overview.rows import local
from qualgraph.pages.pages import words_of_kind
from qualgraph.site.settings import Plan
from qualgraph.store.rows import Row

LETTERS: Final = 2
"""How many letters of a word tell the file that it is in."""
SHARD: Final = 4_000
"""Entries of a file before it is divided by one letter more."""
_WORD: Final = re.compile(r"[^\W_]+")


def index_files(plan: Plan, addresses: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files of the index; ``addresses`` are those of components from the root of the site, by IRI.

    An entry is [code, title, kind, usage, address]. ``parts.json`` lists the prefixes that have a file.
    """
    entries = {
        iri: [row["code"], row["title"] or "", _kind(row), _usage(row), addresses[iri]]
        for iri, row in plan.components.items()
    }
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for iri, entry in entries.items():
        for word in _WORD.findall(f"{entry[0]} {entry[1]}".lower()):
            words[word][iri] = None
    parts = sorted(_parts(words, LETTERS))
    for part, iris in parts:
        told = json.dumps([entries[iri] for iri in iris], ensure_ascii=False, separators=(",", ":"))
        yield f"search-index/{part_name(part)}.json", told.encode()
    listed = [part for part, _ in parts]
    yield "search-index/parts.json", json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()


def part_name(part: str) -> str:
    """The name of the file for a prefix: its letters as hexadecimal numbers, which any file system takes."""
    return "-".join(f"{ord(letter):x}" for letter in part)


def _parts(words: Mapping[str, Iterable[str]], letters: int) -> Iterator[tuple[str, list[str]]]:
    """Prefixes of words with what has a word that begins so; a word as long as its prefix is whole."""
    by_prefix: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        by_prefix[word[:letters]].append(word)
    for prefix, some in by_prefix.items():
        found = dict.fromkeys(iri for word in some for iri in words[word])
        longer = {word: words[word] for word in some if len(word) > letters}
        if len(found) > SHARD and longer and letters < 8:
            whole = [iri for word in some if len(word) <= letters for iri in words[word]]
            if whole:
                yield prefix, sorted(dict.fromkeys(whole))
            yield from _parts(longer, letters + 1)
        else:
            yield prefix, sorted(found)


def _kind(row: Row) -> str:
    return words_of_kind(local(row["kind"]))


def _usage(row: Row) -> str:
    return local(row["latest"]).lower() if row["latest"] else ""


def code_lists(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """All components for people who do not search: IRIs by kind and by what their codes begin with."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for iri, row in sorted(plan.components.items(), key=lambda item: str(item[1]["code"])):
        found[_kind(row)][re.sub(r"[^A-Z0-9]", "-", str(row["code"])[:3].upper()) or "-"].append(iri)
    return {kind: dict(lists) for kind, lists in sorted(found.items())}
