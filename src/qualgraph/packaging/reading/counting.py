"""Sentences that count: the numbers that a rule states, and the choices of electives."""

from __future__ import annotations

from dataclasses import replace

from qualgraph.packaging.reading import conditions, grammar, readings
from qualgraph.packaging.reading.collected import Collected
from qualgraph.packaging.reading.drafts import Setting, completes, drafts_of, fold, says_nothing
from qualgraph.packaging.reading.joining import in_list
from qualgraph.packaging.reading.leads import brings_to, counts_groups_together
from qualgraph.packaging.reading.nesting import count_together, nest
from qualgraph.packaging.reading.readings import Count
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.statements import (
    Draft,
)
from qualgraph.packaging.reading.streams import awarded
from qualgraph.packaging.reading.wordings import normalised, with_figures
from qualgraph.packaging.tree import (
    LISTED,
)


class Counting(Collected):
    """Takes sentences that count; each ``take`` says whether the sentence was read."""

    def take_counting(self, sentence: Sentence, scope: str) -> bool:
        """Whether the sentence was read as one that counts; what it says is kept."""
        award = awarded(sentence.text)
        text = sentence.text
        if award is not None:
            text = award.rest
            scope = self.streams.enter(award, sentence.line)
        if not self._brings_to(sentence, scope):
            return False
        tailed = conditions.without_tail(text)
        clauses = grammar.clauses(normalised(in_list(tailed.body, sentence.under, sentence.line), self.names))
        if clauses is None:
            return False
        taken = (
            self._take_count(clauses, sentence, scope)
            or self._take_elective_points(tailed.body, sentence)
            or self._take_choices(clauses, sentence, scope)
        )
        if not taken:
            levels = readings.level_restriction(clauses)
            self.levels = levels or self.levels
            taken = levels is not None
        if taken and tailed.condition is not None:
            self.human.append((replace(sentence, text=tailed.condition), scope))
        return taken

    def _brings_to(self, sentence: Sentence, scope: str) -> bool:
        """Whether 'to bring the number of electives to 11' names the number that the text states; it may state it."""
        aim = brings_to(with_figures(sentence.text))
        electives = self.tally.electives(scope)
        if aim is not None and self.tally.n("elective", scope) is None and electives in (None, aim):
            self.tally.take(Count(of="elective", n=aim, points=False), sentence, scope)
        return aim is None or electives is None or aim in (electives, self.tally.n("total", scope))

    def _take_count(self, clauses: tuple[grammar.Clause, ...], sentence: Sentence, scope: str) -> bool:
        count = readings.count(clauses)
        return count is not None and self.tally.take(count, sentence, scope)

    def _take_elective_points(self, text: str, sentence: Sentence) -> bool:
        """'160 general elective points from the general electives listed' counts, even if a group is called so."""
        if not self.tally.points or self.tally.n("elective") is not None:
            return False
        clauses = grammar.clauses(normalised(text, self.names, wordings=False))
        count = readings.count(clauses) if clauses else None
        if count is None or count.of != "elective" or count.n != self.tally.electives():
            return False
        return self.tally.take(count, sentence)

    def _take_choices(self, clauses: tuple[grammar.Clause, ...], sentence: Sentence, scope: str) -> bool:
        electives = self.tally.electives(scope)
        setting = Setting(
            electives=electives,
            remainder=self.remainder,
            scope=scope,
            points=self.tally.points,
            limited=frozenset(draft.pools for draft in self.drafts if draft.choice.amount == "max"),
        )
        found = readings.choices(clauses, self.names)
        drafts = drafts_of(found, sentence, setting) if found is not None else None
        if drafts is None:
            return False
        if len(drafts) == 1 and not drafts[0].pools:
            return self._take_lead(drafts[0])
        if len(drafts) > 1 and self._counts_electives(drafts[0], sentence):
            drafts = drafts[1:]
        if any(not draft.pools for draft in drafts):
            return False
        if drafts:
            self._keep(drafts, sentence, electives)
        if drafts and counts_groups_together(sentence.text):
            count_together(self.drafts)
        return True

    def _counts_electives(self, draft: Draft, sentence: Sentence) -> bool:
        """'12 elective units, including up to 4 from ...': the first part counts the electives."""
        choice = draft.choice
        if draft.pools or draft.n is None or choice.amount != "plain" or choice.modal != "none":
            return False
        count = Count(of="elective", n=draft.n, points=choice.points)
        return choice.includes and choice.electives and self.tally.take(count, sentence, draft.scope)

    def _keep(self, drafts: list[Draft], sentence: Sentence, electives: int | None) -> None:
        self._states_electives(drafts[0], sentence)
        if len(drafts) == 1 and self.drafts and completes(drafts[0], self.drafts[-1], electives):
            fold(drafts[0], self.drafts[-1])
            return
        if sentence.under is not None and len(drafts) == 1 and self._repeats(drafts[0]):
            return
        if says_nothing(self._as_lists(drafts[0]), electives) and (self.tally.points or len(drafts) == 1):
            drafts = drafts[1:]
        if not self.tally.points:
            nest(drafts, len(self.drafts))
        self.drafts.extend(drafts)

    def _repeats(self, draft: Draft) -> bool:
        """Whether a sentence over a list asks what one before the lists asks of it."""
        return draft.choice.amount in ("plain", "min") and any(
            (other.pools, other.n, other.scope, other.only) == (draft.pools, draft.n, draft.scope, draft.only)
            and other.choice.amount in ("plain", "min")
            and other.condition is None
            for other in self.drafts
        )

    def _as_lists(self, draft: Draft) -> Draft:
        """The draft with ``listed`` as its pool where it states the electives and names every one of several lists."""
        every = {group.id for group in self.groups if group.role == "elective"}
        stating = self.tally.lines.get("elective")
        if len(every) < 2 or set(draft.pools) != every or stating is None or stating.line != draft.line:
            return draft
        return replace(draft, pools=(LISTED,))

    def _take_lead(self, draft: Draft) -> bool:
        """'of the remaining 5 units:' and 'the 7 elective units must be selected' lead the sentences after them."""
        if draft.choice.remaining:
            self.remainder = draft.n if draft.n is not None else self._left(draft.scope)
            return True
        if draft.n is None or draft.choice.amount not in ("plain", "all", "min"):
            return False
        if draft.choice.amount == "plain" and draft.n == self._left(draft.scope):
            self.remainder = draft.n
            return True
        return draft.n == self.tally.electives(draft.scope)

    def _left(self, scope: str) -> int | None:
        """How many electives the sentences so far leave, where each of them asks for a number."""
        electives = self.tally.electives(scope)
        inside = [draft for draft in self.drafts if draft.scope == scope and draft.within is None]
        if electives is None or any(draft.open or draft.n is None for draft in inside):
            return None
        return electives - sum(draft.n or 0 for draft in inside)

    def _states_electives(self, draft: Draft, sentence: Sentence) -> None:
        """'6 elective units from the units listed' also states the number of electives."""
        if self.tally.n("elective") or not draft.choice.electives or draft.n != self.tally.electives():
            return
        if draft.choice.amount == "plain" and draft.choice.modal != "must" and draft.n is not None:
            self.tally.take(Count(of="elective", n=draft.n, points=False), sentence)
