"""Mail that has had its time never leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db.models import Value
from django.utils import timezone

from luukku.core.actor import HOUSE, PUBLIC
from luukku.core.errors import NotAllowed
from luukku.core.mail import queue
from luukku.core.mail.resting import count_as_sent
from luukku.core.models import MailState, OutgoingMail
from tests.factories.network import RegionFactory
from tests.harness.jobs import queued_jobs


@pytest.mark.django_db
def test_old_mail_counts_as_sent_and_only_the_new_one_leaves(run_jobs: Callable[..., int]) -> None:
    region, then = RegionFactory.create(), timezone.now() - timedelta(days=30)
    old, failed, new = (queue("sample.note", region) for _ in range(3))
    OutgoingMail.objects.filter(pk=failed.pk).update(state=MailState.FAILED)
    assert count_as_sent(by=HOUSE, mails=OutgoingMail.objects.filter(pk__in=(old.pk, failed.pk)), sent_at=Value(then)) == 1
    assert len(queued_jobs()) == 1
    run_jobs()
    assert len(django_mail.outbox) == 1
    for mail in (old, failed, new):
        mail.refresh_from_db()
    assert (old.state, old.sent_at, failed.state, new.state) == (MailState.SENT, then, MailState.FAILED, MailState.SENT)


@pytest.mark.django_db
def test_nobody_but_the_house_puts_mail_to_rest() -> None:
    with pytest.raises(NotAllowed):
        count_as_sent(by=PUBLIC, mails=OutgoingMail.objects.all(), sent_at=Value(timezone.now()))
