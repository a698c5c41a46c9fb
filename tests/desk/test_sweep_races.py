"""Sweeps at once, and a sweep that is killed: with real commits, nothing is told twice and nothing is lost."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.models import Event, OutgoingMail
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.sweeping import Swept, sweep
from luukku.desk.models import Breach, Clock, ClockWarning, Leg
from luukku.network.models import OpeningHours
from tests.cast import Cast, assemble
from tests.desk.test_races import at_once
from tests.harness.processes import environment

pytestmark = pytest.mark.django_db(transaction=True)
LEGS = 12
_CHILD = """
import django, time
django.setup()
from luukku.core.actor import act_as_house
from luukku.desk.actions.sweeping import sweep
with act_as_house("a sweep that is killed before it commits"):
    print(sweep(), flush=True)
    time.sleep(60)
"""


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def late(need: Callable[..., NeedForm], cast: Cast) -> list[Leg]:
    """Matters in Aino's hands that are three days late; the desk is open at all hours."""
    for weekday in range(7):
        OpeningHours.objects.create(region=cast.here.region, weekday=weekday, opens="00:00", closes="23:59")
    legs = []
    for _ in range(LEGS):
        with act_as(PUBLIC):
            case = send_need(by=PUBLIC, need=need())
        leg = Leg.objects.get(case=case)
        with act_as(cast.adviser.actor) as actor:
            legs.append(take_up(by=actor, leg=leg))
    Clock.objects.filter(ended_at=None).update(due_at=timezone.now() - timedelta(days=3))
    OutgoingMail.objects.all().delete()
    return legs


def swept() -> Swept:
    with act_as_house("test"):
        return sweep()


def everything() -> tuple[int, int, int, int]:
    mails = OutgoingMail.objects.filter(kind="desk.warning").count()
    return ClockWarning.objects.count(), Breach.objects.count(), Event.objects.filter(action="case.late").count(), mails


DONE = (3 * LEGS, LEGS, LEGS, 3)


def test_sweeps_at_once_tell_everything_once(late: list[Leg]) -> None:
    results = at_once(*[swept] * 4)
    assert all(isinstance(result, Swept) for result in results), results
    assert sorted(result.warnings for result in results if isinstance(result, Swept)) == [0, 0, 0, 3 * LEGS]
    assert everything() == DONE


def test_second_writer_that_passes_the_lock_is_refused_by_the_database(late: list[Leg]) -> None:
    swept()
    first = ClockWarning.objects.values("clock_id", "step", "due_at", "person_id").first()
    assert first is not None
    with pytest.raises(Exception, match="warned_once"), transaction.atomic():
        ClockWarning.objects.create(**first, at=timezone.now())
    with pytest.raises(Exception, match="desk_breach_clock_id"), transaction.atomic():
        Breach.objects.create(clock_id=first["clock_id"], kind="informed", desk_id=late[0].desk_id, due_at=timezone.now(), noticed_at=timezone.now())


def test_killed_sweep_has_told_nothing_and_the_next_tells_all(late: list[Leg]) -> None:
    with subprocess.Popen([sys.executable, "-c", _CHILD], env=environment("house"), stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert "warnings=36" in child.stdout.readline()
        child.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _holds_lock():
        time.sleep(0.1)
    assert everything() == (0, 0, 0, 0)
    assert swept() == Swept(3 * LEGS, 3, LEGS)
    assert swept() == Swept(0, 0, 0)
    assert everything() == DONE


def _holds_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select 1 from pg_locks where locktype = 'advisory' and granted)")
        return bool(cursor.fetchone()[0])
