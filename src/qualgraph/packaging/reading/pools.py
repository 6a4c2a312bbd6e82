"""What the words of a clause name: groups, the lists, imports with their sources and levels, units by their code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualgraph.packaging.reading.grammar import Word
from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.predicates import predicates
from qualgraph.packaging.tree import IMPORT, LISTED, ImportPool

SOURCE_KINDS = {"THIS": "this-package", "ANYPACKAGE": "any-package", "COURSE": "accredited-course"}
LEVEL_KINDS = frozenset({"SAME", "HIGHER", "LOWER", "AQF", "AQFLEVEL", "ROMAN", "ABOVE", "BELOWLEVEL"})
SEPARATORS = {"OR", "AND", "COMMA", "PLUS"}
_LEVEL_KINDS = {"SAME", "HIGHER", "LOWER", "AQF", "AQFLEVEL", "ROMAN"}
_ROMANS = {"1": "I", "2": "II", "3": "III", "4": "IV"}


@dataclass(frozen=True, kw_only=True)
class Named:
    """The pools that words name, the import pool among them, and the units that narrow the pools (``only``)."""

    pools: tuple[str, ...]
    import_: ImportPool | None = None
    only: tuple[str, ...] = ()
    doubt: str | None = None


def pools_of(words: tuple[Word, ...], names: GroupNames) -> Named | None:
    """Group ids, ``listed``, ``import`` and units as the words name them; None where a group is not on the page."""
    groups: list[str] = []
    sources: list[str] = []
    packages: list[str] = []
    other: list[str] = []
    units: list[str] = []
    without: list[str] = []
    listed = apposed = False
    previous = ""
    for at, word in enumerate(words):
        if word.kind == "GROUP":
            id = names.id_of(word.text)
            if id is None:
                return None
            excepted = previous == "EXCEPT"
            (without if excepted else groups).append(id)
            apposed |= previous == "LISTED"
            if excepted:
                continue
        elif (word.kind == "LISTED" and previous != "GROUP") or _electives_as_pool(words, at):
            listed = True
        elif word.kind in SOURCE_KINDS:
            sources.append(SOURCE_KINDS[word.kind])
        elif word.kind == "NAMED":
            packages.append(word.text)
        elif word.kind == "PREDICATE" and word.text.startswith("%except_"):
            other.append(word.text.removeprefix("%except_").upper())
        elif word.kind == "PREDICATE":
            units += predicates(word.text)
        if word.kind not in ("FROM", "IN", "EITHER", "ELECTIVES", "UNITS", "ONEOF", "MAY", "MUST"):
            previous = word.kind
    pools = list(dict.fromkeys(groups))
    if without and (groups or not listed):
        return None
    if without:
        pools += [id for id in names.keys.values() if id not in without]
    elif listed and not apposed:
        pools.append(LISTED)
    levels = levels_of(words)
    if other and (not sources or groups or listed):
        return None
    if not sources and not packages and _narrows_lists(words):
        return None
    outside = ImportPool(
        sources=tuple(dict.fromkeys(sources)),
        levels=levels,
        packages=tuple(dict.fromkeys(packages)),
        except_packages=tuple(other),
    )
    pools += [] if outside == ImportPool() else [IMPORT]
    return _narrowed(pools, outside, tuple(dict.fromkeys(units)), _doubt(words))


def _narrowed(pools: list[str], outside: ImportPool, units: tuple[str, ...], doubt: str | None) -> Named:
    """Units told by their code narrow the pools that the words name, and are pools themselves where they name none."""
    import_ = outside if IMPORT in pools else None
    if not pools or any(unit.startswith("unit:") for unit in units):
        return Named(pools=units or tuple(pools), import_=None if units else import_, doubt=doubt)
    return Named(pools=tuple(pools), import_=import_, only=units, doubt=doubt)


def _narrows_lists(words: tuple[Word, ...]) -> bool:
    """'2 from Group A at Certificate III level': the level is asked of the units of the list."""
    kinds = [word.kind for word in words]
    at = next((at for at, kind in enumerate(kinds) if kind in _LEVEL_KINDS), 0)
    last = max((at for at, kind in enumerate(kinds[:at]) if kind in ("GROUP", "LISTED")), default=None)
    return last is not None and not SEPARATORS & set(kinds[last:at])


def _doubt(words: tuple[Word, ...]) -> str | None:
    """What a level told by the code, or 'any other group', leaves open."""
    if any(word.kind == "PREDICATE" and word.text.endswith("_outcomes") for word in words):
        return "told by the code alone: a unit of another code may reflect outcomes of such a level too"
    if any(word.kind == "LISTED" and "other" in word.text for word in words):
        return "the text does not say which groups are the other ones: it is read as any of the lists"
    return None


def _electives_as_pool(words: tuple[Word, ...], at: int) -> bool:
    """'from the elective units, or ...': the noun itself is what is chosen from."""
    if words[at].kind != "ELECTIVES" or at == 0 or words[at - 1].kind not in ("FROM", "OR"):
        return False
    return at + 1 == len(words) or words[at + 1].kind in SEPARATORS


def levels_of(words: tuple[Word, ...]) -> tuple[str, ...]:
    """The levels that the words name, as :class:`~qualgraph.packaging.tree.ImportPool` writes them."""
    levels: list[str] = []
    for word in words:
        if word.kind == "SAME":
            levels.append("same")
        elif word.kind in ("HIGHER", "LOWER"):
            levels.append(f"one {word.kind.lower()}")
        elif word.kind in ("AQF", "AQFLEVEL", "ROMAN"):
            levels.append(_level_name(word))
        elif word.kind == "ABOVE" and levels:
            levels[-1] += " or above"
        elif word.kind == "BELOWLEVEL" and levels:
            levels[-1] += " or below"
    return tuple(dict.fromkeys(levels))


def _level_name(word: Word) -> str:
    if word.kind == "ROMAN":
        return f"Certificate {word.text.upper()}"
    if word.kind == "AQFLEVEL":
        return f"AQF {word.text[-1]}"
    name = re.sub(r" levels?$", "", word.text).replace("certificate", "cert").replace("cert", "certificate")
    parts = [
        part.upper() if re.fullmatch(r"[iv]+", part) else _ROMANS.get(part, part.capitalize())
        for part in name.split()
    ]
    return " ".join(parts)
