"""Sentences that leave a choice open: 'or' between counts, and counts that go with the group that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualgraph.packaging.reading import conditions, grammar, readings
from qualgraph.packaging.reading.blocks import CHOICE
from qualgraph.packaging.reading.counting import Counting
from qualgraph.packaging.reading.drafts import Setting, drafts_of
from qualgraph.packaging.reading.joining import in_list
from qualgraph.packaging.reading.layout import Page
from qualgraph.packaging.reading.nesting import nest
from qualgraph.packaging.reading.readings import Choice
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.statements import Draft, sizes_of
from qualgraph.packaging.reading.ways import asks, conditionals, counted, parted, ways_from
from qualgraph.packaging.reading.wordings import normalised
from qualgraph.packaging.tree import EVERYONE

_Way = tuple[Sentence, list[Choice]]


class Choosing(Counting):
    """Takes sentences whose ways exclude each other; what it takes becomes alternatives."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.block = ""
        self.blocks: dict[str, str] = {}
        self.outside = EVERYONE
        self.tried = 0

    def kind(self, sentence: Sentence) -> str | None:
        """What the sentence counts: 'total', 'core', 'elective', or a choice of electives; None for others."""
        if sentence.units or not sentence.before_lists:
            return None
        clauses = grammar.clauses(normalised(conditions.without_tail(sentence.text).body, self.names))
        if clauses is None:
            return None
        count = readings.count(clauses)
        choices = readings.choices(clauses, self.names) or []
        counts = any(choice.pools or choice.n is not None for choice in choices)
        return count.of if count else CHOICE if counts else None

    def enter_block(self, sentence: Sentence, sentences: Sequence[Sentence]) -> None:
        """Let the sentence hold for its block alone, the first of each block ending what the one before it led to."""
        if sentence.block != self.block:
            self.remainder = None
        if sentence.block and not self.block:
            letters = sorted({each.block for each in sentences if each.block})
            self.outside = self.streams.scope
            self.blocks = dict(zip(letters, self.forks.scopes_of(len(letters)), strict=True))
            self.forks.add(
                self.outside, tuple(self.blocks.values()), sentence.line, sentence.text, blocks=True
            )
        if sentence.block:
            self.streams.scope = self.blocks[sentence.block]
        elif self.block:
            self.streams.scope = self.outside
        self.block = sentence.block

    def take_ways(self, sentences: Sequence[Sentence], at: int) -> int:
        """How many sentences from here on were read as ways of one choice; 0 where they are not joined by 'or'."""
        if at < self.tried or self.tally.points or self.forks.is_way(self.streams.scope):
            return 0
        joined = ways_from(sentences, at)
        self.tried = at + joined.taken
        ways = counted(joined)
        taken = ways and (self._take_alternatives(ways) or self._take_conditionals(ways))
        return joined.taken if taken else 0

    def _take_alternatives(self, sentences: Sequence[Sentence]) -> bool:
        """'1 unit from Group A or 2 units from Group B': whether each is a count of its own, of other units."""
        parts = self._ways_of(sentences)
        if parts is None or len(parts) < 2 or not self.forks.has_room(len(parts)):
            return False
        parent = self.streams.scope
        scopes = self.forks.scopes_of(len(parts))
        ways = [self._way(part, parent, scope) for part, scope in zip(parts, scopes, strict=True)]
        if None in ways:
            return False
        asked = [frozenset((draft.pools, draft.only) for draft in drafts or []) for drafts in ways]
        if len(set(asked)) != len(asked):
            return False
        self.forks.add(parent, scopes, sentences[0].line, (ways[0] or [])[0].text)
        for drafts in ways:
            nest(drafts or [], len(self.drafts))
            self.drafts += drafts or []
        return True

    def _ways_of(self, sentences: Sequence[Sentence]) -> list[_Way] | None:
        """The choices of each way, with the sentence that states it."""
        ways: list[_Way] = []
        for sentence in sentences:
            tailed = conditions.without_tail(sentence.text)
            body = in_list(tailed.body, sentence.under, sentence.line)
            clauses = grammar.clauses(normalised(body, self.names))
            choices = readings.choices(clauses, self.names) if clauses else None
            parts = parted(choices) if choices else None
            if parts is None or tailed.condition is not None:
                return None
            ways += [(sentence, part) for part in parts]
        return ways

    def _way(self, way: _Way, parent: str, scope: str) -> list[Draft] | None:
        """The drafts of one way; None where it does not ask for a number of listed units."""
        sentence, choices = way
        setting = Setting(electives=self.tally.electives(parent), remainder=None, scope=scope, points=False)
        return drafts_of(choices, sentence, setting) if all(map(asks, choices)) else None

    def _take_conditionals(self, sentences: Sequence[Sentence]) -> bool:
        """'5 general units if selecting Group A or B, or 6 if selecting Group C', after the choice of the group."""
        ways = self._conditional_ways(sentences)
        if len(ways) < 2 or not self.forks.has_room(len(ways)):
            return False
        groups = [ids for ids, _ in ways]
        if len({id for ids in groups for id in ids}) != sum(map(len, groups)):
            return False
        scopes = self._scopes_by_group(groups)
        if scopes is None:
            return False
        for (_, draft), own in zip(ways, scopes, strict=True):
            self.drafts += [replace(draft, scope=scope) for scope in own]
        return True

    def _conditional_ways(self, sentences: Sequence[Sentence]) -> list[tuple[tuple[str, ...], Draft]]:
        """The groups of each condition and what it asks; a later one may leave the units to the first. [] if unread."""
        ways: list[tuple[tuple[str, ...], Draft]] = []
        for sentence in sentences:
            for condition in conditionals(normalised(sentence.text, self.names)) or ():
                clauses = grammar.clauses(condition.count)
                choices = readings.choices(clauses, self.names) if clauses else None
                if choices and len(choices) == 1 and not choices[0].pools and ways:
                    choices = [replace(choices[0], pools=ways[0][1].pools)]
                drafts = self._way((sentence, choices), self.streams.scope, "") if choices else None
                ids = tuple(id for group in condition.groups if (id := self.names.id_of(group)))
                if drafts is None or len(drafts) != 1 or len(ids) != len(condition.groups):
                    return []
                ways.append((ids, drafts[0]))
        return ways

    def _scopes_by_group(self, groups: Sequence[tuple[str, ...]]) -> list[list[str]] | None:
        """For each row of groups the scopes of the ways that choose one of them; None where nothing chooses so."""
        chooser = next(
            (draft for draft in self.drafts if self._chooses(draft, {id for ids in groups for id in ids})),
            None,
        )
        if chooser is not None:
            return self._split(chooser, groups)
        for fork in self.forks.found:
            own = {
                scope: {p for d in self.drafts if d.scope == scope for p in d.pools} for scope in fork.scopes
            }
            rows = [[scope for scope, pools in own.items() if pools <= set(ids)] for ids in groups]
            if fork.parent == self.streams.scope and all(rows) and sum(map(len, rows)) == len(own):
                return rows
        return None

    def _chooses(self, draft: Draft, ids: set[str]) -> bool:
        """Whether the draft asks for units of one of the groups, which are all of one size where it asks for all."""
        choice = draft.choice
        if draft.scope != self.streams.scope or set(draft.pools) != ids or draft.within is not None:
            return False
        sizes = sizes_of(self.groups)
        return (
            asks(choice)
            and (choice.one_of or (choice.amount == "all" and choice.either))
            and ids <= sizes.keys()
        )

    def _split(self, chooser: Draft, groups: Sequence[tuple[str, ...]]) -> list[list[str]] | None:
        """One way for each row of groups, the draft that chooses among all of them narrowed to each row."""
        sizes, at = sizes_of(self.groups), self.drafts.index(chooser)
        uneven = any(len({sizes[id] for id in ids}) > 1 for ids in groups)
        if any(draft.within == at for draft in self.drafts) or (chooser.choice.amount == "all" and uneven):
            return None
        scopes = self.forks.scopes_of(len(groups))
        self.forks.add(chooser.scope, scopes, chooser.line, chooser.text)
        narrowed = [_narrowed(chooser, ids, scope) for ids, scope in zip(groups, scopes, strict=True)]
        self.drafts[at] = narrowed[0]
        self.drafts += narrowed[1:]
        return [[scope] for scope in scopes]


def _narrowed(draft: Draft, ids: tuple[str, ...], scope: str) -> Draft:
    several = len(ids) > 1
    choice = replace(
        draft.choice,
        pools=ids,
        one_of=several and draft.choice.one_of,
        either=several and draft.choice.either,
    )
    return replace(draft, choice=choice, pools=ids, scope=scope)
