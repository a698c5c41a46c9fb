"""Whom to meet: who is on which list, how it is paged, what is taken on the plan, targets against what was done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.paging import Cursor
from luukku.customers.actions.segmenting import mark_company
from luukku.customers.models import Company
from luukku.desk.models import Case
from luukku.relations.actions.contact_plans import set_target, set_weeks, take_on_plan
from luukku.relations.actions.reporting import Written, report_visit
from luukku.relations.models import Visit
from luukku.relations.queries.contact_plan import KINDS, SIZE, Wanted, companies_to_meet
from luukku.relations.queries.targets import year_of
from tests.cast import Cast, Member
from tests.desk.conftest import need, send
from tests.desk.consents.conftest import Ground, ground
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.relations.conftest import in_days

__all__ = ("ground", "need", "send")
pytestmark = pytest.mark.django_db
Count = Callable[..., AbstractContextManager[Any]]


def on(kind: str, cast: Cast, by: Member | None = None, **narrow: Any) -> set[str]:
    with act_as((by or cast.adviser).actor) as actor:
        return {row.company.name for row in companies_to_meet(actor, cast.here.region, Wanted(kind, **narrow), Cursor()).rows}


def met(visit: Visit, cast: Cast, days_ago: int = 0) -> None:
    with act_as(cast.adviser.actor) as actor:
        report_visit(by=actor, visit=visit, written=Written(day=timezone.localdate() - timedelta(days=days_ago), notes="Tavattiin"))


def test_companies_stand_on_the_lists_that_their_facts_put_them_on(cast: Cast, company: Company, planned: Callable[..., Visit]) -> None:
    here = {"municipality": cast.here.municipality}
    CompanyFactory.create(name="Nuori", founded_on=in_days(-900), **here)
    CompanyFactory.create(name="Vanha", founded_on=in_days(-1200), **here)
    CompanyFactory.create(name="Kasvaja", growth="fast", **here)
    CompanyFactory.create(name="Vaihtaja", stage="succession", **here)
    CompanyFactory.create(name="Lopettanut", status="ceased", founded_on=in_days(-9), **here)
    CompanyFactory.create(name="Asunto-osakeyhtiö", legal_form="2", founded_on=in_days(-9), **here)
    CompanyFactory.create(name="Muualla", growth="fast", municipality=cast.there.municipality)
    CompanyFactory.create(name="Vientiä harkitseva", export="considering", **here)
    marked = CompanyFactory.create(name="Merkitty", **here)
    with act_as(cast.adviser.actor) as actor:
        mark_company(by=actor, company=marked, mark="growth-track", reason="Profiloitu")
    met(planned(), cast)
    assert on("nuoret", cast) == {"Nuori"}
    assert on("kasvavat", cast) == {"Kasvaja", "Merkitty"}
    assert on("muutoksessa", cast) == {"Vaihtaja", "Vientiä harkitseva"}
    assert on("tapaamatta", cast) == {"Nuori", "Vanha", "Kasvaja", "Vaihtaja", "Vientiä harkitseva", "Merkitty"}
    assert on("pitkaan", cast) == set()


def test_company_that_asked_for_something_was_in_contact_for_those_who_may_know_it(
    cast: Cast, company: Company, planned: Callable[..., Visit], ground: Ground, send: Callable[..., Case]
) -> None:
    asking, _silent = (CompanyFactory.create(name=name, municipality=cast.here.municipality) for name in ("Kysyjä", "Hiljainen"))
    send(business_id=asking.business_id)
    met(planned(), cast)
    assert on("tapaamatta", cast) == {"Kysyjä", "Hiljainen"}
    assert on("vailla", cast) == {"Hiljainen"}
    assert on("vailla", cast, by=cast.partner) == {"Kysyjä", "Hiljainen"}
    ground("law", "relation")
    assert on("vailla", cast, by=cast.partner) == {"Hiljainen"}


def test_companies_are_gathered_by_a_tag(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    CompanyFactory.create(name="Alihankkija", municipality=cast.here.municipality, tags=["alihankinta", "metalli"])
    CompanyFactory.create(name="Muu yritys", municipality=cast.here.municipality, tags=["hankinta"])
    assert on("tapaamatta", cast, tag="alihankinta") == {"Alihankkija"}
    browser = client_of(cast.adviser)
    told = browser.post("/kohtaamiset/?etsi", {"region": "koskimaa", "lista": "tapaamatta", "words": "Alihankinta"}, follow=True)
    assert "alihankinta" not in str(told.redirect_chain).lower()
    page = told.content.decode()
    assert "Alihankkija" in page
    assert "Muu yritys" not in page


def test_company_met_long_ago_is_to_be_met_again(cast: Cast, company: Company, planned: Callable[..., Visit]) -> None:
    visit = planned()
    met(visit, cast, days_ago=729)
    assert on("pitkaan", cast) == set()
    Visit.objects.update(day=in_days(-732), year=in_days(-732).year)
    assert on("pitkaan", cast) == {company.name}
    planned()
    assert on("pitkaan", cast, without_plans=True) == set()


def test_pages_show_every_company_once_and_cost_the_same(cast: Cast, sql_count: Count) -> None:
    for _ in range(SIZE + 7):
        CompanyFactory.create(municipality=cast.here.municipality, growth="fast", founded_on=in_days(-30))
    with act_as(cast.adviser.actor) as actor:
        for kind in KINDS:
            with sql_count(at_most=3):
                first = companies_to_meet(actor, cast.here.region, Wanted(kind), Cursor())
            if kind in ("tapaamatta", "vailla", "nuoret", "kasvavat"):
                assert first.next is not None
                with sql_count(at_most=4):
                    second = companies_to_meet(actor, cast.here.region, Wanted(kind), Cursor(after=first.next))
                names = [row.company.name for row in [*first.rows, *second.rows]]
                assert (len(names), len(set(names)), second.next) == (SIZE + 7, SIZE + 7, None)
                assert companies_to_meet(actor, cast.here.region, Wanted(kind), Cursor(before=second.previous)).rows == first.rows


def test_taken_companies_are_on_the_plan_but_not_those_that_somebody_meets(cast: Cast, company: Company, planned: Callable[..., Visit]) -> None:
    planned(by=cast.partner)
    other = CompanyFactory.create(municipality=cast.here.municipality)
    with act_as(cast.adviser.actor) as actor:
        assert take_on_plan(by=actor, desk=cast.here.desk, companies=[company, other]) == (1, 1)
        assert take_on_plan(by=actor, desk=cast.here.desk, companies=[company, other]) == (0, 2)
        with pytest.raises(RuleBroken):
            take_on_plan(by=actor, desk=cast.here.desk, companies=[])
    visit = Visit.objects.get(company=other)
    assert (visit.day, visit.year, visit.parties.get().person_id) == (None, timezone.localdate().year, cast.adviser.someone.pk)


def test_target_is_compared_with_visits_made_and_a_joint_one_counts_once_for_the_region(
    cast: Cast, company: Company, planned: Callable[..., Visit]
) -> None:
    met(planned(along=(cast.partner,)), cast)
    year = timezone.localdate().year
    with act_as(cast.desklead.actor) as lead:
        set_target(by=lead, region=cast.here.region, organisation=cast.here.organisation, year=year, visits=5)
        with pytest.raises(NotAllowed):
            set_target(by=lead, region=cast.here.region, organisation=cast.partners, year=year, visits=5)
    with act_as(cast.coordinator.actor) as coordinator:
        set_target(by=coordinator, region=cast.here.region, organisation=cast.partners, year=year, visits=2)
        found = year_of(cast.here.region, year)
    rows = {row.organisation.pk: (row.target, row.met, row.left) for row in found.rows}
    assert rows == {cast.here.organisation.pk: (5, 1, 4), cast.partners.pk: (2, 1, 1)}
    assert (found.visits, found.companies) == (1, 1)


def test_weeks_between_visits_are_the_coordinators(cast: Cast, planned: Callable[..., Visit]) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        set_weeks(by=actor, region=cast.here.region, weeks=2)
    with act_as(cast.coordinator.actor) as actor:
        set_weeks(by=actor, region=cast.here.region, weeks=2)
    planned()
    planned(by=cast.partner, day=in_days(7 + 14))
    with pytest.raises(RuleBroken):
        planned(by=cast.partner, day=in_days(7 + 13))


def test_lists_targets_and_figures_as_people_use_them(client_of: Callable[[Member], Client], cast: Cast, company: Company) -> None:
    adviser = client_of(cast.adviser)
    page = adviser.get("/kohtaamiset/?region=koskimaa")
    assert company.name in page.content.decode()
    assert adviser.submit(page, {"company": str(company.pk)}, form="take").status_code == 302
    assert Visit.objects.get().company_id == company.pk
    assert company.name not in adviser.get("/kohtaamiset/?region=koskimaa&vapaat=1").content.decode()
    coordinator = client_of(cast.coordinator)
    assert coordinator.submit(coordinator.get("/kohtaamiset/vali?region=koskimaa"), {"weeks": "4"}).status_code == 302
    year = timezone.localdate().year
    form = coordinator.get(f"/kohtaamiset/tavoitteet/{year}/koskimaa-kehitys?region=koskimaa")
    assert coordinator.submit(form, {"visits": "40"}).status_code == 302
    assert "40" in adviser.get("/kohtaamiset/tavoitteet/").content.decode()
    assert coordinator.get("/kohtaamiset/luvut/").status_code == 200
    assert adviser.get("/kohtaamiset/luvut/").status_code == 403
    assert client_of(cast.shepherd).get("/kohtaamiset/").status_code == 403


def test_account_plan_as_people_use_it(client_of: Callable[[Member], Client], cast: Cast, company: Company) -> None:
    adviser = client_of(cast.adviser)
    form = adviser.get(f"/yritykset/{company.business_id}/asiakassuunnitelma")
    sent = adviser.submit(form, {"aims": "Vienti alkuun", "team": f"{cast.partners.pk}-{cast.partner.someone.pk}"})
    assert sent.status_code == 302
    home = sent.headers["Location"]
    partner = client_of(cast.partner)
    given = {"what": "Soitetaan pankille", "by_day": in_days(5).isoformat(), "person": str(cast.partner.someone.pk)}
    assert partner.submit(partner.get(f"{home}toimi"), given).status_code == 302
    assert "Soitetaan pankille" in adviser.get(home).content.decode()
    reviewed = {"words": "Hyvin etenee", "review_on": in_days(300).isoformat()}
    assert adviser.submit(adviser.get(f"{home}katselmus"), reviewed).status_code == 302
    assert "Hyvin etenee" in partner.get(home).content.decode()
    assert partner.get(f"{home}paata").status_code == 403
    assert adviser.submit(adviser.get(f"{home}paata"), {}).status_code == 302
    assert client_of(cast.desklead).get(home).status_code == 404
    assert company.name in adviser.get("/asiakassuunnitelmat/").content.decode()
