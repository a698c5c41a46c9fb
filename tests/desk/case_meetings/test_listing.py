"""Matters come onto the list: by whom, in which words, and what the system proposes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.ui.clocks import clock_phrase
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.listing import move_up, propose, take_off
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, CaseMeeting, Leg, MeetingItem
from luukku.desk.queries.case_meetings.agenda import meeting_page
from luukku.desk.queries.case_meetings.proposing import suggestions
from tests.cast import Cast
from tests.desk.case_meetings.conftest import NAMELESS, QUESTION
from tests.harness.client import Client


def test_one_case_is_on_the_list_once(item: MeetingItem, case: Case, meeting: CaseMeeting, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as by, pytest.raises(RuleBroken, match="listalla"):
        propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=NAMELESS)


@pytest.mark.parametrize("words", ["Kaisa Kahvila etsii rahaa", "asia KO-26-0001", "kaisa@customer.example", "soita 040 555 0199", "KAHVILA etsii"])
def test_words_for_the_list_name_nobody(case: Case, leg: Leg, meeting: CaseMeeting, cast: Cast, words: str) -> None:
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
        with pytest.raises(RuleBroken) as refused:
            propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=words.replace("KO-26-0001", case.number))
    assert refused.value.field == "nameless"


@pytest.mark.parametrize("name", ["partner", "outsider", "coordinator", "steering"])
def test_only_who_has_a_part_in_the_case_brings_it(case: Case, meeting: CaseMeeting, cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor) as by, pytest.raises((NotAllowed, NotFound)):
        propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=NAMELESS)
    assert not MeetingItem.objects.exists()


def test_sent_twice_it_is_listed_once(case: Case, leg: Leg, meeting: CaseMeeting, cast: Cast) -> None:
    key = "6f0c1b0e-9c3f-4f8e-9d25-0c6ad2a1c001"
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
        made = [propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=NAMELESS, submit_key=key).pk for _ in range(2)]
    assert made[0] == made[1]


def test_taken_off_it_may_be_listed_again(item: MeetingItem, case: Case, meeting: CaseMeeting, cast: Cast) -> None:
    with act_as(cast.partner.actor) as by, pytest.raises(NotAllowed):
        take_off(by=by, item=doors.get_item(by, item.pk))
    with act_as(cast.adviser.actor) as by:
        take_off(by=by, item=doors.get_item(by, item.pk))
        again = propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=NAMELESS)
        assert [line.item.pk for line in meeting_page(by, meeting.pk).lines] == [again.pk]


def test_who_leads_puts_the_list_in_order(item: MeetingItem, meeting: CaseMeeting, send: Callable[..., Case], cast: Cast) -> None:
    other = send(name="Toinen Ihminen", email="toinen@customer.example", words="Muuta asiaa")
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=Leg.objects.get(case=other))
        second = propose(by=by, case=other, meeting=meeting, question="Miten?", nameless="Kauppa, joka muuttaa.")
        move_up(by=by, item=doors.get_item(by, second.pk))
        assert [line.item.pk for line in meeting_page(by, meeting.pk).lines] == [second.pk, item.pk]
    with act_as(cast.partner.actor) as by, pytest.raises(NotAllowed):
        move_up(by=by, item=doors.get_item(by, item.pk))


def test_late_matter_is_proposed_to_those_who_have_a_part_in_it(case: Case, leg: Leg, meeting: CaseMeeting, cast: Cast) -> None:
    Leg.objects.filter(pk=leg.pk).update(due_at=timezone.now() - timedelta(hours=1))
    with act_as(cast.adviser.actor) as by:
        assert [(each.case.pk, each.reasons) for each in suggestions(by, meeting)] == [(case.pk, ("late",))]
    with act_as(cast.partner.actor) as by:
        assert suggestions(by, meeting) == []


def test_proposed_matters_cost_one_statement(
    item: MeetingItem, meeting: CaseMeeting, send: Callable[..., Case], cast: Cast, sql_count: Callable[..., Any]
) -> None:
    for number in range(3):
        made = send(name=f"Nimi {number}", email=f"nimi{number}@customer.example", words=f"Asia {number}")
        Leg.objects.filter(case=made).update(due_at=timezone.now() - timedelta(hours=1))
    found = CaseMeeting.objects.select_related("series").get(pk=meeting.pk)
    with act_as(cast.adviser.actor) as by, sql_count(1):
        assert len(suggestions(by, found)) == 3


def test_opened_matter_tells_its_nearest_clock_to_those_who_may_know_it(
    item: MeetingItem, meeting: CaseMeeting, allow: Callable[..., None], leg: Leg, cast: Cast
) -> None:
    soon = timezone.now() + timedelta(hours=5)
    Leg.objects.filter(pk=leg.pk).update(due_at=soon)
    with act_as(cast.partner.actor) as by:
        assert meeting_page(by, meeting.pk).lines[0].case is None
    allow(cast.partner_desk.organisation)
    with act_as(cast.partner.actor) as by:
        opened = meeting_page(by, meeting.pk).lines[0].case
        assert opened is not None
        assert opened.due is not None
        assert opened.due.at == soon
    page = client_page(cast, meeting)
    assert clock_phrase(soon) in page


def client_page(cast: Cast, meeting: CaseMeeting) -> str:
    browser = Client()
    browser.sign_in(cast.partner.user)
    return str(browser.get(f"/neuvottelut/{meeting.pk}/").content.decode())
