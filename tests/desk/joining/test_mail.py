"""Mails to a joined matter: its own address, its number and answers to its mails lead to the one that stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token, reply_tag
from luukku.desk.actions.joining.undo import undo
from luukku.desk.actions.mail_bounces import mark_unreached
from luukku.desk.models import Case, Leg, Message
from tests.cast import Cast
from tests.desk.joining.test_join import Pair, joined
from tests.desk.mail.conftest import ADDRESS, Write, _running_store, box, letter, store
from tests.desk.mail.test_threads import Take, take
from tests.desk.test_integrity import complaints

__all__ = ("_running_store", "box", "letter", "store", "take")


@pytest.fixture
def twice(send: Callable[..., Case]) -> Pair:
    now = timezone.now()
    return send(at=now - timedelta(hours=5)), send(at=now - timedelta(hours=1), words="Kahvilan rahoitus, kuka auttaa?")


def test_mail_to_the_old_address_or_number_joins_the_one_that_stays(cast: Cast, twice: Pair, take: Take, letter: Write) -> None:
    older, newer = twice
    joined(cast, newer, older)
    to_tag = take(letter("Lisää", sender="muu@customer.example", to=ADDRESS.replace("@", f"+{reply_tag(newer)}@")))
    by_number = take(letter("Vielä lisää", subject=f"Re: {newer.number}"))
    assert [each.case for each in (to_tag, by_number)] == [older, older]
    assert Message.objects.filter(case=older).count() == 2
    assert complaints() == []


def test_customer_is_told_once_with_both_numbers_and_a_link_that_opens(cast: Cast, twice: Pair, run_jobs: Callable[..., int], client: object) -> None:
    older, newer = twice
    joining = joined(cast, newer, older)
    run_jobs("luukku.core.tasks.send_mail")
    (told,) = [each for each in outbox.outbox if "nyt yksi asia" in each.subject]
    assert f"{newer.number} jatkuu osana asiaa {older.number}" in told.body
    assert first_token(newer) in told.body
    assert "rahoitus" not in told.body
    outbox.outbox.clear()

    with act_as(cast.adviser.actor) as actor:
        undo(by=actor, joining=joining)
    run_jobs("luukku.core.tasks.send_mail")
    assert [each.subject for each in outbox.outbox] == [f"{newer.number}: asiasi jatkuu omanaan"]


def test_mail_of_the_joined_one_that_fails_is_shown_on_the_one_that_stays(cast: Cast, twice: Pair) -> None:
    older, newer = twice
    joined(cast, newer, older)
    mark_unreached(OutgoingMail.objects.get(kind="desk.joined"))
    assert Leg.objects.get(case=older, is_open=True).mail_failed
