"""An element of a SOAP answer as named values: the text of its leaves, and its lists as what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from qualgraph.sources.interfaces.rest_values import day
from qualgraph.sources.markup import Element, local_name

_ZONE: Final = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$")


class Fields(dict[str, Any]):
    """The children of an element by their names without namespace, and the line that the element begins at."""

    line: int = 1


def fields_of(element: Element) -> Fields:
    """The children of the element: text where one holds no elements, else the list of what it holds; no nil."""
    found = Fields()
    found.line = int(element.sourceline or 1)
    for child in element:
        inner = [each for each in child if isinstance(each.tag, str)]
        if inner:
            found[local_name(child)] = [fields_of(each) for each in inner]
        elif child.text and child.text.strip():
            found[local_name(child)] = child.text
    return found


def parts(found: Mapping[str, Any], name: str) -> Iterator[Fields]:
    """What the list of this name holds; nothing where there is no such list."""
    inner = found.get(name)
    yield from (each for each in inner if isinstance(each, Fields)) if isinstance(inner, list) else ()


def day_of(found: Mapping[str, Any], name: str) -> date | None:
    """The day of this name, with or without a time zone; None for no day and for an open end."""
    stated = found.get(name)
    return day({name: _ZONE.sub(r"\1", stated.strip())}, name) if isinstance(stated, str) else None
