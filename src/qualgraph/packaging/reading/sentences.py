"""The prose of a packaging rule cut into sentences, and each put into the plain wording that the grammar knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from qualgraph.notation import NUMBER_WORDS
from qualgraph.packaging.reading.layout import RuleText, UnitList
from qualgraph.packaging.reading.leads import ended, led
from qualgraph.packaging.reading.predicates import (
    Titles,
    coded_units,
    excepted_packages,
    named_units,
    with_codes,
)

_AFTER_COLON = (
    r"\d|up to\b|at least\b|a (?:minimum|maximum)\b|all\b|both\b|the remaining\b|any\b|one\b|two\b|three\b"
    r"|no more\b|units\b|core\b"
)
_CUT = re.compile(
    r"(?<=[A-Za-z)\]0-9]\.)\s*(?=[A-Z0-9•])"
    r"|;\s+|\s[-–—]\s+(?=Note: [a-z])"
    rf"|(?<=:)\s*[◦•▪]?\s*(?i:(?=(?:{_AFTER_COLON})))"
    r"|(?<=[a-z:])"
    r"(?=(?:All|Elective|Electives|Where|Units|Core|Note|Prerequisite|Select|Choose|Any|Each|Up|The|Specialisation)"
    r" [a-z])"
    r"|(?<=[a-z.)])(?<!ombined)(?<!\bthe)\s*(?<!ombined )(?<!\bthe )(?=Specialisations?\s*[-–]\s*[A-Z])"
    r"|(?:(?<=\))|(?<=specialisation))\s*=\s*(?=\d{1,2} core\b)|(?<=core units),\s+(?=\d)|(?<=below)(?=up to \d)"
    r"|\s+consisting of\s*(?=(?:all|at least|up to|a minimum|a maximum) |\d+ (?:core|elective))"
    r"|(?<=\bSpecialisations)(?=[A-Z])|(?<=to achieve a specialisation)(?=[A-Z])"
    r"|(?<=units),?\s+plus\s+(?=\d|all units|one unit|unit from)|(?<=Group [A-Z]),\s+plus\s+(?=\d|unit from)"
    r"|(?<=core units),\s+(?=all units)"
    r"|(?<=\d elective units),?\s+including\s+(?=up to|at least|a minimum|a maximum|no more)"
    r"|(?<=units listed below),\s+or\s+(?=up to \d[^.;]{0,80}, may be selected)"
    r"|(?<=units listed below),\s+or\s+(?=up to \d[^.;,]{0,80} may be selected)"
    r"|(?<=[a-z])(?=\d{1,2}\s*(?:core|elective) units?\b)"
)
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_TEN_WORD = re.compile(
    rf"\b({'|'.join(_TENS)})(?:[- ](one|two|three|four|five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_LETTERS = r"(?:(?!(?:or|of|to|in|is|an|at|by|on|if|as|be|no)\b)[a-z]{1,2}|\d{1,2})"
_LEVELS = re.compile(r"\b(?:aqf )?(?:levels?|aqf) \d(?:(?:, | or | and |, or ){1}\d\b)+")
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
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[’‘`´]", "'"),
        (r"[“”]", '"'),
        (r"[–—]", "-"),
        (r"australian (?:qualifications?|quality) framework(?: \(aqf\))?", "aqf"),
        (r"\bpre-requisite", "prerequisite"),
        (r"(?<=\d),(?=\d{3}\b)", ""),
        (r"(?<=\d)(?=[a-z])|(?<=\band)(?=\d)", " "),
        (
            r"\b(elective|core|general|weighting|units)(?=(?:weighting ?)?(?:points?|electives?|units?|group)\b)",
            r"\1 ",
        ),
        (r"\bweighting point\b", "weighting points"),
        (r"\bplus(?=\d)", "plus "),
        (r"\b(\d+) more (?=units?\b)", r"\1 "),
        (
            r"\bunits from the (?:other )?groups not (?:already|previously) selected\b",
            "the electives listed below",
        ),
        (r"\bfrom (?:those )?listed below\b", "from the electives listed below"),
        (r",? once only,?", ""),
        (r"(\bgroup [a-z]) [a-z ]{3,60} specialisation(?= (?:units|electives)\b|[ .:;,]*$)", r"\1"),
        (r"\bfrom (?:a|any) combination of (?=groups? )", "from "),
        (r"\b(maximum|minimum) (?=\d+ units? from)", r"\1 of "),
        (
            r"^(\d+ units of competency) (?:are )?required for this qualification(?: including)?\W*$",
            r"total = \1",
        ),
        (r"\b(?:[2-9]|1\d) of (?:the |these )?(?:[a-z]+ ){0,2}groups\b(?! [a-z] units)", "some groups §"),
        (r"\banywhere (?:with)?in this qualification\b", "the electives listed below"),
        (
            r"^(\d+) elective units from the electives listed below or up to \1 units may be selected from",
            r"\1 elective units from the electives listed below or from",
        ),
        (
            r"^the candidate must demonstrate competency in (?:a minimum of )?(?=\d+ units of competency)",
            "total = ",
        ),
        (r"^a minimum of (?=\d+ units are to be completed as follows)", "total = "),
        (r"^(?:a )?minimum of (?=\d+ (?:weighting points|units(?: of competency)?) comprising)", "total = "),
        (r"^(?:choose|select) a total of ", "select "),
        (
            r"\bor all(?: (?:minimum|electives?|units|of|between 0 and))*( \d+)?(?: electives?(?: units)?)?"
            r" weighting points(?: must| can)* be taken from\b",
            r"or all\1 weighting points may be taken from",
        ),
        (r", you may select all (?:of )?your elective units from this group\b", ""),
        (r"^(?:all )?core units of competency listed below \(totalling (\d+) points\).*", r"\1 core points"),
        (
            r"^to be awarded .{0,200}?units of competency to (?:the|a minimum) value of (?:at least )?(\d+) points"
            r" must be achieved.*",
            r"total = \1 points",
        ),
        (r"\bto bring the total value to (?:at least )?\d+ points", " "),
        (r"\bunits(?=of\b)", "units "),
        (r"\bunit\(s\)|\bunit/s|\bu nits?\b", "units"),
        (r"\b(\d+)\s*\(\s*\1\s*\)", r"\1"),
        (r"(?:^|(?<=\s))\(\s*(\d{1,3})\s*\)", r"\1"),
        (
            r"^to (?:achieve|be awarded|attain|gain|receive) .{0,160}?(?:competency|must complete)"
            r"[^0-9.:]{0,40}? (?:all )?(?=\d+ units)",
            "total = ",
        ),
        (
            r"^to (?:achieve|be awarded|attain|gain|receive) .{0,160}?(?:competency|must complete)"
            r"[^0-9.:]{0,40}? (?:all )?(?=\d+ core units)",
            "",
        ),
        (r"^(?:of|for) (?=the remaining)|^of which,? ", ""),
        (r"^plus (?=.*\d)", ""),
        (
            r"\b(?:at least|a minimum of) (\d+)(?: units?)?,? (?:and|but)(?: with)?"
            r" (?:up to|no more than|a maximum of) (\d+)\b",
            r"between \1 and \2",
        ),
        (r"\b(\d+) or more (?=(?:elective )?(?:units?|electives?)\b)", r"at least \1 "),
        (r"\bfrom (?:those )?listed below\b", "from the electives listed below"),
        (r"\bselective from\b", "selected from"),
        (
            r"\b(from|in|or|of) (?:any (?:of )?)?(?:the |any )?(?:remaining|other) (?:listed )?(?:general |elective )?"
            r"(?:electives?|units?)(?: of competency)?(?: listed)?(?: below)?\b",
            r"\1 the electives listed ",
        ),
        (r"\b(from|in|or) (?:any (?:of )?)?(?:the |any )?remaining (?!\d)", r"\1 the "),
        (
            r"\brequired to make (?:the )?up the (?:elective )?(?:unit )?total\b"
            r"|\bto make up the (?:elective )?unit total\b",
            " ",
        ),
        (r"\b(may|can|must) be (?:additional|further)\b", r"\1 be"),
        (
            r"^where elective units are (?:being )?(?:chosen|selected) from other training packages"
            r" or accredited courses,?",
            "",
        ),
        (
            r"\bnot (?:already|previously|yet) (?:selected|chosen|completed|listed|used|counted)(?: above)?\b",
            " ",
        ),
        (r"\bexcluding (?:specialisation )?electives already selected\b", " "),
        (r"\bother than those already (?:selected|chosen)\b", " "),
    )
)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence, and where it stands; ``printed`` is its wording on the page where it is read by other words."""

    text: str
    line: int
    last_line: int
    under: UnitList | None = None
    before_lists: bool = True
    printed: str = ""
    units: tuple[tuple[str, ...], ...] = ()


