"""Groups, meetings and years of an area and of the nation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.registries import measures
from luukku.governance.access import get_group, get_meeting, visible_groups
from luukku.governance.actions.assessing import start_assessment
from luukku.governance.actions.clock import EntryForm, add_entry, make_feed, nudge, plan_year
from luukku.governance.actions.groups import GroupForm, create_group
from luukku.governance.actions.meetings import MeetingForm, invite, plan_meeting
from luukku.governance.actions.networks import watch
from luukku.governance.models import AgendaItem, ClockEntry, Group, GroupKind, Meeting, Membership, NetworkWatch
from luukku.governance.queries.filling import filled
from luukku.governance.queries.year import propose, taken_days
from luukku.network.models import Region
from luukku.network.models.places import RegionArea
from luukku.plans.models import Plan, PlanKind
from tests.cast import Cast, Member
from tests.factories.network import RegionFactory
from tests.governance.conftest import at
from tests.harness.client import Client


def _kind(code: str) -> GroupKind:
    return GroupKind.objects.get(code=code)


@pytest.fixture
def circle(cast: Cast) -> Group:
    """The area's contact with the coordinators of the area."""
    with act_as(cast.area.actor) as by:
        return create_group(by=by, area=cast.here.area, kind=_kind("area-contact"), form=GroupForm({"fi": "Koordinaattorit"}))


def test_group_of_an_area_has_its_contact_and_its_regions_coordinators(cast: Cast, circle: Group) -> None:
    members = {each.person: each.role for each in Membership.objects.filter(group=circle).select_related("person")}
    assert members == {cast.area.person: "chair", cast.coordinator.person: "member"}
    for reads in (cast.area, cast.coordinator):
        with act_as(reads.actor) as by:
            assert get_group(by, circle.pk).whose.area == cast.here.area
            assert Group.objects.filter(pk=circle.pk).exists()  # the second wall too


def test_group_of_an_area_is_hidden_from_those_outside_it_on_both_walls(cast: Cast, circle: Group) -> None:
    for other in (cast.adviser, cast.national, cast.outsider, cast.admin, cast.steering):
        with act_as(other.actor) as by:
            with pytest.raises(NotFound):
                get_group(by, circle.pk)
            assert not Group.objects.filter(pk=circle.pk).exists()
            assert not Membership.objects.filter(group=circle.pk).exists()


def test_theme_day_of_an_area_is_read_by_all_parties_of_its_regions_and_nobody_else(cast: Cast) -> None:
    with act_as(cast.area.actor) as by:
        day = create_group(by=by, area=cast.here.area, kind=_kind("area-theme"), form=GroupForm({"fi": "Omistajanvaihdokset"}))
        meeting = plan_meeting(by=by, group=day, form=MeetingForm(at(30), at(30, 15)))
    for reads in (cast.adviser, cast.partner, cast.coordinator, cast.steering):
        with act_as(reads.actor) as by:
            assert get_meeting(by, meeting.pk) == meeting
            assert Meeting.objects.filter(pk=meeting.pk).exists()
    for other in (cast.outsider, cast.shepherd):
        with act_as(other.actor) as by:
            assert day not in visible_groups(by)
            assert not Meeting.objects.filter(pk=meeting.pk).exists()


