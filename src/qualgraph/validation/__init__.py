"""Checks data against shapes and says what was found, where, and what to do."""

from qualgraph.validation.base import Engine, Result
from qualgraph.validation.facts import Place
from qualgraph.validation.findings import Check, Finding, Outcome
from qualgraph.validation.formats import FORMATS, report_as, report_data
from qualgraph.validation.html import report_fragment
from qualgraph.validation.pyshacl_engine import PyShaclEngine
from qualgraph.validation.report import Report
from qualgraph.validation.run import validate_file, validate_quads, validate_store, validate_triples
from qualgraph.validation.shapes import Severity, Shape, ShapeSet, shape_set

__all__ = [
    "FORMATS",
    "Check",
    "Engine",
    "Finding",
    "Outcome",
    "Place",
    "PyShaclEngine",
    "Report",
    "Result",
    "Severity",
    "Shape",
    "ShapeSet",
    "report_as",
    "report_data",
    "report_fragment",
    "shape_set",
    "validate_file",
    "validate_quads",
    "validate_store",
    "validate_triples",
]
