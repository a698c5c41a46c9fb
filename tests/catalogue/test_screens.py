"""The catalogue's screens: who gives a service, our own cards, a card's history, and texts in the language they have."""

from collections.abc import Callable

import pytest

from luukku.catalogue.actions.editing import edit_service, mark_reviewed, restore_version
from luukku.catalogue.actions.providing import provide
from luukku.catalogue.models import Service, ServiceProvider
from luukku.core.actor import act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]


@pytest.fixture
def service(cast: Cast) -> Service:
    return ServiceFactory.create(code="neuvonta", name_fi="Neuvonta", summary_fi="Neuvomme.", owner=cast.here.organisation)


def test_editor_adds_her_organisation_names_a_person_and_ends_it(cast: Cast, service: Service, client_of: ClientOf) -> None:
    browser = client_of(cast.editor)
    page = browser.get("/palvelut/neuvonta/tarjoajat/uusi")
    assert page.status_code == 200, "her organisation is in one region only: nothing to choose"
    assert browser.submit(page, {"person": cast.adviser.someone.pk}).status_code == 302
    row = ServiceProvider.objects.get()
    assert (row.organisation, row.region, row.person) == (cast.here.organisation, cast.here.region, cast.adviser.someone)
    page = browser.get(f"/palvelut/neuvonta/tarjoajat/{row.pk}/yhteyshenkilo")
    assert browser.submit(page, {"person": ""}).status_code == 302
    assert ServiceProvider.objects.get().person is None
    assert browser.submit(browser.get(f"/palvelut/neuvonta/tarjoajat/{row.pk}/lopeta"), {}).status_code == 302
    assert not ServiceProvider.objects.exists()
    assert browser.get("/palvelut/neuvonta/tarjoajat/uusi").status_code == 200


