"""Takes away what has had its time and tells nothing any more."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as_house
from luukku.core.models import RateCount, Submission

FORM_DAYS = 30  # nobody sends the same page of a form again after a month
FAILED_JOB_DAYS = 30


def tidy() -> dict[str, int]:
    """Remove expired sessions, counts of limits, keys of old forms and jobs that failed long ago; returns how many of each."""
    now = timezone.now()
    with act_as_house("take away what has had its time"):
        done = {
            "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
            "rate counts": RateCount.objects.all().delete()[0],  # at night; a limit that is just running starts anew
            "forms": Submission.objects.filter(created_at__lt=now - timedelta(days=FORM_DAYS)).delete()[0],
        }
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs j where status in ('failed', 'cancelled', 'aborted')"
                " and not exists (select 1 from procrastinate_events e where e.job_id = j.id and e.at > %s)",
                [now - timedelta(days=FAILED_JOB_DAYS)],
            )
            done["failed jobs"] = cursor.rowcount
    return done
