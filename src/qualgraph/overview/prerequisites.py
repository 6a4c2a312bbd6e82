"""The units to be held before a unit of competency, and the words that a page and a profile tell them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qualgraph.overview.records import PrerequisiteSummary
from qualgraph.overview.rows import Answers, each_once, source
from qualgraph.overview.source import Source

PREREQUISITES: Final = """
SELECT ?need ?choice ?code ?title ?document ?line WHERE {
  {
    GRAPH ?document {
      ?of dcterms:isVersionOf {component} ; qg:hasPrerequisite ?node .
      ?node qg:sourceLine ?line .
      { ?node qg:requiresUnit ?unit . BIND ("required" AS ?need) }
      UNION { ?node qg:namesPossibleUnit ?unit . BIND ("unclear" AS ?need) }
      UNION { ?node qg:hasRequiredUnit ?place . ?place qg:choiceNumber ?choice ; qg:mentions ?unit .
              BIND ("one of several" AS ?need) }
      ?unit qg:code ?code .
    }
    OPTIONAL { ?unit qg:preferredTitle ?title }
  } UNION {
    GRAPH ?document { ?of dcterms:isVersionOf {component} ; qg:statesNoPrerequisite true ; qg:sourceLine ?line }
    BIND ("none" AS ?need)
  }
} ORDER BY ?document ?need ?choice ?code ?line"""

RULE_PREREQUISITES: Final = """
SELECT DISTINCT ?need ?choice ?code ?title ?stated_of ?document ?line WHERE {
  {
    {of} GRAPH ?document {
      ?node qg:concernsUnit {component} ; qg:requiresUnit ?unit ; qg:sourceLine ?line .
      ?rule qg:hasPrerequisite ?node .
      ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification .
      ?qualification qg:code ?stated_of .
      ?unit qg:code ?code .
    }
    BIND ("required" AS ?need)
    # the unit is found again: Oxigraph would else read the titles of the whole store
    OPTIONAL {
      {of} ?node qg:concernsUnit {component} ; qg:requiresUnit ?unit .
      ?unit qg:preferredTitle ?title .
    }
  } UNION {
    {of} GRAPH ?document {
      ?node qg:concernsUnit {component} ; qg:hasRequiredUnit ?place ; qg:sourceLine ?line .
      ?place qg:choiceNumber ?choice ; qg:mentions ?unit .
      ?rule qg:hasPrerequisite ?node .
      ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification .
      ?qualification qg:code ?stated_of .
      ?unit qg:code ?code .
    }
    BIND ("one of several" AS ?need)
    OPTIONAL {
      {of} ?node qg:concernsUnit {component} ; qg:hasRequiredUnit ?place .
      ?place qg:mentions ?unit .
      ?unit qg:preferredTitle ?title .
    }
  }
} ORDER BY ?stated_of ?document ?need ?choice ?code ?line"""
"""What the packaging rules of qualifications require before the unit."""

_JOINED: Final = {"one of several": " or "}


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """Prerequisites that one sentence tells: words, the units between them, and words after the units.

    ``within`` is the qualification whose packaging rule states it, None where the unit's own document does. No units
    where the document says that there is no prerequisite.
    """

    before: str
    units: tuple[PrerequisiteSummary, ...]
    joined: str
    after: str
    within: str | None
    sources: tuple[Source, ...]


def prerequisites_of(told: Answers) -> tuple[PrerequisiteSummary, ...]:
    """What the unit's own documents state, then what packaging rules do."""
    return tuple(
        PrerequisiteSummary(
            need=row["need"],
            choice=row["choice"],
            code=row["code"],
            title=row["title"],
            stated_of=row.get("stated_of"),
            source=source(row),
        )
        for question in (PREREQUISITES, RULE_PREREQUISITES)
        for row in told.get(question, ())
    )


def needs_of(prerequisites: Iterable[PrerequisiteSummary]) -> tuple[Need, ...]:
    """Prerequisites as sentences: alternatives together, what the unit's own document requires each by itself."""
    groups: dict[tuple[object, ...], list[PrerequisiteSummary]] = {}
    for each in prerequisites:
        alone = each.code if each.need == "required" and each.stated_of is None else None
        key = (each.source.document, each.stated_of, each.need, each.choice, alone)
        groups.setdefault(key, []).append(each)
    return tuple(map(_need, groups.values()))


def _need(group: list[PrerequisiteSummary]) -> Need:
    need, within = group[0].need, group[0].stated_of
    before, after = {
        "none": ("none, as the document says", ""),
        "one of several": ("one of several: ", ""),
        "unclear": ("", ", named among alternatives: see the document"),
    }.get(need, ("", ""))
    return Need(
        before=before,
        units=tuple({each.code: each for each in group if each.code}.values()),
        joined=_JOINED.get(need, ", "),
        after=after,
        within=within,
        sources=each_once(each.source for each in group),
    )


def need_in_words(need: Need) -> str:
    """A need as one line of text: 'one of several: ABC101 or ABC102, in ABC30120'."""
    units = need.joined.join(f"{unit.code} {unit.title or ''}".rstrip() for unit in need.units)
    return f"{need.before}{units}{need.after}{f', in {need.within}' if need.within else ''}"
