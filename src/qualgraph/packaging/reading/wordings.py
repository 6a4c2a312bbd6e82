"""Sentences put into the plain wording that the grammar knows: figures, references to groups, few words."""

from __future__ import annotations

import re
from functools import lru_cache

from qualgraph.notation import NUMBER_WORDS
from qualgraph.packaging.reading.group_names import PUNCTUATION, GroupNames
from qualgraph.packaging.reading.leads import ended, led
from qualgraph.packaging.reading.predicates import coded_units, excepted_packages, named_units, with_codes

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
_LEVELS = re.compile(r"\b(?:aqf )?(?:levels?|aqf) \d(?:(?:, | or | and |, or ){1}\d\b)+")
_REPLACEMENTS: tuple[tuple[re.Pattern[str], str], ...] = PUNCTUATION + tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
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
        (r"\b(\d+) general(?= (?:if|when|where)\b)", r"\1 general elective units"),
        (r"\bgroups: (?=[a-z]\b)", "groups "),
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
