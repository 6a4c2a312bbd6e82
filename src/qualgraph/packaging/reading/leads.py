"""Wordings of the sentences that state counts, and of those that lead on to lines after them, made plain.

What they say besides the count ('as described below', 'to bring the total number of electives to 11') is taken off.
"""

from __future__ import annotations

import re


def _compiled(*wordings: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(wording), plainer) for wording, plainer in wordings)


_TWICE = re.compile(r"\b(\d+)\s*\(\s*\1\s*\)")
_WHOLE = _compiled(
    (
        r"^(?:to be awarded|to achieve|the (?:minimum )?requirements? for (?:the )?(?:achievement|award) of) .{0,200}?"
        r"\b(?:competence (?:in|must)|a total of)[^0-9.:]{0,60}?(?=\b\d+ (?:core )?units)",
        "total = ",
    ),
    (r"^competency must be demonstrated in (?=\d+ (?:core )?units)", "total = "),
    (
        r"^(?:a total of )?(\d+) (?:core )?units(?: of competency)?,? (?:comprising|consisting of|including)"
        r" all (?:of )?(?:the )?(?:core )?units(?: of competency)? listed below$",
        r"total = \1 core units",
    ),
    (r"^(?:a total of )?(\d+ units of competency),? comprising (?:the )?units listed below$", r"total = \1"),
    (
        r"^(?:a total of )?(\d+ units(?: of competency)?) (?:is|are) required for (?:this|the) qualification"
        r"[ ,:]*(?:comprising|consisting of|including|made up of)?$",
        r"total = \1",
    ),
    (
        r"^all (?:of )?(?:the )?(\d+ (?:core )?units) from the list below are required$",
        r"total = \1 core units",
    ),
    (r"^(total = \d+ units(?: of competency)?) must be (?:achieved|completed|demonstrated|selected)$", r"\1"),
)
_ENDINGS = tuple(
    re.compile(ending)
    for ending in (
        r"[, ]*\band$",
        r"[, ]*\b(?:(?:chosen|selected|which are|to be (?:chosen|selected)) )?as (?:outlined|described|specified"
        r"|set out|shown|follows|detailed)(?: below| above)?$",
        r"[, ]*\b(?:(?:chosen|selected) )?(?:in accordance with|according to|while observing) (?:the )?unit selection"
        r" guidelines(?: in column \d)?$",
        r"[, ]*\b(?:made up of|consisting of|comprising)(?: the following)?$",
        r"^(?:the )?(?:completion|selection) of (?=\D{0,30}\d)",
    )
)
_ASIDE = re.compile(
    r"\((?:consisting of )?(?:(?:common|imported|technical|stream|and|specialisations?|licensing|units?)[ ,/]*)+\)"
)
_PLAINER = _compiled(
    (r"\b(\d+) ((?:elective )?(?:units?|electives?)) \(maximum\)(?: in total)?", r"up to \1 \2"),
    (r"^only (?=\d)", "up to "),
    (r"(?<=\d) units? only\b", " unit"),
    (r"\(only \d+ units? from this group\)", " "),
    (r"\bin any combination\b(?: of)?", " "),
    (r"\bunits? not listed (?:below|above)(?= from (?:any|other|another|an|this))", "units"),
    (r"^(?:of these,?|note:?) ", ""),
    (r"^unit (?=from group)", "1 unit "),
    (r"\brelevant (?=units?\b)", ""),
    (r",? as specified in groups? [a-z](?:(?:, | and )[a-z])*\W*$", ""),
    (r"\bwhere that unit is packaged\b", "where those units are packaged"),
    (r"\bto bring the total value (?:of the qualification )to \d+ points", " "),
    (
        r"^to be awarded .{0,200}?(?:units of competency to|competence must be achieved in units of competency to)"
        r" an? (?:minimum )?value of (\d+)(?: \(\d+\))? points(?: must be achieved)?",
        r"total = \1 points",
    ),
    (
        r"^(?:all )?(?:the )?core units? of competency listed below \(totall?ing (\d+) points\)(?: and)?$",
        r"\1 core points",
    ),
    (r"\bmade up of (?:(?:common|imported|technical|stream|and|units?)[ ,]*)+$", " "),
    (r"\bdifferent (?=units?\b)", ""),
    (r"\bto a value of (?=\d)", "to the value of "),
    (
        r"^(?:select )?units from (group [a-z]\b.{0,20}?) to bring the total value (?:of|for) (groups [a-z, ]{3,30}?)"
        r" to (?:at least|a minimum value of) (\d+)(?: \(\d+\))? points\b",
        r"minimum of \3 points from \2",
    ),
    (r"\bat this level\b", "at the same level"),
    (r"\b1 level below or above\b", "1 level below or 1 level above"),
    (r"\bany other +qualification in (?=[a-z]{3} training package)", "the "),
    (r"\b(?:any )?other ([a-z]{3}) qualifications\b", r"the \1 training package"),
    (r"\b(from|in) (?=[a-h](?:, [a-h])*(?:,? (?:and/or|or|and) [a-h])$)", r"\1 groups "),
    (r"\btechnical (?=elective units? from\b)", ""),
)
_TOGETHER = re.compile(r"\bto bring the total value (?:of|for) groups [a-z]\b", re.IGNORECASE)
_BRINGS = re.compile(
    r",? to (?:bring|make) the (?:total )?(?:number|total) (?:of|for) (?:elective units|electives|units)"
    r"(?: of competency)? (?:up )?to (?P<n>\d+)\b"
)
_BALANCE = re.compile(
    r"\b(?:the )?balance of (?:elective )?(?:units|electives)(?: of competency)?,? (?:up )?to (?:a )?maximum of (\d+),?"
)
_BALANCE_OF = re.compile(r"\b(?:the )?balance of (?=\d)")
_UP_TO_MAXIMUM = re.compile(r"\b(?:up )?to a maximum of (?=\d)")
_OTHERS = re.compile(r"^(?:the )?(?:other|remaining|balance of) (?:elective )?units?\W+these (?:units )?")
_NESTED = re.compile(r",? or \((up to \d+ units?)\) from (.+)$")
_RANGE = re.compile(
    r"\b(?<!level )(?<!aqf )(?<!group )(?<!groups )(?<!certificate )(?:(?:a )?minimum of )?(\d+)"
    r"(?: or | ?(?:-|to) | (?:and |or )?(?:up )?to (?:a )?maximum of | and (?:a )?maximum of )"
    r"(\d+)(?= (?:\w+ ){0,4}?(?:units?|electives?)\b)"
)


