"""Other matters, the next meeting and the closing stand last on an agenda, whatever is added or moved."""

import random
from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.governance.actions.agenda import add_item, move_up, remove_item
from luukku.governance.actions.kinds import KindForm, save_kind
from luukku.governance.actions.meetings import MeetingForm, plan_meeting
from luukku.governance.enums import STANDS_LAST, Source
from luukku.governance.models import AgendaItem, Group, GroupKind, Meeting, TemplatePoint
from tests.cast import Cast, Member
from tests.governance.conftest import at
from tests.harness.client import Client


def _sources(meeting: Meeting) -> list[str]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "id").values_list("source", flat=True))


def _ends(sources: list[str]) -> bool:
    """Whether what stands last is together at the end, in its order."""
    last = [each for each in sources if each in STANDS_LAST]
    return sources[len(sources) - len(last) :] == sorted(last, key=lambda each: STANDS_LAST.index(Source(each)))


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_last_stays_last_whatever_is_added_moved_or_taken_off(cast: Cast, planned: Meeting, seed: int) -> None:
    chance = random.Random(seed)
    AgendaItem.objects.create(meeting=planned, group=planned.group, position=1, source="end", title_fi="Kokouksen päättäminen")
    with act_as(cast.coordinator.actor) as by:
        for step in range(25):
            items = list(AgendaItem.objects.filter(meeting=planned).select_related("meeting__group").order_by("position", "id"))
            do = chance.choice(("add", "up", "up", "out"))
            if do == "add":
                add_item(by=by, meeting=planned, title=f"Asia {step}")
            elif do == "up":
                try:
                    move_up(by=by, item=chance.choice(items))
                except RuleBroken:
                    continue
            elif (free := [each for each in items if each.source == "other"]) and len(free) > 1:
                remove_item(by=by, item=chance.choice(free))
            if do in ("add", "up"):
                assert _ends(_sources(planned)), (seed, step, do, _sources(planned))
        assert _sources(planned)[-3:] == ["more", "next", "end"]


def test_point_added_stands_after_the_others_and_before_other_matters(cast: Cast, planned: Meeting, client_of: Callable[[Member], Client]) -> None:
    browser, url = client_of(cast.coordinator), f"/kokoukset/{planned.pk}/"
    assert browser.submit(browser.get(f"{url}kohta"), {"title": "Yhteinen messuosasto"}).status_code == 302
    titles = [str(each.title) for each in AgendaItem.objects.filter(meeting=planned).order_by("position")]
    assert titles[-3:] == ["Yhteinen messuosasto", "Muut asiat", "Seuraava kokous"]
    more = AgendaItem.objects.get(meeting=planned, source="more")
    mine = AgendaItem.objects.get(meeting=planned, title_fi="Yhteinen messuosasto")
    page = browser.get(url).content.decode()
    assert f'action="{url}kohta/{mine.pk}/ylos"' in page
    assert f'action="{url}kohta/{more.pk}/ylos"' not in page
    told = browser.post(f"{url}kohta/{more.pk}/ylos", {}, follow=True).content.decode()
    assert "viimeisinä" in told
    assert _sources(planned)[-2:] == ["more", "next"]


def test_agenda_of_a_kind_ends_with_what_stands_last_however_it_was_written(cast: Cast, group: Group) -> None:
    kind = GroupKind.objects.get(pk=group.kind_id)
    points = [
        ("end", {"fi": "Lopuksi"}),
        ("next", {"fi": "Seuraava"}),
        ("other", {"fi": "Avaus"}),
        ("more", {"fi": "Muut"}),
        ("tasks", {"fi": "Tehtävät"}),
    ]
    with act_as(cast.national.actor) as by:
        save_kind(by=by, kind=kind, form=KindForm({"fi": "Ohjausryhmä"}, "members", [], points))
    order = ["other", "tasks", "more", "next", "end"]
    assert list(TemplatePoint.objects.filter(kind=kind).order_by("position").values_list("source", flat=True)) == order
    TemplatePoint.objects.filter(kind=kind, source="more").update(position=1)
    with act_as(cast.coordinator.actor) as by:
        meeting = plan_meeting(by=by, group=group, form=MeetingForm(at(20), at(20, 11)))
    assert sorted(_sources(meeting)) == sorted(order)
    assert _ends(_sources(meeting))