def test_coordinator_chooses_the_organisation_first_and_the_primary_one(cast: Cast, service: Service, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get("/palvelut/neuvonta/tarjoajat/uusi")
    assert "Koskimaan Kauppakamari" in page.content.decode()
    part = cast.partners.participations.get(region=cast.here.region)
    to = browser.submit(page, {"part": part.pk}).headers["Location"]
    assert browser.submit(browser.get(to), {"person": cast.partner.someone.pk}).status_code == 302
    with act_as_house("a second one") as house:
        second = provide(by=house, service=service, organisation=cast.here.organisation, region=cast.here.region)
    assert "Make primarily responsible" in browser.get("/palvelut/neuvonta/tarjoajat", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    browser.post(f"/palvelut/neuvonta/tarjoajat/{second.pk}/ensisijainen", {})
    second.refresh_from_db()
    assert second.is_primary


def test_person_of_another_organisation_cannot_be_sent_by_hand(cast: Cast, service: Service, client_of: ClientOf) -> None:
    browser = client_of(cast.editor)
    page = browser.get("/palvelut/neuvonta/tarjoajat/uusi")
    assert browser.submit(page, {"person": cast.partner.someone.pk}).status_code == 422
    assert not ServiceProvider.objects.exists()


def test_providers_of_others_are_read_and_not_written(cast: Cast, service: Service, client: Client, client_of: ClientOf) -> None:
    with act_as_house("a provider") as house:
        row = provide(by=house, service=service, organisation=cast.here.organisation, region=cast.here.region)
    for member in (cast.adviser, cast.partner, cast.outsider, cast.steering):
        browser = client_of(member)
        page = browser.get("/palvelut/neuvonta/tarjoajat?all=1")
        assert page.status_code == 200
        assert "yhteyshenkilo" not in page.content.decode()
        for path in ("tarjoajat/uusi", f"tarjoajat/{row.pk}/yhteyshenkilo", f"tarjoajat/{row.pk}/lopeta"):
            assert browser.get(f"/palvelut/neuvonta/{path}").status_code == 403, path
        assert browser.post(f"/palvelut/neuvonta/tarjoajat/{row.pk}/ensisijainen", {}).status_code == 403
    assert client.get("/palvelut/neuvonta/tarjoajat").status_code == 302
    assert client_of(cast.editor).get(f"/palvelut/toinen/tarjoajat/{row.pk}/lopeta").status_code == 404


def test_providers_page_costs_the_same_however_many_there_are(cast: Cast, service: Service, client_of: ClientOf, sql_count: SqlCount) -> None:
    browser = client_of(cast.coordinator)
    with act_as_house("providers") as house:
        provide(by=house, service=service, organisation=cast.here.organisation, region=cast.here.region, person=cast.adviser.someone)
        browser.get("/palvelut/neuvonta/tarjoajat")
        with sql_count(at_most=12) as one:
            browser.get("/palvelut/neuvonta/tarjoajat?all=1")
        provide(by=house, service=service, organisation=cast.partners, region=cast.here.region, person=cast.partner.someone)
        provide(by=house, service=service, organisation=cast.there.organisation, region=cast.there.region)
    with sql_count(at_most=12):
        browser.get("/palvelut/neuvonta/tarjoajat?all=1")
    assert one is not None


def test_our_organisations_cards_are_those_it_owns_or_gives(cast: Cast, service: Service, client_of: ClientOf, client: Client) -> None:
    other = ServiceFactory.create(name_fi="Vieras palvelu")
    given = ServiceFactory.create(name_fi="Yhteinen palvelu")
    with act_as_house("a provider") as house:
        provide(by=house, service=given, organisation=cast.here.organisation, region=cast.here.region, person=cast.adviser.someone)
    page = client_of(cast.editor).get("/palvelut/?mine=1").content.decode()
    assert "Yhteinen palvelu" in page
    assert cast.adviser.someone.name in page
    assert service.name_fi in page
    assert other.name_fi not in page
    assert other.name_fi in client.get("/palvelut/?mine=1").content.decode(), "the public has no organisation: it sees all"
    assert "Vieras palvelu" not in client_of(cast.editor).get("/", follow=True).content.decode()


def test_history_tells_who_changed_what_and_brings_an_older_wording_back(cast: Cast, service: Service, client_of: ClientOf) -> None:
    edit_service(by=cast.editor.actor, service=service, values={"summary_fi": "Neuvomme ilmaiseksi.", "price": "paid"})
    mark_reviewed(by=cast.editor.actor, service=service)
    browser = client_of(cast.editor)
    page = browser.get("/palvelut/neuvonta/historia").content.decode()
    assert "<del>Neuvomme.</del> <ins>Neuvomme ilmaiseksi.</ins>" in page.replace("\n", "")
    assert cast.editor.someone.name in page
    first = Service.pgh_event_model.objects.filter(pgh_obj_id=service.pk).earliest("pgh_id")  # type: ignore[attr-defined]
    assert browser.submit(browser.get(f"/palvelut/neuvonta/historia/{first.pgh_id}/palauta"), {}).status_code == 302
    service.refresh_from_db()
    assert (service.summary_fi, service.price, service.owner) == ("Neuvomme.", "free", cast.here.organisation)
    kept = Service.pgh_event_model.objects.filter(pgh_obj_id=service.pk, summary_fi="Neuvomme ilmaiseksi.")  # type: ignore[attr-defined]
    assert kept.exists(), "the newer wording stays in the history"
    with pytest.raises(RuleBroken):
        restore_version(by=cast.editor.actor, service=service, version=first.pgh_id)


def test_version_is_restored_by_the_cards_editors_and_only_on_its_own_card(cast: Cast, service: Service, client_of: ClientOf) -> None:
    edit_service(by=cast.editor.actor, service=service, values={"summary_fi": "Toisin."})
    first = Service.pgh_event_model.objects.filter(pgh_obj_id=service.pk).earliest("pgh_id")  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        restore_version(by=cast.partner.actor, service=service, version=first.pgh_id)
    another = ServiceFactory.create(code="muu", owner=cast.here.organisation)
    with pytest.raises(NotFound):
        restore_version(by=cast.editor.actor, service=another, version=first.pgh_id)
    assert client_of(cast.editor).get(f"/palvelut/muu/historia/{first.pgh_id}/palauta").status_code == 404
    partner = client_of(cast.partner)
    assert partner.get("/palvelut/neuvonta/historia").status_code == 200
    assert partner.get(f"/palvelut/neuvonta/historia/{first.pgh_id}/palauta").status_code == 403


def test_only_those_who_keep_the_network_say_whose_card_it_is(cast: Cast, service: Service, client_of: ClientOf) -> None:
    with pytest.raises(NotAllowed):
        edit_service(by=cast.editor.actor, service=service, values={"owner": cast.partners})
    assert 'name="owner"' not in client_of(cast.editor).get("/palvelut/neuvonta/muokkaa").content.decode()
    assert 'name="owner"' in client_of(cast.national).get("/palvelut/neuvonta/muokkaa").content.decode()


def test_text_in_one_language_says_so_and_comes_after_the_translated_summary(cast: Cast, service: Service, client: Client) -> None:
    Service.objects.filter(pk=service.pk).update(summary_en="We advise.", description_fi="Pitkä kuvaus suomeksi.")
    page = client.get("/palvelut/neuvonta/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    said, told = page.index("We advise."), page.index("Pitkä kuvaus suomeksi.")
    assert said < page.index("Only in Finnish") < told
    assert '<div class="govuk-body" lang="fi"><p>Pitkä' in page
    assert "Only in Finnish" not in client.get("/palvelut/neuvonta/", HTTP_ACCEPT_LANGUAGE="fi").content.decode()