def led(plain: str) -> str:
    """The sentence, in lower case with figures, in the wording that the grammar knows."""
    plain = _ASIDE.sub(" ", _TWICE.sub(r"\1", plain))
    for wording, plainer in _PLAINER:
        plain = wording.sub(plainer, plain)
    plain = _BALANCE.sub(r"up to \1 remaining units", plain)
    plain = _BALANCE_OF.sub("the remaining ", plain)
    plain = _BRINGS.sub("", plain)
    plain = _OTHERS.sub("the remaining units ", plain)
    plain = _NESTED.sub(r" or from \2, including \1 from \2", plain)
    plain = _RANGE.sub(r"between \1 and \2", plain)
    return _UP_TO_MAXIMUM.sub("maximum of ", plain)


def ended(plain: str) -> str:
    """The sentence without words that only lead on, a leading sentence as the count that it states."""
    for ending in _ENDINGS:
        plain = ending.sub("", plain.strip(" .:;,"))
    for wording, count in _WHOLE:
        plain = wording.sub(count, plain)
    return plain


def brings_to(plain: str) -> int | None:
    """The number in 'to bring the total number of electives to 11', which must be that of the electives."""
    found = _BRINGS.search(plain)
    return int(found["n"]) if found else None


def counts_groups_together(plain: str) -> bool:
    """'To bring the total value of Groups A and B to 40': what others ask from these groups counts here too."""
    return bool(_TOGETHER.search(plain))
