"""A verdict as a fragment of HTML for a web page to embed beside the rule: no script, no style, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from qualgraph.packaging.html import NOT_KEPT, identifier, line_html, text
from qualgraph.packaging.judging.verdict import Verdict
from qualgraph.packaging.tree import PackagingRule

Links = Mapping[int, str]
"""For a line of the source the id of the sentence in the rule's fragment."""

_ANSWERS = MappingProxyType(
    {"satisfied": "satisfied", "violated": "not satisfied", "unknown": "UNKNOWN"},
)
_SAID = MappingProxyType(
    {
        "satisfied": "The units meet the packaging rule.",
        "violated": "The units do not meet the packaging rule.",
        "unknown": "Whether the units meet the packaging rule is not known.",
    }
)


def verdict_html(
    verdict: Verdict,
    *,
    prefix: str = "verdict",
    rule: PackagingRule | None = None,
    rule_prefix: str = "rule",
    level: int = 2,
) -> str:
    """The verdict as one ``<article>``: what is missing, what is not known, where units were placed, what is left.

    With ``rule``, whose fragment stands on the same page with ``rule_prefix``, what was read from one of its
    sentences links to it. ``level`` is that of the heading (1 to 4).
    """
    links = (
        {item.line: identifier(rule_prefix, item.path) for item in rule.rules if item.line} if rule else {}
    )
    return "\n".join(_lines(verdict, prefix, links, min(max(level, 1), 4))) + "\n"


def _lines(verdict: Verdict, prefix: str, links: Links, level: int) -> Iterator[str]:
    name = " ".join(filter(None, (verdict.code, f"plan {verdict.id}" if verdict.id else None))) or "Selection"
    heading = identifier(prefix, "title")
    yield f'<article class="packaging-verdict" data-verdict="{verdict.verdict}" aria-labelledby="{heading}">'
    yield f'<h{level} id="{heading}">{text(name)}: {_ANSWERS[verdict.verdict]}</h{level}>'
    yield f'<p role="status">{text(_SAID[verdict.verdict])}</p>'
    head = level + 1
    short = (_told(item.message, item.text, item.line, links) for item in verdict.shortfalls)
    yield from _section("shortfalls", "Missing", head, short)
    unknown = (_told(item.fact, item.text, item.line, links) for item in verdict.unknowns)
    yield from _section("unknowns", "Not known", head, unknown)
    yield from _placed(verdict, head)
    left = (f"{text(item.unit)}: {text(item.why)}" for item in verdict.unplaced)
    yield from _section("unplaced", "Units that fill no place", head, left)
    conditions = (f"{text(item.text or NOT_KEPT)}{line_html(item.line)}" for item in verdict.human_conditions)
    yield from _section("conditions", "For a person to judge", head, conditions)
    yield "</article>"


def _section(name: str, title: str, level: int, items: Iterable[str]) -> Iterator[str]:
    listed = [f"<li>{item}</li>" for item in items]
    if listed:
        yield f'<section class="{name}">\n<h{level}>{title}</h{level}>\n<ul>'
        yield from listed
        yield "</ul>\n</section>"


def _placed(verdict: Verdict, level: int) -> Iterator[str]:
    if not verdict.placed:
        return
    yield f'<section class="placed">\n<h{level}>Placed</h{level}>\n<table>'
    yield '<thead><tr><th scope="col">Unit</th><th scope="col">Fills a place of</th></tr></thead>\n<tbody>'
    for item in verdict.placed:
        yield f'<tr><th scope="row">{text(item.unit)}</th><td>{text(item.slot)}</td></tr>'
    yield "</tbody>\n</table>\n</section>"


def _told(words: str, quoted: str | None, line: int | None, links: Links) -> str:
    """What is wrong, the sentence it comes from with a link to it, and its line once."""
    quote = f"\n<blockquote>{text(quoted)}</blockquote>" if quoted and quoted not in words else ""
    if line is not None:
        words = words.removesuffix(f" line {line}.").removesuffix(" Rule:").rstrip(",")
    at = line_html(line)
    linked = f'<a href="#{links[line]}">{at.strip()}</a>' if line is not None and line in links else at
    return f"{text(words)}{quote} {linked}"
