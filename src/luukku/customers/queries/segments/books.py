"""The rules that stand in the network's tables, as rules that decide."""

from collections.abc import Iterable

from django.db import ProgrammingError, transaction

from luukku.customers.models import SegmentBook, SegmentRule
from luukku.customers.queries.segments.rules import DEFAULTS, Rule

_PLAIN = (
    "segment", "founded", "within_sme", "foreign_owned", "persons_min", "persons_max", "turnover_min", "turnover_max", "balance_min", "balance_max",
)  # fmt: skip


def rule_of(row: SegmentRule) -> Rule:
    """A row as a rule."""
    return Rule(**{name: getattr(row, name) for name in _PLAIN}, marks=tuple(row.marks), export=tuple(row.export))


def row_of(rule: Rule) -> SegmentRule:
    """A rule as an unsaved row, without book and place."""
    return SegmentRule(**{name: getattr(rule, name) for name in _PLAIN}, marks=list(rule.marks), export=list(rule.export))


def rules_of(rows: Iterable[SegmentRule]) -> tuple[Rule, ...]:
    """The rules of one version, in their order."""
    return tuple(rule_of(row) for row in sorted(rows, key=lambda row: (row.position, row.pk)))


def rules_in_use() -> tuple[Rule, ...]:
    """Of the version in use; those that come with us on an installation without tables yet. One statement."""
    try:
        with transaction.atomic():
            return rules_of(SegmentRule.objects.filter(book__in=SegmentBook.objects.in_use())) or DEFAULTS
    except ProgrammingError:  # not migrated yet
        return DEFAULTS
