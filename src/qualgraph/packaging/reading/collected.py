"""What the sentences of a page have said so far, and the packaging rule that it comes to."""

from __future__ import annotations

from collections.abc import Container

from qualgraph.packaging.reading import specialisations
from qualgraph.packaging.reading.agreement import Reading, disagreements
from qualgraph.packaging.reading.alternatives import Forks, View, merged, shared
from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.groups import group_names, is_coreless, unit_groups
from qualgraph.packaging.reading.layout import Page
from qualgraph.packaging.reading.marks import MarkedPrerequisite, with_marked
from qualgraph.packaging.reading.nesting import nest_by_numbers
from qualgraph.packaging.reading.prerequisites import prerequisites, without_circles
from qualgraph.packaging.reading.readings import Count
from qualgraph.packaging.reading.sentences import Sentence, cut
from qualgraph.packaging.reading.settling import doubt_closed_groups, settle
from qualgraph.packaging.reading.statements import (
    Draft,
    all_but_one_of_pairs,
    exclusions,
    of_every_stream,
    pairs,
    sizes_of,
    statement,
    with_levels,
)
from qualgraph.packaging.reading.streams import Streams
from qualgraph.packaging.reading.tally import Tally
from qualgraph.packaging.tree import (
    EVERYONE,
    HumanCondition,
    PackagingRule,
    Policy,
    ReadingNote,
    RuleStatement,
    Specialisation,
    Status,
    UnitGroup,
    UnreadText,
)


