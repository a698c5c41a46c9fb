"""What stands beside "nobody has contacted me" on the customer's page."""

from datetime import timedelta

from django.utils import timezone

from luukku.core.ui.times import moment_text
from luukku.desk.models import Case, Clock, Leg
from tests.harness.client import Client


def silence(client: Client, page: str) -> str:
    """What stands beside "nobody has contacted me"."""
    shown: str = client.get(page).content.decode()
    return shown.partition('aria-labelledby="silence"')[2].partition("</section>")[0]


def test_silence_tells_what_was_promised_before_its_moment_and_after_it_what_saying_so_brings(
    client: Client, case: Case, leg: Leg, page: str
) -> None:
    in_time, late = timezone.now() + timedelta(minutes=90), timezone.now() - timedelta(minutes=90)
    Clock.objects.filter(leg=leg).update(due_at=in_time)
    told = silence(client, page)
    assert moment_text(in_time) in told
    assert "klo" not in told.replace(moment_text(in_time), "")  # no later moment beside it
    Clock.objects.filter(leg=leg).update(due_at=late)
    told = silence(client, page)
    assert moment_text(late) in told
    assert "Lupauksen hetki on ohi." in told
    assert 'id="nobody"' in told
    client.submit(client.get(page), form="nobody")
    armed = Clock.objects.get(leg=leg, kind="taken-up", ended_at=None)
    told = silence(client, page)
    assert moment_text(armed.due_at) in told
    assert moment_text(late) not in told


def test_silence_tells_of_contact_and_of_no_other_clock(client: Client, taken: Case, page: str) -> None:
    leg = Leg.objects.get(case=taken)
    client.submit(client.get(page), form="nobody")
    armed = Clock.objects.get(leg=leg, kind="taken-up", ended_at=None)
    sooner = timezone.now() + timedelta(minutes=40)
    Clock.objects.filter(leg=leg, kind="informed", ended_at=None).update(due_at=sooner)
    Leg.objects.filter(pk=leg.pk).update(due_at=sooner, due_kind="informed")
    told = silence(client, page)
    assert moment_text(armed.due_at) in told
    assert moment_text(sooner) not in told
