"""The addresses of the register's REST interface, below its base: how they are made and what each answers.

Source: third parties that use the interface, in 2026. It has not been tried against the live service.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote, urlencode, urlsplit

PAGE_SIZE: Final = 100
"""Rows of one page of a search."""

_FEW: Final = 10
_KEY: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


class Answer(StrEnum):
    """What an address answers with, as it stands in messages."""

    SEARCH = "search page"
    COMPONENT = "component"
    RELEASE = "release"
    GRID = "unit grid"
    CONTENT = "content bundle"
    VALUES = "classification values"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address taken apart; ``code`` is of a component or a classification scheme, ``key`` of a release or bundle."""

    answer: Answer
    code: str | None = None
    key: str | None = None


_PLACES: Final = (
    (re.compile(r"search/training"), Answer.SEARCH),
    (re.compile(r"training/(?P<code>[^/]+)"), Answer.COMPONENT),
    (re.compile(r"training/(?P<code>[^/]+)/releases/(?P<key>[^/]+)"), Answer.RELEASE),
    (re.compile(r"training/(?P<code>[^/]+)/releases/(?P<key>[^/]+)/unitgrid"), Answer.GRID),
    (re.compile(r"content/bundle/(?P<key>[^/]+)"), Answer.CONTENT),
    (re.compile(r"nrt-classification-scheme/(?P<code>[^/]+)/values"), Answer.VALUES),
)


def place_of(path: str) -> Place | None:
    """What the address answers with, by its path; None for any other.

    >>> place_of("training/ZZZ40120/releases/7f3a").answer.value
    'release'
    """
    route = urlsplit(path).path.strip("/")
    for pattern, answer in _PLACES:
        if match := pattern.fullmatch(route):
            named = {name: unquote(value) for name, value in match.groupdict().items()}
            return Place(answer=answer, code=named.get("code"), key=named.get("key"))
    return None


def is_key(value: str) -> bool:
    """Whether an identifier out of an answer can stand in an address: letters, digits, hyphens."""
    return bool(_KEY.fullmatch(value))


def component_path(code: str) -> str:
    """The address of a component."""
    return f"training/{quote(code, safe='')}"


def release_path(code: str, key: str) -> str:
    """The address of a release, by the register's own identifier of it."""
    return f"{component_path(code)}/releases/{quote(key, safe='')}"


def grid_path(code: str, key: str) -> str:
    """The address of the unit grid of a release."""
    return f"{release_path(code, key)}/unitgrid"


def bundle_path(key: str) -> str:
    """The address of a content bundle."""
    return f"content/bundle/{quote(key, safe='')}"


def item_path(code: str) -> str:
    """The address of the search that finds one component by its code."""
    return _search(text=code, condition=f"code eq '{code}'", offset=0, size=_FEW)


def page_path(condition: str, offset: int, size: int = PAGE_SIZE) -> str:
    """The address of one page of a search; always in the order of the codes, or pages would lose rows."""
    return _search(text="", condition=condition, offset=offset, size=size)


def _search(*, text: str, condition: str, offset: int, size: int) -> str:
    asked = {
        "searchText": text,
        "filter": condition,
        "orderBy": "code",
        "pageSize": str(size),
        "offset": str(offset),
        "includeTotalCount": "true",
    }
    return f"search/training?{urlencode({name: value for name, value in asked.items() if value})}"