def cut(prose: Iterable[RuleText]) -> Iterator[Sentence]:
    """The sentences of the prose in order; a line of many sentences gives many."""
    for text in prose:
        parts = [part.strip() for part in _CUT.split(text.text) if part and part.strip(" .;:-–•")]
        for number, part in enumerate(parts, start=1):
            yield Sentence(
                text=part,
                line=text.line,
                last_line=text.line,
                under=text.under,
                before_lists=text.before_lists,
                units=tuple(map(tuple, text.units)) if number == len(parts) else (),
            )


def joined(first: Sentence, second: Sentence) -> Sentence:
    """Two sentences as one: a line break may part what belongs together."""
    return replace(first, text=f"{first.text} {second.text}", last_line=second.last_line)


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
        labelled = list(labels)
        self.keys = {_key(id): id for id, _ in labelled}
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
    for pattern, replacement in _REPLACEMENTS[:3]:
        plain = pattern.sub(replacement, plain)
    return re.sub(
        r"elective(?:s|\\ units?)?$", r"elective(?:s| units?| unit list)", re.escape(plain.strip(" :.-"))
    )


def _some_words(name: str) -> str:
    """A pattern for a part of the name: one or more of its words, but not of those that rules use."""
    words = [f"{word}s?" for word in re.findall(r"[a-z]{3,}", name.lower()) if word not in _RULE_WORDS]
    return rf"(?:{'|'.join(words)})\b(?:[\s/,&-]+(?:{'|'.join(words)})\b)*" if words else ""


