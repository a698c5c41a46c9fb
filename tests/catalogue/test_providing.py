"""Who gives a service where: rules, rights, the database's own check, and two at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from luukku.catalogue.actions.providing import make_primary, name_contact, provide, serve_from_elsewhere, stop_providing
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries.cards import who_can_help
from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network.actions.desks import close_desk
from luukku.network.actions.organisations import leave_region
from luukku.network.actions.seats import end_seat
from luukku.network.models import Organisation, Seat
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client


def given(cast: Cast, service: Service, by: Member | None = None, person: Member | None = None) -> ServiceProvider:
    """The front organisation gives the service here; written by its editor."""
    actor = (by or cast.editor).actor
    place = cast.here
    return provide(by=actor, service=service, organisation=place.organisation, region=place.region, person=person.someone if person else None)


def by_partners(cast: Cast, service: Service) -> ServiceProvider:
    return provide(by=cast.coordinator.actor, service=service, organisation=cast.partners, region=cast.here.region, person=cast.partner.someone)


def test_first_organisation_is_primarily_responsible_and_the_next_is_not(cast: Cast) -> None:
    service = ServiceFactory.create()
    assert given(cast, service, person=cast.adviser).is_primary
    assert not by_partners(cast, service).is_primary
    helpers = who_can_help(service, cast.here.region).helpers
    assert [helper.organisation for helper in helpers] == [cast.here.organisation, cast.partners]
    assert helpers[0].person == cast.adviser.someone


def test_saying_it_again_names_another_person_and_keeps_one_row(cast: Cast) -> None:
    service = ServiceFactory.create()
    given(cast, service, person=cast.adviser)
    given(cast, service, person=cast.desklead)
    assert [row.person for row in ServiceProvider.objects.all()] == [cast.desklead.someone]
    assert ServiceProvider.objects.get().is_primary


def test_person_of_another_organisation_is_refused_everywhere(cast: Cast) -> None:
    service = ServiceFactory.create()
    with pytest.raises(RuleBroken) as broken:
        given(cast, service, person=cast.partner)
    assert broken.value.field == "person"
    row = given(cast, service)
    with pytest.raises(RuleBroken):
        name_contact(by=cast.editor.actor, provider=row, person=cast.partner.someone)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProvider.objects.filter(pk=row.pk).update(person=cast.partner.someone)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProvider.objects.create(service=service, organisation=cast.partners, region=cast.here.region, person=cast.adviser.someone)


def test_organisation_that_takes_no_part_is_refused_also_by_the_database(cast: Cast) -> None:
    service = ServiceFactory.create()
    with pytest.raises(RuleBroken), act_as_house("try") as house:
        provide(by=house, service=service, organisation=cast.partners, region=cast.there.region)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProvider.objects.create(service=service, organisation=cast.partners, region=cast.there.region)


def test_card_out_of_use_is_given_by_nobody_new(cast: Cast) -> None:
    service = ServiceFactory.create(deactivated_at="2026-01-01T00:00Z")
    with pytest.raises(RuleBroken):
        given(cast, Service.objects.get(pk=service.pk))


@pytest.mark.parametrize("stranger", ["adviser", "partner", "outsider", "steering", "area"])
def test_who_keeps_no_cards_there_is_refused(cast: Cast, stranger: str) -> None:
    service = ServiceFactory.create()
    row = given(cast, service)
    actor = getattr(cast, stranger).actor
    with pytest.raises(NotAllowed):
        given(cast, service, by=getattr(cast, stranger))
    for act in (stop_providing, make_primary):
        with pytest.raises(NotAllowed):
            act(by=actor, provider=row)
    with pytest.raises(NotAllowed):
        name_contact(by=actor, provider=row, person=None)


def test_editor_does_not_make_her_own_organisation_primarily_responsible(cast: Cast) -> None:
    service = ServiceFactory.create()
    by_partners(cast, service)
    mine = given(cast, service)
    with pytest.raises(NotAllowed):
        make_primary(by=cast.editor.actor, provider=mine)
    make_primary(by=cast.coordinator.actor, provider=mine)
    assert list(ServiceProvider.objects.filter(is_primary=True)) == [mine]


def test_when_the_primary_one_stops_the_next_becomes_primary(cast: Cast) -> None:
    service = ServiceFactory.create()
    mine, theirs = given(cast, service), by_partners(cast, service)
    stop_providing(by=cast.editor.actor, provider=mine)
    theirs.refresh_from_db()
    assert theirs.is_primary
    told = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert told[-2:] == ["service.no_longer_provided", "service.primary"]


def test_nothing_is_written_when_the_last_step_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    service = ServiceFactory.create()
    mine, _theirs = given(cast, service), by_partners(cast, service)

    def broken(_provider: ServiceProvider) -> None:
        raise RuntimeError

    monkeypatch.setattr("luukku.catalogue.actions.providing._set_primary", broken)
    with pytest.raises(RuntimeError):
        stop_providing(by=cast.editor.actor, provider=mine)
    assert ServiceProvider.objects.filter(is_primary=True).count() == 1
    assert ServiceProvider.objects.count() == 2


def test_organisation_that_left_the_region_is_hidden_and_its_place_is_free(cast: Cast) -> None:
    service = ServiceFactory.create()
    theirs = by_partners(cast, service)
    close_desk(by=cast.admin.actor, desk=cast.partner_desk)
    leave_region(by=cast.coordinator.actor, organisation=cast.partners, region=cast.here.region)
    assert who_can_help(service, cast.here.region).helpers == []
    assert given(cast, service).is_primary
    theirs.refresh_from_db()
    assert not theirs.is_primary


def test_person_whose_seat_ended_is_no_longer_shown_and_her_organisation_is(cast: Cast) -> None:
    service = ServiceFactory.create()
    given(cast, service, person=cast.adviser)
    for seat in Seat.objects.filter(person=cast.adviser.someone):
        end_seat(by=cast.admin.actor, seat=seat)
    (helper,) = who_can_help(service, cast.here.region).helpers
    assert (helper.organisation, helper.person) == (cast.here.organisation, None)


@pytest.mark.django_db(transaction=True)
def test_two_organisations_at_once_leave_one_primarily_responsible(cast: Cast) -> None:
    service = ServiceFactory.create()
    ready = Barrier(2)

    def say(organisation: Organisation) -> None:
        try:
            with act_as(cast.coordinator.actor) as actor:
                ready.wait(10)
                provide(by=actor, service=service, organisation=organisation, region=cast.here.region)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        list(both.map(say, [cast.here.organisation, cast.partners]))
    rows = ServiceProvider.objects.filter(service=service)
    assert (rows.count(), rows.filter(is_primary=True).count()) == (2, 1)


def reached(cast: Cast, service: Service, by: Member | None = None, **more: Any) -> list[ServiceProvider]:
    """The front organisation of here serves the other region, of which it is no party."""
    actor = (by or cast.editor).actor
    return serve_from_elsewhere(by=actor, service=service, organisation=cast.here.organisation, regions=[cast.there.region], **more)


def test_organisation_serves_a_region_without_becoming_a_party_and_customers_see_it(cast: Cast, client: Client) -> None:
    service = ServiceFactory.create()
    (row,) = reached(cast, service, person=cast.adviser.someone)
    assert not row.is_primary
    assert not cast.here.organisation.participations.filter(region=cast.there.region).exists()
    (helper,) = who_can_help(service, cast.there.region).helpers
    assert (helper.organisation, helper.person, helper.from_elsewhere) == (cast.here.organisation, cast.adviser.someone, True)
    page = client.get(f"/palvelut/{service.code}/?region={cast.there.region.code}", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "serves here from elsewhere" in page
    assert last_action() == "service.reached"


def last_action() -> str:
    return Event.objects.order_by("-pk").values_list("action", flat=True)[0]


@pytest.mark.parametrize("stranger", ["adviser", "partner", "coordinator", "outsider", "area"])
def test_only_the_organisation_itself_and_the_networks_keepers_reach_out(cast: Cast, stranger: str) -> None:
    with pytest.raises(NotAllowed):
        reached(cast, ServiceFactory.create(), by=getattr(cast, stranger))
    assert reached(cast, ServiceFactory.create(), by=cast.national)


def test_reaching_is_refused_where_it_is_a_party_and_without_a_region(cast: Cast) -> None:
    service = ServiceFactory.create()
    for regions in ([], [cast.here.region]):
        with pytest.raises(RuleBroken) as broken:
            serve_from_elsewhere(by=cast.editor.actor, service=service, organisation=cast.here.organisation, regions=regions)
        assert broken.value.field == "regions"


def test_database_keeps_the_word_of_who_serves_from_elsewhere(cast: Cast) -> None:
    (row,) = reached(cast, ServiceFactory.create())
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProvider.objects.filter(pk=row.pk).update(from_elsewhere=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProvider.objects.filter(pk=row.pk).update(person=cast.partner.someone)


def test_party_inherits_the_first_place_and_not_one_from_elsewhere(cast: Cast) -> None:
    service = ServiceFactory.create()
    reached(cast, service)
    own = provide(by=cast.admin.actor, service=service, organisation=cast.there.organisation, region=cast.there.region)
    assert own.is_primary, "a party becomes primarily responsible though another reached the region first"
    stop_providing(by=cast.admin.actor, provider=own)
    assert not ServiceProvider.objects.get().is_primary


def test_regional_card_of_its_own_holds_where_it_reaches(cast: Cast) -> None:
    card = ServiceFactory.create(owner=cast.here.organisation, validity="region", places=[cast.here.region.pk])
    reached(cast, card)
    assert who_can_help(card, cast.there.region).helpers
    card.refresh_from_db()
    assert set(card.places) == {cast.here.region.pk, cast.there.region.pk}


def test_editor_reaches_out_on_screen_and_the_list_says_so(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    service = ServiceFactory.create()
    browser, address = client_of(cast.editor), f"/palvelut/{service.code}/tarjoajat"
    page = browser.get(f"{address}/muualta")
    assert "Saarela" in page.content.decode()
    assert browser.submit(page, {}).status_code == 422
    browser.submit(browser.get(f"{address}/muualta"), {"regions": [cast.there.region.pk], "person": cast.adviser.someone.pk})
    assert ServiceProvider.objects.get().from_elsewhere
    assert "Serves here from elsewhere" in browser.get(f"{address}?all=1", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert client_of(cast.adviser).get(f"{address}/muualta").status_code == 403
