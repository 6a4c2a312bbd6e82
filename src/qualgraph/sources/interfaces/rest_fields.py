"""The fields that answers of the register's REST interface are expected to have, and how an answer differs.

A path names a field: ``releases[].id`` is the member ``id`` of each element of the list ``releases``. What is listed
without members of its own is known and not looked into. A field may always be null or, unless marked '!', absent.

Source: third parties that use the interface, in 2026. It has not been tried against the live service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from qualgraph.sources.interfaces.rest_paths import Answer


class Change(StrEnum):
    """How a field differs from what is expected."""

    MISSING = "missing"
    NEW = "new"
    OTHER_TYPE = "other type"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field that is not as expected; ``expected`` and ``found`` are types in words, None for none."""

    path: str
    change: Change
    expected: str | None
    found: str | None


_CODED: Final = {"": "object", ".code": "text", ".name": "text", ".description": "text"}
_RELATED: Final = {"": "list", "[].code": "text!", "[].title": "text", "[].isEquivalent": "flag"}


def _below(name: str, members: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}{path}": expected for path, expected in members.items()}


_CLASSIFIED: Final = {
    **{k: v for name in ("anzsco", "asco", "asced4", "asced6") for k, v in _below(name, _CODED).items()},
    **_below("qualificationLevel", _CODED),
    **_below(
        "taxonomyIndustry",
        {"": "list", "[].industrySector": "text", "[].description": "text", "[].id": "text|number"},
    ),
    **_below(
        "taxonomyOccupation",
        {"": "list", "[].occupation": "text", "[].description": "text", "[].id": "text|number"},
    ),
}
_ITEM: Final = {
    "code": "text!",
    "title": "text!",
    "type": "object|text!",
    "status": "object|text!",
    "usageRecommendation": "object|text",
    "latestRelease": "object",
    "latestRelease.number": "text|number",
    "latestRelease.date": "text",
    "trainingPackage": "object",
    "trainingPackage.code": "text",
    "trainingPackage.title": "text",
    **_CLASSIFIED,
    **_below("supersedes", _RELATED),
    **_below("supersededBy", _RELATED),
    "preRequisiteUnits": "list",
    **dict.fromkeys(("searchScore", "statusTypeRanking", "workPlacementHours"), "number"),
    **dict.fromkeys(("titleUpper", "nrtId", "specialisations"), "text"),
    **dict.fromkeys(("hasLicensingInformation", "hasWorkPlacementHours", "isConfidential"), "flag"),
    **dict.fromkeys(
        ("trainingPackageDeveloper", "currencyPeriod", "recognitionManager", "contentEnquiries"), "object"
    ),
    **dict.fromkeys(("copyrightHolder", "otherContact"), "object"),
}
_MAPPING: Final = {
    "": "list!",
    "[].code": "text",
    "[].title": "text",
    "[].mapsToCode": "text!",
    "[].mapsToTitle": "text",
    "[].mapsToId": "text",
    "[].isEquivalent": "flag!",
    "[].date": "text",
    "[].notes": "text",
}
_RELEASE: Final = {
    "id": "text!",
    "releaseNumber": "text|number!",
    "releaseDate": "text!",
    "currency": "text",
    "currencyChangeDate": "text",
    "packagingInformation": "object",
    "packagingInformation.core": "number",
    "packagingInformation.elective": "number",
    "packagingInformation.measure": "text",
    "contentBundles": "list",
    "contentBundles[].id": "text!",
    **dict.fromkeys(("contentBundles[].typeName", "contentBundles[].typeCode"), "text"),
    **dict.fromkeys(("assets", "specializations", "links"), "list"),
    "workPlacementHours": "number",
}
_COMPONENT: Final = {
    "code": "text!",
    "title": "text!",
    "id": "text",
    "type": "text|object!",
    "status": "text|object",
    "usageRecommendation": "text|object!",
    "parent": "object",
    "parent.code": "text",
    "parent.title": "text",
    "parent.id": "text",
    **_below("releases", {"": "list!", **{f"[].{path}": kind for path, kind in _RELEASE.items()}}),
    **_below("mappingInformation", _MAPPING),
    "taxonomy": "object",
    "taxonomy.industrySectors": "list",
    "taxonomy.industrySectors[].industrySector": "text",
    "taxonomy.industrySectors[].industrySectorId": "text|number",
    "taxonomy.industrySectors[].description": "text",
    "taxonomy.occupations": "list",
    "taxonomy.occupations[].occupation": "text",
    "taxonomy.occupations[].occupationId": "text|number",
    "taxonomy.occupations[].description": "text",
    **_CLASSIFIED,
    "preRequisites": "list|object",
    **dict.fromkeys(("statusLabel", "usageRecommendationLabel", "developmentStandard", "reviewDate"), "text"),
    **dict.fromkeys(("isConfidential", "isInternalUseOnly", "isCompletionMappingInternalUseOnly"), "flag"),
    "trainingPackageDeveloper": "object",
    **dict.fromkeys(
        ("contacts", "currencyPeriods", "restrictions", "assets", "contentBundles", "links"), "list"
    ),
}
_GRID: Final = {
    "code": "text!",
    "title": "text!",
    "isEssential": "flag!",
    "isEssentialLabel": "text",
    "usageRecommendation": "text|object",
    "usageRecommendationLabel": "text",
    "hasPreRequisites": "flag",
    "isPreRequisite": "flag",
    "preRequisiteContentId": "text",
    "preRequisites": "list",
    "links": "list",
}
_CONTENT: Final = {
    "id": "text",
    **dict.fromkeys(("title", "typeCode", "typeName", "typeDescription"), "text"),
    "items": "list!",
    "items[].id": "text",
    "items[].sequence": "number",
    "items[].content": "text!",
    "items[].contentType": "text",
    "items[].contentTypeCode": "text",
    "items[].format": "text",
    "items[].title": "text",
    **dict.fromkeys(("items[].createdDate", "items[].updatedDate"), "text"),
    "links": "list",
}
_VALUE: Final = {
    "code": "text!",
    "name": "text!",
    "description": "text",
    **dict.fromkeys(("schemeCode", "id", "startDate", "endDate"), "text"),
    "links": "list",
}

