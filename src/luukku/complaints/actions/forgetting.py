"""What was said of a complaint goes when its time is over, or with the matter it was about. That there was one, of what, and how it went stays.

As the house. A complaint that waits for its answer is never forgotten.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.complaints.enums import OPEN
from luukku.complaints.models import Complaint, ComplaintTurn, Correction

_GONE = {"words": "", "wish": "", "name": "", "email": "", "phone": ""}


def _over() -> "QuerySet[Complaint]":
    return Complaint.objects.exclude(state__in=OPEN).filter(forgotten_at=None)


def _old(before: datetime) -> "QuerySet[Complaint]":
    """Answered before the moment; and those that were open still when their matter was forgotten."""
    return _over().filter(Q(answered_at__lt=before) | Q(case__forgotten_at__isnull=False))


def complaints_due(before: datetime) -> int:
    return _old(before).count()


def forget_complaints(before: datetime, most: int) -> int:
    """Words, names and contact data of the oldest. Returns how many complaints."""
    return _forget(list(_old(before).order_by("answered_at", "pk").values_list("pk", flat=True)[:most]))


def forget_with_cases(keys: Sequence[int]) -> set[int]:
    """Complaints about these matters. No file is kept by them."""
    _forget(list(_over().filter(case__in=keys).order_by("pk").values_list("pk", flat=True)))
    return set()


def forget_of(address: str) -> int:
    """Those that were made with this e-mail address and are answered. Returns how many."""
    return _forget(list(_over().filter(email__iexact=address).order_by("pk").values_list("pk", flat=True)))


def _forget(keys: Sequence[int]) -> int:
    ComplaintTurn.objects.filter(complaint__in=keys).update(body="")
    Correction.objects.filter(complaint__in=keys).update(what="")
    return Complaint.objects.filter(pk__in=keys).update(**_GONE, forgotten_at=timezone.now())
