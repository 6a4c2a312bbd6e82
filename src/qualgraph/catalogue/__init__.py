"""The catalogue of questions: one ``.rq`` file each, with what it takes and gives, bound and run on any store."""

from __future__ import annotations

from qualgraph.catalogue.formats import BOOLEAN_FORMATS, FORMATS, GRAPH_FORMATS, TABLE_FORMATS
from qualgraph.catalogue.header import Column, Parameter, Severity
from qualgraph.catalogue.index import Catalogue, Query, Rule, discover, discover_rules, load_query, load_rule
from qualgraph.catalogue.result import Result
from qualgraph.catalogue.run import run, run_text

__all__ = [
    "BOOLEAN_FORMATS",
    "FORMATS",
    "GRAPH_FORMATS",
    "TABLE_FORMATS",
    "Catalogue",
    "Column",
    "Parameter",
    "Query",
    "Result",
    "Rule",
    "Severity",
    "discover",
    "discover_rules",
    "load_query",
    "load_rule",
    "run",
    "run_text",
]
