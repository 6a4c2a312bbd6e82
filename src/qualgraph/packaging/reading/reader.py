"""Read a packaging rule from the text of a qualification: counts, unit lists, rule sentences, conditions.

Nothing is guessed: a sentence that may bear on a verdict and is not read is kept in ``unread`` with its line, and
the rule is ``partial``. A rule whose counts and lists do not agree is never ``complete``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from qualgraph.packaging.reading import conditions, specialisations
from qualgraph.packaging.reading.blocks import one_each_but_the_last, with_blocks
from qualgraph.packaging.reading.choosing import Choosing
from qualgraph.packaging.reading.groups import (
    heading_rules,
)
from qualgraph.packaging.reading.headings import Heading, read_heading
from qualgraph.packaging.reading.joining import list_note, with_parts_joined
from qualgraph.packaging.reading.labels import with_labels_told
from qualgraph.packaging.reading.lines import page_lines
from qualgraph.packaging.reading.marks import marked_prerequisite
from qualgraph.packaging.reading.named import before_including, drafts_of_set, with_units_told
from qualgraph.packaging.reading.page import read_page
from qualgraph.packaging.reading.sentences import Sentence, cut, joined
from qualgraph.packaging.reading.streams import Opening
from qualgraph.packaging.reading.ways import begins_way, joins, with_or_parted
from qualgraph.packaging.reading.wordings import normalised
from qualgraph.packaging.tree import (
    EVERYONE,
    IMPORT,
    PackagingRule,
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
    page = read_page(page_of)
    reader = _RuleReader(page)
    sentences = reader.sentences()
    reader.read(sentences)
    blocks = with_blocks(sentences, reader.kind)
    rule = reader.whole()
    if blocks is not None:
        rule = _by_blocks(rule, reader, _RuleReader(page), blocks)
    if not whole:
        rule = _with_unread(rule, "the text is longer than is read", page_of[-1].number)
    return replace(rule, code=code, title=title, release=release)


def _by_blocks(
    rule: PackagingRule, plain: _RuleReader, other: _RuleReader, blocks: Sequence[Sentence]
) -> PackagingRule:
    """The rule, or what 'or' between blocks of sentences gives, where each places the electives and no other way does.

    Where it is open what the 'or' parts, that is noted as unread.
    """
    other.read(blocks)
    by_blocks = other.rule()
    if by_blocks.status != "complete":
        return rule
    if rule.status != "complete":
        return by_blocks if other.places_all() else rule
    parted_by_lines = any(joins(sentence.text) for sentence in plain.sentences())
    bullets = one_each_but_the_last(blocks) and plain.places_all()
    if not other.places_all() and (bullets or not parted_by_lines):
        return rule
    first = next(sentence for sentence in blocks if sentence.block)
    return _with_unread(rule, f"{first.text} [it is open how many sentences 'or' joins]", first.line)


def _with_unread(rule: PackagingRule, text: str, line: int) -> PackagingRule:
    path = f"packaging/unread/{len(rule.unread) + 1}"
    status = "partial" if rule.status == "complete" else rule.status
    return replace(rule, status=status, unread=(*rule.unread, UnreadText(path=path, text=text, line=line)))


class _RuleReader(Choosing):
    """Takes the sentences of a page one after the other; :meth:`rule` puts together what they say."""

    def whole(self) -> PackagingRule:
        """The rule; a choice of which a way leaves places empty is unread."""
        rule = self.rule()
        if self.forks.found and not self.places_all(minima_grow=True):
            first = self.forks.found[0]
            return _with_unread(rule, f"{first.text} [a way leaves places empty]", first.line)
        return rule

    def sentences(self) -> list[Sentence]:
        """The sentences of the page, no more than are read."""
        found = specialisations.parted(cut(self.page.prose), self.named)
        sentences = list(islice(found, MAX_SENTENCES + 1))
        if len(sentences) > MAX_SENTENCES:
            self.unread.append(
                (sentences.pop().line, "this line and those after it: more sentences than are read")
            )
        return sentences

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Take the sentences; those of blocks are alternatives of each other."""
        sentences = with_parts_joined(with_labels_told(sentences, self.names), self.names)
        sentences = with_or_parted(sentences, self._words)
        at = 0
        while at < len(sentences):
            at += self._take_from(sentences, at)
        for line, heading, rule in heading_rules(self.page):
            self._take_heading_rule(line, heading, rule)

    def _words(self) -> frozenset[str]:
        """The words of the prose and of the headings, in lower case."""
        texts = [text.text for text in self.page.prose] + [units.text for units in self.page.lists]
        return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text.lower()))

    def _take_from(self, sentences: Sequence[Sentence], at: int) -> int:
        """Take the sentence, with those after it that belong to it; how many these are."""
        sentence = sentences[at]
        self.enter_block(sentence, sentences)
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        if following is not None and begins_way(following.text) and (ways := self.take_ways(sentences, at)):
            return ways
        if self._take(sentence, following):
            return 1
        if self._take_joined(sentence, following):
            return 2
        taken = self.take_ways(sentences, at)
        if not taken:
            self.unread.append((sentence.line, sentence.printed or sentence.text))
        return taken or 1

    def _take_heading_rule(self, line: int, heading: str, rule: str) -> None:
        before = len(self.drafts)
        if not self.take_counting(Sentence(text=rule, line=line, last_line=line), EVERYONE):
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
        return self.take_counting(joined(sentence, following), self.streams.scope)

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
        return self.take_counting(sentence, self.streams.scope)

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
            taken = self.take_counting(replace(sentence, text=counted), self.streams.scope)
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
                group.id == heading.id
                and (group.name in (heading.name, text.rstrip(":. ")) or self._is_name(text, heading))
                for group in self.groups
            )
        )

    def _is_name(self, text: str, heading: Heading) -> bool:
        """Whether the line is a letter with a name of the group, in the words of the sentences or of the list."""
        return bool(heading.name) and normalised(text, self.names) == f"@{heading.id.lower()}"

    def _open(self, opening: Opening, sentence: Sentence) -> bool:
        self.remainder = None
        scope = self.streams.enter(opening, sentence.line)
        if not opening.rest or conditions.is_lead(opening.rest):
            return True
        return self.take_counting(replace(sentence, text=opening.rest), scope)
