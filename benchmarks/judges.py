"""How fast the fast judge decides, against the integer programme and against pySHACL on compiled shapes.

Usage: python benchmarks/judges.py [TEXTS.jsonl] [--plans N] [--sample N] [--shacl N]

Random plans over all the rules of TEXTS.jsonl (default: the register export in ../shared). The fast judge decides all
of them, its compiling included; the integer programme a sample, whose verdicts are compared; pySHACL the plans of a few
qualifications. Rules in units, rules in points and rules that were not wholly read are also timed apart.
Seconds are of processor time, as other work on the machine would else be timed too. The last line is a key=value
summary; the exit code is 1 where verdicts differ.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from qualgraph.packaging import FastJudge, KnownUnits, PackagingRule, Plan, judge, judge_many, parse
from qualgraph.packaging.compiling.plan_rdf import plan_triples
from qualgraph.packaging.compiling.shacl import compile_shacl
from qualgraph.packaging.judging.proofs import Proofs
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


def kind_of(rule: PackagingRule) -> str:
    """How the rule is judged: by units, by points, or by the part of it that was read."""
    return rule.measure if rule.status == "complete" else "partly read"


def counted(
    plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits
) -> tuple[float, list[str]]:
    """Seconds a plan that the fast judge takes, compiling included, and its verdicts."""
    gc.collect()
    gc.freeze()  # what was made before, rules and plans, is not looked through on behalf of either judge
    start = time.process_time()
    verdicts = [verdict.verdict for verdict in judge_many(plans, rules, facts=facts)]
    return (time.process_time() - start) / max(len(plans), 1), list(verdicts)


def compare(
    plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits, verdicts: Sequence[str]
) -> tuple[dict[str, list[float]], int]:
    """Seconds that the reference judge takes for each plan, by kind of rule, and how many of its verdicts differ."""
    seconds: dict[str, list[float]] = {}
    differing = 0
    for plan, verdict in zip(plans, verdicts, strict=False):
        start = time.process_time()
        wanted = judge(rules[plan.code], plan.units, facts=facts).verdict
        seconds.setdefault(kind_of(rules[plan.code]), []).append(time.process_time() - start)
        differing += wanted != verdict
    return seconds, differing


def handed_over(plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits) -> int:
    """How many of the plans the fast judge leaves to the reference judge."""
    by_code: dict[str, list[Plan]] = {}
    for plan in plans:
        by_code.setdefault(plan.code, []).append(plan)
    proofs = Proofs(facts)
    return sum(
        FastJudge(rules[code], facts=facts, proofs=proofs).outcomes([plan.units for plan in own]).count(None)
        for code, own in by_code.items()
    )


def shacl_seconds(plans: list[Plan], rules: Mapping[str, PackagingRule], facts: KnownUnits) -> float:
    """Seconds a plan that pySHACL takes on compiled shapes, over the qualifications of the first plans."""
    engine, spent = PyShaclEngine(), 0.0
    for plan in plans:
        shapes = list(parse_data(compile_shacl(rules[plan.code])))
        data: list[Triple | Quad] = [
            *shapes,
            *plan_triples(plan.id or "", rules[plan.code], plan.units, facts),
        ]
        start = time.process_time()
        engine.validate(data, shapes)
        spent += time.process_time() - start
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
    complete = [plan for plan in plans if rules[plan.code].status == "complete"]
    for plan in complete[:20]:  # the solver is loaded by the first programme, which is timed for neither
        judge(rules[plan.code], plan.units, facts=facts)
    fast, found = counted(plans, rules, facts)
    reference, differing = compare(plans[: options.sample], rules, facts, found)
    each = [second for seconds in reference.values() for second in seconds]
    programme = sum(each) / max(len(each), 1)
    by_shapes = shacl_seconds(complete[: options.shacl], rules, facts)
    print(f"verdicts of {len(plans)} plans over {len(rules)} rules: {dict(Counter(found))}")
    for kind, seconds in sorted(reference.items()):
        own = [plan for plan in plans if kind_of(rules[plan.code]) == kind]
        alone, mean = counted(own, rules, facts)[0], sum(seconds) / len(seconds)
        print(
            f"rules {kind}: {len(own)} plans, fast {alone * 1e6:.1f} us a plan,"
            f" integer programme {mean * 1e6:.0f} us, {mean / alone:.0f} times"
        )
    print(f"a plan takes: fast {fast:.6f} s, integer programme {programme:.6f} s, pySHACL {by_shapes:.6f} s")
    print(
        f"plans={len(plans)} compared={len(each)} differing={differing}"
        f" handed_over={handed_over(plans, rules, facts)}"
        f" times_programme={programme / fast:.0f} times_pyshacl={by_shapes / fast:.0f}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