def test_groups_are_made_by_who_keeps_the_level_and_of_kinds_of_that_level(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by:
        for area in (cast.here.area, None):
            with pytest.raises(NotAllowed):
                create_group(by=by, area=area, kind=_kind("area-contact"), form=GroupForm({"fi": "Omat"}))
    with act_as(cast.area.actor) as by:
        with pytest.raises(NotAllowed):
            create_group(by=by, area=cast.there.area, kind=_kind("area-contact"), form=GroupForm({"fi": "Muiden"}))
        with pytest.raises(RuleBroken):
            create_group(by=by, area=cast.here.area, kind=_kind("steering"), form=GroupForm({"fi": "Ohjausryhmä"}))


def test_meeting_of_the_nation_invites_areas_contacts_and_everybody_reads_it(cast: Cast) -> None:
    with act_as(cast.national.actor) as by:
        group = create_group(by=by, kind=_kind("national"), form=GroupForm({"fi": "Neuvottelupäivät"}))
        meeting = invite(by=by, meeting=plan_meeting(by=by, group=group, form=MeetingForm(at(20), at(20, 15))))
    roles = dict(Membership.objects.filter(group=group).values_list("person__name", "role"))
    assert roles == {"Niilo National": "chair", "Arja Area": "member"}
    with act_as(cast.outsider.actor) as by:
        assert get_meeting(by, meeting.pk).group.whose.region is None


def test_years_above_stand_in_the_regions_year_and_keep_their_days_free(cast: Cast, group: Group, circle: Group) -> None:
    taken = propose(timezone.localdate().year + 1, {3}, 2, 1, ())[0].day
    with act_as(cast.area.actor) as by:
        plan_year(by=by, group=circle, days=[taken], starts=time(9), ends=time(15))
        add_entry(by=by, area=cast.here.area, form=EntryForm("theme", "Alueen teemapäivä", date(taken.year, 9, 16)))
    with act_as(cast.coordinator.actor) as by:
        busy = taken_days(get_group(by, group.pk), taken.year)
        assert {taken, date(taken.year, 9, 16)} <= busy
        assert propose(taken.year, {3}, 2, 1, busy)[0].why == "clash"


def test_page_of_an_areas_year_is_kept_by_its_contact_and_read_below(client_of: Callable[[Member], Client], cast: Cast, circle: Group) -> None:
    contact, year = client_of(cast.area), timezone.localdate().year + 1
    code = f"alue:{cast.here.area.code}"
    page = contact.get(f"/vuosikello/uusi?seutu={code}&vuosi={year}")
    sent = contact.submit(page, {"title": "Alueen teemapäivä", "kind": "theme", "first_day": f"{year}-03-16"})
    assert sent.status_code == 302
    assert ClockEntry.objects.get().area == cast.here.area
    shown = client_of(cast.adviser).get(f"/vuosikello/?vuosi={year}").content.decode()
    assert "Alueen teemapäivä" in shown
    assert "/peru" not in shown
    assert "Alueen teemapäivä" not in client_of(cast.outsider).get(f"/vuosikello/?vuosi={year}").content.decode()
    assert client_of(cast.outsider).get(f"/vuosikello/?seutu={code}").status_code == 403
    assert "Koordinaattorit" in contact.get("/ryhmat/").content.decode()


def test_group_of_an_area_is_made_and_its_year_planned_on_pages(client_of: Callable[[Member], Client], cast: Cast) -> None:
    contact, year = client_of(cast.area), timezone.localdate().year + 1
    kind = _kind("area-contact")
    made = contact.submit(contact.get(f"/ryhmat/uusi?seutu=alue:{cast.here.area.code}"), {"kind": str(kind.pk), "name_fi": "Koordinaattorit"})
    assert made.status_code == 302
    group = Group.objects.get(area=cast.here.area)
    query = f"vuosi={year}&months=2&months=5&months=9&nth=2&weekday=2&starts=09:00&ends=11:00"
    planned = contact.submit(contact.get(f"/ryhmat/{group.pk}/vuosi?{query}"), {}, form="plan")
    assert planned.status_code == 302
    assert client_of(cast.coordinator).get(planned["Location"]).content.decode().count("Koordinaattorit") >= 3


def test_calendar_brings_what_the_area_and_the_nation_have(client: Client, cast: Cast, circle: Group) -> None:
    with act_as(cast.area.actor) as by:
        plan_meeting(by=by, group=circle, form=MeetingForm(at(12), at(12, 11)))
        add_entry(by=by, area=cast.here.area, form=EntryForm("theme", "Alueen teemapäivä", at(30).date()))
    with act_as(cast.national.actor) as by:
        add_entry(by=by, form=EntryForm("national", "Neuvottelupäivät", at(40).date()))
    with act_as(cast.coordinator.actor) as by:
        url = f"/vuosikello/{make_feed(by=by)}.ics"
    names = {str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(client.get(url).content).walk("VEVENT")}
    assert names == {"Koordinaattorit", "Alueen teemapäivä", "Neuvottelupäivät"}


def test_contact_is_reminded_of_meetings_that_nobody_is_invited_to(cast: Cast, circle: Group) -> None:
    with act_as(cast.area.actor) as by:
        plan_meeting(by=by, group=circle, form=MeetingForm(at(10), at(10, 11)))
    assert nudge(timezone.now()) == 1


def test_groups_of_areas_do_not_assess_themselves_in_a_region(cast: Cast, circle: Group) -> None:
    with act_as(cast.area.actor) as by, pytest.raises(RuleBroken):
        start_assessment(by=by, group=circle, closes_on=at(10).date())


def _points(by: Actor, meeting: Meeting) -> str:
    return "\n".join(line.words for item in AgendaItem.objects.filter(meeting=meeting) for line in filled(by, meeting, item))


def _stands(region: Region, face: float, answers: int, jobs: float) -> None:
    figures = {"desk.face": [face, answers], "desk.jobs": [jobs, 3], "desk.taken_up_in_time": [jobs / 10, 10]}
    NetworkWatch.objects.update_or_create(
        region=region, defaults={"points": {"network.coordinator": region.code != "saarela"}, "stage": 3, "figures": figures}
    )


def test_agenda_of_an_area_tells_how_its_regions_do(cast: Cast, circle: Group, sql_count: Callable[..., Any]) -> None:
    second = RegionFactory.create(code="lahiseutu", name_fi="Lähiseutu", prefix="LA", is_live=True)
    RegionArea.objects.create(region=second, area=cast.here.area)
    Plan.objects.create(
        region=cast.here.region,
        kind=PlanKind.objects.get(code="action"),
        year=timezone.localdate().year,
        last_year=timezone.localdate().year,
        state="followed",
        approved_at=timezone.now(),
    )
    _stands(cast.here.region, 3.0, 10, 4)
    _stands(second, 4.0, 30, 6)
    _stands(cast.there.region, 1.0, 100, 100)
    with act_as(cast.area.actor) as by:
        meeting = plan_meeting(by=by, group=circle, form=MeetingForm(at(30), at(30, 15)))
        told = _points(by, meeting)
        assert "1/2 seudulla" in told
        assert "Lähiseutu" in told
        assert "3,8 (40 vastausta)" in told  # weighed by answers, without the other area's
        assert "50 % (20:stä)" in told or "50 %" in told
        assert any(line.endswith(": 10") for line in told.splitlines())  # jobs are summed
        with sql_count() as few:
            _points(by, meeting)
    for number in range(4):
        more = RegionFactory.create(code=f"lisa-{number}", name_fi=f"Lisä {number}", prefix=f"X{'ABCD'[number]}", is_live=True)
        RegionArea.objects.create(region=more, area=cast.here.area)
        _stands(more, 3.0, 10, 4)
    with act_as(cast.area.actor) as by, sql_count(few.number):
        assert "1/6 seudulla" in _points(by, meeting)


def test_agenda_of_the_nation_tells_of_all_regions(cast: Cast) -> None:
    _stands(cast.here.region, 3.0, 10, 4)
    _stands(cast.there.region, 1.0, 30, 6)
    with act_as(cast.national.actor) as by:
        group = create_group(by=by, kind=_kind("national"), form=GroupForm({"fi": "Valtakunnan kokous"}))
        told = _points(by, plan_meeting(by=by, group=group, form=MeetingForm(at(30), at(30, 15))))
    assert "1,5 (40 vastausta)" in told
    assert "Saarela" in told  # whose coordinator's seat is empty


def test_house_counts_each_regions_figures_for_the_agendas_above(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with act_as_house("see how networks stand"):
        watch(by=HOUSE)
    assert NetworkWatch.objects.get(region=cast.here.region).figures == {}
    monkeypatch.setitem(measures._entries, "desk.jobs", replace(measures["desk.jobs"], compute=lambda _region, _months: (7.0, 2)))
    with act_as_house("see how networks stand"):
        watch(by=HOUSE)
    assert NetworkWatch.objects.get(region=cast.here.region).figures == {"desk.jobs": [7.0, 2]}
