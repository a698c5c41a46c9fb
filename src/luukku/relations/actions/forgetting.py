"""What was written of visits, leads and account plans goes when its time is over, with the matter that came of it, or because a person asks.

That there was one, when and by whom, stays. As the house, but for what an organisation itself takes out of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network.models import Organisation
from luukku.relations.access import acting_organisation, works_with_companies
from luukku.relations.models import AccountAction, AccountPlan, AccountReview, Lead, TalkAnswer, Visit, VisitNeed, VisitReport
from luukku.relations.queries.persons import Sought, leads_with, reports_with

_MET = {"met_name": "", "met_role": "", "met_phone": "", "met_email": "", "may_pass": False}
_CONTACT = {"contact_name": "", "contact_phone": "", "contact_email": ""}
_LEAD = {"words": "", "answer": "", **_CONTACT}


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
    TalkAnswer.objects.filter(Q(talk__case__in=keys) | Q(case__in=keys)).update(words="")
    return set()


def forget_met(address: str) -> int:
    """Whoever was met on a visit, by her e-mail address. Returns in how many reports she stood."""
    return VisitReport.objects.filter(met_email__iexact=address).update(**_MET)


def forget_named(address: str) -> int:
    """Whoever is to be asked, by her e-mail address. Returns in how many leads she stood."""
    return Lead.objects.filter(contact_email__iexact=address).update(**_CONTACT)


def take_person_out(*, by: Actor, sought: Sought, sure: bool) -> int:
    """Her contact data go from the visits and leads of the actor's organisation, because she asks. Returns from how many.

    Raises NotAllowed, RuleBroken when nobody is sought, or nobody has made sure who asks.
    """
    if not works_with_companies(by):
        raise NotAllowed
    if sought.is_empty:
        raise RuleBroken(_("Write an e-mail address, a phone number or a name."), field="email")
    if not sure:
        raise RuleBroken(_("Make sure who asks, and say so."), field="sure")
    with transaction.atomic():
        done = reports_with(by, sought).update(**_MET) + leads_with(by, sought).update(**_CONTACT)
        seat = acting_organisation(by)
        if done and seat is not None:
            trail.record("person.taken_out", Organisation(pk=seat), by=by, organisation_id=seat, rows=done)
    return done
