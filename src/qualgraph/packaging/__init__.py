"""Packaging rules: the sentences that say which sets of units earn a qualification, read as data.

Knows no RDF, but for the modules that write shapes and plans.
"""

from qualgraph.packaging.comparing.changes import (
    Difference,
    Succession,
    Successions,
    merged_successions,
    reached_from,
)
from qualgraph.packaging.comparing.difference import difference
from qualgraph.packaging.comparing.difference_words import (
    DIFFERENCE_SCHEMA_ID,
    difference_json,
    difference_schema,
    difference_text,
)
from qualgraph.packaging.comparing.figures import (
    Figures,
    all_figures,
    figures_by_package,
    figures_of,
    package_of,
)
from qualgraph.packaging.comparing.findings import RuleFinding, check_counts
from qualgraph.packaging.comparing.listing import check_lists
from qualgraph.packaging.compiling.plan_rdf import plan_triples
from qualgraph.packaging.compiling.shacl import compile_shacl, planned_for
from qualgraph.packaging.document import SCHEMA_ID, from_json, rule_schema, to_json
from qualgraph.packaging.facts import NO_FACTS, KnownUnits, MergedFacts, Packaging, UnitFacts
from qualgraph.packaging.html import rule_html
from qualgraph.packaging.html_verdict import verdict_html
from qualgraph.packaging.judging.counts import FastJudge
from qualgraph.packaging.judging.feasibility import feasible, further
from qualgraph.packaging.judging.forms import normal_forms
from qualgraph.packaging.judging.judgement import judge
from qualgraph.packaging.judging.lowering import LoweredForm, lower, problems
from qualgraph.packaging.judging.normal import Cap, Gate, NormalForm, Slot, Sum
from qualgraph.packaging.judging.plans import Plan, judge_many
from qualgraph.packaging.judging.problem import Demand, ImportWay, Limit, Place, Problem, Total
from qualgraph.packaging.judging.verdict import (
    VERDICT_SCHEMA_ID,
    ForAPerson,
    MissingFact,
    Placed,
    Shortfall,
    Unplaced,
    Verdict,
    verdict_schema,
    verdict_to_json,
)
from qualgraph.packaging.reading.reader import parse
from qualgraph.packaging.shipped import ShippedFacts, shipped_facts, shipped_successions
from qualgraph.packaging.tree import (
    Alternative,
    HumanCondition,
    ImportPool,
    ListedUnit,
    PackagingRule,
    Prerequisite,
    ReadingNote,
    RuleStatement,
    Specialisation,
    UnitGroup,
    UnreadText,
)
from qualgraph.packaging.words import counts_in_words, group_in_words, rule_in_words, to_text

__all__ = [
    "DIFFERENCE_SCHEMA_ID",
    "NO_FACTS",
    "SCHEMA_ID",
    "VERDICT_SCHEMA_ID",
    "Alternative",
    "Cap",
    "Demand",
    "Difference",
    "FastJudge",
    "Figures",
    "ForAPerson",
    "Gate",
    "HumanCondition",
    "ImportPool",
    "ImportWay",
    "KnownUnits",
    "Limit",
    "ListedUnit",
    "LoweredForm",
    "MergedFacts",
    "MissingFact",
    "NormalForm",
    "Packaging",
    "PackagingRule",
    "Place",
    "Placed",
    "Plan",
    "Prerequisite",
    "Problem",
    "ReadingNote",
    "RuleFinding",
    "RuleStatement",
    "ShippedFacts",
    "Shortfall",
    "Slot",
    "Specialisation",
    "Succession",
    "Successions",
    "Sum",
    "Total",
    "UnitFacts",
    "UnitGroup",
    "Unplaced",
    "UnreadText",
    "Verdict",
    "all_figures",
    "check_counts",
    "check_lists",
    "compile_shacl",
    "counts_in_words",
    "difference",
    "difference_json",
    "difference_schema",
    "difference_text",
    "feasible",
    "figures_by_package",
    "figures_of",
    "from_json",
    "further",
    "group_in_words",
    "judge",
    "judge_many",
    "lower",
    "merged_successions",
    "normal_forms",
    "package_of",
    "parse",
    "plan_triples",
    "planned_for",
    "problems",
    "reached_from",
    "rule_html",
    "rule_in_words",
    "rule_schema",
    "shipped_facts",
    "shipped_successions",
    "to_json",
    "to_text",
    "verdict_html",
    "verdict_schema",
    "verdict_to_json",
]
