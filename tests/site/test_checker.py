"""The checker in the page decides as the reference judge does, or says that it is not known."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from qualgraph.packaging import KnownUnits, PackagingRule, judge, parse
from qualgraph.site.checker import compiled
from random_rules import random_rule, random_specialised_rule
from support import CHECKOUT, shared_path

NODE = shutil.which("node")
JUDGE = CHECKOUT / "src" / "qualgraph" / "pages" / "static" / "judge.js"
DRIVER = """
const judge = require(process.argv[1]).judge;
const cases = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const answers = cases.map(({ rule, facts, plans }) =>
  plans.map(({ units, specialisation }) => judge(rule, units, specialisation, (code) => facts[code] || []).verdict));
process.stdout.write(JSON.stringify(answers));
"""
PLANS = 14


def register_rules() -> list[PackagingRule]:
    path = shared_path("corpus", "register-2026", "packaging-rules.jsonl")
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line][1::6]
    rules = [parse(text["packagingRules"], code=text["code"]) for text in texts]
    assert len(rules) == 127
    return rules


def seed_rules() -> list[PackagingRule]:
    path = shared_path("corpus", "packaging-devset", "inputs.jsonl")
    texts = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [parse(text["packagingRules"], code=text["code"]) for text in texts]


def invented_rules() -> list[PackagingRule]:
    rules = [random_rule(Random(seed), crossing=seed % 2 == 0) for seed in range(60)]
    return [*rules, *(random_specialised_rule(Random(seed)) for seed in range(30))]


def plans(rule: PackagingRule, random: Random, elsewhere: list[str]) -> Iterator[dict[str, object]]:
    """Selections that are nearly right: the core, electives up to the number asked, and units from elsewhere."""
    names = [None, *(item.name for item in rule.specialisations)]
    for number in range(PLANS):
        core = list(rule.core_units)
        if core and random.random() < 0.25:
            core.pop(random.randrange(len(core)))
        needed = min(rule.electives_needed or 4, 40)
        listed = list(rule.listed_electives)
        random.shuffle(listed)
        outside = random.sample(elsewhere, min(len(elsewhere), random.choice((0, 0, 1, 2, 4))))
        most = needed - len(outside) + random.choice((-1, 0, 0, 0, 1, 4))
        yield {
            "units": [*core, *listed[: max(0, most)], *outside, *(["ZZZNOT999"] if number == 3 else [])],
            "specialisation": names[number % len(names)],
        }


def answers(cases: list[dict[str, object]], folder: Path) -> list[list[str]]:
    if NODE is None:
        pytest.skip("needs node")
    file = folder / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    command = [NODE, "-e", DRIVER, str(JUDGE), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("some", [register_rules, seed_rules, invented_rules], ids=lambda some: some.__name__)
def test_the_page_agrees_with_the_reference_judge(some: object, tmp_path: Path) -> None:
    rules: list[PackagingRule] = some()  # type: ignore[operator]
    facts = KnownUnits.from_rules(rules)
    elsewhere = sorted({unit for rule in rules for unit in rule.listed_electives})
    cases, expected = [], []
    for number, rule in enumerate(rules):
        chosen = list(plans(rule, Random(number), elsewhere))
        used = {code for plan in chosen for code in plan["units"]}  # type: ignore[attr-defined]
        known = {code: facts.packagings(code) for code in used}
        rows = {
            code: [[one.qualification, one.level, one.package] for one in some_]
            for code, some_ in known.items()
        }
        cases.append({"rule": compiled(rule), "facts": rows, "plans": chosen})
        expected.append(
            [
                judge(rule, plan["units"], specialisation=plan["specialisation"], facts=facts).verdict  # type: ignore[arg-type]
                for plan in chosen
            ]
        )
    told = answers(cases, tmp_path)
    differing = [
        (rule.code, plan, want, got)
        for rule, case, wants, gots in zip(rules, cases, expected, told, strict=True)
        for plan, want, got in zip(case["plans"], wants, gots, strict=True)  # type: ignore[arg-type]
        if want != got
    ]
    assert differing == []
    kinds = Counter(outcome for some_ in expected for outcome in some_)
    assert set(kinds) == {"satisfied", "violated", "unknown"} or some is invented_rules
    assert kinds["satisfied"] > 20
