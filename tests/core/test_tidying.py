"""What has had its time goes, what is in use stays."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from luukku.core.models import RateCount, Submission
from luukku.core.tidying import tidy
from tests.sample.tasks import count_up

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def test_old_things_go_and_young_ones_stay() -> None:
    RateCount.objects.create(caller="x", window=1)
    Submission.objects.create(key=uuid.uuid4())
    old = Submission.objects.create(key=uuid.uuid4(), created_at=timezone.now() - timedelta(days=31))
    SessionStore().create()
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        SessionStore().create()
    count_up.defer(name="failed")
    count_up.defer(name="waits")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'failed' where args->>'name' = 'failed'")
        cursor.execute("update procrastinate_events set at = now() - interval '40 days'")
    assert tidy() == {"sessions": 1, "rate counts": 1, "forms": 1, "failed jobs": 1}
    assert not Submission.objects.filter(key=old.key).exists()
    assert (Submission.objects.count(), Session.objects.count()) == (1, 1)
    assert tidy() == {"sessions": 0, "rate counts": 0, "forms": 0, "failed jobs": 0}
