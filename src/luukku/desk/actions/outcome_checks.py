"""Half a year and a year after a matter was settled its customer is asked whether what came of it has held.

By mail or text message, and whoever wants to be called or has no address by a call; what she says then is written down by who calls.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as_house
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.secret_links import digest_of, make_token
from luukku.customers.actions.registering import check_business_id
from luukku.customers.models import Customer
from luukku.desk.access import visible_cases
from luukku.desk.access.links import require_customer
from luukku.desk.actions.asking import may_ask
from luukku.desk.actions.news import close_calls
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import CaseState, Held, OutcomeKind, WithoutHelp
from luukku.desk.models import NewsCall, Outcome, OutcomeCheck, StatusLink
from luukku.desk.queries.after import figure_key
from luukku.desk.queries.reaching import Reach, reach_by
from luukku.network.queries.nation import status_link_days

AFTER_MONTHS = (6, 12)
DAYS_OF_MONTH = 30.44
LATEST_DAYS = 30  # what could not be asked in its month is not asked any more
NOT_ASKED = (OutcomeKind.NOTHING, OutcomeKind.REFERRED)
LONGEST = 5000


def ask_all(*, at: datetime | None = None) -> int:
    """Ask every customer whose time has come, each in a transaction of its own; returns how many. Doing it again asks nobody twice."""
    now = at or timezone.now()
    asked = 0
    for months in AFTER_MONTHS:
        with act_as_house("find whose outcomes are to be asked again") as house:
            cases = list(_due(house, months, now))
        for case_id in cases:
            with act_as_house("ask a customer months later") as house:
                asked += ask_outcome(by=house, case_id=case_id, months=months, at=now)
    return asked


def _due(house: Actor, months: int, now: datetime) -> "list[int]":
    ends = now - timedelta(days=round(months * DAYS_OF_MONTH))
    settled = visible_cases(house).filter(
        state=CaseState.SETTLED, settled_at__lte=ends, settled_at__gt=ends - timedelta(days=LATEST_DAYS), customer__isnull=False, region__is_live=True
    )
    worth = Outcome.objects.exclude(kind__in=NOT_ASKED).values("case")
    asked = OutcomeCheck.objects.filter(case=OuterRef("pk"), months=months, ended_at=OuterRef("settled_at"))
    return list(settled.filter(~Exists(asked), pk__in=worth).order_by("id").values_list("id", flat=True))


def ask_outcome(*, by: Actor, case_id: int, months: int, at: datetime | None = None) -> bool:
    """Ask one customer by the way that she is reached, with a link for as long as other ended matters have one. Returns whether she was asked now.

    Not more often than the region's `feedback_gap_days`, whatever it is that she is asked: who cannot be asked now is tried again tomorrow.
    """
    with work_on(case_id, by=by, at=at) as work:
        ended_at = work.case.settled_at
        if ended_at is None or OutcomeCheck.objects.filter(case=work.case, months=months, ended_at=ended_at).exists() or not _may_ask(work):
            return False
        check = OutcomeCheck.objects.create(case=work.case, months=months, ended_at=ended_at, asked_at=work.at)
        until = work.at + timedelta(days=status_link_days(work.case.region))
        made_at = timezone.now()
        StatusLink.objects.create(
            case=work.case, digest=digest_of(make_token(work.case.door_principal, made_at)), created_at=made_at, expires_at=until
        )
        work.record("case.outcome_asked", months=months)
        work.tell("desk.outcome_asked", check=check.pk)
        return True


def _may_ask(work: Work) -> bool:
    gap = work.at - timedelta(days=work.case.region.feedback_gap_days)
    rested = Q(feedback_asked_at=None) | Q(feedback_asked_at__lt=gap)
    customer_id = work.case.customer_id
    if customer_id is None:
        return False
    customer = Customer.objects.select_for_update(of=("self",)).select_related("contact").filter(rested, pk=customer_id).first()
    if customer is None or reach_by(customer.contact) == Reach.NONE:
        return False
    if not may_ask(customer.contact, gap_days=work.case.region.feedback_gap_days, at=work.at):
        return False
    customer.feedback_asked_at = work.at
    customer.save(update_fields=["feedback_asked_at"])
    return True


@dataclass(frozen=True)
class Answer:
    """What the customer says. `figures` by `figure_key`; a business ID goes to the business that was started, if nobody has written one yet."""

    held: str
    without_help: str
    figures: Mapping[str, int]
    words: str = ""
    business_id: str = ""


def answer_outcome(*, by: Actor, check: OutcomeCheck, answer: Answer, at: datetime | None = None) -> OutcomeCheck:
    """What the customer says has come of it; she may change her answer as long as her link works. Raises RuleBroken, NotAllowed."""
    with work_on(check.case_id, by=by, at=at) as work:
        require_customer(by, work.case)
        return _keep(work, check, answer, recorded_by=None)


def outcome_spoken(*, by: Actor, check: OutcomeCheck, answer: Answer, at: datetime | None = None) -> OutcomeCheck:
    """What she says of it on the phone, written down by whoever calls and marked as that; the call that waited for it is made.

    Her own answer on her page is never written over, and hers replaces this one. Raises RuleBroken, NotAllowed.
    """
    with work_on(check.case_id, by=by, at=at) as work:
        work.leg()
        kept = _keep(work, check, answer, recorded_by=by.person_id)
        for call in NewsCall.objects.filter(case=work.case, news="outcome_asked", done_at=None):
            close_calls(work.case, work.legs, by=by, at=work.at, only=call)
        work.save(*work.legs)
        return kept


def _keep(work: Work, check: OutcomeCheck, answer: Answer, *, recorded_by: int | None) -> OutcomeCheck:
    _check(answer)
    named = check_business_id(answer.business_id)
    keys = {figure_key(each) for each in Outcome.objects.filter(case=work.case)}
    locked = OutcomeCheck.objects.select_for_update().filter(pk=check.pk, case=work.case).first()
    if locked is None:
        raise NotFound
    if recorded_by is not None and locked.answered_at is not None and locked.recorded_by_id is None:
        raise RuleBroken(_("The customer has told it already."), field="held")
    locked.answered_at, locked.held, locked.without_help, locked.recorded_by_id = work.at, answer.held, answer.without_help, recorded_by
    locked.words, locked.figures = answer.words.strip()[:LONGEST], {kind: number for kind, number in answer.figures.items() if kind in keys}
    locked.save(update_fields=["answered_at", "held", "without_help", "words", "figures", "recorded_by"])
    if named is not None:
        Outcome.objects.filter(case=work.case, kind=OutcomeKind.STARTED, business_id="").update(business_id=named)
    spoken = recorded_by is not None
    work.record("case.outcome_answered", months=locked.months, held=answer.held, without_help=answer.without_help, spoken=spoken)
    return locked


def _check(answer: Answer) -> None:
    if answer.held not in Held.values:
        raise RuleBroken(_("Choose whether it has held."), field="held")
    if answer.without_help not in WithoutHelp.values:
        raise RuleBroken(_("Choose what would have come of it without help."), field="without_help")
    if any(number < 0 for number in answer.figures.values()):
        raise RuleBroken(_("Amounts cannot be negative."))