FIELDS: Final[Mapping[Answer, Mapping[str, str]]] = MappingProxyType(
    {
        Answer.SEARCH: _ITEM,
        Answer.COMPONENT: _COMPONENT,
        Answer.RELEASE: _RELEASE,
        Answer.GRID: _GRID,
        Answer.CONTENT: _CONTENT,
        Answer.VALUES: _VALUE,
    }
)
"""The fields of each answer; of a search page, a grid and a scheme those of one row."""

_TYPES: Final[tuple[tuple[str, type | tuple[type, ...]], ...]] = (
    ("flag", bool),
    ("text", str),
    ("number", (int, float)),
    ("object", dict),
    ("list", list),
)


def type_in_words(value: Any) -> str:
    """The type of a JSON value: flag, text, number, object, list, or null."""
    return next((word for word, kinds in _TYPES if isinstance(value, kinds)), "null")


def differences(answer: Answer, value: Any) -> Iterator[Difference]:
    """How an answer, or one of its rows, differs from what is expected; each field once, however often it occurs."""
    seen: set[tuple[str, Change]] = set()
    for found in _compared(_tree(answer), value):
        if (found.path, found.change) not in seen:
            seen.add((found.path, found.change))
            yield found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    """One expected field; ``members`` are those of the object, or of each object in the list, that it holds."""

    path: str
    types: frozenset[str]
    words: str
    needed: bool
    members: dict[str, _Field]


@cache
def _tree(answer: Answer) -> dict[str, _Field]:
    root: dict[str, _Field] = {}
    for path, expected in FIELDS[answer].items():
        *parents, name = path.replace("[]", "").split(".")
        members = root
        for parent in parents:
            members = members[parent].members
        types = expected.rstrip("!")
        members[name] = _Field(
            path=path,
            types=frozenset((*types.split("|"), "null")),
            words=types.replace("|", " or "),
            needed=expected.endswith("!"),
            members={},
        )
    return root


def _compared(members: Mapping[str, _Field], value: Any, prefix: str = "") -> Iterator[Difference]:
    """An object, or each object of a list, against the members that it should have."""
    if isinstance(value, list) and prefix:
        for element in value:
            yield from _compared_object(members, element, f"{prefix}[]")
    else:
        yield from _compared_object(members, value, prefix)


def _compared_object(members: Mapping[str, _Field], value: Any, place: str) -> Iterator[Difference]:
    if not isinstance(value, dict):
        found = type_in_words(value)
        yield Difference(path=place, change=Change.OTHER_TYPE, expected="object", found=found)
        return
    for name, field in members.items():
        if field.needed and value.get(name) is None:
            yield Difference(path=field.path, change=Change.MISSING, expected=field.words, found=None)
    for name, member in value.items():
        found = type_in_words(member)
        known = members.get(name)
        if known is None:
            path = f"{place}.{name}" if place else name
            yield Difference(path=path, change=Change.NEW, expected=None, found=found)
        elif found not in known.types:
            yield Difference(path=known.path, change=Change.OTHER_TYPE, expected=known.words, found=found)
        elif known.members and member is not None:
            yield from _compared(known.members, member, known.path)
