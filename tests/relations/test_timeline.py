"""A company's timeline: whatever module tells it, in order, each reader only her own part, in pages that lose and repeat nothing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.paging import Cursor
from luukku.customers.actions.facts import state_facts
from luukku.customers.models import Company
from luukku.customers.queries.timeline import timeline
from luukku.desk.models import Case
from luukku.relations.actions.leads import decline_lead
from luukku.relations.models import Lead, Visit
from luukku.relations.queries import leads, visits
from tests.cast import Cast, Member
from tests.desk.conftest import case, need, send
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.relations.conftest import in_days

__all__ = ("case", "need", "send")
pytestmark = pytest.mark.django_db


@pytest.fixture
def full(case: Case, company: Company, planned: Callable[..., Visit], given: Callable[..., Lead]) -> Company:
    """A matter, a visit to come and a lead of one company."""
    Case.objects.filter(pk=case.pk).update(company=company, business_id=company.business_id)
    planned()
    given()
    return company


def keys(member: Member, company: Company, **more: Any) -> list[str]:
    with act_as(member.actor) as actor:
        return [line.entry.key[0] for line in timeline(actor, company, **more).lines]


def test_each_reads_her_own_part_newest_first(full: Company, cast: Cast) -> None:
    assert keys(cast.adviser, full) == ["v", "l", "c"]
    assert keys(cast.partner, full) == ["t", "l"]  # that the company is to be met by another, and the lead she got
    assert keys(cast.outsider, full) == ["t"]
    assert keys(cast.adviser, full, chosen="vihjeet") == ["l"]
    assert keys(cast.adviser, full, chosen="tuntematon") == ["v", "l", "c"]


def test_pages_lose_and_repeat_nothing(full: Company, given: Callable[..., Lead], cast: Cast) -> None:
    for _ in range(7):
        given()
    Lead.objects.update(given_at=timezone.now() - timedelta(days=1))  # all at one moment
    seen: list[str] = []
    after = ""
    for _ in range(9):
        with act_as(cast.adviser.actor) as actor:
            page = timeline(actor, full, after=after, size=3)
        seen += [line.entry.key for line in page.lines]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 10
    assert keys(cast.adviser, full, after="roskaa~x~y") == keys(cast.adviser, full, after="2026-99-99T00:00Z~x~y") == keys(cast.adviser, full)


def test_page_costs_the_same_however_long(
    full: Company, given: Callable[..., Lead], planned: Callable[..., Visit], cast: Cast, client_of: Callable[[Member], Client],
    sql_count: Callable[..., AbstractContextManager[Any]],
) -> None:  # fmt: skip
    browser, address = client_of(cast.adviser), f"/yritykset/{full.business_id}/aikajana"
    with act_as(cast.adviser.actor) as actor:
        state_facts(by=actor, company=full, values={"persons": "12"}, source="company", stated_on=timezone.localdate())
    costs = []
    for _ in range(2):
        browser.get(address)
        with sql_count(at_most=30) as counted:
            page = browser.get(address).content.decode()
        costs.append(counted.number)
        for number in range(3):
            planned(day=in_days(20 + number), anyway=True)
            given()
    assert costs[0] == costs[1]
    assert "Oma muokkaus" in page


def test_lists_are_paged_and_counted(planned: Callable[..., Visit], given: Callable[..., Lead], cast: Cast) -> None:
    for number in range(5):
        planned(day=in_days(9 - number), anyway=True)
        given(company=CompanyFactory.create())
    planned(day=None, anyway=True)
    with act_as(cast.adviser.actor) as actor:
        first = visits.listed(actor, "", Cursor(), size=4)
        rest = visits.listed(actor, "", Cursor(after=first.page.next), size=4)
        back = visits.listed(actor, "", Cursor(before=rest.page.previous), size=4)
        assert first.counts[visits.Tab.PLANNED] == 6
        assert [each.day for each in first.page.rows + rest.page.rows] == [*(in_days(day) for day in range(5, 10)), None]
        assert (back.page.rows, rest.page.next, first.page.previous) == (first.page.rows, None, None)
        assert len(leads.listed(actor, "annetut", Cursor(), size=3).page.rows) == 3
    with act_as(cast.partner.actor) as actor:
        for lead in Lead.objects.order_by("id")[:3]:
            decline_lead(by=actor, lead=lead, reason="no-need")
        over = leads.listed(actor, "paattyneet", Cursor(), size=2)
        older = leads.listed(actor, "paattyneet", Cursor(after=over.page.next), size=2)
        newer = leads.listed(actor, "paattyneet", Cursor(before=older.page.previous), size=2)
    ended = [each.ended_at for each in over.page.rows + older.page.rows]
    assert ended == sorted(ended, reverse=True, key=lambda at: at or timezone.now())
    assert (over.counts, newer.page.rows) == ({"tulleet": 2, "annetut": 0, "paattyneet": 3}, over.page.rows)
