"""How much of a register's packaging rules is read, and whether what is read adds up.

Usage: python benchmarks/packaging_coverage.py [TEXTS.jsonl] [--by-package] [--out PARSED.jsonl]

TEXTS.jsonl has one object a line with ``code``, ``title``, ``tpCode`` and ``packagingRules``; the default is the
register export in ../shared. ``--out`` writes the rules as JSON, one a line, for scorers. The last line is a
key=value summary.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qualgraph.packaging import PackagingRule, check_counts, parse, to_json

DEFAULT = Path(__file__).resolve().parents[2] / "shared/corpus/register-2026/packaging-rules.jsonl"


def texts(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of the file, one a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def agreement(rules: list[PackagingRule]) -> str:
    """Shares of the stated counts that agree with each other and with the lists."""
    sums = [r for r in rules if None not in (r.total, r.core, r.elective)]
    cores = [r for r in rules if r.core is not None and r.measure == "units"]
    sum_ok = sum(r.total == (r.core or 0) + (r.elective or 0) for r in sums)
    core_ok = sum(len(set(r.core_units)) == r.core for r in cores)
    return f"sum_ok={sum_ok}/{len(sums)} core_ok={core_ok}/{len(cores)}"


def main(argv: list[str]) -> int:
    """Parse every text and print the figures; 2 where the texts are absent."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("texts", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--by-package", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(argv)
    if not options.texts.exists():
        print(f"no texts at {options.texts}", file=sys.stderr)
        return 2
    rules: list[PackagingRule] = []
    packages: dict[str, Counter[str]] = {}
    start = time.process_time()
    for text in texts(options.texts):
        rule = parse(text["packagingRules"], code=text["code"], title=text["title"])
        rules.append(rule)
        packages.setdefault(text.get("tpCode") or "?", Counter())[rule.status] += 1
    seconds = time.process_time() - start
    if options.out:
        options.out.write_text("".join(f"{json.dumps(to_json(rule))}\n" for rule in rules), encoding="utf-8")
    if options.by_package:
        for package, statuses in sorted(packages.items()):
            print(f"{package:8} complete {statuses['complete']:3} of {statuses.total():3}")
    report(rules, seconds)
    return 0


def report(rules: list[PackagingRule], seconds: float) -> None:
    """The figures, the last line as key=value pairs."""
    statuses = Counter(rule.status for rule in rules)
    complete = [rule for rule in rules if rule.status == "complete"]
    unlisted = sum(rule.status == "partial" and not rule.unread for rule in rules)
    findings = Counter(finding.check for rule in complete for finding in check_counts(rule))
    print(f"-- complete rules: {agreement(complete)}, findings in them: {dict(findings) or 'none'}")
    print(
        f"texts={len(rules)} complete={statuses['complete']} partial={statuses['partial']}"
        f" failed={statuses['failed']} partial_without_unread={unlisted}"
        f" statements={sum(len(rule.rules) for rule in rules)} {agreement(rules)} cpu_seconds={seconds:.1f}"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
