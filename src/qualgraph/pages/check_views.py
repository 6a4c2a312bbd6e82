"""The page of the packaging checker: units to tick, and what the packaging rule says of those that are ticked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from qualgraph.packaging import PackagingRule, Verdict, group_in_words, rule_html, verdict_html
from qualgraph.pages.pages import Pages
from qualgraph.rulebook import StoredRule


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupCount:
    """How many units of a list are ticked."""

    id: str
    name: str
    ticked: int
    listed: int


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A selection against a rule: ``others`` are the units that no list of the rule has."""

    stored: StoredRule
    units: tuple[str, ...]
    others: tuple[str, ...]
    unreadable: tuple[str, ...]
    specialisation: str | None
    verdict: Verdict | None
    counts: tuple[GroupCount, ...]

    @property
    def rule(self) -> PackagingRule:
        """The packaging rule."""
        return self.stored.rule

    @property
    def verdict_html(self) -> str:
        """The verdict as a fragment for the page; empty where nothing is ticked."""
        return verdict_html(self.verdict, rule=self.rule) if self.verdict else ""


def check_page(pages: Pages, checked: Checked, compiled: str = "") -> str:
    """The checker of a qualification: its units to tick, the verdict, and the rule itself.

    ``compiled`` is the rule as JSON for a page that judges by itself, fit to stand in a script element.
    """
    return pages.written(
        "check.html",
        title=f"Check units against {checked.stored.code} {checked.rule.title or ''}".rstrip(),
        checked=checked,
        compiled=Markup(compiled),
        rule=checked.rule,
        rule_html=Markup(rule_html(checked.rule)),
        verdict_html=Markup(checked.verdict_html),
        ticked=set(checked.units),
        counts={count.id: count for count in checked.counts},
    )


def group_counts(rule: PackagingRule, ticked: set[str]) -> list[GroupCount]:
    """How many units of each list are ticked."""
    return [
        GroupCount(
            id=group.id,
            name=group_in_words(group),
            ticked=sum(unit.code in ticked for unit in group.members),
            listed=len(group.members),
        )
        for group in rule.groups
    ]
