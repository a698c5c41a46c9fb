"""The sample network is built by actions alone, shows every state and role, and is the same whatever the hour of its day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from pytest_django import Settings

from luukku.accounts.models import User
from luukku.core.checking import check_data
from luukku.demo.build import build_demo
from luukku.demo.stories import stories
from luukku.desk.enums import CaseState
from luukku.desk.models import Appointment, Case, Handover, Leg, Message
from luukku.governance.models import ClockEntry, Meeting
from luukku.network.models import PlannedPlace
from luukku.plans.models import Plan

DAY = date(2026, 11, 20)
ROLES = {"adviser", "desklead", "partner", "coordinator", "steering", "member", "area", "national", "editor", "outsider", "founder", "admin"}


def test_year_of_stories_is_the_same_at_any_hour_and_shows_everything() -> None:
    told = stories(DAY)
    assert told == stories(DAY)
    assert told != stories(DAY + timedelta(days=1))
    assert len(told) == 400
    assert max(each.at for each in told).date() < DAY
    assert Counter(each.language for each in told)["sv"] > 20
    assert {each.ending for each in told} == {"settled", "withdrawn", "not-for-us", "open", "new"}
    assert {each.channel for each in told} == {"web", "phone", "walk-in", "email", "missed-call"}
    assert {each.face for each in told} == {None, 1, 2, 3, 4}


@pytest.fixture(autouse=True)
def _in_demo_mode(settings: Settings) -> None:
    settings.LUUKKU_DEMO = True


def _built(count: int) -> dict[str, Any]:
    """What the network shows after it was built in this database: of everything that has a state, how it stands."""
    with translation.override("fi"):
        build_demo(DAY, lambda _: None, count)
    return {
        "cases": list(Case.objects.order_by("number").values_list("number", "state", "subject", "language")),
        "parts": list(Leg.objects.order_by("case__number", "position").values_list("case__number", "state", "handler__name", "waiting_until")),
        # who walks into a house does so at the moment at which the network is built
        "limits": list(
            Leg.objects.filter(case__contacted_at__date__lte=DAY).order_by("case__number", "position").values_list("case__number", "due_at")
        ),
        "words": sorted(Message.objects.values_list("case__number", "body")),
        "times": sorted(Appointment.objects.values_list("starts_at", "state")),
        "handovers": sorted(Handover.objects.values_list("case__number", "state")),
    }


@pytest.mark.django_db
def test_network_stands_with_every_role_and_passes_every_check() -> None:
    shown = _built(24)
    assert {user.email.split("@")[0] for user in User.objects.filter(email__endswith="@demo.example")} >= ROLES
    assert {state for _number, state, *_ in shown["parts"]} >= {CaseState.NEW, CaseState.SETTLED, CaseState.WAITING}
    assert Plan.objects.filter(kind__code="term", state="followed", year__lte=DAY.year, last_year__gte=DAY.year).exists()
    assert {each.to_area_id is None for each in PlannedPlace.objects.filter(state="planned")} == {True, False}
    answered = ClockEntry.objects.filter(kind="due")
    assert answered.exclude(outcome="").exclude(done_at=None).exists()
    assert answered.exclude(progress="").filter(done_at=None).exists()
    assert Meeting.objects.filter(group__region=None, group__area=None).exists()
    assert set(Case.objects.values_list("region__code", flat=True)) == {"suupohja", "lansi-uusimaa"}
    assert all(shown.values())
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # counts are kept at the end of a transaction
    assert not [words for found in check_data().values() for words in found]


@pytest.mark.long
@pytest.mark.django_db
def test_network_is_the_same_whatever_the_hour_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    real, found = timezone.now, []
    other = 7 if timezone.localtime().hour < 16 else -7  # within the day that the database counts, too
    for hours in (0, other):
        with transaction.atomic(), monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda hours=hours: real() + timedelta(hours=hours))
            found.append(_built(120))
            transaction.set_rollback(True)
    for what in found[0]:
        assert found[0][what] == found[1][what], what
