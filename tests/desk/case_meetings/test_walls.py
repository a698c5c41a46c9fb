"""The database's own wall around case meetings: raw SQL on the connection, with every check of the application left out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.closing import close_meeting
from luukku.desk.actions.case_meetings.consent import end_openings, withdraw_consent
from luukku.desk.actions.case_meetings.listing import take_off
from luukku.desk.actions.case_meetings.members import remove_party
from luukku.desk.actions.case_meetings.running import add_step, handle_item, write_item
from luukku.desk.models import CaseMeeting, MeetingConsent, MeetingItem, MeetingMember, MeetingParty
from luukku.network.models import Organisation
from tests.cast import Cast, Member
from tests.desk.case_meetings.conftest import rows

TABLES = ("desk_meetingpoint", "desk_meetingitem", "desk_itemcase", "desk_itemminutes", "desk_meetingstep", "desk_meetingconsent")
CASE = ("desk_case", "desk_leg", "desk_message", "desk_note", "customers_contact", "core_storedfile")
Allow = Callable[..., None]


def opened(actor: Actor, item: MeetingItem) -> tuple[str, ...] | None:
    """What the window tells of a listed matter: number, customer, first words."""
    with act_as(actor), connection.cursor() as cursor:
        cursor.execute("select number, customer, own_words from wall.desk_listed_cases(%s)", [[item.pk]])
        row: tuple[str, ...] | None = cursor.fetchone()
        return row


def reads(actor: Actor, item: MeetingItem) -> set[str]:
    return {table for table in TABLES if rows(actor, table)} | ({"opened"} if opened(actor, item) else set())


NAMELESS_ONLY = {"desk_meetingpoint", "desk_meetingitem", "desk_itemminutes"}
NAMED = NAMELESS_ONLY | {"desk_itemcase", "opened"}


def test_before_her_word_members_read_what_names_nobody(item: MeetingItem, cast: Cast) -> None:
    assert reads(cast.partner.actor, item) == NAMELESS_ONLY
    assert {table: rows(cast.partner.actor, table) for table in CASE} == dict.fromkeys(CASE, 0)


def test_after_her_word_those_she_named_read_what_she_agreed_to(item: MeetingItem, allow: Allow, cast: Cast, teacher: Member) -> None:
    allow(cast.partners)
    assert reads(cast.partner.actor, item) == NAMED
    told = opened(cast.partner.actor, item)
    assert told is not None
    assert told[1:] == ("Kaisa Kahvila", "Haluan avata kahvilan Koskimaalle. Mistä saan rahoitusta laitteisiin?")
    assert reads(teacher.actor, item) == NAMELESS_ONLY - {"desk_itemminutes"}  # the third was not named
    assert {table: rows(cast.partner.actor, table) for table in CASE} == dict.fromkeys(CASE, 0)  # never the case itself


def test_her_word_taken_back_closes_it_at_once(item: MeetingItem, allow: Allow, cast: Cast, holder: Actor) -> None:
    allow(cast.partners)
    with act_as(holder) as by:
        withdraw_consent(by=by, consent=MeetingConsent.objects.get())
    assert reads(cast.partner.actor, item) == NAMELESS_ONLY - {"desk_itemminutes"}


def test_it_closes_some_days_after_the_meeting_and_not_before(item: MeetingItem, allow: Allow, running: CaseMeeting, cast: Cast) -> None:
    allow(cast.partners)
    with act_as(cast.partner.actor) as by:
        listed = doors.get_item(by, item.pk)
        write_item(by=by, item=listed, minutes="", decision="Sovittu", version=0)
        handle_item(by=by, item=listed)
    with act_as(cast.adviser.actor) as by:
        close_meeting(by=by, meeting=doors.get_meeting(by, running.pk))
    assert reads(cast.partner.actor, item) == NAMED
    CaseMeeting.objects.filter(pk=running.pk).update(access_ends_at=timezone.now() - timedelta(hours=1))
    assert opened(cast.partner.actor, item) is None  # the window asks the clock
    with act_as_house("its time is over") as house:
        assert end_openings(by=house) == 1
    assert reads(cast.partner.actor, item) == NAMELESS_ONLY - {"desk_itemminutes"}
    assert MeetingConsent.objects.get().state == "ended"


def test_taken_off_the_list_it_closes_at_once(item: MeetingItem, allow: Allow, cast: Cast) -> None:
    allow(cast.partners)
    with act_as(cast.adviser.actor) as by:
        take_off(by=by, item=doors.get_item(by, item.pk))
    assert opened(cast.partner.actor, item) is None
    assert rows(cast.partner.actor, "desk_itemcase") == 0


def test_organisation_that_has_left_reads_nothing_any_more(item: MeetingItem, allow: Allow, cast: Cast) -> None:
    allow(cast.partners)
    with act_as(cast.coordinator.actor) as by:
        remove_party(by=by, party=MeetingParty.objects.select_related("series__desk").get(organisation=cast.partners))
    assert reads(cast.partner.actor, item) == set()


@pytest.mark.parametrize("name", ["outsider", "steering", "editor", "area", "national", "admin"])
def test_who_does_not_meet_reads_nothing(item: MeetingItem, allow: Allow, cast: Cast, name: str) -> None:
    allow(cast.partners)
    assert reads(getattr(cast, name).actor, item) == set()
    assert reads(PUBLIC, item) == set()


def test_coordinator_reads_the_list_and_never_whose_matter_it_is(item: MeetingItem, allow: Allow, cast: Cast) -> None:
    assert reads(cast.coordinator.actor, item) == NAMELESS_ONLY
    allow(cast.partners)
    assert reads(cast.coordinator.actor, item) == NAMELESS_ONLY - {"desk_itemminutes"}


def test_a_seat_among_an_allowed_organisations_people_opens_nothing_to_others(item: MeetingItem, allow: Allow, cast: Cast) -> None:
    allow(cast.partners)
    party = MeetingParty.objects.get(series=item.meeting.series, organisation=cast.partners)
    MeetingMember.objects.create(party=party, person=cast.coordinator.someone, role="member")
    assert opened(cast.partner.actor, item) is not None
    assert opened(cast.coordinator.actor, item) is None
    assert reads(cast.coordinator.actor, item) == NAMELESS_ONLY - {"desk_itemminutes"}


def test_customer_reads_her_word_and_the_steps_and_no_minutes(
    item: MeetingItem, allow: Allow, running: CaseMeeting, cast: Cast, holder: Actor
) -> None:
    allow(cast.partners)
    with act_as(cast.partner.actor) as by:
        add_step(by=by, item=doors.get_item(by, item.pk), words="Soittaa", person=cast.partner.someone, due=None)
    assert reads(holder, item) == {"desk_meetingstep", "desk_meetingconsent"}


FORGED = (
    "insert into desk_itemcase (item_id, case_id, leg_id, question, readers) values (%(own_item)s, %(case)s, %(leg)s, 'x', wall.principals())",
    (
        "insert into desk_meetingconsent (item_id, series_id, case_id, state, organisations, allowed, way, version, asked_at, given_at, readers)"
        " values (%(item)s, %(series)s, %(case)s, 'given', %(organisations)s, %(organisations)s, 'phone', 'x', now(), now(), wall.principals())"
    ),
    "insert into desk_itemminutes (item_id, minutes, decision, version, readers) values (%(item)s, 'x', '', 0, wall.principals())",
    "insert into desk_meetingstep (item_id, words, person_id, created_at, readers) values (%(item)s, 'x', %(person)s, now(), wall.principals())",
)


@pytest.mark.parametrize("statement", FORGED)
def test_outsider_cannot_hang_anything_on_a_foreign_matter(item: MeetingItem, allow: Allow, cast: Cast, statement: str) -> None:
    listed = item.of_case
    given: dict[str, Any] = {
        "item": item.pk, "own_item": item.pk, "case": listed.case_id, "leg": listed.leg_id, "series": item.meeting.series_id,
        "organisations": [cast.there.organisation.pk], "person": cast.outsider.someone.pk,
    }  # fmt: skip
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
    assert opened(cast.outsider.actor, item) is None


def test_member_cannot_agree_in_the_customers_place_nor_choose_readers(item: MeetingItem, cast: Cast) -> None:
    with act_as(cast.partner.actor), connection.cursor() as cursor:
        cursor.execute("update desk_itemminutes set readers = readers || wall.principals()")
        cursor.execute("update desk_itemcase set readers = wall.principals()")
        assert cursor.rowcount == 0
        cursor.execute("update desk_meetingconsent set state = 'given'")
        assert cursor.rowcount == 0
    assert opened(cast.partner.actor, item) is None


def test_door_to_the_case_opens_while_the_meeting_goes_on_and_to_who_may_write(
    item: MeetingItem, allow: Allow, meeting: CaseMeeting, cast: Cast, third: Organisation, teacher: Member
) -> None:
    def door(actor: Actor) -> bool:
        with act_as(actor):
            return doors.case_door(item) is not None

    assert not door(cast.partner.actor)
    CaseMeeting.objects.filter(pk=meeting.pk).update(state="running")
    assert door(cast.partner.actor)
    assert not door(cast.outsider.actor)
    allow(cast.partners)
    assert door(cast.partner.actor)
    assert not door(teacher.actor)
