"""Read a packaging rule from the text of a qualification: counts, unit lists, rule sentences, conditions.

Nothing is guessed: a sentence that may bear on a verdict and is not read is kept in ``unread`` with its line, and
the rule is ``partial``. A rule whose counts and lists do not agree is never ``complete``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from qualgraph.packaging.reading import conditions, grammar, readings, specialisations
from qualgraph.packaging.reading.agreement import Reading, disagreements
from qualgraph.packaging.reading.drafts import Setting, completes, drafts_of, fold, says_nothing
from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.groups import (
    group_names,
    heading_rules,
    is_coreless,
    prerequisites,
    unit_groups,
)
from qualgraph.packaging.reading.headings import read_heading
from qualgraph.packaging.reading.joining import in_list, list_note, with_parts_joined
from qualgraph.packaging.reading.labels import with_labels_told
from qualgraph.packaging.reading.layout import Page
from qualgraph.packaging.reading.leads import brings_to, counts_groups_together
from qualgraph.packaging.reading.lines import page_lines
from qualgraph.packaging.reading.marks import MarkedPrerequisite, marked_prerequisite, with_marked
from qualgraph.packaging.reading.named import before_including, drafts_of_set, with_units_told
from qualgraph.packaging.reading.nesting import count_together, nest, nest_by_numbers
from qualgraph.packaging.reading.page import read_page
from qualgraph.packaging.reading.readings import Count
from qualgraph.packaging.reading.sentences import Sentence, cut, joined
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
from qualgraph.packaging.reading.streams import Opening, Streams, awarded
from qualgraph.packaging.reading.tally import Tally
from qualgraph.packaging.reading.wordings import normalised, with_figures
from qualgraph.packaging.tree import (
    EVERYONE,
    IMPORT,
    LISTED,
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

MAX_SENTENCES = 4_000


def parse(
    lines: Sequence[tuple[int, str]] | str,
    *,
    code: str | None = None,
    title: str | None = None,
    release: str | None = None,
) -> PackagingRule:
    """The packaging rule that the text states.

    ``lines`` is the packaging-rules section of a document, as (line number, text) or as text numbered from 1;
    reading stops at 'Selecting Elective Units for Different Outcomes' and other later sections. Never raises on
    what the text says: text without any rule gives status ``failed``.
    """
    page_of, whole = page_lines(lines)
    reader = _RuleReader(read_page(page_of))
    reader.read()
    if not whole:
        reader.unread.append((page_of[-1].number, "the text is longer than is read"))
    return replace(reader.rule(), code=code, title=title, release=release)


class _RuleReader:
    """Collects what each sentence says; :meth:`rule` puts it together."""

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
        self.marked: list[MarkedPrerequisite] = []

    def read(self) -> None:
        found = specialisations.parted(cut(self.page.prose), self.named)
        sentences = list(islice(found, MAX_SENTENCES + 1))
        if len(sentences) > MAX_SENTENCES:
            self.unread.append(
                (sentences.pop().line, "this line and those after it: more sentences than are read")
            )
        sentences = with_parts_joined(with_labels_told(sentences, self.names), self.names)
        skip = False
        for at, sentence in enumerate(sentences):
            following = sentences[at + 1] if at + 1 < len(sentences) else None
            if skip:
                skip = False
            elif not self._take(sentence, following):
                skip = self._take_joined(sentence, following)
                if not skip:
                    self.unread.append((sentence.line, sentence.text))

        for line, heading, rule in heading_rules(self.page):
            self._take_heading_rule(line, heading, rule)

    def _take_heading_rule(self, line: int, heading: str, rule: str) -> None:
        before = len(self.drafts)
        if not self._take_counting(Sentence(text=rule, line=line, last_line=line), EVERYONE):
            self.unread.append((line, heading))
        for draft in self.drafts[before:]:
            draft.text = heading

    def _take_joined(self, sentence: Sentence, following: Sentence | None) -> bool:
        """Whether the sentence reads once the next line is added: a line break may part it."""
        if following is None:
            return False
        from_group = sentence.text.endswith("from:") and following.text.startswith("Group ")
        if not from_group and (sentence.text.endswith((".", ":", ";")) or following.text[0].isupper()):
            return False
        return self._take_counting(joined(sentence, following), self.streams.scope)

    def _take(self, sentence: Sentence, following: Sentence | None) -> bool:
        text = sentence.text
        policy = conditions.prerequisite_policy(text)
        self.policy = policy if policy != "unstated" else self.policy
        inside = self.page.specialisation_at is not None and sentence.line >= self.page.specialisation_at
        plain, level = conditions.imported_level(text)
        if level is not None:
            self.levels = (level,)
            return self._take_as(sentence, plain, following)
        lower = conditions.lower_level(text)
        if lower is not None:
            return self._take_lower_level(sentence, *lower)
        opening = self.streams.opening(sentence, following, inside=inside)
        if opening is not None:
            return self._open(opening, sentence)
        if conditions.is_plain_again(text):
            return self._give_to_streams()
        marked = marked_prerequisite(text, sentence.line)
        if marked is not None:
            self.marked.append(marked)
        if marked is not None or conditions.is_prerequisite_note(text) or conditions.is_human(text):
            self.human.append((with_units_told(sentence), self.streams.scope))
            self.streams.scope, self.remainder = EVERYONE, None
            return True
        if sentence.units:
            return self._take_set(sentence)
        if list_note(sentence, self.tally.n("core")):
            return True
        if conditions.is_lead(text) or self._repeats_heading(text) or self.streams.leads(sentence, following):
            return True
        return self._take_counting(sentence, self.streams.scope)

    def _take_as(self, sentence: Sentence, plain: str, following: Sentence | None) -> bool:
        """Take the sentence by other words, and keep its own as the text of what it states."""
        before = len(self.drafts)
        taken = self._take(replace(sentence, text=plain), following)
        for draft in self.drafts[before:]:
            draft.text = sentence.text
        return taken

    def _take_lower_level(self, sentence: Sentence, before: str, cap: str) -> bool:
        """A cap on the imports of a lower level, where the sentences just before let imports in."""
        last = next((draft for draft in reversed(self.drafts) if not draft.choice.excludes), None)
        if last is None or IMPORT not in last.pools or (before and not conditions.is_human(before)):
            return False
        taken = self._take_as(sentence, cap, None)
        if taken and before:
            self.human.append((sentence, self.streams.scope))
        return taken

    def _take_set(self, sentence: Sentence) -> bool:
        """'Select the following 6 units:' with the units in the lines after it."""
        counted = before_including(sentence.text)
        plain = normalised(sentence.text if counted is None else "select all the following units", self.names)
        drafts = drafts_of_set(sentence, plain, self.streams.scope)
        if drafts is not None and counted is not None:
            at = len(self.drafts)
            taken = self._take_counting(replace(sentence, text=counted), self.streams.scope)
            if not taken or len(self.drafts) != at + 1:
                return False
            for draft in drafts:
                draft.within = at
        self.drafts += drafts or []
        return drafts is not None

    def _give_to_streams(self) -> bool:
        """'Where no specialisation is sought ...': what came after the specialisations so far is part of each."""
        first = next((at for at, draft in enumerate(self.drafts) if draft.scope != EVERYONE), None)
        shared = (
            [draft for draft in self.drafts[first:] if draft.scope == EVERYONE] if first is not None else []
        )
        if not shared or any(draft.within is not None for draft in self.drafts):
            return False
        self.drafts = [draft for draft in self.drafts if draft not in shared]
        for stream in self.streams.found.values():
            stream.replaces = True
            self.drafts += [replace(draft, scope=stream.scope) for draft in shared]
        self.streams.scope, self.remainder = EVERYONE, None
        return True

    def _repeats_heading(self, text: str) -> bool:
        """'Group C: Kites' among the sentences, where a list is headed so: it says nothing."""
        heading = read_heading(text)
        return (
            heading is not None
            and heading.kind == "group"
            and any(
                group.id == heading.id and group.name in (heading.name, text.rstrip(":. "))
                for group in self.groups
            )
        )

    def _open(self, opening: Opening, sentence: Sentence) -> bool:
        self.remainder = None
        scope = self.streams.enter(opening, sentence.line)
        if not opening.rest or conditions.is_lead(opening.rest):
            return True
        return self._take_counting(replace(sentence, text=opening.rest), scope)

    def _take_counting(self, sentence: Sentence, scope: str) -> bool:
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

    def rule(self) -> PackagingRule:
        """Everything put together, with the status that it deserves."""
        with_levels(self.drafts, self.levels)
        self._settle_streams()
        unsettled = settle(self.drafts, self.groups, self.tally.electives, self.streams.whole)
        joined_units = [codes for _, codes in self.page.pairs]
        all_but_one_of_pairs(self.drafts, sizes_of(self.groups), self.groups, joined_units)
        nest_by_numbers(self.drafts, sizes_of(self.groups), self.tally.electives)
        doubt_closed_groups(self.drafts, self.streams.whole)
        self.unread += [(draft.line, draft.text) for draft in self.drafts if draft.text in unsettled]
        kept = [draft for draft in self.drafts if draft.kind is not None and draft.text not in unsettled]
        ids = [f"r{number}" for number in range(1, len(self.drafts) + 1)]
        rules = tuple(statement(draft, self.drafts.index(draft), ids) for draft in kept)
        rules += exclusions(self.page.exclusions, len(ids))
        rules += pairs(self.page.pairs, len(ids) + len(self.page.exclusions))
        listed, unsure = prerequisites(self.page, self.groups, self.policy)
        required = with_marked(listed, self.marked, self.groups, self.policy)
        self.unread += [(line, "a row of the prerequisite table") for line in unsure]
        self._disagreements(kept)
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

    def _settle_streams(self) -> None:
        """A stream that counts its own units replaces the plain award; where streams must be, some must be there."""
        for stream in self.streams.found.values():
            stream.replaces |= bool(self.tally.own(stream.scope))
        replacing = [stream.scope for stream in self.streams.found.values() if stream.replaces]
        self.tally.share(replacing)
        if len(replacing) > 1:
            self.drafts += of_every_stream(self.drafts, replacing, self.tally.electives())
        if self.streams.choice is not None and not self.streams.chosen(
            {draft.scope for draft in self.drafts}
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
        unique |= {(sentence.text, scope): sentence.line for sentence, scope in reversed(self.human)}
        ordered = sorted(unique.items(), key=lambda item: item[1])
        return tuple(
            HumanCondition(path=f"packaging/condition/{number}", text=text, line=line, scope=scope)
            for number, ((text, scope), line) in enumerate(ordered, start=1)
        )

    def _status(self) -> Status:
        if not self.groups and not self.tally.lines and not self.drafts:
            return "failed"
        return "partial" if self.unread else "complete"

    def _disagreements(self, drafts: list[Draft]) -> None:
        """Note as unread whatever shows that the reading, or the document, does not add up."""
        replacing = frozenset(stream.scope for stream in self.streams.found.values() if stream.replaces)
        reading = Reading(tally=self.tally, groups=self.groups, drafts=drafts, replacing=replacing)
        for found in disagreements(reading):
            sentence = self.tally.lines.get(found.of)
            line = sentence.line if sentence else 1
            self.unread.append(
                (line, f"{sentence.text if sentence else 'packaging rules'} [{found.problem}]")
            )
