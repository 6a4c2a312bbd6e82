"""The packaging rules that a store holds, and what it knows of the units that they name."""

from qualgraph.rulebook.facts import StoreFacts
from qualgraph.rulebook.stored import OtherReading, StoredRule, readings_of, rule_of, rules_of
from qualgraph.rulebook.successions import successions_of

__all__ = ["OtherReading", "StoreFacts", "StoredRule", "readings_of", "rule_of", "rules_of", "successions_of"]
