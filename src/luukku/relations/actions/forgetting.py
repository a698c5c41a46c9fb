"""What was written of visits, leads and account plans goes when its time is over, or with the matter that came of it.

That there was one, when and by whom, stays. As the house.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.relations.models import AccountAction, AccountPlan, AccountReview, Lead, Visit, VisitNeed, VisitReport

_MET = {"met_name": "", "met_role": "", "met_phone": "", "met_email": "", "may_pass": False}
_LEAD = {"words": "", "answer": "", "contact_name": "", "contact_phone": "", "contact_email": ""}


def _visits(before: datetime) -> "QuerySet[Visit]":
    """Made, called off, or meant for a year that ended before the moment."""
    day = timezone.localdate(before)
    return Visit.objects.filter(Q(day__lt=day) | Q(day=None, year__lt=day.year), forgotten_at=None)


def visits_due(before: datetime) -> int:
    return _visits(before).count()


def forget_visits(before: datetime, most: int) -> int:
    """Words, names and contact data of the oldest. Returns how many visits."""
    keys = list(_visits(before).order_by("pk").values_list("pk", flat=True)[:most])
    VisitNeed.objects.filter(visit__in=keys).update(words="")
    VisitReport.objects.filter(visit__in=keys).update(**_MET, notes="", agreed="", next_step="", next_on=None)
    return Visit.objects.filter(pk__in=keys).update(purpose="", questions="", place="", forgotten_at=timezone.now())


def _leads(before: datetime) -> "QuerySet[Lead]":
    return Lead.objects.filter(ended_at__lt=before, forgotten_at=None)


def leads_due(before: datetime) -> int:
    return _leads(before).count()


def forget_leads(before: datetime, most: int) -> int:
    """Words and contact data of the oldest. Returns how many leads."""
    keys = list(_leads(before).order_by("pk").values_list("pk", flat=True)[:most])
    return Lead.objects.filter(pk__in=keys).update(**_LEAD, forgotten_at=timezone.now())


def _plans(before: datetime) -> "QuerySet[AccountPlan]":
    """Ended, or run out without anybody ending them."""
    return AccountPlan.objects.filter(Q(ended_at__lt=before) | Q(ended_at=None, ends_on__lt=timezone.localdate(before)), forgotten_at=None)


def plans_due(before: datetime) -> int:
    return _plans(before).count()


def forget_plans(before: datetime, most: int) -> int:
    """Words of the oldest. Returns how many plans."""
    keys = list(_plans(before).order_by("pk").values_list("pk", flat=True)[:most])
    AccountAction.objects.filter(plan__in=keys).update(what="")
    AccountReview.objects.filter(plan__in=keys).update(words="")
    return AccountPlan.objects.filter(pk__in=keys).update(why="", aims="", needs="", forgotten_at=timezone.now())


def forget_with_cases(keys: Sequence[int]) -> set[int]:
    """The matter's words stood in the lead or on the visit before, and whom to contact. No file is kept by them."""
    Lead.objects.filter(case__in=keys).update(**_LEAD, forgotten_at=timezone.now())
    VisitReport.objects.filter(needs__case__in=keys).update(**_MET)
    VisitNeed.objects.filter(case__in=keys).update(words="")
    return set()
