"""A series of the region with two organisations, its coming meeting, and a matter that is taken to it."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

import pytest

from luukku.core.actor import Actor, act_as
from luukku.desk.access.case_meetings import get_item, get_meeting
from luukku.desk.actions.case_meetings.consent import write_down
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.case_meetings.members import set_people
from luukku.desk.actions.case_meetings.running import open_meeting
from luukku.desk.actions.case_meetings.series import SeriesForm, create_series
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, CaseMeeting, Leg, MeetingItem, MeetingParty, MeetingSeries
from luukku.network.enums import Role
from luukku.network.models import Organisation
from tests.cast import Cast, Member, member
from tests.factories.network import OrganisationFactory, ParticipationFactory

FORM = SeriesForm(names={"fi": "Asiakasneuvottelu", "sv": "Kundmöte", "en": "Case meeting"}, starts=time(9), place="Seututalo")
QUESTION = "Kuka voisi auttaa Kahvilaa laitteiden rahoituksessa?"
NAMELESS = "Ravintola-alan aloittava yritys, jolta puuttuu osa rahoituksesta."


@pytest.fixture
def third(cast: Cast) -> Organisation:
    """One more organisation of the region, without a desk."""
    made = OrganisationFactory.create(code="koskimaa-oppilaitos", name_fi="Koskimaan Opisto")
    ParticipationFactory.create(organisation=made, region=cast.here.region)
    return made


@pytest.fixture
def teacher(cast: Cast, third: Organisation) -> Member:
    """Who handles matters at the third organisation."""
    return member("teacher", "Taina Teacher", Role.ADVISER, organisation=third, region=cast.here.region)


@pytest.fixture
def make(cast: Cast, third: Organisation, teacher: Member) -> Callable[..., MeetingSeries]:
    """`make()`: the coordinator makes a series of three organisations, each of which sends one."""

    def making(template: str = "cases", organisations: Sequence[Organisation] = (), form: SeriesForm = FORM, **more: Any) -> MeetingSeries:
        members = list(organisations) or [cast.here.organisation, cast.partners, third]
        sent = {cast.here.organisation.pk: cast.adviser, cast.partners.pk: cast.partner, third.pk: teacher}
        with act_as(cast.coordinator.actor) as by:
            series = create_series(by=by, region=cast.here.region, template=template, form=form, organisations=members, **more)
            for party in MeetingParty.objects.filter(series=series).select_related("series__desk"):
                set_people(by=by, party=party, people=[(sent[party.organisation_id].someone, "lead")])
        return series

    return making


@pytest.fixture
def series(make: Callable[..., MeetingSeries]) -> MeetingSeries:
    return make()


@pytest.fixture
def meeting(series: MeetingSeries) -> CaseMeeting:
    return CaseMeeting.objects.coming().get(series=series)


@pytest.fixture
def item(meeting: CaseMeeting, case: Case, leg: Leg, cast: Cast) -> MeetingItem:
    """The adviser has taken the case up and to the meeting; nobody has asked the customer."""
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
        return propose(by=by, case=case, meeting=meeting, question=QUESTION, nameless=NAMELESS)


@pytest.fixture
def allow(item: MeetingItem, cast: Cast) -> Callable[..., None]:
    """`allow(partners)`: she has told on the phone which organisations may know."""

    def allowing(*organisations: Organisation) -> None:
        with act_as(cast.adviser.actor) as by:
            write_down(by=by, item=get_item(by, item.pk), way="phone", allowed=[each.pk for each in organisations])

    return allowing


@pytest.fixture
def running(meeting: CaseMeeting, cast: Cast) -> CaseMeeting:
    """The meeting has been opened by its lead."""
    with act_as(cast.adviser.actor) as by:
        return open_meeting(by=by, meeting=get_meeting(by, meeting.pk))


def rows(actor: Actor, table: str) -> int:
    """How many rows of a table the database shows."""
    from django.db import connection

    with act_as(actor), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])
