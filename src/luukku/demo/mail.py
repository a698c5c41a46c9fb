"""The year's mails would have gone out long ago: only those of the last days wait for the sample network's worker."""

from datetime import timedelta

from django.db.models import Model, OuterRef, QuerySet, Subquery

from luukku.agreements.models import Signatory
from luukku.complaints.models import Complaint
from luukku.core.actor import HOUSE
from luukku.core.mail.resting import count_as_sent
from luukku.core.models import OutgoingMail
from luukku.core.trail import subject_kind
from luukku.demo import clock
from luukku.desk.models import Case, CaseMeeting
from luukku.governance.models import Attendance
from luukku.relations.models import AccountPlan, Lead, Visit

RECENT_DAYS = 2
COMPLAINT_DAYS = 4


def rest_old_mail() -> None:
    """Mail about what happened before the last days counts as sent on the day of its matter."""
    now = clock.now()
    _rest(Case.objects.filter(contacted_at__lt=now - timedelta(days=RECENT_DAYS)), "contacted_at")
    _rest(Complaint.objects.filter(received_at__lt=now - timedelta(days=COMPLAINT_DAYS)), "received_at")
    _rest(CaseMeeting.objects.exclude(closed_at=None), "closed_at")
    _rest(Attendance.objects.filter(meeting__starts_at__lt=now - timedelta(days=RECENT_DAYS)), "meeting__starts_at")
    _rest(Visit.objects.filter(planned_at__lt=now - timedelta(days=RECENT_DAYS)), "planned_at")
    _rest(AccountPlan.objects.filter(made_at__lt=now - timedelta(days=RECENT_DAYS)), "made_at")
    _rest(Signatory.objects.filter(document__sent_at__lt=now - timedelta(days=RECENT_DAYS)), "document__sent_at")
    _rest(Lead.objects.filter(given_at__lt=now - timedelta(days=RECENT_DAYS)), "given_at")


def _rest(subjects: "QuerySet[Model]", moment: str) -> None:
    mails = OutgoingMail.objects.filter(subject_kind=subject_kind(subjects.model), subject_id__in=subjects.values("pk"))
    count_as_sent(by=HOUSE, mails=mails, sent_at=Subquery(subjects.filter(pk=OuterRef("subject_id")).values(moment)))
