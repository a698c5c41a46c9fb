"""Absences: who enters them, which days, who stands in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network.actions.absences import change_absence, end_absence, enter_absence
from luukku.network.models import Absence, Person
from luukku.network.queries.absences import all_absences, stood_in_for
from tests.cast import Cast, Member
from tests.harness.client import Client

DAY = timedelta(days=1)


def test_absence_is_entered_by_herself_and_by_her_desk_lead_and_by_nobody_else(cast: Cast) -> None:
    today = timezone.localdate()
    aino, leena = cast.adviser.someone, cast.desklead.someone
    enter_absence(by=cast.adviser.actor, person=aino, first_day=today, last_day=today + 3 * DAY, deputy=leena)
    enter_absence(by=cast.desklead.actor, person=aino, first_day=today + 10 * DAY, last_day=today + 12 * DAY)
    for member in (cast.partner, cast.coordinator, cast.outsider, cast.editor):
        with pytest.raises(NotAllowed):
            enter_absence(by=member.actor, person=aino, first_day=today + 20 * DAY, last_day=today + 21 * DAY)
    with pytest.raises(NotAllowed):
        enter_absence(by=cast.desklead.actor, person=cast.partner.someone, first_day=today, last_day=today)
    assert [(absence.person, absence.deputy) for absence in all_absences(today)] == [(aino, leena)]
    assert [absence.person for absence in stood_in_for(leena.pk)] == [aino]
    assert Event.objects.filter(action="absence.entered").count() == 2


def test_days_and_deputies_that_cannot_be_are_refused(cast: Cast) -> None:
    today, aino, leena = timezone.localdate(), cast.adviser.someone, cast.desklead.someone
    by = cast.adviser.actor
    enter_absence(by=by, person=aino, first_day=today, last_day=today + 3 * DAY)
    enter_absence(by=cast.desklead.actor, person=leena, first_day=today + 30 * DAY, last_day=today + 32 * DAY)
    for first, last, deputy, field in (
        (today + 5 * DAY, today + 4 * DAY, None, "last_day"),
        (today - 5 * DAY, today - 4 * DAY, None, "last_day"),
        (today + 3 * DAY, today + 4 * DAY, None, "first_day"),
        (today + 5 * DAY, today + 600 * DAY, None, "last_day"),
        (today + 5 * DAY, today + 6 * DAY, aino, "deputy"),
        (today + 5 * DAY, today + 6 * DAY, cast.partner.someone, "deputy"),
        (today + 31 * DAY, today + 33 * DAY, leena, "deputy"),
    ):
        with pytest.raises(RuleBroken) as broken:
            enter_absence(by=by, person=aino, first_day=first, last_day=last, deputy=deputy)
        assert broken.value.field == field


def test_absence_ends_today_or_never_was(cast: Cast) -> None:
    today, aino, by = timezone.localdate(), cast.adviser.someone, cast.adviser.actor
    now = enter_absence(by=by, person=aino, first_day=today - DAY, last_day=today + 3 * DAY)
    later = enter_absence(by=by, person=aino, first_day=today + 9 * DAY, last_day=today + 9 * DAY)
    change_absence(by=by, absence=now, last_day=today + 4 * DAY, deputy=cast.desklead.someone)
    assert Person.objects.at_work(today).filter(pk=aino.pk).exists() is False
    end_absence(by=by, absence=now)
    end_absence(by=by, absence=later)
    assert Person.objects.at_work(today).filter(pk=aino.pk).exists()
    assert [(each.first_day, each.last_day) for each in Absence.objects.all()] == [(today - DAY, today - DAY)]


def test_pages_enter_change_and_end(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    today, aino = timezone.localdate(), cast.adviser.someone
    browser = client_of(cast.desklead)
    page = browser.get(f"/verkosto/ihmiset/{aino.pk}/poissaolot/uusi")
    days = {"first_day": today.isoformat(), "last_day": (today + DAY).isoformat(), "deputy": str(cast.desklead.someone.pk)}
    assert browser.submit(page, days).status_code == 302
    absence = Absence.objects.get()
    shown = browser.get(f"/verkosto/ihmiset/{aino.pk}/").content.decode()
    assert f"/verkosto/ihmiset/poissaolot/{absence.pk}" in shown
    assert "Leena Lead" in shown
    page = browser.get(f"/verkosto/ihmiset/poissaolot/{absence.pk}")
    wrong = browser.submit(page, {"last_day": (today - 9 * DAY).isoformat()})
    assert wrong.status_code == 422
    assert browser.submit(page, {"last_day": (today + 5 * DAY).isoformat(), "deputy": ""}).status_code == 302
    absence.refresh_from_db()
    assert (absence.last_day, absence.deputy) == (today + 5 * DAY, None)
    assert browser.submit(browser.get(f"/verkosto/ihmiset/poissaolot/{absence.pk}/peru"), {}).status_code == 302
    assert not Absence.objects.on(today).exists()
    assert client_of(cast.partner).get(f"/verkosto/ihmiset/{aino.pk}/poissaolot/uusi").status_code == 403
