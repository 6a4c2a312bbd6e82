"""Sentences that count nothing: those that only a person can judge, and those that only lead on to others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualgraph.packaging.reading.units import unit_codes
from qualgraph.packaging.tree import Policy


def _any(*wordings: str, whole: bool = False) -> re.Pattern[str]:
    """A pattern for any of the wordings, anywhere in the sentence or as the whole of it."""
    body = "|".join(wordings)
    return re.compile(rf"^\W*(?:{body})\W*$" if whole else body, re.IGNORECASE)


_COUNTS = _any(
    r"\b\d+\b(?!\s*\()",
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b",
    r"\b(?:certificate|diploma|level [1-9])\b",
    r"\bgroups? [a-z]\b",
    r"\bcoded\b",
    r"\bmust (?:be )?(?:select|choos|complet|includ)",
    r"\bequivalent\b",
    r"\b(?:high|low)er\b",
    r"\b(?:half|per ?cent)\b|%",
    r"\bsame (?:training package|qualification)\b|\b(?:same|single) (?:group|list|level)\b",
    r"\b(?:except|excluding|unless|other than)\b",
)
_HUMAN = _any(
    r"relevant to",
    r"integrity of",
    r"vocational outcome",
    r"job (?:role|outcome|function)",
    r"industry requirement",
    r"industry-recognised",
    r"not duplicat",
    r"without duplicat",
    r"guided by",
    r"care must be taken",
    r"aqf level of (?:this|the) qualification",
    r"complied with",
    r"contextualis",
    r"licen[cs]",
    r"current occupational",
    r"learning outcomes",
    r"suitable for",
    r"appropriate for",
    r"reflect\b",
    r"mandatory workplace requirement",
    r"assessment requirements",
    r"determination",
)
_OUTSIDE_THE_COUNT = _any(
    r"\bstandards for registered training organisations\b",
    r"\brecognition (?:process|of prior learning)\b",
    r"^previously assigned weighting points are listed in .{0,400}",
    r"^if weighting points are not listed for an imported unit .{0,200}",
    r"^for [a-z][a-z /-]{3,60}, (?:the )?selection must include unit\b.{0,120}$",
    r"^to apply for registration as .{3,160} units must be selected\b.{0,40}$",
    r"^where [a-z ]{3,60} is required,? the current (?:version of the )?unit must be imported\b[^0-9:]{0,60}$",
)
_PREREQUISITE = _any(
    r"pre-?requisites?\b",
    r"asterisk",
    r"∟",
    r"\bhash\b",
    r"\bitalics\b",
    r"marked with",
    r"^\W*note:?\W*$",
    r"refer to the .{0,120}(?:companion|guide)",
    r"(?:refer to|see|check) (?:the )?(?:individual )?units?\b.{0,80}(?:detail|information)",
    r"identified with an",
)
_LIMITS = _any(
    r"\bonly\b(?! count towards the number of electives required for a group if they are listed in that group)",
    r"\b(?:cannot|can not|may not|must not|do(?:es)? not count|not (?:be )?counted)\b",
    r"\b(?:combined|together)\b",
    r"\b(?:must|may|can|should) (?:also )?be (?:selected|chosen|taken|included)\b",
)
_SAYS_MORE = _any(
    r"(?<!\bin )\bgroups? [a-z]\b(?! (?:electives? )?are used| to [a-z] can be packaged)",
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?! (?:(?:or more )?specialisations?|(?:specialist )?groups)\b)",
    r"\b(?:except|excluding|unless|other than|together|provided|must hold|must come)\b",
    r"(?<!once )\bonly\b(?! (?:be (?:selected|chosen|counted) )?once)",
    r"\bone of the specialisations\b",
)
_LEAD = _any(
    r"to (?:achieve|be awarded|attain|be eligible for|receive) (?:this|the|a|an)\b.{0,140}?"
    r"(?:competency|units?|must|completed?|demonstrated?|following|below).{0,80}",
    r"(?:the )?(?:electives?|elective units?|units?)(?: units?)?(?: selected)?(?: are| is| must| may| should| can| to)*"
    r"(?: to)?(?: be)? (?:chosen|selected|consist(?: of)?)(?: as follow(?:s|ed)| from the following| of)?",
    r"for the electives?(?: units?)?",
    r"of which(?: -)?",
    r"consisting of",
    r"comprising",
    r"as (?:follows|specified below)",
    r"chosen as (?:outlined|follows).{0,20}",
    r"(?:as stated above,? )?where (?:appropriate|relevant),? (?:the choice of )?"
    r"(?:electives?|elective units|specialisations?)\b.{0,260}"
    r"specialisations?\b.{0,60}",
    r"any combination of electives? that meets? the (?:above )?(?:packaging)?(?: ?rules)?(?: above| below)?"
    r" (?:can|may) be selected for the award of.{0,160}",
    r"total (?:number of )?units(?: to be completed)?",
    r"[^=]{2,90} = (?:certificate [iv]+|(?:advanced |graduate )?diploma|graduate certificate) (?:in|of) .{3,160}",
    r"(?:a|each|any) unit (?:may|can) (?:only )?be (?:selected|chosen|counted)(?: only)? once(?: only)?",
    r"some units are listed (?:under|in) more than one (?:heading|group|list)",
    r"electives from groups? [a-z] to [a-z] (?:can|may) be packaged to provide a qualification with a specialisation",
    r"where units are included to meet more than one specialisation, a multiple specialisation can be achieved.{0,260}",
    r"there are no elective units for this qualification",
    r"the following additional descriptors are approved for use with this qualification",
    r"packaging (?:for )?(?:each )?specialisations?(?: areas?)?",
    r"(?:note:? )?(?:where|if) (?:two|two or more|more than one) specialisations? (?:are|is)"
    r" (?:completed|chosen|achieved),? (?:the )?award of.{0,300}",
    r"(?:where (?:two|two or more|more than one) specialisations? (?:are|is) completed, )?this should be noted on the"
    r" testamur.{0,60}",
    r"for example,? (?:advanced diploma|diploma|certificate i{1,3}v?|graduate).{0,160}\)",
    r"this qualification can provide for specialisations",
    r"electives (?:may|can) be packaged to provide a qualification with a specialisation(?: area)?(?: as follows)?",
    r"(?:the )?electives can be chosen to provide.{0,120}",
    r"specialisations?",
    r"(?:the )?achievement of (?:a|the|this|more than one) specialisation (?:will|may) be"
    r" (?:identified|indicated).{0,60}",
    r"where relevant, specialisations? can be used.{0,60}",
    r"packaging rules to achieve a specialisation",
    r"as stated above,? where relevant,? the choice of elective units.{0,400}",
    r"as stated above,? there (?:is|are) [a-z ]{1,30}specialisations? in this qualification.{0,120}",
    r"the rules to achieve (?:a|the) specialisations? (?:are|is) detailed.{0,40}",
    r"no other descriptor can be used",
    r"where imported units? (?:are|is) selected.{0,200}",
    r"packaging rules",
    r"electives?(?: units?)?",
    r"core(?: units?)?",
    r"and",
    r"plus",
    r"qualification requirements",
    r"this qualification has core (?:units )?and elective units\b.{0,160}\bgroups?\b.{0,40}:",
    r"candidates may specialise in\b.{0,140}\bone of the following",
    r"the units (?:with)?in group [a-z] (?:electives? )?are used by\b.{0,400}",
    r"(?:please )?note:? \w+ to (?:insert|print|state) on the testamur.{0,80}",
    r"total number of units(?: of competency)?",
    r"nil",
    whole=True,
)
_PURPOSE = (
    r"(?:maintains?|ensures?|contributes?|supports?|reflects?|be relevant|do(?:es)? not duplicate|meets?"
    r"|are relevant|is relevant)"
)
_TAIL = re.compile(
    r"[\s,;–-]*\b(?:"
    r"that relates? to|related to|(?:chosen|selected) according to|noting"
    r"|as long as|provided(?: that)?|so long as|on condition that|subject to|relevant to|maintaining|ensuring"
    r"|with appropriate contextualisation"
    r"|if (?:it|they) (?:contributes?|maintains?|ensures?)"
    r"|where (?:the |those |these |selected )?units? (?:contributes?|selected|maintains?|ensures?)"
    rf"|(?:that|which|and|they|it|must|to|and must|it must|they must) {_PURPOSE}"
    r"|these units must|the units? (?:chosen|selected)? ?must"
    r")\b",
    re.IGNORECASE,
)
_PURPOSE_LEVEL = _any(r"\(\s*[*#^]\s*\)", r"integrity of the qualification(?: outcome)? at AQF level [1-9]")
_ASIDE = re.compile(
    r",? (?:can be applied in [a-z -]{3,60} and (?=are available)"
    r"|(?:that|which) are relevant to (?:work|the)\b[^.;]{3,300}?(?=, (?:may|can|must)\b)"
    r"|suitable for [^.;]{3,120}? which do not duplicate [^.;]{3,160}?(?=, (?:may|can|must)\b)"
    r"|with appropriate contextuali[sz]ation|(?:where|as|if) appropriate|if required(?! as\b)|if desired)\b,?",
    re.IGNORECASE,
)
_ADDITIONAL = _any(
    r"additional to the (?:total )?(?:number of units|count)",
    r"in addition to the (?:number|total)",
)
_INSIDE = _any(
    r"prerequisites?(?: requirements?| units?)? (?:are|is)? ?(?:all )?"
    r"(?:packaged|included|counted|must be counted|count)\b",
    r"(?:packaged|included) in (?:the|this) (?:qualification|units listed)",
    r"count towards the total",
    r"must be (?:counted in|met when packaging)",
)
_AWARD = re.compile(
    r"[\s,]*\b(?:for|to be (?:eligible for|awarded))(?: the)? award of (?:the )?"
    r"(?P<award>.{0,200}?)\(\s*(?P<name>[^()]{2,80})\)\s*\.?$",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"^\W*(?:"
    r"(?:to achieve|for) the occupation(?:al)? outcome of (?:an? |the )?(?P<name>[A-Z][\w/&' -]{1,60}?),?"
    r" (?:the )?electives?(?: units?)? must include"
    r"|for (?:the )?award of (?:the )?(?P<plain>[^()]{3,140}?)(?:\(\s*(?P<award>[^()]{2,80})\))?\s*,?\s*"
    r"(?:choose|select|the following apply"
    r"|(?:the )?electives? (?:units? )?(?:are to|must) be (?:chosen|selected|completed) as follows)"
    r")\W*$",
    re.IGNORECASE,
)
_PLAIN_AGAIN = re.compile(
    r"^\W*where (?:a specialisation(?: area)? is not|no specialisation(?: area)? is) (?:sought|required|chosen),?"
    r" (?:the )?electives (?:are to|must) be (?:chosen|selected) as follows\W*$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^\W*(?P<name>[A-Z][\w/&'’(), –-]{2,80}?) specialisation\W*$")
_CODE_OF_THIS = re.compile(r"\b[A-Z]{3}\d{5} (?=(?:Certificate|Diploma|Advanced|Graduate)\b)")
_TESTAMUR = re.compile(r"^[A-Z]{3,6}\d{5}\s+(?:Certificate|Diploma|Advanced|Graduate)\b")


_LOWER_LEVEL = re.compile(
    r"[\s,]*\b(?:and )?must not include more than (?P<n>\d+) units? aligned at a level lower than"
    r" (?:Australian Qualifications Framework|AQF) level (?P<level>[1-9])\W*$",
    re.IGNORECASE,
)
_IMPORTED_LEVEL = re.compile(
    r"[\s,]*\band,? if imported from other training packages,? must be (?:units )?first packaged in an?"
    r" (?P<level>Certificate (?:IV|III|II|I)|(?:Advanced |Graduate )?Diploma)(?P<above> or higher)?[- ]?(?:level)?"
    r" qualification(?P<higher> or higher)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Tailed:
    """A sentence without what only a person can judge, and that part."""

    body: str
    condition: str | None


def counts(text: str) -> bool:
    """Whether the sentence holds a number, a level or a group: what a verdict may turn on."""
    return bool(_COUNTS.search(_PURPOSE_LEVEL.sub("", text)))


def is_human(text: str) -> bool:
    """Whether the sentence states a condition that only a person can judge, counts nothing and names no unit."""
    return bool(_OUTSIDE_THE_COUNT.search(text)) or (
        bool(_HUMAN.search(text)) and not counts(text) and not unit_codes(text)
    )


def is_prerequisite_note(text: str) -> bool:
    """Whether the sentence speaks of prerequisites or explains a mark, names no unit and counts no electives."""
    if unit_codes(text):
        return False
    if _LIMITS.search(text) and prerequisite_policy(text) == "unstated":
        return False
    return bool(_PREREQUISITE.search(text)) and not re.search(
        r"\b\d+ (?:elective )?units?\b|\bgroups? [a-z]\b", text, re.IGNORECASE
    )


def is_plain_again(text: str) -> bool:
    """Whether the sentence leads to the rules of the award without a specialisation, after those with one."""
    return bool(_PLAIN_AGAIN.match(text))


def is_lead(text: str) -> bool:
    """Whether the sentence only leads on to those after it."""
    plain = _CODE_OF_THIS.sub("", text)
    leads = bool(_LEAD.match(plain)) and not re.search(r"\d", plain) and not _SAYS_MORE.search(plain)
    return leads or bool(_TESTAMUR.match(text))


def without_tail(text: str) -> Tailed:
    """The sentence parted from a condition at its end ('provided ...'), unless that condition counts something."""
    plain = _ASIDE.sub(" ", text)
    found = _TAIL.search(plain)
    tail = plain[found.start() :] if found else ""
    if found and found.start() > 8 and not counts(tail) and not unit_codes(tail):
        return Tailed(body=plain[: found.start()], condition=text)
    return Tailed(body=plain, condition=text if plain != text else None)


def imported_level(text: str) -> tuple[str, str | None]:
    """The sentence without 'and if imported, must be first packaged in a Diploma qualification', and the level."""
    found = _IMPORTED_LEVEL.search(text)
    if found is None:
        return text, None
    words = found["level"].split()
    level = " ".join(
        word.upper() if word.lower() in ("i", "ii", "iii", "iv") else word.capitalize() for word in words
    )
    return text[: found.start()], f"{level} or above" if found["above"] or found["higher"] else level


def lower_level(text: str) -> tuple[str, str] | None:
    """'... must not include more than 1 unit aligned at a level lower than AQF level 3' as what is before it and a cap.

    None for any other sentence. The cap is worded as a sentence of its own.
    """
    found = _LOWER_LEVEL.search(text)
    if found is None or int(found["level"]) < 2:
        return None
    cap = f"up to {found['n']} units may be from AQF level {int(found['level']) - 1} or below"
    return text[: found.start()].strip(" ,"), cap


def prerequisite_policy(text: str) -> Policy:
    """What the sentence says of prerequisites: counted inside the total, additional to it, or nothing."""
    if _ADDITIONAL.search(text):
        return "additional"
    if re.search(r"\bnot\b", text, re.IGNORECASE):
        return "unstated"
    if re.search(r"pre-?requisite", text, re.IGNORECASE) and _INSIDE.search(text):
        return "inside"
    return "unstated"


def award(text: str) -> tuple[str, str] | None:
    """The sentence without 'for the award of X (NAME)', and NAME; None where it ends otherwise."""
    found = _AWARD.search(text)
    return (text[: found.start()], found["name"].strip()) if found and found.start() > 3 else None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What the sentences after a heading hold for: a named specialisation or outcome, or the plain award (no name)."""

    name: str | None
    replaces: bool


def scope_heading(text: str) -> Scope | None:
    """The scope that the line opens for the sentences after it, or None."""
    found = _OUTCOME.match(text)
    if found:
        name = found["name"] or found["award"]
        return Scope(name=name.strip() if name else None, replaces=True)
    named = _NAMED.match(text)
    if named and not counts(text) and len(text.split()) <= 8 and not is_lead(text):
        return Scope(name=named["name"].strip(), replaces=False)
    return None
