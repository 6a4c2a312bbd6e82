"""Runs of sentences with 'OR' alone on a line between them: where each run begins and ends.

A run goes back to the sentence that the blocks do not repeat (such as '12 elective units, of which:') and on to the
first that counts nothing. Whether the runs are rules of their own, only their numbers can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.ways import MOST_WAYS, ends_open, joins, without_or

CHOICE = "choice"
_EITHER = re.compile(r"^\W*either\W*$", re.IGNORECASE)


def with_blocks(
    sentences: Sequence[Sentence], kind: Callable[[Sentence], str | None]
) -> list[Sentence] | None:
    """The sentences, those of blocks with the letter of their block, and without the 'or' between; None without blocks.

    ``kind``: what a sentence counts, 'choice' for one that counts electives of some pool; None for any other.
    """
    between = [at for at, sentence in enumerate(sentences) if sentence.before_lists and joins(sentence.text)]
    if not between:
        between = [
            at for at, sentence in enumerate(sentences) if sentence.before_lists and ends_open(sentence.text)
        ]
    if not between or between[-1] + 1 >= len(sentences):
        return None
    end = _end(sentences, between[-1] + 1, kind)
    repeated = {kind(sentence) for sentence in sentences[between[0] + 1 : end]} - {CHOICE, None}
    begin = _begin(sentences, between[0], kind, repeated)
    rows = _rows(sentences[begin:end])
    counted = all(kind(sentence) is not None for row in rows for sentence in row)
    if not counted or not all(rows) or not 2 <= len(rows) <= MOST_WAYS or max(map(len, rows)) < 2:
        return None
    before = [sentence for sentence in sentences[:begin] if not _EITHER.match(sentence.text)]
    blocks = [
        replace(without_or(each), block=chr(ord("a") + at)) for at, row in enumerate(rows) for each in row
    ]
    return [*before, *blocks, *sentences[end:]]


def one_each_but_the_last(sentences: Sequence[Sentence]) -> bool:
    """Whether every block but the last is one sentence, so that those after the first of the last may be of all."""
    letters = [sentence.block for sentence in sentences if sentence.block]
    return all(letters.count(letter) == 1 for letter in letters if letter != letters[-1])


def _end(sentences: Sequence[Sentence], at: int, kind: Callable[[Sentence], str | None]) -> int:
    while at < len(sentences) and kind(sentences[at]) is not None:
        at += 1
    return at


def _begin(
    sentences: Sequence[Sentence], at: int, kind: Callable[[Sentence], str | None], repeated: set[str | None]
) -> int:
    """Where the first block begins: after the last count that the other blocks do not repeat."""
    at += 0 if joins(sentences[at].text) else 1
    while at > 0 and (kind(sentences[at - 1]) == CHOICE or kind(sentences[at - 1]) in repeated):
        at -= 1
    return at


def _rows(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    rows: list[list[Sentence]] = [[]]
    for sentence in sentences:
        if joins(sentence.text):
            rows.append([])
        else:
            rows[-1].append(sentence)
    if len(rows) == 1:
        rows = [[]]
        for sentence in sentences:
            rows[-1].append(sentence)
            if ends_open(sentence.text):
                rows.append([])
    return rows
