"""How fast the fast judge decides, against the integer programme and against pySHACL on compiled shapes.

Usage: python benchmarks/judges.py [TEXTS.jsonl] [--plans N] [--sample N] [--shacl N]

Random plans over all the rules of TEXTS.jsonl (default: the register export in ../shared). The fast judge decides all
of them, its compiling included; the integer programme a sample, whose verdicts are compared; pySHACL the plans of a few
qualifications. The last line is a key=value summary; the exit code is 1 where verdicts differ.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from qualgraph.packaging import FastJudge, KnownUnits, PackagingRule, Plan, judge, judge_many, parse
from qualgraph.packaging.plan_rdf import plan_triples
from qualgraph.packaging.shacl import compile_shacl
from qualgraph.packaging.verdict import Outcome
from qualgraph.rdf import Quad, Triple, parse_data
from qualgraph.validation import PyShaclEngine

DEFAULT = Path(__file__).resolve().parents[2] / "shared/corpus/register-2026/packaging-rules.jsonl"


def read_rules(path: Path) -> dict[str, PackagingRule]:
    """The rules of the file by code."""
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    return {one["code"]: parse(one["packagingRules"], code=one["code"], title=one["title"]) for one in lines}


def random_plan(random: Random, rule: PackagingRule, elsewhere: list[str], id: int) -> Plan:
    """About the right number of listed units, now and then without a core unit or with units from elsewhere."""
    core, listed = list(rule.core_units), list(rule.listed_electives)
    if core and random.random() < 0.15:
        core.pop(random.randrange(len(core)))
    wanted = min(len(listed), max(0, (rule.electives_needed or 5) - random.choice((0, 0, 0, 1, 2))))
    others = random.sample(elsewhere, random.choice((0, 0, 1, 2)))
    return Plan(code=rule.code or "", units=(*core, *random.sample(listed, wanted), *others), id=str(id))


def compare(
    plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits, verdicts: Sequence[str]
) -> tuple[float, int]:
    """Seconds a plan that the reference judge takes, and how many of its verdicts differ."""
    start = time.perf_counter()
    wanted = [judge(rules[plan.code], plan.units, facts=facts).verdict for plan in plans]
    seconds = (time.perf_counter() - start) / max(len(plans), 1)
    return seconds, sum(one != other for one, other in zip(wanted, verdicts, strict=False))


def shacl_seconds(plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits) -> float:
    """Seconds a plan that pySHACL takes on compiled shapes, over the qualifications of the first plans."""
    engine, spent = PyShaclEngine(), 0.0
    for plan in plans:
        shapes = list(parse_data(compile_shacl(rules[plan.code])))
        data: list[Triple | Quad] = [
            *shapes,
            *plan_triples(plan.id or "", rules[plan.code], plan.units, facts),
        ]
        start = time.perf_counter()
        engine.validate(data, shapes)
        spent += time.perf_counter() - start
    return spent / max(len(plans), 1)


def main(argv: list[str]) -> int:
    """Print the figures; 1 where a verdict of the fast judge is not the reference judge's, 2 without texts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("texts", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--plans", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=1_000)
    parser.add_argument("--shacl", type=int, default=20)
    options = parser.parse_args(argv)
    if not options.texts.exists():
        print(f"no texts at {options.texts}", file=sys.stderr)
        return 2
    rules = read_rules(options.texts)
    facts = KnownUnits.from_rules(rules.values())
    elsewhere = sorted({code for rule in rules.values() for code in rule.listed_electives})
    random, known = Random(1), list(rules.values())
    plans = [random_plan(random, random.choice(known), elsewhere, at) for at in range(options.plans)]
    start = time.perf_counter()
    found = [verdict.verdict for verdict in judge_many(plans, rules, facts=facts)]
    fast = (time.perf_counter() - start) / len(plans)
    reference, differing = compare(plans[: options.sample], rules, facts, found)
    asked = sum(outcome is None for outcome in _outcomes(plans[: options.sample], rules, facts))
    complete = [plan for plan in plans if rules[plan.code].status == "complete"][: options.shacl]
    by_shapes = shacl_seconds(complete, rules, facts)
    print(f"verdicts of {len(plans)} plans over {len(rules)} rules: {dict(Counter(found))}")
    print(f"a plan takes: fast {fast:.6f} s, integer programme {reference:.6f} s, pySHACL {by_shapes:.6f} s")
    print(
        f"plans={len(plans)} compared={min(options.sample, len(plans))} differing={differing} handed_over={asked}"
        f" times_programme={reference / fast:.0f} times_pyshacl={by_shapes / fast:.0f}"
    )
    return 1 if differing else 0


def _outcomes(
    plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits
) -> list[Outcome | None]:
    return [FastJudge(rules[plan.code], facts=facts).outcomes([plan.units])[0] for plan in plans]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
