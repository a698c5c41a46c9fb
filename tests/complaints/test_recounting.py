"""An answer's limit follows the working hours, as all others do."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from luukku.complaints.models import Complaint
from luukku.core.models import Event
from luukku.network.actions.desks import add_closing_day, remove_closing_day
from tests.cast import Cast
from tests.desk.test_recounting import next_monday
from tests.harness.jobs import run_jobs

JOB = "luukku.complaints.tasks.recount"


def test_closing_day_moves_the_limit_of_an_answer_and_back(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = made(at=next_monday())
    before = complaint.due_at
    closing = add_closing_day(by=cast.coordinator.actor, owner=cast.here.region, day=(next_monday() + timedelta(days=1)).date())
    soon = timezone.now() + timedelta(minutes=5)
    assert run_jobs(JOB, until=soon) == 1
    complaint.refresh_from_db()
    assert complaint.due_at > before
    assert complaint.first_due_at == complaint.due_at
    assert Event.objects.filter(action="complaint.limit_moved", subject_id=complaint.pk).count() == 1
    remove_closing_day(by=cast.coordinator.actor, closing_day=closing)
    run_jobs(JOB, until=soon)
    complaint.refresh_from_db()
    assert complaint.due_at == before
