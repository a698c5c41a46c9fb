"""A company's segment as its page shows it: the present one and why, what people have said and marked, and the spells before."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.customers.models import Company, CompanyMark, CompanySegment, SegmentSaid
from luukku.customers.queries.segments.books import rules_in_use
from luukku.customers.queries.segments.facts import Facts
from luukku.customers.queries.segments.in_time import spells_of
from luukku.customers.queries.segments.rules import Decision, decide


@dataclass(frozen=True)
class SegmentPage:
    """`proposed` is what the rules say of the facts now; `said` stands instead of it, if anything; `marks` and `sayings` the newest first."""

    facts: Facts
    proposed: Decision | None
    said: SegmentSaid | None
    marks: Sequence[CompanyMark]
    sayings: Sequence[SegmentSaid]
    spells: Sequence[CompanySegment]

    @property
    def segment(self) -> str:
        """The present one; empty for a company that has ceased."""
        return self.said.segment if self.said else self.proposed.segment if self.proposed else ""


def facts_of(company: Company, marks: Sequence[str]) -> Facts:
    """What rules ask of a company, with its present marks."""
    return Facts(
        company.persons, company.turnover, company.balance, export=company.export or "none", foreign_owned=bool(company.is_foreign_owned),
        marks=frozenset(marks),
    )  # fmt: skip


def segment_page(company: Company) -> SegmentPage:
    """Four statements."""
    marks = list(CompanyMark.objects.filter(company=company).select_related("person", "organisation", "ended_by"))
    sayings = list(SegmentSaid.objects.filter(company=company).select_related("person", "organisation", "ended_by"))
    facts = facts_of(company, [each.mark for each in marks if each.ended_at is None])
    said = next((each for each in sayings if each.ended_at is None), None)
    proposed = decide(rules_in_use(), facts) if company.status != "ceased" else None
    return SegmentPage(facts, proposed, said if proposed else None, marks, sayings, spells_of(company.pk))
