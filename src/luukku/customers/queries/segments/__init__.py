"""Segments of companies: facts, rules over them, and both in words. Pure computing; what is in use in a network comes from its tables."""

from luukku.customers.queries.segments.facts import Facts, FactsWrong, read_facts
from luukku.customers.queries.segments.rules import DEFAULTS, Decision, Rule, decide

__all__ = ("DEFAULTS", "Decision", "Facts", "FactsWrong", "Rule", "decide", "read_facts")
