"""The description by OpenAPI: of every address there is, and of none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
from starlette.routing import Route

from qualgraph.web.app import create_app
from qualgraph.web.settings import Settings


def test_every_address_is_described_and_no_other(server: str, built: Path) -> None:
    described = httpx.get(f"{server}/openapi.json").json()["paths"]
    told = {
        ("/query/{name}" if path.startswith("/query/") else path, method.upper())
        for path, operations in described.items()
        for method in operations
    }
    app = create_app(Settings(location=str(built)))
    there = {
        (re.sub(r":\w+}", "}", route.path), method)
        for route in app.routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert told == there
    assert len(there) >= 25


def test_every_operation_has_a_name_of_its_own_and_tells_of_problems(server: str) -> None:
    described = httpx.get(f"{server}/openapi.json").json()["paths"]
    operations = [one for operations in described.values() for one in operations.values()]
    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    assert all("application/problem+json" in one["responses"]["5XX"]["content"] for one in operations)
    assert all("$ref" in one["responses"]["400"] and "$ref" in one["responses"]["406"] for one in operations)
    for path, methods in described.items():
        for one in methods.values():
            placed = {each["name"] for each in one["parameters"] if each["in"] == "path"}
            assert placed == set(re.findall(r"{(\w+)}", path))
