"""A house: the host meets who walks in and guides her on; whoever is walked to confirms; who is in now; figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.core.months import ended_months
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.log_contact import Contact
from luukku.desk.actions.routing import RuleForm, add_rule, draft_of, take_into_use
from luukku.desk.actions.walk_ins import Visit, meet_walk_in, receive_walk_in
from luukku.desk.models import Appointment, Case, Handover, Leg, Message, WalkIn
from luukku.desk.queries.free import FreeTimes, bookable
from luukku.desk.queries.walk_ins import awaited_by, house_months, house_year, visible_walk_ins
from luukku.desk.queries.who_is_in import Here, who_is_in
from luukku.network.actions.absences import enter_absence
from luukku.network.actions.houses import join_house, sit_in_house
from luukku.network.actions.presence import mark_presence
from luukku.network.models import Premises
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import PersonFactory, SeatFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 11, 24, 12))  # a Tuesday


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def house(cast: Cast) -> Premises:
    premises = Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality)
    by = cast.coordinator.actor
    join_house(by=by, premises=premises, organisation=cast.partners)
    sit_in_house(by=by, premises=premises, organisation=cast.here.organisation, person=cast.adviser.someone, room="aula", is_host=True)
    sit_in_house(by=by, premises=premises, organisation=cast.here.organisation, person=cast.desklead.someone, room="huone 1")
    sit_in_house(by=by, premises=premises, organisation=cast.partners, person=cast.partner.someone, room="huone 2")
    return premises


@pytest.fixture
def visit(house: Premises, need: Callable[..., NeedForm], cast: Cast) -> Callable[..., Visit]:
    def make(**fields: Any) -> Visit:
        told = {name: fields.pop(name) for name in ("name", "email", "phone", "anonymous") if name in fields}
        contact = Contact(need(channel="walk-in", **told), "mine", cast.here.desk)
        given: dict[str, Any] = {"premises": house, "contact": contact, "way": "walk"}
        return Visit(**given | fields)

    return make


def to_partner(cast: Cast) -> dict[str, Any]:
    return {"person": cast.partner.someone, "to_desk": cast.partner_desk, "agrees": True}


def test_walk_over_is_a_handover_that_the_other_takes_up_at_once(visit: Callable[..., Visit], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(**to_partner(cast), also="Also came up: Growing."))
        case = made.case
        assert (case.channel, case.sponsor) == ("walk-in", cast.adviser.someone)
    with act_as(cast.partner.actor) as by:
        assert not Case.objects.filter(pk=case.pk).exists()
        waiting = awaited_by(by)
        assert [each.pk for each in waiting] == [made.pk]
        meet_walk_in(by=by, walk_in=waiting[0])
        assert awaited_by(by) == []
        legs = list(Leg.objects.filter(case=case).order_by("position"))
        assert [(leg.handler, leg.state) for leg in legs] == [(cast.adviser.someone, "handed-over"), (cast.partner.someone, "in-progress")]
        handover = Handover.objects.get(case=case)
        assert (handover.state, handover.consent_way) == ("done", "in-person")
        assert list(handover.parts.filter(kind="done").values_list("body", flat=True)) == ["Also came up: Growing."]
        with translation.override("fi"):
            assert "ohjattiin" in handover.why
        with translation.override("sv"):
            assert "visades till dig" in handover.why
        meet_walk_in(by=by, walk_in=waiting[0])
    assert Event.objects.filter(action="walk_in.met").count() == 1
    with act_as(cast.adviser.actor):
        assert Case.objects.get(pk=case.pk).sponsor == cast.partner.someone


def test_walk_over_to_a_colleague_of_the_same_desk_needs_no_handover(visit: Callable[..., Visit], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(person=cast.desklead.someone, to_desk=cast.here.desk))
        assert made.handover is None
    with act_as(cast.desklead.actor) as by:
        meet_walk_in(by=by, walk_in=awaited_by(by)[0])
        leg = Leg.objects.get(case=made.case)
        assert (leg.handler, leg.state) == (cast.desklead.someone, "in-progress")


def test_walk_over_works_for_somebody_who_gives_no_name(visit: Callable[..., Visit], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(**to_partner(cast), anonymous=True))
    with act_as(cast.partner.actor) as by:
        assert meet_walk_in(by=by, walk_in=awaited_by(by)[0]).pk == made.case_id


def test_nothing_is_passed_to_another_organisation_without_her_word(visit: Callable[..., Visit], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken) as broken:
        receive_walk_in(by=by, visit=visit(**to_partner(cast) | {"agrees": False}))
    assert broken.value.field == "agrees"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"way": ""}, "way"), ({"way": "walk"}, "to"), ({"way": "pass"}, "to"), ({"way": "book"}, "slot"),
        ({"way": "done", "guide": True}, "guide_way"), ({"way": "done", "guide": True, "guide_way": "link", "email": ""}, "guide_way"),
    ],
)  # fmt: skip
def test_what_lacks_is_named_and_nothing_is_made(visit: Callable[..., Visit], cast: Cast, fields: dict[str, Any], field: str) -> None:
    if "guide" in fields:
        fields = fields | {"guide": ServiceFactory.create()}
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken) as broken:
        receive_walk_in(by=by, visit=visit(**fields))
    assert broken.value.field == field
    assert not Case.objects.exists()


def test_only_a_host_of_the_house_receives_and_only_who_is_asked_confirms(visit: Callable[..., Visit], cast: Cast) -> None:
    for member in (cast.desklead, cast.partner, cast.coordinator, cast.outsider):
        with act_as(member.actor) as by, pytest.raises(NotAllowed):
            receive_walk_in(by=by, visit=visit(way="done"))
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(**to_partner(cast)))
        with pytest.raises(NotAllowed):
            meet_walk_in(by=by, walk_in=made)


def test_same_form_sent_twice_makes_one_matter_and_one_walk(visit: Callable[..., Visit], cast: Cast) -> None:
    key = "6c1f6f6e-7c3e-4d0a-9a51-1f1a3f6f2b11"
    with act_as(cast.adviser.actor) as by:
        first = receive_walk_in(by=by, visit=visit(**to_partner(cast)), submit_key=key)
        again = receive_walk_in(by=by, visit=visit(**to_partner(cast)), submit_key=key)
    assert first.pk == again.pk
    assert (Case.objects.count(), WalkIn.objects.count(), Handover.objects.count()) == (1, 1, 1)


def test_time_of_another_organisation_is_booked_and_stays_a_walk_in(visit: Callable[..., Visit], cast: Cast) -> None:
    form = TimesForm(
        desk=cast.partner_desk, people=(cast.partner.someone,), first_day=timezone.localdate(), opens=time(9), closes=time(15),
        weekdays=(0, 1, 2, 3, 4), address="Huone 2",
    )  # fmt: skip
    with act_as(cast.partner.actor) as by:
        publish_times(by=by, form=form)
    times = bookable(cast.here.region).get()
    slot = FreeTimes([times], now=timezone.now()).first()
    assert slot is not None
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(way="book", person=cast.partner.someone, slot=(times, slot.starts_at)))
        assert made.case.channel == "walk-in"
        assert Appointment.objects.get(case=made.case).starts_at == slot.starts_at
    with act_as(cast.partner.actor):
        assert Leg.objects.get(case=made.case).handler == cast.partner.someone


def test_card_goes_as_a_link_behind_her_own_page(visit: Callable[..., Visit], cast: Cast) -> None:
    card = ServiceFactory.create(code="starting-up", name_fi="Yrityksen perustaminen")
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(way="mine", guide=card, guide_way="link"))
        said = Message.objects.get(case=made.case)
    assert "Yrityksen perustaminen" in said.body
    assert said.body.endswith("/palvelut/starting-up/")
    assert (made.guide, made.guide_way) == (card, "link")


def test_figures_count_by_outcome_and_tell_nothing_else(visit: Callable[..., Visit], house: Premises, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        met = receive_walk_in(by=by, visit=visit(**to_partner(cast)))
        old = receive_walk_in(by=by, visit=visit(**to_partner(cast), phone="040 555 0001"))
        for way in ("pass", "done", "mine"):
            receive_walk_in(by=by, visit=visit(way=way, **to_partner(cast), phone=f"040 555 02{len(way)}"))
    with act_as(cast.partner.actor) as by:
        meet_walk_in(by=by, walk_in=met)
    WalkIn.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=3))
    now = timezone.now()
    with act_as(cast.adviser.actor) as by:
        (month,) = house_months(by, house, now - timedelta(days=40), now)
        assert (month.came, month.met, month.passed, month.advised, month.kept, month.booked, month.waits) == (5, 1, 2, 1, 1, 0, 0)
    with act_as(cast.coordinator.actor) as by:
        assert house_months(by, house, now - timedelta(days=40), now) == []
        assert visible_walk_ins(by).count() == 0
        assert house_year(house, ended_months(12)).came == 0


def test_year_of_a_house_tells_ended_months_and_nothing_of_fewer_than_five(visit: Callable[..., Visit], house: Premises, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by:
        for number in range(6):
            receive_walk_in(by=by, visit=visit(way="done" if number else "mine", phone=f"040 555 03{number:02}"))
    month = ended_months(1)
    WalkIn.objects.update(created_at=timezone.make_aware(datetime.combine(month.first, time(12))))
    Leg.objects.update(received_at=timezone.make_aware(datetime.combine(month.first, time(11))))
    with act_as(cast.coordinator.actor):
        year = house_year(house, ended_months(12))
    assert (year.came, year.advised, year.kept) == (5, 5, 0)


@pytest.mark.parametrize("name", ["outsider", "partner", "coordinator", "national", "admin"])
def test_walk_ins_are_behind_the_wall(visit: Callable[..., Visit], house: Premises, cast: Cast, name: str) -> None:
    with act_as(cast.adviser.actor) as by:
        made = receive_walk_in(by=by, visit=visit(way="mine"))
    foreign = getattr(cast, name)
    with act_as(foreign.actor):
        assert WalkIn.objects.count() == 0
        statement = (
            "insert into desk_walkin (case_id, premises_id, host_id, way, person_id, was_known, themes, guide_way, created_at, readers)"
            f" values ({made.case_id}, {house.pk}, {foreign.someone.pk}, 'walk', {foreign.someone.pk}, false, '{{}}', '', now(), '{{}}')"
        )
        with pytest.raises(DatabaseError, match=r"one's own|row-level"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        for change in ("update desk_walkin set readers = wall.principals()", "delete from desk_walkin"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
                assert cursor.rowcount == 0
    assert WalkIn.objects.count() == 1


def test_who_is_in_goes_by_her_word_then_by_absences_and_hours(house: Premises, cast: Cast, sql_count: Callable[..., Any]) -> None:
    def seen(at: datetime) -> dict[str, Here]:
        with act_as(cast.adviser.actor) as by, sql_count(at_most=11):
            return {who.person.name: who.here for who in who_is_in(by, house, cast.here.region, now=at)}

    assert seen(NOON) == {"Aino Adviser": Here.UNKNOWN, "Leena Lead": Here.UNKNOWN, "Pekka Partner": Here.UNKNOWN}
    assert set(seen(NOON + timedelta(hours=8)).values()) == {Here.AWAY}
    with act_as(cast.partner.actor) as by:
        mark_presence(by=by, state="back", back=time(11, 11), at=NOON - timedelta(hours=1))
    assert seen(NOON - timedelta(hours=1))["Pekka Partner"] == Here.SOON
    assert seen(NOON)["Pekka Partner"] == Here.LIKELY
    with act_as(cast.partner.actor) as by:
        mark_presence(by=by, state="in")
    with act_as(cast.desklead.actor) as by:
        today = timezone.localdate()
        enter_absence(by=by, person=cast.desklead.someone, first_day=today, last_day=max(today, NOON.date()))
    assert list(seen(NOON).items()) == [("Pekka Partner", Here.IN), ("Aino Adviser", Here.UNKNOWN), ("Leena Lead", Here.AWAY)]


def test_host_guides_a_visitor_on_screen_and_the_other_confirms_on_hers(house: Premises, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get("/talo/")
    text = page.content.decode()
    assert "Pekka Partner" in text
    typed = {
        "who": "new", "name": "Ville Vieras", "phone": "040 555 0777", "words": "Haluan perustaa kahvilan", "way": "walk",
        "to": f"p{cast.partner.someone.pk}-s0", "themes": ["s-starting"],
    }  # fmt: skip
    refused = browser.submit(page, typed)
    assert refused.status_code == 422
    assert "Haluan perustaa kahvilan" in refused.content.decode()
    assert f'value="p{cast.partner.someone.pk}-s0" checked' in refused.content.decode()
    assert browser.submit(refused, typed | {"agrees": "on"}).status_code == 302
    partner = client_of(cast.partner)
    waiting = partner.get("/talo/")
    made = WalkIn.objects.get()
    assert made.themes == ["s-starting"]
    assert f'action="/talo/{made.pk}/tavattu"' in waiting.content.decode()
    assert partner.post(f"/talo/{made.pk}/tavattu").headers["Location"] == f"/asia/{made.case.number}/"
    assert partner.get(f"/asia/{made.case.number}/").status_code == 200
    assert "Saatettu heti perille" in partner.get(f"/talo/{house.pk}/luvut").content.decode()
    assert "Laskettavaa ei vielä ole" in client_of(cast.coordinator).get(f"/talo/{house.pk}/luvut").content.decode()
    assert client_of(cast.outsider).get(f"/talo/{house.pk}/luvut").status_code == 403
    assert "Et istu missään yhteisessä talossa" in client_of(cast.outsider).get("/talo/").content.decode()


def test_walk_over_goes_also_where_a_rule_would_give_the_matter_to_somebody_else(visit: Callable[..., Visit], cast: Cast) -> None:
    third = SeatFactory.create(person=PersonFactory.create(), role="adviser", organisation=cast.here.organisation).person
    with act_as(cast.desklead.actor) as lead:
        draft = draft_of(by=lead, region=cast.here.region, desk=cast.here.desk)
        add_rule(by=lead, draft=draft, rule=RuleForm(languages=("fi",), whom="person", to_person=third))
        take_into_use(by=lead, draft=draft)
    with act_as(cast.adviser.actor) as by:
        passed = receive_walk_in(by=by, visit=visit(**to_partner(cast)))
        assert passed.case.legs.get().handler == cast.adviser.someone
        walked = receive_walk_in(by=by, visit=visit(person=cast.desklead.someone, email="toinen@customer.example"))
        leg = walked.case.legs.get()
        assert (leg.handler, leg.state, leg.routed) == (cast.desklead.someone, "new", {"by": "chosen"})
        again = visit(person=third, email="toinen@customer.example")
        with pytest.raises(RuleBroken) as broken:
            receive_walk_in(by=by, visit=replace(again, contact=replace(again.contact, case=walked.case)))
        assert broken.value.field == "to"
        same = visit(person=cast.desklead.someone)
        receive_walk_in(by=by, visit=replace(same, contact=replace(same.contact, case=walked.case)))
        assert walked.case.legs.get().handler == cast.desklead.someone
