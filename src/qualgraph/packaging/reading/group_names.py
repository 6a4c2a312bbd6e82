"""The groups of a page by the names that its sentences use: letters, letters and names, names alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualgraph.packaging.reading.predicates import Titles

PUNCTUATION = (
    (re.compile(r"[’‘`´]"), "'"),
    (re.compile(r"[“”]"), '"'),
    (re.compile(r"[–—]"), "-"),
)
"""Quotes and dashes of print, and the plain ones."""

_LETTERS = r"(?:(?!(?:or|of|to|in|is|an|at|by|on|if|as|be|no)\b)[a-z]{1,2}|\d{1,2})"
_JOINER = r"(?:\s*,\s*(?:and |or |and/or )?|\s*/\s*| and/or | or | and | to | through to |\s*[-–]\s*)"
_NOT_A_LETTER = r"(?!certificate|diploma|current|further|qualification|relevant|minimum|maximum|unit from)"
_GROUPS = re.compile(
    rf"\b(?:(?:specialist|specialisation|elective|electives|general|imported|unit|units) )*groups? ({_LETTERS})\b"
    rf"((?:{_JOINER}(?:electives? )?(?:group )?{_LETTERS}(?=$|[\s,.:;)/-]{_NOT_A_LETTER}))*)"
)
_NEXT_GROUP = re.compile(
    rf"(\W+(?:(?:and/or|or|and|through to|to)\W+)?(?:electives? )?(?:group )?)({_LETTERS})\b"
)
_RULE_WORDS = {
    *(
        "elective",
        "electives",
        "unit",
        "units",
        "general",
        "group",
        "groups",
        "list",
        "listed",
        "core",
        "other",
    ),
    *(
        "and",
        "the",
        "for",
        "from",
        "with",
        "all",
        "any",
        "additional",
        "remaining",
        "common",
        "level",
        "points",
    ),
    *(
        "certificate",
        "diploma",
        "training",
        "package",
        "accredited",
        "course",
        "courses",
        "endorsed",
        "must",
        "may",
    ),
    *("minimum", "maximum", "least", "one", "two", "three", "competency", "competencies", "imported", "same"),
}


class GroupNames:
    """The groups of a page by every name that its sentences may use, replaced by ``@`` and the group's key."""

    def __init__(
        self,
        labels: Iterable[tuple[str, str]],
        wordings: Iterable[tuple[str, tuple[str, ...]]],
        titles: Titles | None = None,
    ) -> None:
        """``labels``: each group id with the name printed after its letter; ``wordings``: names that stand alone,
        with the ids of the groups that they mean; ``titles``: those that the page prints for each unit code."""
        self.titles: Titles = titles or {}
        given = list(labels)
        labelled = sorted(given, key=lambda label: -len(label[1]))
        self.keys = {_key(id): id for id, _ in given}
        self.order = list(self.keys)
        self.labels = [
            (re.compile(rf"@{_key(id)}\s*[-:(]?\s*{_words(name)}\)?(?![a-z])"), f"@{_key(id)}")
            for id, name in labelled
            if name
        ]
        self.labels += [
            (re.compile(rf"@{_key(id)}\s*[-:(]?\s*{some}\)?(?![a-z])"), f"@{_key(id)}")
            for id, name in labelled
            if (some := _some_words(name))
        ]
        self.rows = [
            (
                re.compile(
                    rf"(?<=[a-z0-9,] )({re.escape(_key(id))})\s*[-–]?\s*{_words(name)}(?=\s*(?:,|$|\bor\b|\band\b))"
                ),
                r"\1",
            )
            for id, name in labelled
            if name and len(id) == 1 and name.lower() not in ("elective", "electives")
        ]
        self.wordings = [
            (
                re.compile(rf"(?<![a-z@])(?:the )?{_words(wording)}(?![a-z])"),
                " or ".join(f"@{_key(id)}" for id in ids),
            )
            for wording, ids in sorted(wordings, key=lambda item: -len(item[0]))
        ]

    def id_of(self, reference: str) -> str | None:
        """The group id that a reference such as ``@a`` stands for; None where the page has no such group."""
        return self.keys.get(reference.removeprefix("@"))

    def replaced(self, plain: str, *, wordings: bool = True) -> str:
        """The sentence with letters and names of groups replaced by references, or with letters alone."""
        if re.search(r"\bgroups? [a-z0-9]{1,2} \w", plain):
            plain = self._letters_alone(plain)
        plain = _GROUPS.sub(self._references, plain)
        for pattern, reference in self.labels:
            plain = pattern.sub(reference, plain)
        for pattern, reference in self.wordings if wordings else ():
            plain = pattern.sub(f" {reference} ", plain)
        return re.sub(r"(@[a-z0-9_]+)(?:\s*[-:(]?\s*\1\b)+\)?", r"\1", re.sub(r"\s+", " ", plain)).strip()

    def _letters_alone(self, plain: str) -> str:
        """'groups a kites, b string and c rods' as 'groups a, b and c'."""
        at = plain.index("group")
        row = plain[at:]
        for pattern, letter in self.rows:
            row = pattern.sub(letter, row)
        return plain[:at] + row

    def _references(self, match: re.Match[str]) -> str:
        keys = [match[1]]
        text = match[1]
        for found in _NEXT_GROUP.finditer(match[2]):
            separator, key = found.groups()
            if key not in self.keys:
                return f"@{text}{match[2][found.start() :]}"
            if re.search(r"\bto\b|[-–]", separator):
                between = self._range(keys[-1], key)
                if between is None:
                    return match[0]
                text += "".join(f" and @{inner}" for inner in between)
                keys.extend(between)
            else:
                joiner = re.search(r"and/or|or|and", separator)
                text += f" {joiner[0] if joiner else ','} @{key}"
                keys.append(key)
        return f"@{text}"

    def _range(self, first: str, last: str) -> list[str] | None:
        if (
            first not in self.order
            or last not in self.order
            or self.order.index(first) > self.order.index(last)
        ):
            return None
        return self.order[self.order.index(first) + 1 : self.order.index(last) + 1]


def _key(id: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", id.lower()).strip("_")


def _words(name: str) -> str:
    """A pattern for the name as sentences print it, whether they say 'electives' or 'elective units'."""
    plain = name.lower()
    for pattern, replacement in PUNCTUATION:
        plain = pattern.sub(replacement, plain)
    return re.sub(
        r"elective(?:s|\\ units?)?$", r"elective(?:s| units?| unit list)", re.escape(plain.strip(" :.-"))
    )


def _some_words(name: str) -> str:
    """A pattern for a part of the name: one or more of its words, but not of those that rules use."""
    words = [f"{word}s?" for word in re.findall(r"[a-z]{3,}", name.lower()) if word not in _RULE_WORDS]
    return rf"(?:{'|'.join(words)})\b(?:[\s/,&-]+(?:and )?(?:{'|'.join(words)})\b)*" if words else ""
