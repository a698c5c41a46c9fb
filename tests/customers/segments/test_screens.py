"""The screens of segments: rules read by all of the network and changed by who keeps it; a company's segment said, marked and read."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.customers.actions.segmenting import segment_anew
from luukku.customers.models import Company, CompanyMark, SegmentBook, SegmentSaid
from luukku.customers.queries.segments.in_time import segment_on
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


@pytest.fixture
def company(cast: Cast) -> Company:
    made = CompanyFactory.create(persons=12, turnover=1_400_000, export="seeking", name="Vientikone Oy")
    segment_anew([made.pk])
    return made


def test_rules_are_read_aloud_to_all_of_the_network(client_of: ClientOf, cast: Cast) -> None:
    text = client_of(cast.adviser).get("/segmentit/").content.decode()
    assert "enintään 9 henkeä → <b>Paikallisesti toimivat pienyritykset</b>" in text
    assert "luonnos" not in text.lower()
    for member, status in ((cast.shepherd, 404), (cast.founder, 403)):
        assert client_of(member).get("/segmentit/").status_code == status


def test_rules_are_drafted_tried_and_taken_into_use(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser = client_of(cast.national)
    page = browser.get("/segmentit/")
    browser.submit(page)
    draft = SegmentBook.objects.drafts().get()
    page = browser.get("/segmentit/luonnos/saanto")
    wrong = browser.submit(page, {"segment": "large", "persons_min": "12", "persons_max": "3"})
    assert wrong.status_code == 422
    assert "Yläraja on alarajaa pienempi" in wrong.content.decode()
    assert browser.submit(page, {"segment": "local-small", "persons_max": "20", "export": ["seeking"]}).status_code == 302
    row = draft.rules.get(persons_max=20)
    assert row.export == ["seeking"]
    for _ in range(2):
        browser.post(f"/segmentit/luonnos/saannot/{row.pk}/siirra", {"how": "up"})
    tried = browser.get("/segmentit/?kokeile=1").content.decode()
    assert "Yhteensä 1 yrityksestä 1 siirtyisi" in tried
    assert browser.submit(browser.get("/segmentit/luonnos/kayttoon"), {}).status_code == 302
    assert SegmentBook.objects.in_use().get() == draft
    assert "enintään 20 henkeä" in client_of(cast.adviser).get("/segmentit/").content.decode()
    assert "enintään 20 henkeä" not in client_of(cast.adviser).get("/segmentit/versiot/1").content.decode()


def test_draft_is_nobody_elses(client_of: ClientOf, cast: Cast) -> None:
    national, browser = client_of(cast.national), client_of(cast.coordinator)
    national.submit(national.get("/segmentit/"))
    for path in ("saanto", "kayttoon", "hylkaa"):
        assert browser.get(f"/segmentit/luonnos/{path}").status_code == 403
    assert browser.get("/segmentit/versiot/2").status_code == 404


def test_company_tells_why_and_takes_another_word(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser, path = client_of(cast.adviser), f"/yritykset/{company.business_id}/segmentti/"
    text = browser.get(path).content.decode()
    assert "12 henkeä, liikevaihto 1,4\u00a0M€, vientiä haetaan → <b>" in text
    page = browser.get(f"{path}muu")
    assert browser.submit(page, {"segment": "domestic-sme", "reason": ""}).status_code == 422
    assert browser.submit(page, {"segment": "domestic-sme", "reason": "Vientihanke lopetettiin"}).status_code == 302
    assert segment_on(company.pk, timezone.localdate()) == "domestic-sme"
    text = browser.get(path).content.decode()
    assert "Vientihanke lopetettiin" in text
    assert browser.submit(browser.get(f"{path}saannot"), {"reason": "Jatkuu sittenkin"}).status_code == 302
    assert SegmentSaid.objects.get().end_reason == "Jatkuu sittenkin"
    assert "Jatkuu sittenkin" in browser.get(path).content.decode()


def test_company_is_marked_by_those_who_may(client_of: ClientOf, cast: Cast, company: Company) -> None:
    browser, path = client_of(cast.adviser), f"/yritykset/{company.business_id}/segmentti/"
    page = browser.get(f"{path}merkinta")
    assert "fokuslista" not in page.content.decode()
    assert browser.submit(page, {"mark": "growth-track", "reason": "Profiloitu"}).status_code == 302
    assert segment_on(company.pk, timezone.localdate()) == "growth-track"
    assert browser.get(f"{path}merkinta/focus").status_code == 403
    assert browser.submit(browser.get(f"{path}merkinta/growth-track"), {"reason": "Loppui"}).status_code == 302
    assert CompanyMark.objects.get().ended_at is not None
    assert client_of(cast.coordinator).get(f"{path}merkinta").status_code == 403
    assert client_of(cast.coordinator).get(path).status_code == 200
    assert client_of(cast.shepherd).get(path).status_code == 404
