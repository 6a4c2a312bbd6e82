"""Names of groups that a page prints each on a line of its own, under the sentence that speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.wordings import normalised

_REFERENCE = re.compile(r"@[a-z0-9_]+")
_GROUPS = r"(?:(?:specialist |specialisation )?elective )?groups?"
_GROUPS_BELOW = re.compile(
    r"\b(?P<of>one of |each of |any of |both of |all of )?"
    rf"(?:(?:(?:the|any|these) )?following {_GROUPS}|(?:the|any|these) {_GROUPS}(?: (?:listed )?below)?)\s*:\s*$",
    re.IGNORECASE,
)


def with_labels_told(sentences: Sequence[Sentence], names: GroupNames) -> list[Sentence]:
    """The sentences, those that lead to names of groups with these names in them.

    'All units from Group A or B:' may be followed by two lines, 'Group A - Baking' and so on, which add nothing.
    'All units from one of the following groups:' is one sentence with the lines after it.
    """
    told: list[Sentence] = []
    at = 0
    while at < len(sentences):
        lead = sentences[at]
        labels = list(_labels(sentences[at + 1 :], names)) if lead.text.rstrip().endswith(":") else []
        at += 1 + len(labels)
        told.extend(_told(lead, labels, names))
    return told


def _labels(sentences: Sequence[Sentence], names: GroupNames) -> Iterator[tuple[Sentence, str]]:
    """The lines that come first and are nothing but the name of a group, with their references."""
    for sentence in sentences:
        plain = normalised(sentence.text, names)
        if not _REFERENCE.fullmatch(plain) or names.id_of(plain) is None:
            return
        yield sentence, plain


def _told(lead: Sentence, labels: list[tuple[Sentence, str]], names: GroupNames) -> Iterator[Sentence]:
    if not labels:
        yield lead
        return
    named = set(_REFERENCE.findall(normalised(lead.text, names)))
    below = _GROUPS_BELOW.search(lead.text)
    if named:
        yield lead
        yield from (label for label, reference in labels if reference not in named)
    elif below:
        joiner = " and " if (below["of"] or "").lower() in ("each of ", "both of ", "all of ") else " or "
        groups = joiner.join(f"Group {names.id_of(reference)}" for _, reference in labels)
        text = f"{lead.text[: below.start()]}{below['of'] or ''}{groups}"
        printed = " ".join([lead.text, "; ".join(label.text for label, _ in labels)])
        yield replace(lead, text=text, printed=printed, last_line=labels[-1][0].last_line)
    else:
        yield lead
        yield from (label for label, _ in labels)
