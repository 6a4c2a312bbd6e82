"""What the description by OpenAPI says is what the server does: schemathesis asks each operation in many ways.

It asks with the examples, at the edges of each parameter, with methods that there are not, with data that fit the
description and with data that do not. To look further, put it to a running server by hand:
``st run http://127.0.0.1:8000/openapi.json --checks all --exclude-checks positive_data_acceptance -n 300``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig

from qualgraph.catalogue import discover
from qualgraph.web.openapi import openapi
from servers import serving

EXAMPLES = 3
LANGUAGES = ("/sparql", "/validate", "/query/provenance-of-fact")
"""Where a text that fits the description may still be none of the language that is wanted: SPARQL, Turtle, an IRI."""


def parameters_of(operation: dict[str, Any]) -> str:
    return json.dumps([[one["schema"], one["required"]] for one in operation["parameters"]], sort_keys=True)


def described() -> dict[str, Any]:
    """The description with one question for each set of parameters: all questions are answered by the same code."""
    whole = openapi(discover())
    paths: dict[str, Any] = {}
    seen: set[str] = set()
    for path, operations in whole["paths"].items():
        kind = parameters_of(operations["get"])
        if path.startswith("/query/") and kind in seen:
            continue
        seen.add(kind)
        paths[path] = operations
    return {**whole, "paths": paths}


CONFIG = SchemathesisConfig.from_dict(
    {"generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"}}
)
SCHEMA = schemathesis.openapi.from_dict(described(), config=CONFIG)


TEXTS = ("text/turtle", "application/n-triples", "application/trig", "application/n-quads")


@schemathesis.serializer(*TEXTS, "application/sparql-query")
def as_it_is(_context: object, value: Any) -> bytes:
    """A text as it is; what is none can be sent only as something else, which is no RDF."""
    return value.encode() if isinstance(value, str) else f"<{value!r}".encode()


@pytest.fixture(scope="module")
def patient(built: Path) -> Iterator[str]:
    """A server that has time for every question, however busy the machine is."""
    with serving(built, "--timeout", "60") as address:
        yield address


@SCHEMA.parametrize()
def test_the_server_does_what_its_description_says(case: schemathesis.Case, patient: str) -> None:
    load_all_checks()
    left = [CHECKS.get_one("positive_data_acceptance")] if case.path.startswith(LANGUAGES) else []
    case.call_and_validate(base_url=patient, excluded_checks=left)


def test_every_kind_of_operation_is_asked() -> None:
    asked = described()["paths"]
    assert len([path for path in asked if path.startswith("/query/")]) >= 15
    assert len(asked) >= 35