def _each_level(match: re.Match[str]) -> str:
    """'levels 2, 3 or 4' as 'level 2 or level 3 or level 4'."""
    return " or ".join(f"level {digit}" for digit in re.findall(r"\d", match[0]))


def with_figures(text: str) -> str:
    """The text in lower case, numbers in words as figures."""
    plain = _TEN_WORD.sub(
        lambda m: str(_TENS[m[1].lower()] + int(_NUMBER_WORDS.get((m[2] or "zero").lower(), "0"))),
        text.lower(),
    )
    return _NUMBER_WORD.sub(lambda match: _NUMBER_WORDS[match[1].lower()], plain)


def normalised(text: str, names: GroupNames, *, wordings: bool = True) -> str:
    """The sentence in lower case, numbers as figures, group letters and (``wordings``) names as references."""
    named, codes = named_units(text, names.titles)
    return with_codes(names.replaced(_plain(named), wordings=wordings), codes)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """The sentence in plain words, its groups as printed; qualifications share most of their sentences."""
    plain = led(with_figures(excepted_packages(text)))
    for pattern, replacement in _REPLACEMENTS:
        plain = pattern.sub(replacement, plain)
    plain = _LEVELS.sub(_each_level, coded_units(ended(plain)))
    return re.sub(r"\s+", " ", plain).strip(" .;:,")
