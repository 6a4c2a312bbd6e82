"""Packaging rules as RDF and back: what was read (the tree), and what it comes to (the normal form)."""

from qualgraph.triples.packaging.reader import RULE_LINKS, read_rule
from qualgraph.triples.packaging.rule import ROLES, describe_packaging

__all__ = ["ROLES", "RULE_LINKS", "describe_packaging", "read_rule"]
