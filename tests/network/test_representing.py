"""One organisation acts for another: who says so, for which time, and what it lets the one that acts do."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network import access
from luukku.network.actions.desks import open_desk
from luukku.network.actions.organisations import OrganisationDetails, deactivate_organisation, edit_organisation
from luukku.network.actions.representing import end_representation, name_representative
from luukku.network.enums import Role
from luukku.network.models import Organisation, Representation
from luukku.network.queries.history import organisation_history
from luukku.network.queries.organisations import behind_the_hatch
from luukku.network.queries.regions import region_page
from luukku.network.queries.representing import represented_by
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, ParticipationFactory, SeatFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast: Cast) -> Organisation:
    """A party of the region that has no desk of its own."""
    made: Organisation = OrganisationFactory.create(code="koskela", name_fi="Koskelan kunta")
    ParticipationFactory.create(organisation=made, region=cast.here.region)
    return made


def head_of(organisation: Organisation) -> Actor:
    return access.actor_of_person(SeatFactory.create(role=Role.ORGANISATION_HEAD, organisation=organisation).person_id)


def acting(cast: Cast, town: Organisation, since: date | None = None, until: date | None = None) -> Representation:
    first = since or timezone.localdate()
    return name_representative(by=cast.coordinator.actor, represented=town, representative=cast.here.organisation, since=first, until=until)


def test_one_acts_for_another_from_its_first_day_to_its_last(cast: Cast, town: Organisation) -> None:
    today = timezone.localdate()
    acting(cast, town, today + timedelta(days=2), today + timedelta(days=4))
    seen = {n: represented_by(town, today + timedelta(days=n)) for n in (0, 1, 2, 4, 5)}
    assert seen == {0: None, 1: None, 2: cast.here.organisation, 4: cast.here.organisation, 5: None}
    event = Event.objects.latest("id")
    assert (event.action, event.organisation_id, event.facts["representative"]) == ("organisation.represented", town.pk, cast.here.organisation.pk)


def test_the_represented_and_the_coordinator_say_so_and_the_one_that_acts_does_not(cast: Cast, town: Organisation) -> None:
    today, company = timezone.localdate(), cast.here.organisation
    coordinators = access.actor_of_person(SeatFactory.create(role=Role.COORDINATOR, region=cast.there.region).person_id)
    for by in (head_of(company), cast.desklead.actor, cast.editor.actor, cast.area.actor, coordinators, PUBLIC):
        with pytest.raises(NotAllowed):
            name_representative(by=by, represented=town, representative=company, since=today)
    found = name_representative(by=head_of(town), represented=town, representative=company, since=today)
    with pytest.raises(NotAllowed):
        end_representation(by=cast.partner.actor, representation=found, last_day=today)
    end_representation(by=head_of(company), representation=found, last_day=today)
    assert Representation.objects.get().valid_until == today


def test_only_one_acts_for_it_at_a_time_and_nobody_in_a_chain(cast: Cast, town: Organisation) -> None:
    today, other = timezone.localdate(), OrganisationFactory.create()
    by = cast.national.actor
    acting(cast, town, today, today + timedelta(days=9))
    for represented, representative, since, field in (
        (town, cast.partners, today + timedelta(days=9), "since"),
        (town, town, today, "representative"),
        (cast.here.organisation, cast.partners, today, "representative"),
        (other, town, today, "representative"),
        (other, cast.partners, date(1900, 1, 1), "since"),
    ):
        with pytest.raises(RuleBroken) as broken:
            name_representative(by=by, represented=represented, representative=representative, since=since)
        assert broken.value.field == field
    name_representative(by=by, represented=town, representative=cast.partners, since=today + timedelta(days=10))
    with pytest.raises(IntegrityError), transaction.atomic():
        Representation.objects.create(represented=town, representative=cast.partners, valid_from=today)


def test_one_that_has_not_begun_is_taken_away_and_one_that_has_is_ended(cast: Cast, town: Organisation) -> None:
    today, by = timezone.localdate(), cast.coordinator.actor
    later = acting(cast, town, today + timedelta(days=5))
    end_representation(by=by, representation=later, last_day=today)
    assert not Representation.objects.exists()
    begun = acting(cast, town, today - timedelta(days=30))
    with pytest.raises(RuleBroken):
        end_representation(by=by, representation=begun, last_day=today - timedelta(days=20))
    end_representation(by=by, representation=begun, last_day=today + timedelta(days=1))
    acting(cast, town, today + timedelta(days=2))
    begun.refresh_from_db()
    with pytest.raises(RuleBroken):
        end_representation(by=by, representation=begun, last_day=today + timedelta(days=9))
    told = sorted(change.how for change in organisation_history(town) if change.kind == "Acting for another")
    assert told == ["delete", "insert", "insert", "insert", "update"]


def test_head_of_the_one_that_acts_edits_details_and_nothing_more(cast: Cast, town: Organisation) -> None:
    head, details = head_of(cast.here.organisation), OrganisationDetails(type=town.type, name_fi=town.name_fi, phone="06 555 0101")
    with pytest.raises(NotAllowed):
        edit_organisation(by=head, organisation=town, details=details)
    found = acting(cast, town)
    edit_organisation(by=head, organisation=town, details=details)
    assert Organisation.objects.get(pk=town.pk).phone == "06 555 0101"
    with pytest.raises(NotAllowed):
        open_desk(by=head, organisation=town, region=cast.here.region, names={"fi": "Tiski"})
    Representation.objects.filter(pk=found.pk).update(valid_from=None, valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        edit_organisation(by=head, organisation=town, details=OrganisationDetails(type=town.type, name_fi="Toinen"))


def test_who_leaves_the_network_acts_for_nobody(cast: Cast, town: Organisation) -> None:
    acting(cast, town)
    name_representative(
        by=cast.national.actor, represented=cast.partners, representative=cast.there.organisation, since=timezone.localdate() + timedelta(days=9)
    )
    deactivate_organisation(by=cast.national.actor, organisation=town)
    deactivate_organisation(by=cast.national.actor, organisation=cast.partners)
    assert represented_by(town) is None
    assert not Representation.objects.filter(represented=cast.partners).exists()


def test_lists_of_parties_show_it_at_a_fixed_cost(cast: Cast, town: Organisation, sql_count: SqlCount) -> None:
    acting(cast, town)
    for _each in range(3):
        more = OrganisationFactory.create()
        ParticipationFactory.create(organisation=more, region=cast.here.region)
        acting(cast, more)
    with sql_count(at_most=7):
        found = behind_the_hatch(PUBLIC, cast.here.region)
        shown = {each.pk: ([spell.represented for spell in each.acting_for], each.represented_now) for each in found}  # type: ignore[attr-defined]
    assert town in shown[cast.here.organisation.pk][0]
    assert [spell.representative for spell in shown[town.pk][1]] == [cast.here.organisation]
    with sql_count(at_most=13):
        parties = region_page(cast.here.region).parties
        assert [len(part.organisation.acting_for) for part in parties if part.organisation == cast.here.organisation] == [4]  # type: ignore[attr-defined]


def test_walk_from_the_organisations_page_to_the_public_page_and_back(
    cast: Cast, town: Organisation, client: Client, client_of: Callable[[Member], Client]
) -> None:
    browser, path = client_of(cast.coordinator), "/verkosto/organisaatiot/koskela/"
    assert "Anna toisen toimia sen puolesta" in browser.get(path).content.decode()
    page = browser.get(f"{path}edustaja")
    broken = browser.submit(page, {"representative": str(cast.here.organisation.pk), "since": "2026-05-01", "until": "2026-04-01"})
    assert broken.status_code == 422
    assert "2026-05-01" in broken.content.decode()
    assert browser.submit(page, {"representative": str(cast.here.organisation.pk), "since": "2026-05-01"}).status_code == 302
    assert "Edustajana:" in browser.get(path).content.decode()
    assert "Edustaa myös:" in client.get("/luukun-takana/?region=koskimaa").content.decode()
    assert "Edustajana:" in browser.get("/verkosto/seudut/koskimaa/").content.decode()
    found = Representation.objects.get()
    ended = browser.submit(browser.get(f"/verkosto/edustukset/{found.pk}/paata"), {"last_day": str(timezone.localdate() - timedelta(days=1))})
    assert ended.status_code == 302
    assert "Edustaa myös:" not in client.get("/luukun-takana/?region=koskimaa").content.decode()
    assert client_of(cast.partner).get(f"{path}edustaja").status_code == 403
