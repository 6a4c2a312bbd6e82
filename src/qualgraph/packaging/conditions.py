"""Sentences that count nothing: those that only a person can judge, and those that only lead on to others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualgraph.packaging.tree import Policy

_COUNTS = re.compile(
    r"\b\d+\b(?!\s*\()|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b|\b(?:certificate|diploma|level [1-9])\b"
    r"|\bgroups? [a-z]\b|@|\bcoded\b|\bmust (?:be )?(?:select|choos|complet|includ)|\bequivalent\b|\bhigher\b",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"relevant to|integrity of|vocational outcome|job (?:role|outcome|function)|industry requirement|not duplicat|do not duplicat"
    r"|without duplicat|guided by|care must be taken|aqf level of (?:this|the) qualification|complied with"
    r"|contextualis|licen[cs]|current occupational|learning outcomes|suitable for|appropriate for|reflect\b"
    r"|mandatory workplace requirement|assessment requirements|determination",
    re.IGNORECASE,
)
_PREREQUISITE = re.compile(
    r"pre-?requisites?\b|asterisk|∟|\bhash\b|\bitalics\b|marked with|^\W*note:?\W*$|refer to the .{0,120}(?:companion|guide)"
    r"|identified with an|^see individual units",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:"
    r"to (?:achieve|be awarded|attain|be eligible for|receive) (?:this|the|a|an)\b.{0,140}?(?:competency|units?|must|completed?|demonstrated?|following|below).{0,80}"
    r"|(?:the )?(?:elective|electives|elective units?|units?)(?: units?)?(?: selected)?(?: are| is| must| may| should| can| to)*(?: to)?(?: be)? (?:chosen|selected|consist(?: of)?)(?: as follow(?:s|ed)| from the following| of)?"
    r"|for the electives?(?: units?)?|of which(?: -)?|consisting of|comprising|as (?:follows|specified below)|chosen as (?:outlined|follows).{0,20}"
    r"|where (?:appropriate|relevant),? (?:the choice of )?(?:electives?|elective units|specialisations?)\b.{0,260}specialisations?\b.{0,60}"
    r"|electives can be chosen to provide a general qualification or a qualification with a specialisation"
    r"|any combination of electives that meets the (?:packaging )?rules (?:above|below) can be selected for the award of.{0,160}"
    r"|packaging for (?:each )?specialisations?(?: areas?)?|specialisations?"
    r"|(?:the )?achievement of (?:a|the|more than one) specialisation (?:will|may) be (?:identified|indicated).{0,60}"
    r"|where relevant, specialisations? can be used.{0,60}"
    r"|the rules to achieve (?:a|the) specialisations? (?:are|is) detailed.{0,40}"
    r"|no other descriptor can be used"
    r"|where imported units? (?:are|is) selected.{0,200}"
    r"|packaging rules|electives?(?: units?)?|core(?: units?)?|and|plus|qualification requirements|nil"
    r")\W*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,;–-]*\b(?:as long as|provided(?: that)?|so long as|on condition that|if (?:it|they) (?:contribute|maintain|ensure)|where (?:the |those |these |selected )?units? (?:contributes?|selected|maintains?|ensures?)"
    r"|(?:that|which|and|they|it|must|to|and must|it must|they must) (?:maintains?|ensures?|contributes?|supports?|reflects?|be relevant|do(?:es)? not duplicate|meets?|are relevant|is relevant)"
    r"|these units must|the units? (?:chosen|selected)? ?must|relevant to|which are relevant|that are relevant|maintaining|ensuring|with appropriate contextualisation|subject to)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",? (?:with appropriate contextuali[sz]ation|where appropriate|as appropriate|if appropriate|if required|if desired)\b,?", re.IGNORECASE
)
_ADDITIONAL = re.compile(r"additional to the (?:total )?(?:number of units|count)|in addition to the (?:number|total)", re.IGNORECASE)
_INSIDE = re.compile(
    r"prerequisites?(?: requirements?| units?)? (?:are|is)? ?(?:all )?(?:packaged|included|counted|must be counted|count)\b"
    r"|(?:packaged|included) in (?:the|this) (?:qualification|units listed)|count towards the total"
    r"|must be (?:counted in|met when packaging)",
    re.IGNORECASE,
)
_AWARD = re.compile(
    r"[\s,]*\b(?:for|to be (?:eligible for|awarded))(?: the)? award of (?:the )?(?P<award>.{0,200}?)\(\s*(?P<name>[^()]{2,80})\)\s*\.?$", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"^\W*(?:to achieve|for) the occupation(?:al)? outcome of (?:an? |the )?(?P<name>[A-Z][\w/&' -]{1,60}?),? (?:the )?electives?(?: units?)? must include\W*$"
    r"|^\W*for (?:the )?award of (?:the )?.{0,140}?\(\s*(?P<award>[^()]{2,80})\)\s*,?\s*(?:choose|select|the following apply)?\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^\W*(?P<name>[A-Z][\w/&'’(), –-]{2,80}?) specialisation\W*$")
_TESTAMUR = re.compile(r"^[A-Z]{3,6}\d{5}\s+(?:Certificate|Diploma|Advanced|Graduate)\b")


@dataclass(frozen=True, kw_only=True)
class Tailed:
    """A sentence without what only a person can judge, and that part."""

    body: str
    condition: str | None


def counts(text: str) -> bool:
    """Whether the sentence holds a number, a level or a group: what a verdict may turn on."""
    return bool(_COUNTS.search(re.sub(r"\(\s*[*#^]\s*\)", "", text)))


def is_human(text: str) -> bool:
    """Whether the sentence states a condition that only a person can judge, and nothing that counts."""
    return bool(_HUMAN.search(text)) and not counts(text)


def is_prerequisite_note(text: str) -> bool:
    """Whether the sentence speaks of prerequisites or explains a mark, and counts no electives."""
    return bool(_PREREQUISITE.search(text)) and not re.search(r"\b\d+ (?:elective )?units?\b|\bgroups? [a-z]\b", text, re.IGNORECASE)


def is_lead(text: str) -> bool:
    """Whether the sentence only leads on to those after it."""
    return (bool(_LEAD.match(text)) and not re.search(r"\d", text)) or bool(_TESTAMUR.match(text))


def without_tail(text: str) -> Tailed:
    """The sentence parted from a condition at its end ('provided ...'), unless that condition counts something."""
    plain = _ASIDE.sub(" ", text)
    found = _TAIL.search(plain)
    if found and found.start() > 8 and not counts(plain[found.start() :]):
        return Tailed(body=plain[: found.start()], condition=text)
    return Tailed(body=plain, condition=text if plain != text else None)


def prerequisite_policy(text: str) -> Policy:
    """What the sentence says of prerequisites: counted inside the total, additional to it, or nothing."""
    if _ADDITIONAL.search(text):
        return "additional"
    if re.search(r"pre-?requisite", text, re.IGNORECASE) and _INSIDE.search(text):
        return "inside"
    return "unstated"


def award(text: str) -> tuple[str, str] | None:
    """The sentence without 'for the award of X (NAME)', and NAME; None where it ends otherwise."""
    found = _AWARD.search(text)
    return (text[: found.start()], found["name"].strip()) if found and found.start() > 3 else None


def scope_heading(text: str) -> str | None:
    """The specialisation or outcome for which the sentences after this line hold, or None."""
    found = _OUTCOME.match(text)
    if found:
        return (found["name"] or found["award"]).strip()
    named = _NAMED.match(text)
    return named["name"].strip() if named and not counts(text) and len(text.split()) <= 8 else None
