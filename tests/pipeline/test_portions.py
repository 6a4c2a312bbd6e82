"""A portion of a rule is answered from the things that it is asked of, not from the whole store.

Else each of the many portions of a large store would read all of it. What an engine reads is seen in the plan that it
tells: the results that each part of the query had.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qualgraph.catalogue import Rule, discover_rules
from qualgraph.pipeline.derivation import portions
from qualgraph.store import OxigraphStore
from synthetic_register import Register

RULES = {rule.name: rule for rule in discover_rules() if rule.name != "preferred-label"}
"""The labels of concepts come from vocabularies, which an invented register has not."""
SMALL, LARGE = 20_000, 100_000


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two registers, one five times as large as the other."""
    found = {size: tmp_path_factory.mktemp("registers") / f"{size}" for size in (SMALL, LARGE)}
    for size, folder in found.items():
        with OxigraphStore(folder) as store:
            store.replace_graphs(dict(Register.of(size).documents()))
    return found


def first_portion(store: OxigraphStore, rule: Rule) -> str:
    """The rule asked of three things."""
    some = replace(rule, each=tuple(replace(each, at_once=3) for each in rule.each))
    return next(portions(store, some, few=0))


def results(plan: dict[str, Any]) -> int:
    """How many results all parts of a plan had together."""
    own = int(plan.get("number of results", 0))
    return own + sum(results(part) for part in plan.get("children", ()))


def read_for(rule: Rule, folder: Path, scratch: Path) -> int:
    """How much the first portion of a rule reads."""
    command = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    assert command, "the command comes with the package oxigraph, which the tests need"
    query, plan = scratch / "rule.rq", scratch / "plan.json"
    with OxigraphStore(folder, read_only=True) as store:
        query.write_text(first_portion(store, rule), encoding="utf-8")
        database = str(store.database_folder)
    explained = ["--explain-file", str(plan), "--stats", "--results-format", "nt"]
    subprocess.run(
        [command, "query", "--location", database, "--query-file", str(query), *explained],
        check=True,
        capture_output=True,
    )
    return results(json.loads(plan.read_text(encoding="utf-8"))["plan"])


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_a_portion_reads_does_not_grow_with_the_store(
    rule: Rule, registers: dict[int, Path], tmp_path: Path
) -> None:
    small, large = (read_for(rule, registers[size], tmp_path) for size in (SMALL, LARGE))
    assert 0 < large < 2 * small


def test_all_rules_but_one_are_tried() -> None:
    assert len(RULES) == 11
