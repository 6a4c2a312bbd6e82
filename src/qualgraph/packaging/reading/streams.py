"""The specialisations, streams and options of a page: their names, and the lines that open them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

from qualgraph.packaging.reading import conditions
from qualgraph.packaging.reading.conditions import Scope
from qualgraph.packaging.reading.headings import topic_heading
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.tree import EVERYONE

_TITLE = (
    r"(?:[A-Z]{3,6}\d{5}\s+)?(?:Certificate (?:I{1,3}|IV)|(?:Advanced |Graduate )?Diploma|Graduate Certificate)"
    r" (?:in|of) [^()]{3,140}"
)
_TESTAMUR = re.compile(
    r"[A-Z]{3,6}\d{5}\s+(?:Certificate|Diploma|Advanced|Graduate)[^()]{3,140}\((?P<name>[^()]{2,90})\)"
)
_NAMED_TITLE = re.compile(rf"^\W*{_TITLE}\((?P<name>[^()]{{2,90}})\)\W*$")
_PREFIXED = re.compile(
    r"^\W*(?:specialisation|stream|option|pathway)(?:\s+\d{1,2})?\s*[-–—:]\s*(?P<name>[A-Z].{2,180})$",
    re.IGNORECASE,
)
_COMBINED = re.compile(r"^\W*(?P<name>combined specialisations?\s*[-–—:]\s*[A-Z].{2,120})$", re.IGNORECASE)
_GENERAL = re.compile(r"^\W*general qualification\b.{0,160}$", re.IGNORECASE)
_FOR_AWARD = re.compile(
    r"^\W*for (?:the )?award of (?:the )?[^()]{3,160}?(?:\((?P<name>[^()]{2,90})\))?,?\s+"
    r"(?P<rest>(?:the candidate must|a minimum of|electives are to be"
    r"|\d{1,2} units must be (?:selected|completed),? (?:consisting of|comprising))\b.*)$",
    re.IGNORECASE,
)
_UNITS_OF_AWARD = re.compile(
    r"^(\d{1,2}) units must be (?:selected|completed),? (?:consisting of|comprising)\W*$"
)
_ASKED_FOR_AWARD = re.compile(
    rf"^\W*(?i:for) (?i:(?:the )?award of )?(?:the )?{_TITLE}\((?P<name>[^()]{{2,90}})\),?\s+"
    r"(?P<rest>(?i:(?:users|candidates) must (?:complete|select)|at least \w+ (?:elective )?units?|all \w+ units)\b.*"
    r"|[A-Z]{3,9}\d{3,5}\b.*)$"
)
_AWARD_ALONE = re.compile(rf"^\W*(?i:for (?:the )?award of (?:the )?){_TITLE}\((?P<name>[^()]{{2,90}})\)\W*$")
_TOTAL_FOR = re.compile(
    r"^(?P<rest>\W*(?:a )?total of \d+ units(?: of competency)?) for the (?P<name>[A-Z].{2,120})$",
    re.IGNORECASE,
)
_OUTCOME_COUNT = re.compile(
    r"^\W*(?P<name>[A-Z][^=:;]{2,90}?) = (?P<n>\d+) (?P<core>core )?units?\W*$", re.IGNORECASE
)
_FOR_SPECIALISATION = re.compile(
    r"^\W*for (?:an? |the )?specialisation in (?P<name>[A-Z][^,]{2,80}),\s+(?P<rest>.*\b(?:from|all)\b.*)$",
    re.IGNORECASE,
)
_FOR_A = re.compile(
    r"^(?P<rest>.*\bfrom\b.*?)\s+for (?:an? |the )(?P<name>[A-Z][\w/& -]{2,40}?) specialisation\W*$",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"^\W*(?:candidates must|to (?:achieve|be awarded) this qualification,? competency in)\b.{0,80}\bone of the"
    r" (?:\w+ )?(?:occupational )?(?:following|streams?|options?|specialisations?)\b.{0,60}$"
    r"|^\W*specialisation in this qualification is (?:mandatory|compulsory)\W*$"
    r"|^\W*electives (?:must|are to) be chosen to achieve at least one specialisations? listed below\W*$"
    r"|^\W*(?:the )?candidates? (?:is|are) required to choose either .{3,100} specialisations?\W*$"
    r"|^\W*one of the following (?:\w+ )?specialisations must be (?:undertaken|completed|selected|chosen)\b.{0,140}$",
    re.IGNORECASE,
)
_SELECTS = re.compile(
    r"^\W*(?:select|choose|complete|(?:a )?total of|all \d+|at least|the following"
    r"|\d{1,2} |(?:one|two|three|four|five|six|seven|eight) (?:of the following|core|elective|units?))\b",
    re.IGNORECASE,
)
_RULE_WORDS = re.compile(r"\d|\b(?:must|may|can|select(?:ed)?|choose|chosen|units?)\b", re.IGNORECASE)


@dataclass(kw_only=True)
class Stream:
    """One specialisation, stream or option. ``replaces``: what it states holds instead of the plain award's rules."""

    name: str
    line: int
    replaces: bool = False

    @property
    def scope(self) -> str:
        """The scope of its rules."""
        return f"specialisation:{self.name}"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a sentence opens, and the rest of the sentence where that says something itself."""

    scope: Scope
    rest: str = ""
    lasts: bool = True


def awarded(text: str) -> Opening | None:
    """The specialisation that a sentence ends with ('... for the award of X (NAME)'), and the sentence without it."""
    found = conditions.award(text)
    if found is None:
        return None
    return Opening(scope=Scope(name=found[1], replaces=False), rest=found[0], lasts=False)


class Streams:
    """The streams of a page as its sentences come; ``scope`` is what the next sentence holds for."""

    def __init__(self, names: Iterable[str]) -> None:
        """``names``: those that the page prints for its specialisations."""
        self.declared = {_key(name): name for name in names}
        self.found: dict[str, Stream] = {}
        self.scope = EVERYONE
        self.choice: Sentence | None = None

    def leads(self, sentence: Sentence, following: Sentence | None) -> bool:
        """Whether the sentence only says that streams follow, or heads the line that opens one."""
        if _CHOICE.match(sentence.text):
            self.choice = sentence
            return True
        if self._declared(sentence.text) is not None:
            return True
        return (
            following is not None
            and topic_heading(sentence.text)
            and not _RULE_WORDS.search(sentence.text)
            and bool(_FOR_AWARD.match(following.text))
        )

    def opening(self, sentence: Sentence, following: Sentence | None, *, inside: bool) -> Opening | None:
        """What the sentence opens; ``inside``: it stands in the part of the page about specialisations."""
        text = sentence.text
        scope = conditions.scope_heading(text)
        if following is not None and _OUTCOME_COUNT.match(following.text) and _heads_outcomes(text):
            return Opening(scope=Scope(name=None, replaces=False))
        if scope is not None:
            return Opening(scope=replaced_name(scope, self._known(scope.name)))
        counted = _TOTAL_FOR.match(text)
        own = _FOR_SPECIALISATION.match(text) or _ASKED_FOR_AWARD.match(text) or _FOR_A.match(text)
        if counted:
            scope = Scope(name=self._name(counted["name"]), replaces=True)
            return Opening(scope=scope, rest=counted["rest"], lasts=False)
        if own:
            scope = Scope(name=self._name(own["name"]), replaces=False)
            return Opening(scope=scope, rest=own["rest"], lasts=False)
        outcome = _OUTCOME_COUNT.match(text)
        if outcome and not outcome["name"].lower().startswith("total"):
            rest = f"Total number of units = {outcome['n']} {outcome['core'] or ''}units"
            return Opening(scope=Scope(name=self._name(outcome["name"]), replaces=True), rest=rest)
        award = _FOR_AWARD.match(text)
        if award:
            rest = _UNITS_OF_AWARD.sub(r"Total number of units = \1", award["rest"])
            return Opening(scope=Scope(name=self._known(award["name"]), replaces=True), rest=rest)
        if _GENERAL.match(text):
            return Opening(scope=Scope(name=None, replaces=False))
        name = self._heading(text, following, inside=inside)
        return Opening(scope=Scope(name=name, replaces=False)) if name else None

    def enter(self, opening: Opening, line: int) -> str:
        """Open the stream and give its scope."""
        name = opening.scope.name
        if name is None:
            self.scope = EVERYONE
            return EVERYONE
        stream = self.found.setdefault(name, Stream(name=name, line=line))
        stream.replaces |= opening.scope.replaces
        if opening.lasts:
            self.scope = stream.scope
        return stream.scope

    def chosen(self, drafted: Container[str]) -> bool:
        """Whether one of the streams must be taken: they are whole rules, or no rule holds beside those they have."""
        if any(stream.replaces for stream in self.found.values()):
            return True
        return EVERYONE not in drafted and any(stream.scope in drafted for stream in self.found.values())

    def whole(self, scope: str) -> bool:
        """Whether the sentences of the scope are a whole rule: the plain award's, or a stream's that replaces it."""
        stream = self.found.get(scope.removeprefix("specialisation:"))
        return scope == EVERYONE or (stream is not None and stream.replaces)

    def _heading(self, text: str, following: Sentence | None, *, inside: bool) -> str | None:
        named = _PREFIXED.match(text) or _COMBINED.match(text)
        if named and not _RULE_WORDS.search(re.sub(r"\b[A-Z]{3,6}\d{5}\b", "", named["name"])):
            return self._name(named["name"])
        if following is None or not _SELECTS.match(following.text):
            return None
        known = self._declared(text)
        if known is not None:
            return known
        title = _NAMED_TITLE.match(text) or _AWARD_ALONE.match(text)
        if title:
            return str(title["name"].strip())
        if not inside or not topic_heading(text) or _RULE_WORDS.search(text):
            return None
        return self._of_other_words(text) if self.declared else text.strip(" :.")

    def _name(self, text: str) -> str:
        """The name itself: the part in brackets of a title, without the word 'specialisation' before it."""
        title = _NAMED_TITLE.match(text)
        prefixed = _PREFIXED.match(text)
        name = title["name"] if title else prefixed["name"] if prefixed else text
        return self._known(name.strip(" :.")) or name

    def _known(self, name: str | None) -> str | None:
        """The name as the page printed it first."""
        if name is None:
            return None
        known = {_key(other): other for other in self.found} | self.declared
        return str(known.get(_key(name), name.strip()))

    def _declared(self, text: str) -> str | None:
        key = _key(text)
        if not key:
            return None
        known = {_key(other): other for other in self.found} | self.declared
        return known.get(key)

    def _of_other_words(self, text: str) -> str | None:
        """The only declared name that no heading has taken and whose words are all in the line."""
        words = set(_key(text).split())
        left = [
            name
            for key, name in self.declared.items()
            if name not in self.found and set(key.split()) <= words
        ]
        return left[0] if len(left) == 1 else None


def _heads_outcomes(text: str) -> bool:
    """Whether the line only heads lines such as 'Deck Hand = 24 units'."""
    return topic_heading(text) and not _RULE_WORDS.search(text) and "=" not in text


def replaced_name(scope: Scope, name: str | None) -> Scope:
    """The scope under the name as the page printed it first."""
    return Scope(name=name, replaces=scope.replaces)


def _key(name: str) -> str:
    """The words of a name without their order, case, punctuation and endings."""
    words = re.sub(r"[^a-z0-9]+", " ", name.lower()).split()
    plain = (re.sub(r"(?<=\w{4})(?:ing|s)$", "", word) for word in words)
    return " ".join(sorted(word for word in plain if word not in ("and", "the", "specialisation")))
