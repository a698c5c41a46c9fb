"""The network's screens: who gets in, what they show, and that forms keep what was typed."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from luukku.network.enums import Role
from luukku.network.models import ClosingDay, HouseMember, Organisation, Person, Premises, RegionMunicipality
from luukku.network.queries.calendars import own_week
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, PersonFactory, SeatFactory
from tests.harness.client import Client
from tests.network.addresses import all_addresses, house_of
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]


POSTS = {
    "reactivate-organisation",
    "front-desk",
    "publish-person",
    "remove-photo",
    "allow-sign-in",
    "region-door",
    "remove-closing-day",
    "forget-presence",
    "reopen-area",
    "cancel-plan",
    "cancel-place-plan",
    "use-organisation-type",
    "reopen-premises",
}
PUBLIC = {"people", "hatch", "photo"}
OPEN_TO_STAFF = {"organisations", "organisation", "person", "regions", "region", "house", "presence", "rota", "premises-table"}
OPEN_TO_STAFF |= {
    "areas",
    "area",
    "municipalities",
    "municipality",
    "organisation-types",
    "organisations-table",
    "municipalities-table",
    "people-table",
}


def test_outsiders_are_sent_to_sign_in(cast: Cast, client: Client, client_of: ClientOf) -> None:
    founder = client_of(cast.founder)
    for name, address in all_addresses(cast):
        if name in PUBLIC | POSTS:
            continue
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith("/account/"), address
        assert founder.get(address).status_code == 403, "a customer is told that these pages are not hers"


def test_staff_see_pages_and_no_forms_that_are_not_theirs(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.outsider)
    for name, address in all_addresses(cast):
        if name in POSTS:
            assert browser.post(address, {}).status_code in (302, 403, 404), address
            continue
        expected = 200 if name in PUBLIC | OPEN_TO_STAFF else 403
        assert browser.get(address).status_code == expected, address
    assert Person.objects.get(pk=cast.partner.someone.pk).is_published
    assert cast.partner_desk.is_front is False


def test_administrator_gets_every_page(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.admin)
    for name, address in all_addresses(cast):
        if name not in POSTS:
            assert browser.get(address).status_code == 200, address


def test_coordinator_adds_an_organisation_once(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get(reverse("network:new-organisation") + "?region=koskimaa")
    typed = {"name_fi": "Uusyrityskeskus", "type": str(cast.partners.type.pk), "business_id": "0112038-9"}
    for _ in range(2):
        response = browser.submit(page, typed, QUERY_STRING="region=koskimaa")
        assert response.status_code == 302, response.content.decode()
    made = Organisation.objects.get(name_fi="Uusyrityskeskus")
    assert made.participations.get().region == cast.here.region


def test_a_broken_rule_comes_back_at_its_field_and_keeps_what_was_typed(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.admin)
    page = browser.get(reverse("network:edit-organisation", args=[cast.partners.code]))
    response = browser.submit(page, {"name_fi": "Toinen nimi", "business_id": "0112038-8"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Toinen nimi" in text
    assert 'href="#id_business_id"' in text
    assert Organisation.objects.get(pk=cast.partners.pk).name_fi == "Koskimaan Kauppakamari ry"


def test_hours_and_closing_days_are_set_on_one_page(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    address = reverse("network:region-hours", args=["koskimaa"])
    response = browser.submit(browser.get(address), {"day_0": "8-16", "day_4": "8.30–12, 13-15"}, form="week")
    assert response.status_code == 302
    week = own_week(cast.here.region)
    assert week is not None
    assert [bool(day) for day in week] == [True, False, False, False, True, False, False]
    assert browser.submit(browser.get(address), {"day_0": "half past eight"}, form="week").status_code == 422
    assert browser.submit(browser.get(address), {"day": "2033-07-01", "reason": "Muutto"}, form="closing").status_code == 302
    day = ClosingDay.objects.get()
    assert "Muutto" in browser.get(address).content.decode()
    assert browser.post(reverse("network:remove-closing-day", args=[day.pk])).status_code == 302
    assert not ClosingDay.objects.exists()


def test_coordinator_confirms_the_municipalities(cast: Cast, client_of: ClientOf) -> None:
    RegionMunicipality.objects.update(assumed=True)
    browser = client_of(cast.coordinator)
    address = reverse("network:region-municipalities", args=["koskimaa"])
    assert browser.submit(browser.get(address)).status_code == 302
    assert RegionMunicipality.objects.get(region=cast.here.region, valid_until=None).assumed is False


def test_head_adds_a_person_who_signs_in_and_is_shown(cast: Cast, client_of: ClientOf) -> None:
    SeatFactory.create(person=cast.partner.someone, role=Role.ORGANISATION_HEAD, organisation=cast.partners)
    browser = client_of(cast.partner)
    page = browser.get(reverse("network:new-person", args=[cast.partners.code]))
    assert "govuk-checkboxes__input" in page.content.decode()  # several languages, not one
    response = browser.submit(page, {"role": "adviser", "name": "Uusi Neuvoja", "email": "uusi@partner.example", "languages": ["fi", "sv"]})
    assert response.status_code == 302, response.content.decode()
    person = Person.objects.get(name="Uusi Neuvoja")
    assert person.languages == ["fi", "sv"]
    browser.post(reverse("network:allow-sign-in", args=[person.pk]))
    browser.post(reverse("network:publish-person", args=[person.pk]), {"show": "1"})
    person.refresh_from_db()
    assert person.is_published
    assert person.user is not None
    assert "Uusi Neuvoja" in Client().get(reverse("network:people")).content.decode()


def test_a_role_that_is_not_hers_to_give_is_not_offered(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get(reverse("network:new-seat", args=[cast.partner.someone.pk]))
    assert "administrator" not in page.content.decode()
    assert browser.submit(page, {"role": "administrator"}).status_code == 422
    assert browser.submit(page, {"role": "steering-member", "region": str(cast.there.region.pk)}).status_code == 403
    assert browser.submit(page, {"role": "steering-member", "region": str(cast.here.region.pk)}).status_code == 302


def test_what_cannot_end_yet_says_why(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.admin)
    page = browser.get(reverse("network:deactivate-organisation", args=[cast.here.organisation.code]))
    response = browser.submit(page)
    assert response.status_code == 422
    assert cast.here.region.name_fi in response.content.decode()
    page = browser.get(reverse("network:deactivate-organisation", args=[cast.partners.code]))
    assert browser.submit(page).status_code == 302
    assert Organisation.objects.get(pk=cast.partners.pk).deactivated_at is not None


def test_history_tells_who_changed_what(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.admin)
    browser.submit(browser.get(reverse("network:edit-organisation", args=[cast.partners.code])), {"name_fi": "Uusi nimi ry"})
    text = browser.get(reverse("network:organisation-history", args=[cast.partners.code])).content.decode()
    assert "Anders Admin" in text
    assert "<del>Koskimaan Kauppakamari ry</del>" in text
    assert "<b>Uusi nimi ry</b>" in text


def test_directory_narrows_by_municipality_and_tells_when_it_has_no_region(cast: Cast, client: Client) -> None:
    everybody = client.get(reverse("network:people")).content.decode()
    assert "Aino Adviser" in everybody
    assert "Otto Outsider" in everybody
    here = client.get(reverse("network:people"), {"municipality": cast.here.municipality.code}).content.decode()
    assert "Otto Outsider" not in here
    RegionMunicipality.objects.all().delete()
    lonely = client.get(reverse("network:people"), {"municipality": cast.here.municipality.code}).content.decode()
    assert "Arja Area" in lonely
    assert "Aino Adviser" not in lonely
    assert client.get(reverse("network:people"), {"municipality": "nonsense", "language": "xx"}).status_code == 200


def test_directory_hides_the_unpublished_and_their_pages(cast: Cast, client: Client, client_of: ClientOf) -> None:
    Person.objects.filter(pk=cast.partner.someone.pk).update(is_published=False, phone="040 555 0199")
    text = client.get(reverse("network:people")).content.decode()
    assert "Pekka Partner" not in text
    assert "0199" not in text
    assert "Pekka Partner" in client_of(cast.outsider).get(reverse("network:people")).content.decode()


def test_the_public_reads_where_and_when_an_organisation_serves(cast: Cast, client: Client) -> None:
    here, keeper = cast.here, cast.here.organisation
    shown = {"municipality": here.municipality, "street": "Topeeka 26", "postal_code": "61800", "hours_text_fi": "ma–to 9–18, la 10–13"}
    house = Premises.objects.create(organisation=keeper, name="Yritystalo", **shown)
    Premises.objects.create(organisation=keeper, name="Vanha talo", deactivated_at=timezone.now(), **shown)
    HouseMember.objects.create(premises=house, organisation=cast.partners)
    text = client.get(reverse("network:hatch"), {"region": "koskimaa"}).content.decode()
    assert text.count("Yritystalo, Topeeka 26") == 2, "the keeper's and the one who shares it"
    assert "ma–to 9–18, la 10–13" in text
    assert "Vanha talo" not in text
    assert "Yritystalo, Topeeka 26" in client.get("/koskimaa/").content.decode()


def test_behind_the_hatch_shows_the_regions_organisations(cast: Cast, client: Client) -> None:
    OrganisationFactory.create(name_fi="Irrallinen")
    text = client.get(reverse("network:hatch"), {"region": "koskimaa"}).content.decode()
    assert "Koskimaan Kauppakamari ry" in text
    assert "Saarelan" not in text
    assert "Irrallinen" not in text
    assert client.get(reverse("network:hatch"), {"region": "nowhere"}).status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_pages_come_in_every_language(cast: Cast, client_of: ClientOf, language: str) -> None:
    browser = client_of(cast.admin)
    browser.cookies["luukku_language"] = language
    for name in ("organisations", "regions", "people", "hatch"):
        assert f'lang="{language}"' in browser.get(reverse(f"network:{name}")).content.decode()


def test_lists_cost_a_fixed_number_of_statements(cast: Cast, client_of: ClientOf, sql_count: SqlCount) -> None:
    browser = client_of(cast.admin)
    for name in ("organisations", "people", "regions"):
        browser.get(reverse(f"network:{name}"))
        with sql_count() as few:
            browser.get(reverse(f"network:{name}"))
        for _ in range(3):
            SeatFactory.create(person=PersonFactory.create(), organisation=OrganisationFactory.create())
        with sql_count(few.number):
            browser.get(reverse(f"network:{name}"))


def test_person_comes_back_and_closed_premises_open_on_screen(cast: Cast, client_of: ClientOf) -> None:
    browser, person = client_of(cast.admin), cast.partner.someone
    browser.submit(browser.get(reverse("network:deactivate-person", args=[person.pk])))
    assert reverse("network:reactivate-person", args=[person.pk]) in browser.get(reverse("network:person", args=[person.pk])).content.decode()
    page = browser.get(reverse("network:reactivate-person", args=[person.pk]))
    given = {"role": Role.ADVISER.value, "organisation": str(cast.partners.pk)}
    assert browser.submit(page, given).status_code == 302
    assert Person.objects.get(pk=person.pk).deactivated_at is None
    place = house_of(cast)
    browser.submit(browser.get(reverse("network:close-premises", args=[place.pk])))
    assert place.name in browser.get(reverse("network:organisation", args=[cast.here.organisation.code])).content.decode()
    assert browser.post(reverse("network:reopen-premises", args=[place.pk])).status_code == 302
    assert Premises.objects.get(pk=place.pk).deactivated_at is None
