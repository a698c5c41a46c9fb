"""A customer who has not said whether it is right what was written down as having come of her matter is reminded, once and by her own way."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.desk.actions.work import work_on
from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Outcome
from luukku.desk.queries.claims import CLAIMED

AFTER, LATEST = timedelta(days=10), timedelta(days=24)  # her link works for a month after the end
AT_ONCE = 200


def remind_of_claims(*, by: Actor, at: datetime | None = None) -> int:
    """Returns how many customers. Who has given her word on one claim has seen them all and is left in peace. For the house alone."""
    if by.kind != "house":
        raise NotAllowed
    now = at or timezone.now()
    cases = _due(now).order_by("case").values_list("case", flat=True).distinct()[:AT_ONCE]
    return sum(_remind(by, case_id, now) for case_id in list(cases))


def _due(now: datetime) -> "QuerySet[Outcome]":
    ended = Q(case__state=CaseState.SETTLED, case__settled_at__lte=now - AFTER, case__settled_at__gt=now - LATEST, case__customer__isnull=False)
    said = Case.objects.filter(outcomes__word__gt="").values("pk")
    return Outcome.objects.filter(CLAIMED & ended, word="", reminded_at=None, case__forgotten_at=None).exclude(case__in=said)


def _remind(by: Actor, case_id: int, now: datetime) -> bool:
    """With the case locked it is seen once more that it still holds."""
    with work_on(case_id, by=by, at=now) as work:
        if not _due(now).filter(case=case_id).exists():
            return False
        Outcome.objects.filter(case=case_id, reminded_at=None).update(reminded_at=now)
        work.record("case.claims_reminded")
        work.tell("desk.claims_open")
        return True
