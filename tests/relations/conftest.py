"""A company of the region, a visit to it, a lead about it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.models import Company
from luukku.relations.actions.leads import LeadForm, give_lead
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import Lead, Visit
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory

NEED = "Etsivät kahta hitsaajaa kevääksi."


@pytest.fixture
def company(cast: Cast) -> Company:
    return CompanyFactory.create(name="Konepaja Kivelä Oy", municipality=cast.here.municipality)


def key(member: Member) -> str:
    """Under which a visitor is chosen."""
    seat = member.actor.seats[0]
    return f"{seat.organisation_id}-{member.someone.pk}"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def planned(cast: Cast, company: Company) -> Callable[..., Visit]:
    """`planned()`: the adviser plans to go next week, alone; `along=[…]`: with others."""

    def make(along: tuple[Member, ...] = (), by: Member | None = None, **fields: Any) -> Visit:
        caller = by or cast.adviser
        desk = cast.partner_desk if caller is cast.partner else cast.here.desk
        given: dict[str, Any] = {"day": in_days(7), "visitors": [key(caller), *map(key, along)], "purpose": "Kuulla väen tarpeesta"}
        with act_as(caller.actor) as actor:
            return plan_visit(by=actor, company=company, desk=desk, plan=Plan(**given | fields))

    return make


@pytest.fixture
def given(cast: Cast, company: Company) -> Callable[..., Lead]:
    """`given()`: the adviser tells the partner that the company might need something."""

    def make(**fields: Any) -> Lead:
        form: dict[str, Any] = {"company": company, "own_desk": cast.here.desk, "to_desk": cast.partner_desk, "words": NEED, "source": "visit"}
        with act_as(cast.adviser.actor) as actor:
            return give_lead(by=actor, form=LeadForm(**form | fields))

    return make
