"""Visits and leads as people use them."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import timezone

from luukku.customers.models import Company
from luukku.desk.models import Case
from luukku.relations.models import Lead, NeedMap, Visit, VisitNeed, VisitReport
from tests.cast import Cast, Member
from tests.desk.conftest import need, send
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.relations.conftest import NEED, in_days, key

__all__ = ("need", "send")
pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


def test_walk_from_the_companys_page_to_a_lead_that_is_taken(client_of: ClientOf, company: Company, cast: Cast) -> None:
    adviser, home = client_of(cast.adviser), f"/yritykset/{company.business_id}/"
    assert "Nobody of the network has met" in adviser.get(home, headers={"accept-language": "en"}).content.decode()
    people = NeedMap.objects.get(code="people")
    sent = adviser.submit(adviser.get(f"{home}kaynti"), {"day": in_days(0).isoformat(), "need_map": str(people.pk)}, form="plan")
    assert sent.status_code == 302
    visit = Visit.objects.get()
    page = adviser.get(f"/kaynnit/{visit.pk}/").content.decode()
    assert str(people.questions.order_by("position")[0].text_fi) in page
    slot = f"q{people.questions.order_by('position')[0].pk}"
    writing = adviser.get(f"/kaynnit/{visit.pk}/raportti")
    typed = {slot: NEED, f"{slot}_need": "on", "notes": "Hyvä vastaanotto", "met_name": "Kalle Kivelä"}
    assert adviser.submit(writing, typed, form="report").status_code == 302
    need = VisitNeed.objects.get()
    given = adviser.post(f"/kaynnit/{visit.pk}/tarve/{need.pk}", {"desk": cast.partner_desk.pk})
    assert given.status_code == 302
    lead = Lead.objects.get()
    partner = client_of(cast.partner)
    assert company.name in partner.get("/vihjeet/").content.decode()
    assert partner.post(f"/vihjeet/{lead.pk}/ota").status_code == 302
    assert partner.submit(partner.get(f"/vihjeet/{lead.pk}/valmis"), {"result": "helped", "words": "Rekrytointi alkoi"}).status_code == 302
    assert "Rekrytointi alkoi" in adviser.get(f"/vihjeet/{lead.pk}/").content.decode()
    assert partner.get(f"/kaynnit/{visit.pk}/").status_code == 404
    theirs = partner.get(home).content.decode()
    assert cast.here.organisation.name_fi in theirs
    assert f"/kaynnit/{visit.pk}/" not in theirs


def test_near_visit_is_told_with_everything_typed_and_a_tick_lets_it_through(
    client_of: ClientOf, planned: Callable[..., Visit], company: Company, cast: Cast
) -> None:
    planned()
    partner = client_of(cast.partner)
    page = partner.get(f"/yritykset/{company.business_id}/kaynti")
    assert 'name="anyway"' not in page.content.decode()
    warned = partner.submit(page, {"day": in_days(9).isoformat(), "purpose": "Hanke"}, form="plan")
    assert warned.status_code == 422
    assert "Koskimaan Kehitys" in warned.content.decode()
    assert partner.submit(warned, {"anyway": "on"}, form="plan").status_code == 302
    assert Visit.objects.filter(purpose="Hanke").exists()


def test_report_by_script_is_saved_once_and_never_as_somebody_elses(client_of: ClientOf, planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned(along=(cast.partner,))
    adviser, address = client_of(cast.adviser), f"/kaynnit/{visit.pk}/raportti"
    body = {
        "writer": cast.adviser.someone.pk,
        "version": 0,
        "day": timezone.localdate().isoformat(),
        "notes": "Kentältä",
        "submit_key": "7a4c1f0e-0000-4000-8000-000000000001",
    }
    kept = {"x-requested-with": "kept"}
    assert [adviser.post(address, body, headers=kept).status_code for _ in range(2)] == [204, 204]
    assert VisitReport.objects.get().version == 1
    assert client_of(cast.partner).post(address, body, headers=kept).status_code == 409
    assert Client().post(address, body, headers=kept).status_code in (401, 403)
    failed = adviser.post(address, body | {"day": "", "submit_key": "7a4c1f0e-0000-4000-8000-000000000002"}, headers=kept)
    assert failed.status_code == 422
    assert "Kentältä" in failed.content.decode()


def test_report_that_somebody_wrote_elsewhere_is_shown_beside_what_was_typed(client_of: ClientOf, planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    adviser, address = client_of(cast.adviser), f"/kaynnit/{visit.pk}/raportti"
    old = adviser.get(address)
    assert adviser.submit(adviser.get(address), {"notes": "Koneelta"}, form="report").status_code == 302
    refused = adviser.submit(old, {"notes": "Puhelimelta"}, form="report")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Koneelta" in text
    assert "Puhelimelta" in text
    assert adviser.submit(refused, {"notes": "Koneelta ja puhelimelta"}, form="report").status_code == 302
    assert VisitReport.objects.get().notes == "Koneelta ja puhelimelta"


def test_lists_cost_the_same_however_long(
    client_of: ClientOf, planned: Callable[..., Visit], given: Callable[..., Lead], company: Company, cast: Cast,
    sql_count: Callable[..., AbstractContextManager[Any]],
) -> None:  # fmt: skip
    adviser = client_of(cast.adviser)
    planned(along=(cast.partner,))
    given()
    costs: list[dict[str, int]] = []
    for _ in range(2):
        cost = {}
        for address in ("/kaynnit/", "/vihjeet/", f"/yritykset/{company.business_id}/"):
            adviser.get(address)
            with sql_count(at_most=40) as counted:
                adviser.get(address)
            cost[address] = counted.number
        costs.append(cost)
        for number in range(4):
            planned(along=(cast.partner,), day=in_days(number), anyway=True)
            given(company=CompanyFactory.create())
    assert costs[0] == costs[1]


def test_those_who_handle_no_matters_have_no_such_pages(client_of: ClientOf, planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    for member in (cast.coordinator, cast.national, cast.editor):
        browser = client_of(member)
        assert browser.get("/kaynnit/").status_code == 403
        assert browser.get(f"/kaynnit/{visit.pk}/").status_code == 404


def test_visit_is_changed_and_called_off_on_its_page(client_of: ClientOf, planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    adviser = client_of(cast.adviser)
    page = adviser.get(f"/kaynnit/{visit.pk}/muuta")
    assert adviser.submit(page, {"place": "Kokoushuone", "visitors": [key(cast.adviser), key(cast.desklead)]}).status_code == 302
    visit.refresh_from_db()
    assert (visit.place, visit.parties.count()) == ("Kokoushuone", 2)
    assert adviser.submit(adviser.get(f"/kaynnit/{visit.pk}/peru"), {}).status_code == 302
    visit.refresh_from_db()
    assert visit.state == "cancelled"
    assert not re.search(r"/kaynnit/\d+/", adviser.get("/kaynnit/").content.decode())


def test_open_matters_of_the_company_tell_their_clock_before_a_visit(
    client_of: ClientOf, planned: Callable[..., Visit], send: Callable[..., Case], company: Company, cast: Cast
) -> None:
    case, visit = send(business_id=company.business_id), planned()
    page = client_of(cast.adviser).get(f"/kaynnit/{visit.pk}/").content.decode()
    told = page.split(f">{case.number} ")[1].split("</li>")[0]
    assert "lu-clock" in told
    assert "Ota hoitoon" in told
