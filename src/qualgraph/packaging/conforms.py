"""Whether what stands in JSON is of the types and choices that a published schema gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def faults(data: Any, schema: Mapping[str, Any]) -> Iterator[str]:
    """What is not of the form, each with its place (``rules/0/n is no integer or null``); absent keys are no fault."""
    yield from _faults(data, schema, schema, "")


def _faults(data: Any, part: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if "$ref" in part:
        yield from _faults(data, schema["$defs"][part["$ref"].rpartition("/")[2]], schema, place)
    where = place or "it"
    if "type" in part and not _is_of(data, part["type"]):
        wanted = [part["type"]] if isinstance(part["type"], str) else part["type"]
        yield f"{where} is no {' or '.join(wanted)}"
        return
    if "enum" in part and not any(data == one and type(data) is type(one) for one in part["enum"]):
        yield f"{where} is none of {', '.join(map(str, part['enum']))}"
    if isinstance(data, int) and data < part.get("minimum", data):
        yield f"{where} is less than {part['minimum']}"
    if "oneOf" in part and all(any(_faults(data, one, schema, place)) for one in part["oneOf"]):
        yield f"{where} is of no form that is allowed there"
    if isinstance(data, dict):
        known = part.get("properties", {})
        for key, value in data.items():
            if key in known:
                yield from _faults(value, known[key], schema, f"{place}/{key}".lstrip("/"))
            elif isinstance(part.get("additionalProperties"), dict):
                yield from _faults(value, part["additionalProperties"], schema, f"{place}/{key}".lstrip("/"))
    if isinstance(data, list) and "items" in part:
        for at, value in enumerate(data):
            yield from _faults(value, part["items"], schema, f"{place}/{at}".lstrip("/"))


def _is_of(data: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(data, bool):
        return "boolean" in names
    return any(isinstance(data, _TYPES.get(name, ())) for name in names)
