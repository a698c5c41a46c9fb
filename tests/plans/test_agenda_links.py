"""What the agenda of a coming meeting tells of leads to where it stands, for those who may open it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from luukku.core.actor import Actor, act_as
from luukku.governance.actions.meetings import MeetingForm, invite, plan_meeting
from luukku.governance.actions.minutes import begin, give_task
from luukku.governance.models import AgendaItem, Group, Meeting, Membership
from luukku.plans.actions.measures import add_measure
from luukku.plans.actions.plans import BeginForm, begin_plan, send_for_comments
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.decided import agenda_lines, name_of
from tests.cast import Cast, Member
from tests.governance.conftest import at, link_of, outside
from tests.harness.client import Client
from tests.plans.conftest import Form

__all__ = ("link_of", "outside")
_LINK = re.compile(r'<li><a class="govuk-link" href="([^"]+)">')


def _coming(cast: Cast, group: Group, held: Meeting) -> Meeting:
    with act_as(cast.coordinator.actor) as by:
        member = Membership.objects.filter(group=group, person=cast.adviser.person).get()
        give_task(by=by, meeting=held, words="Selvitä tila", membership=member, due_day=at(5).date())
        return invite(by=by, meeting=plan_meeting(by=by, group=group, form=MeetingForm(at(10), at(10, 11), place="Seututalo")))


def test_agenda_leads_to_minutes_tasks_measures_and_plans(
    cast: Cast, group: Group, held: Meeting, followed: Plan, measure: Measure, form: Form, today: date, client_of: Callable[[Member], Client]
) -> None:
    Measure.objects.filter(pk=measure.pk).update(starts_on=today - timedelta(days=30), due_on=today - timedelta(days=1))
    with act_as(cast.coordinator.actor) as by:
        draft = begin_plan(by=by, region=cast.here.region, form=BeginForm(PlanKind.objects.get(code="action"), today.year + 1))
        add_measure(by=by, plan=draft, form=form(part=draft.kind.parts.order_by("position")[1]))
        send_for_comments(by=by, plan=draft, until=today + timedelta(days=7))
    coming = _coming(cast, group, held)
    browser = client_of(cast.steering)
    links = _LINK.findall(browser.get(f"/kokoukset/{coming.pk}/").content.decode())
    task = f"/tehtavat/{held.tasks.get().pk}/"
    wanted = {f"/kokoukset/{held.pk}/muistio/", task, f"/toimenpiteet/{measure.pk}/", f"/suunnitelmat/{followed.pk}/"}
    assert wanted | {f"/suunnitelmat/{draft.pk}/#comments"} <= set(links)
    assert [url for url in sorted(set(links)) if browser.get(url).status_code != 200] == []


def test_what_is_cut_from_the_late_is_counted_and_leads_to_all(cast: Cast, followed: Plan, measure: Measure, form: Form, today: date) -> None:
    with act_as(cast.coordinator.actor) as by:
        for number in range(9):
            add_measure(by=by, plan=followed, form=form(f"Toimi {number}"))
        Measure.objects.filter(plan=followed).update(starts_on=today - timedelta(days=30), due_on=today - timedelta(days=1))
        lines = agenda_lines(by, cast.here.region.pk)
        assert len(lines) == 1 + 8 + 1
        assert lines[-1].url == f"/suunnitelmat/{followed.pk}/"
        assert lines[-1].words.startswith("2 muuta") or lines[-1].words.startswith("2 more")


def test_by_a_link_and_in_minutes_stand_words_alone(
    client: Client, cast: Cast, group: Group, held: Meeting, followed: Plan, link_of: Callable[[Meeting], tuple[str, Actor]]
) -> None:
    coming = _coming(cast, group, held)
    Plan.objects.filter(pk=followed.pk).update(is_public=True)
    page = client.get(f"/k/{link_of(coming)[0]}/").content.decode()
    assert f"<li>{name_of(followed)}: " in page
    assert f"/suunnitelmat/{followed.pk}/" not in page
    with act_as(cast.coordinator.actor) as by:
        begin(by=by, meeting=coming)
    assert "Selvitä tila" in AgendaItem.objects.get(meeting=coming, source="tasks").filled
