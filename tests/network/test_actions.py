"""Changing the network: who may, what is refused and why, and what it leaves in the trail and the history."""

import pytest

from luukku.core.actor import HOUSE, Actor
from luukku.core.business_id import is_business_id
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.core.registries import Hold, holds
from luukku.network import access
from luukku.network.actions.desks import close_desk, make_front_desk, open_desk
from luukku.network.actions.organisations import (
    OrganisationDetails,
    PremisesDetails,
    add_premises,
    create_organisation,
    deactivate_organisation,
    edit_organisation,
    join_region,
    leave_region,
    reactivate_organisation,
)
from luukku.network.enums import Role
from luukku.network.models import Organisation
from tests.cast import Cast
from tests.factories.network import (
    OrganisationFactory,
    OrganisationTypeFactory,
    SeatFactory,
)
from tests.network.fixtures import ActingAs


def details(name: str = "Uusi Yhtiö Oy", **fields: str) -> OrganisationDetails:
    return OrganisationDetails(type=OrganisationTypeFactory.create(), name_fi=name, **fields)  # type: ignore[arg-type]


def last_event() -> Event:
    return Event.objects.latest("id")


def head_of(organisation: Organisation) -> Actor:
    return access.actor_of_person(SeatFactory.create(role=Role.ORGANISATION_HEAD, organisation=organisation).person_id)


# organisations


def test_coordinator_creates_a_party_of_her_region(cast: Cast, as_: ActingAs) -> None:
    with as_(cast.coordinator) as actor:
        made = create_organisation(by=actor, details=details(), region=cast.here.region)
    assert made.code == "uusi-yhtio-oy"
    assert made.participations.get().region == cast.here.region
    event = last_event()
    assert (event.action, event.subject_id, event.region_id) == ("organisation.created", made.pk, cast.here.region.pk)
    assert event.person_id == cast.coordinator.someone.pk


def test_second_organisation_of_a_name_gets_another_code(cast: Cast) -> None:
    codes = [create_organisation(by=HOUSE, details=details("Sama")).code for _ in range(3)]
    assert codes == ["sama", "sama-2", "sama-3"]


@pytest.mark.parametrize("who", ["adviser", "desklead", "partner", "steering", "area", "editor", "outsider"])
def test_others_create_and_change_no_organisation(cast: Cast, who: str) -> None:
    actor = getattr(cast, who).actor
    with pytest.raises(NotAllowed):
        create_organisation(by=actor, details=details(), region=cast.here.region)
    with pytest.raises(NotAllowed):
        edit_organisation(by=actor, organisation=cast.here.organisation, details=details())
    with pytest.raises(NotAllowed):
        deactivate_organisation(by=actor, organisation=cast.partners)
    with pytest.raises(NotAllowed):
        join_region(by=actor, organisation=cast.there.organisation, region=cast.here.region)


def test_coordinator_of_another_region_creates_nothing_here(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create_organisation(by=cast.coordinator.actor, details=details(), region=cast.there.region)


def test_rename_keeps_the_code_and_shows_in_the_history(cast: Cast) -> None:
    head = head_of(cast.partners)
    code, old = cast.partners.code, cast.partners.name_fi
    edit_organisation(by=head, organisation=cast.partners, details=details("Kauppakamari"))
    cast.partners.refresh_from_db()
    assert (cast.partners.code, cast.partners.name_fi) == (code, "Kauppakamari")
    assert last_event().action == "organisation.renamed"
    events = Organisation.pgh_event_model.objects.filter(pgh_obj_id=cast.partners.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.name_fi for event in events] == [old, "Kauppakamari"]
    assert events.last().pgh_context.metadata["person"] == head.person_id


def test_an_edit_that_changes_nothing_leaves_no_event(cast: Cast) -> None:
    made = create_organisation(by=HOUSE, details=details())
    before = Event.objects.count()
    edit_organisation(by=HOUSE, organisation=made, details=details())
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("text", "right"), [("0112038-9", True), ("0112038-8", False), ("112038-9", False), ("1234567-1", True), ("0000001-3", False)]
)
def test_business_id_has_a_check_digit(text: str, right: bool) -> None:
    assert is_business_id(text) is right


def test_wrong_business_id_is_refused_at_its_field(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="business ID") as caught:
        create_organisation(by=HOUSE, details=details(business_id="0112038-8"))
    assert caught.value.field == "business_id"


