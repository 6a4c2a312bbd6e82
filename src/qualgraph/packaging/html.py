"""A packaging rule as a fragment of HTML for a web page to embed: no script, no style, nothing loaded.

Every part that was read from a line carries it as ``data-line``, and an ``id`` made of ``prefix`` and its path
(``rule-packaging-group-A``), so that a finding or a verdict can link to it. Ids are unique in one fragment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Final

from qualgraph.packaging.tree import (
    EVERYONE,
    ListedUnit,
    PackagingRule,
    RuleStatement,
    Specialisation,
    UnitGroup,
)
from qualgraph.packaging.words import (
    RuleWords,
    caution_in_words,
    count_in_words,
    group_in_words,
    prerequisite_in_words,
    size_in_words,
)

MAX_DEPTH: Final = 12
"""How deep rules that count inside each other are shown as lists in lists."""

_STATUS: Final = {
    "complete": "Every sentence that bears on a verdict was read.",
    "partial": "Not every sentence was read; see 'Not read'.",
    "failed": "The text holds no packaging rule that could be read.",
}


def rule_html(rule: PackagingRule, *, prefix: str = "rule", level: int = 2) -> str:
    """The rule as one ``<article>``: counts, unit lists, rules with their scopes, conditions, what was not read.

    ``level`` is that of its heading (1 to 4); ``prefix`` keeps ids apart where a page has several rules.
    """
    return "\n".join(_Fragment(rule, prefix, level).article()) + "\n"


NOT_KEPT = "(a sentence whose words are not kept: see the document)"


def text(value: object) -> str:
    """Text made safe for an element or a quoted attribute.

    White space of any kind is a space; control characters and marks that turn the direction of text are dropped.
    """
    told = str(value)
    if told.isprintable():
        return escape(told)
    spaced = "".join(" " if char.isspace() else char for char in told)
    return escape("".join(char for char in spaced if char.isprintable()))


def identifier(prefix: str, path: str) -> str:
    """The ``id`` of a path: letters, digits, '-' and '_' only."""
    name = "".join(char if char.isalnum() or char == "_" else "-" for char in f"{prefix}-{path}")
    return text(name)


class _Fragment:
    """Writes one fragment; keeps its ids apart."""

    def __init__(self, rule: PackagingRule, prefix: str, level: int) -> None:
        self._rule = rule
        self._words = RuleWords(rule)
        self._prefix = prefix
        self._level = min(max(level, 1), 4)
        self._used: dict[str, int] = {}

    def article(self) -> Iterator[str]:
        rule = self._rule
        name = " ".join(filter(None, (rule.code, rule.title))) or "Qualification not stated"
        heading = identifier(self._prefix, "title")
        yield f'<article class="packaging-rule" aria-labelledby="{heading}">'
        yield f'<h{self._level} id="{heading}">{text(name)}</h{self._level}>'
        yield from self._counts(rule)
        yield from self._lists(rule)
        yield from self._rules(rule)
        yield from self._section("prerequisites", "Prerequisites", self._prerequisites(rule))
        yield from self._section(
            "conditions", "For a person to judge", map(self._told, rule.human_conditions)
        )
        yield from self._section("unread", "Not read", map(self._told, rule.unread))
        yield from self._section("notes", "Notes of the reading", map(self._told, rule.notes))
        yield "</article>"

    def _id(self, path: str) -> str:
        """An id of its own for each path; a second of one path is numbered."""
        name = identifier(self._prefix, path)
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name}--{self._used[name]}"

    def _at(self, path: str, line: int | None) -> str:
        """The attributes of an element for this path."""
        return f'id="{self._id(path)}"' + ("" if line is None else f' data-line="{line}"')

    def _heading(self, title: str) -> str:
        return f"<h{self._level + 1}>{text(title)}</h{self._level + 1}>"

    def _section(
        self, name: str, title: str, items: Iterable[str], before: str | None = None
    ) -> Iterator[str]:
        listed = list(items)
        if listed:
            said = f"<p><strong>{text(before)}</strong></p>\n" if before else ""
            yield f'<section class="{name}">\n{self._heading(title)}\n{said}<ul>'
            yield from listed
            yield "</ul>\n</section>"

    def _told(self, item: object) -> str:
        """A sentence with its line, and the scope it holds for."""
        path, words, line = (getattr(item, name) for name in ("path", "text", "line"))
        scope = _scope(getattr(item, "scope", EVERYONE))
        return f"<li {self._at(path, line)}>{scope}{text(words or NOT_KEPT)}{line_html(line)}</li>"

    def _counts(self, rule: PackagingRule) -> Iterator[str]:
        yield '<dl class="counts">'
        if rule.release:
            yield f"<dt>Release</dt><dd>{text(rule.release)}</dd>"
        for name in ("total", "core", "elective"):
            n = getattr(rule, name)
            told = text(count_in_words(rule, name))
            yield f'<dt>{name.capitalize()}</dt><dd data-count="{"" if n is None else n}">{told}</dd>'
        yield f'<dt>Reading</dt><dd data-status="{rule.status}">{rule.status}: {text(_STATUS[rule.status])}</dd>'
        yield "</dl>"

    def _lists(self, rule: PackagingRule) -> Iterator[str]:
        for group in rule.groups:
            yield f'<section class="group" data-role="{group.role}" {self._at(group.path, group.line)}>'
            yield self._heading(group_in_words(group))
            if group.scope != EVERYONE:
                yield f"<p>{_scope(group.scope)}</p>"
            yield from self._table(group)
            yield "</section>"

    def _table(self, group: UnitGroup) -> Iterator[str]:
        points = any(member.points is not None for member in group.members)
        yield f"<table>\n<caption>{size_in_words(self._rule, group)}</caption>"
        weight = '<th scope="col">Points</th>' if points else ""
        yield f'<thead><tr><th scope="col">Code</th><th scope="col">Title</th>{weight}</tr></thead>'
        for heading, members in groupby(group.members, key=lambda member: member.heading):
            yield "<tbody>"
            if heading:
                yield f'<tr><th scope="rowgroup" colspan="{3 if points else 2}">{text(heading)}</th></tr>'
            yield from (self._row(member, points) for member in members)
            yield "</tbody>"
        yield "</table>"

    def _row(self, member: ListedUnit, points: bool) -> str:
        mark = f' <abbr title="marked in the list">{text(member.mark)}</abbr>' if member.mark else ""
        weight = f"<td>{'' if member.points is None else member.points}</td>" if points else ""
        return (
            f"<tr {self._at(member.path, member.line)}>"
            f'<th scope="row">{text(member.code)}{mark}</th><td>{text(member.title or "")}</td>{weight}</tr>'
        )

    def _rules(self, rule: PackagingRule) -> Iterator[str]:
        """Rules of the plain award first, then those of each specialisation and of blocks joined by OR."""
        plain = [item for item in rule.rules if item.scope == EVERYONE]
        caution = caution_in_words(rule) if plain else None
        yield from self._section("rules", "Rules", self._nested(plain), before=caution)
        known = {item.id: item for item in rule.rules}
        for specialisation in rule.specialisations:
            own = [known[id] for id in specialisation.rules if id in known]
            yield from self._specialisation(specialisation, own)
        blocks = [item for item in rule.rules if item.scope.startswith("alternative:")]
        for scope, items in groupby(blocks, key=lambda item: item.scope):
            name = scope.removeprefix("alternative:")
            yield from self._section("alternative", f"One of several ways: {name}", self._nested(list(items)))

    def _specialisation(self, item: Specialisation, own: list[RuleStatement]) -> Iterator[str]:
        yield f'<section class="specialisation" {self._at(item.path, item.line)}>'
        yield self._heading(f"Specialisation: {item.name}")
        yield f"<p>{text(_own(item, len(own)))}</p>"
        if own:
            yield "<ul>"
            yield from self._nested(own)
            yield "</ul>"
        yield "</section>"

    def _nested(self, statements: list[RuleStatement]) -> Iterator[str]:
        """Each rule with those that count inside it as a list of its own; what is nested too deep follows."""
        known = {item.id for item in statements}
        inner: dict[str, list[RuleStatement]] = {}
        for item in statements:
            if item.within in known and item.within != item.id:
                inner.setdefault(item.within or "", []).append(item)
        shown: set[str] = set()
        outer = [item for item in statements if item.within not in known or item.within == item.id]
        for item in outer:
            yield self._statement(item, inner, shown, MAX_DEPTH)
        for item in statements:
            if item.id not in shown:
                yield self._statement(item, inner, shown, 0)

    def _statement(
        self, item: RuleStatement, inner: dict[str, list[RuleStatement]], shown: set[str], depth: int
    ) -> str:
        shown.add(item.id)
        parts = [f"<strong>{text(self._words(item))}</strong>{line_html(item.line)}"]
        parts.append(f"<blockquote>{text(item.text)}</blockquote>")
        if item.because:
            parts.append(
                f"<p>Read as {text(item.reading or item.kind)}: {text(self._words.reason(item))}</p>"
            )
        if item.ambiguity:
            parts.append(f"<p><em>Ambiguous:</em> {text(item.ambiguity)}</p>")
        deeper = inner.get(item.id, []) if depth else []
        if deeper:
            within = "\n".join(self._statement(each, inner, shown, depth - 1) for each in deeper)
            parts.append(f"<p>Counted inside it:</p>\n<ul>\n{within}\n</ul>")
        return f'<li data-kind="{item.kind}" {self._at(item.path, item.line)}>' + "\n".join(parts) + "</li>"

    def _prerequisites(self, rule: PackagingRule) -> Iterator[str]:
        for item in rule.prerequisites:
            yield (
                f"<li {self._at(item.path, item.line)}>{text(prerequisite_in_words(item))} "
                f"({text(item.policy)}){line_html(item.line)}</li>"
            )


def _own(item: Specialisation, rules: int) -> str:
    """What a specialisation has of its own, in words."""
    how = "" if not rules else ", instead of the rules above" if item.replaces else ", beside the rules above"
    told = [f"{rules or 'No'} {'rule' if rules == 1 else 'rules'} of its own{how}"]
    told += [
        f"{name} {n}" for name in ("total", "core", "elective") if (n := getattr(item, name)) is not None
    ]
    return "; ".join(told) + "."


def _scope(scope: str) -> str:
    if scope == EVERYONE:
        return ""
    kind, _, name = scope.partition(":")
    return f'<span class="scope">For the {text(kind)} {text(name)}:</span> '


def line_html(line: int | None) -> str:
    """The line of the source, for a reader; nothing where there is none."""
    return "" if line is None else f' <small class="line">line {line}</small>'
