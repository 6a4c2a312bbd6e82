"""Packaging rules: the sentences that say which sets of units earn a qualification, read as data. Knows no RDF."""

from qualgraph.packaging.document import SCHEMA_ID, from_json, rule_schema, to_json
from qualgraph.packaging.findings import CountFinding, check_counts
from qualgraph.packaging.normal import Cap, Gate, NormalForm, Slot, normal_forms
from qualgraph.packaging.reader import parse
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
from qualgraph.packaging.words import rule_in_words, to_text

__all__ = [
    "SCHEMA_ID",
    "Alternative",
    "Cap",
    "CountFinding",
    "Gate",
    "HumanCondition",
    "ImportPool",
    "ListedUnit",
    "NormalForm",
    "PackagingRule",
    "Prerequisite",
    "ReadingNote",
    "RuleStatement",
    "Slot",
    "Specialisation",
    "UnitGroup",
    "UnreadText",
    "check_counts",
    "from_json",
    "normal_forms",
    "parse",
    "rule_in_words",
    "rule_schema",
    "to_json",
    "to_text",
]