def test_organisation_cannot_be_its_own_ancestor(cast: Cast) -> None:
    unit = OrganisationFactory.create(parent=cast.partners)
    circle = OrganisationDetails(type=cast.partners.type, name_fi="Kehä", parent=unit)
    with pytest.raises(RuleBroken, match="part of itself"):
        edit_organisation(by=HOUSE, organisation=cast.partners, details=circle)


def test_deactivation_ends_seats_parts_and_desks_at_once_and_deletes_nothing(cast: Cast) -> None:
    deactivate_organisation(by=HOUSE, organisation=cast.partners)
    cast.partners.refresh_from_db()
    cast.partner_desk.refresh_from_db()
    assert cast.partners.deactivated_at is not None
    assert cast.partner_desk.deactivated_at is not None
    assert not cast.partners.participations.filter(valid_until=None).exists()
    assert cast.partners.participations.exists()
    assert cast.partner.actor.seats == ()
    assert cast.partners not in access.visible_organisations(Actor())


def test_reactivation_is_for_keepers(cast: Cast) -> None:
    deactivate_organisation(by=HOUSE, organisation=cast.partners)
    with pytest.raises(NotAllowed):
        reactivate_organisation(by=cast.coordinator.actor, organisation=cast.partners)
    reactivate_organisation(by=cast.national.actor, organisation=cast.partners)
    assert cast.partners in access.visible_organisations(Actor())


def test_front_desks_organisation_cannot_leave(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="front desk of Koskimaa"):
        deactivate_organisation(by=HOUSE, organisation=cast.here.organisation)


def test_organisation_with_units_cannot_leave(cast: Cast) -> None:
    OrganisationFactory.create(parent=cast.partners)
    with pytest.raises(RuleBroken, match="units"):
        deactivate_organisation(by=HOUSE, organisation=cast.partners)


def test_what_a_higher_module_holds_cannot_be_closed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_entries", {"t": Hold(lambda kind, pk: ["Three open cases."] if kind == "network.desk" else [])})
    with pytest.raises(RuleBroken, match="Three open cases"):
        close_desk(by=HOUSE, desk=cast.partner_desk)
    with pytest.raises(RuleBroken, match="Three open cases"):
        deactivate_organisation(by=HOUSE, organisation=cast.partners)


def test_leaving_a_region_needs_the_desk_closed_first(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Close the desk"):
        leave_region(by=cast.coordinator.actor, organisation=cast.partners, region=cast.here.region)
    close_desk(by=cast.coordinator.actor, desk=cast.partner_desk)
    leave_region(by=cast.coordinator.actor, organisation=cast.partners, region=cast.here.region)
    join_region(by=cast.coordinator.actor, organisation=cast.partners, region=cast.here.region)
    assert cast.partners.participations.count() == 2


def test_premises_belong_to_those_who_edit_the_organisation(cast: Cast) -> None:
    wanted = PremisesDetails(name="Yritystalo", street="Topeeka 1", hours_text_fi="ma–pe 9–16, to 18 asti")
    with pytest.raises(NotAllowed):
        add_premises(by=cast.adviser.actor, organisation=cast.here.organisation, details=wanted)
    assert add_premises(by=head_of(cast.here.organisation), organisation=cast.here.organisation, details=wanted).name == "Yritystalo"


# desks


def test_one_front_desk_a_region_and_the_coordinator_decides(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        make_front_desk(by=head_of(cast.partners), desk=cast.partner_desk)
    make_front_desk(by=cast.coordinator.actor, desk=cast.partner_desk)
    cast.here.desk.refresh_from_db()
    assert not cast.here.desk.is_front
    close_desk(by=cast.coordinator.actor, desk=cast.here.desk)
    with pytest.raises(RuleBroken, match="front desk"):
        close_desk(by=cast.coordinator.actor, desk=cast.partner_desk)


def test_desk_opens_only_where_the_organisation_takes_part_and_once(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="take part"):
        open_desk(by=HOUSE, organisation=cast.partners, region=cast.there.region, names={"fi": "Tiski"})
    with pytest.raises(RuleBroken, match="already"):
        open_desk(by=HOUSE, organisation=cast.partners, region=cast.here.region, names={"fi": "Tiski"})
