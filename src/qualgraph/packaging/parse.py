"""Read a packaging rule from the text of a qualification: counts, unit lists, rule sentences, conditions.

Nothing is guessed: a sentence that may bear on a verdict and is not read is kept in ``unread`` with its line, and
the rule is ``partial``. A rule whose counts and lists do not agree is never ``complete``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from qualgraph.packaging import conditions, grammar, readings
from qualgraph.packaging.groups import group_names, prerequisites, unit_groups
from qualgraph.packaging.lines import page_lines
from qualgraph.packaging.page import Page, read_page
from qualgraph.packaging.readings import Choice, Count
from qualgraph.packaging.sentences import GroupNames, Sentence, cut, joined, normalised
from qualgraph.packaging.statements import Draft, asked, settle, statement, with_levels
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


def parse_rule(
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
        self.counts: dict[str, Count] = {}
        self.count_lines: dict[str, Sentence] = {}
        self.drafts: list[Draft] = []
        self.human: list[tuple[Sentence, str]] = []
        self.unread: list[tuple[int, str]] = list(page.leftovers)
        self.policy: Policy = "unstated"
        self.levels: tuple[str, ...] = ()
        self.scope = EVERYONE
        self.scopes: dict[str, int] = {}
        self.replacing: set[str] = set()
        self.remainder: int | None = None

    def read(self) -> None:
        sentences = list(islice(cut(self.page.prose), MAX_SENTENCES + 1))
        if len(sentences) > MAX_SENTENCES:
            self.unread.append(
                (sentences.pop().line, "this line and those after it: more sentences than are read")
            )
        skip = False
        for at, sentence in enumerate(sentences):
            if skip:
                skip = False
            elif not self._take(sentence):
                following = sentences[at + 1] if at + 1 < len(sentences) else None
                skip = self._take_joined(sentence, following)
                if not skip:
                    self.unread.append((sentence.line, sentence.text))

    def _take_joined(self, sentence: Sentence, following: Sentence | None) -> bool:
        """Whether the sentence reads once the next line is added: a line break may part it."""
        if following is None or sentence.text.endswith((".", ":", ";")) or following.text[0].isupper():
            return False
        return self._take_counting(joined(sentence, following))

    def _take(self, sentence: Sentence) -> bool:
        text = sentence.text
        policy = conditions.prerequisite_policy(text)
        self.policy = policy if policy != "unstated" else self.policy
        scope = conditions.scope_heading(text)
        if scope is not None:
            self._open_scope(scope, sentence.line)
            return True
        if conditions.is_prerequisite_note(text) or conditions.is_human(text):
            self.human.append((sentence, self.scope))
            self.scope, self.remainder = EVERYONE, None
            return True
        if conditions.is_lead(text):
            return True
        return self._take_counting(sentence)

    def _open_scope(self, scope: conditions.Scope, line: int) -> None:
        self.remainder = None
        if scope.name is None:
            self.scope = EVERYONE
            return
        self.scope = f"specialisation:{scope.name}"
        self.scopes.setdefault(scope.name, line)
        if scope.replaces:
            self.replacing.add(scope.name)

    def _take_counting(self, sentence: Sentence) -> bool:
        awarded = conditions.award(sentence.text)
        scope = self.scope
        text = sentence.text
        if awarded is not None:
            text, name = awarded
            scope = f"specialisation:{name}"
            self.scopes.setdefault(name, sentence.line)
        tailed = conditions.without_tail(text)
        clauses = grammar.clauses(normalised(tailed.body, self.names))
        if clauses is None:
            return False
        taken = self._take_count(clauses, sentence) or self._take_choices(clauses, sentence, scope)
        if not taken:
            levels = readings.level_restriction(clauses)
            self.levels = levels or self.levels
            taken = levels is not None
        if taken and tailed.condition is not None:
            self.human.append((replace(sentence, text=tailed.condition), scope))
        return taken

    def _take_count(self, clauses: tuple[grammar.Clause, ...], sentence: Sentence) -> bool:
        count = readings.count(clauses)
        if count is None:
            return False
        known = self.counts.get(count.of)
        if known is not None and known != count:
            return False
        self.counts[count.of] = count
        self.count_lines.setdefault(count.of, sentence)
        return True

    def _electives(self) -> int | None:
        if "elective" in self.counts:
            return self.counts["elective"].n
        if "total" in self.counts and "core" in self.counts:
            return self.counts["total"].n - self.counts["core"].n
        return None

    def _take_choices(self, clauses: tuple[grammar.Clause, ...], sentence: Sentence, scope: str) -> bool:
        found = readings.choices(clauses, self.names)
        if found is None or any(count.points for count in self.counts.values()):
            return False
        drafts: list[Draft] = []
        for choice in found:
            draft = self._draft(choice, sentence, scope, drafts)
            if draft is None:
                return False
            drafts.append(draft)
        merged = _merge_alternatives(drafts)
        if merged is None:
            return False
        if len(merged) == 1 and not merged[0].pools:
            return self._take_lead(merged[0])
        if any(not draft.pools for draft in merged):
            return False
        self._states_electives(merged[0], sentence)
        if len(merged) == 1 and self.drafts and _completes(merged[0], self.drafts[-1], self._electives()):
            _fold(merged[0], self.drafts[-1])
        elif len(merged) > 1 or not _says_nothing(merged[0], self._electives()):
            self._nest(merged)
            self.drafts.extend(merged)
        return True

    def _draft(self, choice: Choice, sentence: Sentence, scope: str, before: list[Draft]) -> Draft | None:
        n = choice.n
        pools = choice.pools
        if choice.amount == "both":
            n = 2 if self.remainder in (None, 2) else None
            if n is None:
                return None
        if n is None and choice.amount == "all" and (choice.modal == "may" or pools == (LISTED,)):
            n = self.remainder or self._electives()
        if n is None and choice.amount == "plain" and not choice.remaining:
            if choice.modal != "may" or before or (IMPORT in pools and len(pools) == 1):
                return None
            n = self.remainder or self._electives()
        if choice.of is not None and choice.of not in (
            self._electives(),
            self.remainder,
            before[-1].n if before else None,
        ):
            return None
        if choice.amount == "range" or (choice.joined_by == "OR" and choice.amount != "all"):
            return None
        return Draft(
            choice=choice,
            text=sentence.text,
            line=sentence.line,
            last_line=sentence.last_line,
            scope=scope,
            pools=pools,
            n=n,
        )

    def _take_lead(self, draft: Draft) -> bool:
        """'of the remaining 5 units:' and 'the 7 elective units must be selected' lead the sentences after them."""
        if draft.choice.remaining:
            self.remainder = draft.n
            return True
        return (
            draft.n is not None and draft.n == self._electives() and draft.choice.amount in ("plain", "all")
        )

    def _states_electives(self, draft: Draft, sentence: Sentence) -> None:
        """'6 elective units from the units listed' also states the number of electives."""
        if "elective" in self.counts or not draft.choice.electives or draft.n != self._electives():
            return
        if draft.choice.amount == "plain" and draft.choice.modal != "must" and draft.n is not None:
            self.counts["elective"] = Count(of="elective", n=draft.n, points=False)
            self.count_lines["elective"] = sentence

    def _nest(self, drafts: list[Draft]) -> None:
        """'5 from the lists, of which at least 1 from A': the second counts in the slots of the first."""
        start = len(self.drafts)
        for at, draft in enumerate(drafts[1:], start=1):
            first = drafts[at - 1]
            if (
                first.choice.joined_by in ("COMMA", None)
                and draft.choice.amount in ("min", "max")
                and (draft.n or 0) <= (first.n or 0)
            ):
                draft.within = start + at - 1

    def rule(self) -> PackagingRule:
        """Everything put together, with the status that it deserves."""
        with_levels(self.drafts, self.levels)
        electives = self._electives()
        unsettled = settle(self.drafts, self.groups, electives)
        self.unread += [(draft.line, draft.text) for draft in self.drafts if draft.text in unsettled]
        kept = [draft for draft in self.drafts if draft.kind is not None and draft.text not in unsettled]
        ids = [f"r{number}" for number in range(1, len(self.drafts) + 1)]
        rules = tuple(statement(draft, self.drafts.index(draft), ids) for draft in kept)
        required, unsure = prerequisites(self.page, self.groups, self.policy)
        self.unread += [(line, "a row of the prerequisite table") for line in unsure]
        self._disagreements(kept, electives)
        return PackagingRule(
            measure="points" if any(count.points for count in self.counts.values()) else "units",
            total=self._count("total"),
            core=self._count("core"),
            elective=self._count("elective"),
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

    def _count(self, of: str) -> int | None:
        return self.counts[of].n if of in self.counts else None

    def _specialisations(self, rules: tuple[RuleStatement, ...]) -> tuple[Specialisation, ...]:
        return tuple(
            Specialisation(
                path=f"packaging/specialisation/{number}",
                name=name,
                rules=tuple(rule.id for rule in rules if rule.scope == f"specialisation:{name}"),
                replaces=name in self.replacing,
                line=line,
            )
            for number, (name, line) in enumerate(self.scopes.items(), start=1)
        )

    def _human(self) -> tuple[HumanCondition, ...]:
        unique = {(sentence.text, scope): sentence.line for sentence, scope in reversed(self.human)}
        ordered = sorted(unique.items(), key=lambda item: item[1])
        return tuple(
            HumanCondition(path=f"packaging/condition/{number}", text=text, line=line, scope=scope)
            for number, ((text, scope), line) in enumerate(ordered, start=1)
        )

    def _status(self) -> Status:
        if not self.groups and not self.counts and not self.drafts:
            return "failed"
        return "partial" if self.unread else "complete"

    def _disagreements(self, drafts: list[Draft], electives: int | None) -> None:
        """Note as unread whatever shows that the reading, or the document, does not add up."""
        for of, problem in _problems(self.counts, self.groups, drafts, electives, self.replacing):
            sentence = self.count_lines.get(of)
            line = sentence.line if sentence else 1
            self.unread.append((line, f"{sentence.text if sentence else 'packaging rules'} [{problem}]"))


def _merge_alternatives(drafts: list[Draft]) -> list[Draft] | None:
    """'all 3 from A or all 3 from B' is one choice; any other 'or' between clauses is not read."""
    merged: list[Draft] = []
    for draft in drafts:
        before = merged[-1] if merged else None
        if before is not None and before.choice.joined_by == "OR":
            if before.choice.amount != "all" or draft.choice.amount != "all" or before.n != draft.n:
                return None
            choice = replace(draft.choice, pools=before.pools + draft.pools, one_of=True, either=True)
            merged[-1] = replace(before, choice=choice, pools=choice.pools)
        else:
            merged.append(draft)
    return None if merged and merged[-1].choice.joined_by == "OR" else merged


def _completes(draft: Draft, before: Draft, electives: int | None) -> bool:
    """'up to 2 may be from other levels. The remaining 4 must be from this one': the rest of the same number."""
    return (
        draft.choice.remaining
        and draft.pools == (IMPORT,) == before.pools
        and before.choice.amount == "max"
        and before.scope == draft.scope
        and (draft.n or 0) + (before.n or 0) == electives
    )


def _fold(draft: Draft, before: Draft) -> None:
    before.text = f"{before.text} {draft.text}"
    before.last_line = draft.last_line
    before.ambiguity = (
        f"'{draft.text}' is read of imports alone, as what is left of the electives: listed units stay free,"
        " and imports at the level of the other sentences are not limited further"
    )


def _says_nothing(draft: Draft, electives: int | None) -> bool:
    """'6 elective units from the elective units listed' gives no more than the count and the lists do."""
    return (
        draft.pools == (LISTED,)
        and draft.n == electives
        and draft.choice.amount == "plain"
        and draft.choice.modal == "none"
    )


def _problems(
    counts: dict[str, Count],
    groups: tuple[UnitGroup, ...],
    drafts: list[Draft],
    electives: int | None,
    replacing: set[str],
) -> list[tuple[str, str]]:
    sizes = {group.id: len(set(group.units)) for group in groups if group.role == "elective"}
    core = next((len(group.units) for group in groups if group.role == "core"), 0)
    found: list[tuple[str, str]] = []
    points = any(count.points for count in counts.values())
    if "core" in counts and not points and counts["core"].n != core:
        found.append(("core", f"the core list has {core} units"))
    if {"total", "core", "elective"} <= counts.keys():
        total = counts["core"].n + counts["elective"].n
        if total != counts["total"].n:
            found.append(("total", f"core and electives add up to {total}"))
    found += [("total", problem) for problem in _missing(counts, sizes, electives, core)]
    if not points and electives is not None:
        found += [("elective", problem) for problem in _placing_problems(drafts, sizes, electives, replacing)]
    return found


def _missing(
    counts: dict[str, Count], sizes: dict[str, int], electives: int | None, core: int
) -> Iterator[str]:
    """What a whole rule would state and this one does not."""
    if "total" not in counts and "core" not in counts:
        yield "no count was read"
    elif "core" not in counts:
        yield "no number of core units was read"
    elif electives is None and sizes:
        yield "no number of electives was read"
    if not core and not sizes:
        yield "no unit list was read"
    elif electives and not sizes:
        yield "no elective list was read"


def _placing_problems(
    drafts: list[Draft], sizes: dict[str, int], electives: int, replacing: set[str]
) -> list[str]:
    problems: list[str] = []
    for draft in drafts:
        pools = set(draft.pools)
        room = sum(sizes.values()) if LISTED in pools else sum(sizes.get(pool, 0) for pool in pools)
        if draft.kind in ("min", "exact") and IMPORT not in pools and (draft.n or 0) > room:
            problems.append(f"{draft.n} of a list of {room}: {draft.text}")
    for scope in dict.fromkeys(draft.scope for draft in drafts):
        inside = [draft for draft in drafts if draft.scope == scope]
        needed = sum(asked(draft, sizes) for draft in inside)
        room = needed + sum(draft.n or 0 for draft in inside if draft.kind == "max" and draft.within is None)
        if needed > electives:
            problems.append(f"the sentences ask for {needed} electives")
        elif room < electives and scope.removeprefix("specialisation:") in (EVERYONE, *replacing):
            problems.append(f"the sentences place {room} electives")
    return problems