class Collected:
    """What was read of a page; :meth:`rule` puts it together."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.groups: tuple[UnitGroup, ...] = unit_groups(page)
        self.names: GroupNames = group_names(page)
        self.tally = Tally()
        if is_coreless(page):
            self.tally.by_scope[EVERYONE]["core"] = Count(of="core", n=0, points=False)
        self.named = specialisations.names_of(cut(page.prose))
        self.streams = Streams(self.named)
        self.drafts: list[Draft] = []
        self.human: list[tuple[Sentence, str]] = []
        self.unread: list[tuple[int, str]] = list(page.leftovers)
        self.policy: Policy = "unstated"
        self.levels: tuple[str, ...] = ()
        self.remainder: int | None = None
        self.forks = Forks()
        self.marked: list[MarkedPrerequisite] = []

    def rule(self) -> PackagingRule:
        """Everything put together, with the status that it deserves."""
        with_levels(self.drafts, self.levels)
        self._settle_streams()
        shared(self.forks, self.tally)
        views = self.forks.views(self.drafts, self.tally)
        unsettled = [text for view in views for text in self._settled(view)]
        if self.forks.found:
            unsettled += merged(self.drafts, views)
            unsettled += [draft.text for draft in self.drafts if not views]
            self.unread += self.forks.of_the_last_or_all(self.drafts)
        self.unread += [(draft.line, draft.text) for draft in self.drafts if draft.text in unsettled]
        kept = [draft for draft in self.drafts if draft.kind is not None and draft.text not in unsettled]
        ids = [f"r{number}" for number in range(1, len(self.drafts) + 1)]
        rules = tuple(statement(draft, self.drafts.index(draft), ids) for draft in kept)
        rules += exclusions(self.page.exclusions, len(ids))
        rules += pairs(self.page.pairs, len(ids) + len(self.page.exclusions))
        listed, unsure = prerequisites(self.page, self.groups, self.policy)
        required, circular = without_circles(with_marked(listed, self.marked, self.groups, self.policy))
        self.unread += [(line, "a row of the prerequisite table") for line in unsure]
        self.unread += [
            (item.line or 0, f"prerequisites of {item.unit}, which require it in turn") for item in circular
        ]
        for view in views:
            self._disagreements(view, unsettled)
        return PackagingRule(
            measure="points" if self.tally.points else "units",
            total=self.tally.whole(),
            core=self.tally.n("core"),
            elective=self.tally.n("elective"),
            groups=self.groups,
            rules=rules,
            specialisations=self._specialisations(rules),
            prerequisites=tuple(required),
            prerequisite_policy=self.policy,
            human_conditions=self._human(),
            alternatives=self.forks.alternatives(rules, self.tally),
            status=self._status(),
            unread=tuple(
                UnreadText(path=f"packaging/unread/{number}", text=text, line=line)
                for number, (line, text) in enumerate(sorted(set(self.unread)), start=1)
            ),
            notes=tuple(
                ReadingNote(path=f"packaging/note/{number}", text=text, line=line)
                for number, (line, text) in enumerate(self.page.notes, start=1)
            ),
        )

    def places_all(self, *, minima_grow: bool = False) -> bool:
        """Whether each way of a choice, with what holds beside it, places the electives."""
        return self.forks.place_all(self.drafts, self.tally, sizes_of(self.groups), minima_grow=minima_grow)

    def _settled(self, view: View) -> list[str]:
        """Settle the drafts of one view; the sentences of those that cannot be."""
        sizes, electives = sizes_of(self.groups), view.tally.electives
        unsettled = settle(view.drafts, self.groups, electives, self.streams.whole)
        all_but_one_of_pairs(view.drafts, sizes, self.groups, [codes for _, codes in self.page.pairs])
        nest_by_numbers(view.drafts, sizes, electives)
        doubt_closed_groups(view.drafts, self.streams.whole)
        return unsettled

    def _settle_streams(self) -> None:
        """A stream that counts its own units replaces the plain award; where streams must be, some must be there."""
        for stream in self.streams.found.values():
            stream.replaces |= bool(self.tally.own(stream.scope))
        replacing = [stream.scope for stream in self.streams.found.values() if stream.replaces]
        self.tally.share(replacing)
        if len(replacing) > 1:
            self.drafts += of_every_stream(self.drafts, replacing, self.tally.electives())
        if self.streams.choice is not None and not self.streams.chosen(
            {self.forks.parent(draft.scope) for draft in self.drafts}
        ):
            self.unread.append((self.streams.choice.line, self.streams.choice.text))

    def _specialisations(self, rules: tuple[RuleStatement, ...]) -> tuple[Specialisation, ...]:
        return tuple(
            Specialisation(
                path=f"packaging/specialisation/{number}",
                name=stream.name,
                rules=tuple(rule.id for rule in rules if rule.scope == stream.scope),
                replaces=stream.replaces,
                line=stream.line,
                total=self.tally.differing("total", stream.scope),
                core=self.tally.differing("core", stream.scope),
                elective=self.tally.differing("elective", stream.scope),
            )
            for number, stream in enumerate(self.streams.found.values(), start=1)
        )

    def _human(self) -> tuple[HumanCondition, ...]:
        unique = {(text, EVERYONE): line for line, text in reversed(self.page.guides)}
        unique |= {
            (sentence.text, self.forks.parent(scope)): sentence.line
            for sentence, scope in reversed(self.human)
        }
        ordered = sorted(unique.items(), key=lambda item: item[1])
        return tuple(
            HumanCondition(path=f"packaging/condition/{number}", text=text, line=line, scope=scope)
            for number, ((text, scope), line) in enumerate(ordered, start=1)
        )

    def _status(self) -> Status:
        if not self.groups and not self.tally.lines and not self.drafts:
            return "failed"
        return "partial" if self.unread else "complete"

    def _disagreements(self, view: View, unsettled: Container[str]) -> None:
        """Note as unread whatever shows that the reading, or the document, does not add up."""
        drafts = [draft for draft in view.drafts if draft.kind is not None and draft.text not in unsettled]
        replacing = frozenset(stream.scope for stream in self.streams.found.values() if stream.replaces)
        reading = Reading(tally=view.tally, groups=self.groups, drafts=drafts, replacing=replacing)
        for found in disagreements(reading):
            sentence = self.tally.lines.get(found.of)
            line = sentence.line if sentence else 1
            self.unread.append(
                (line, f"{sentence.text if sentence else 'packaging rules'} [{found.problem}]")
            )
