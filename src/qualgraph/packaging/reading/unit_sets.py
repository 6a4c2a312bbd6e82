"""Sentences that name a set of units in the lines after them: 'Select the following 6 elective units:'."""

from __future__ import annotations

import re

from qualgraph.packaging.reading.layout import RuleText

_LEADS = re.compile(
    r"\bfollowing\b.{0,40}\bunits?\b|\bunits?\b.{0,30}\bfollowing\b|\bfollowing list\b",
    re.IGNORECASE,
)
_SELECTS = re.compile(
    r"\b(?:select(?:ed)?|choose|chosen|complete[d]?|must|required|undertake|of the following)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"^\W*(?:all )?the following units\b.{0,40}:\s*$|\d.{5,120},? including:\s*$", re.IGNORECASE
)
_JOINS = re.compile(r"^\W*(?P<word>or|plus|and)\W*$", re.IGNORECASE)


def leads_to_set(text: str) -> bool:
    """Whether the line may name the units in the lines after it."""
    if _ALONE.search(text):
        return True
    return bool(_LEADS.search(text) and _SELECTS.search(text)) and text.rstrip().endswith((":", "."))


class UnitSets:
    """The units that come after a line that names them, collected while a page is read."""

    def __init__(self) -> None:
        self.lead: RuleText | None = None
        self.joining = False

    def begin(self, text: RuleText) -> None:
        """Note the line if units may follow it; any other line ends the set before it."""
        self.lead = text if leads_to_set(text.text) else None
        self.joining = False

    def end(self) -> None:
        """A list starts: the units after its heading are its own, unless the line before names them as its first."""
        if self.lead is not None and (self.lead.units or self.lead.under is not None):
            self.lead = None

    def joins(self, text: str) -> bool:
        """Whether the line stands between units of the set: 'or' makes alternatives of those around it."""
        found = _JOINS.match(text)
        if self.lead is None or not self.lead.units or not found:
            return False
        self.joining = found["word"].lower() == "or"
        return True

    def add(self, code: str) -> None:
        """One more unit of the set."""
        if self.lead is None:
            return
        if self.joining:
            self.lead.units[-1].append(code)
        else:
            self.lead.units.append([code])
        self.joining = False
