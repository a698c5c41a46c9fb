"""What happens to agreements each night by itself: parts begin and end on their days, and who must act is told beforehand, once."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from luukku.agreements.actions.carrying import begin_parts, end_parts, take_effect
from luukku.agreements.enums import DocumentState, MarkState
from luukku.agreements.models import Agreement, Document, MarkApplication, Notice, Party, Promise, Signatory
from luukku.agreements.queries.marks import marks_ending
from luukku.agreements.queries.opened import also_open, open_legs
from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.network.enums import Role
from luukku.network.models import Seat

ENDS = (365, 180, 90, 30, 7)  # days before the last one on which those who keep the agreement are told
MARK_ENDS = (180, 60, 14)  # days before a right to the mark ends
CONDITIONS = (60, 14, 3)  # days before its conditions are to be met
OPEN = (28, 14, 7, 3, 1)  # days before a party leaves on which its open matters are told of
AGAIN = timedelta(days=7)  # between reminders to sign
BEFORE_BY_ROLE = (Role.DESK_LEAD, Role.ORGANISATION_HEAD)


def sweep(*, by: Actor, today: date | None = None) -> dict[str, int]:
    """All of a night, for the whole network; returns how many of each. Raises NotAllowed."""
    if by.kind != "house":
        raise NotAllowed
    day = today or timezone.localdate()
    untaken = list(Document.objects.filter(state=DocumentState.SIGNED, taken_at=None).order_by("signed_at", "id").values_list("pk", flat=True))
    for pk in untaken:
        take_effect(by=by, document_id=pk, today=day)
    began = begin_parts(by=by, today=day)
    stuck = end_parts(by=by, today=day)
    return {
        "taken": len(untaken), "began": began, "stuck": _tell_stuck(day) if stuck else 0, "ending": _tell_ends(day), "open": _tell_open(day),
        "unsigned": _remind_to_sign(day), "promises": _tell_promises(day),
        "marks": _tell_marks(day),
    }  # fmt: skip


def keepers(region_id: int) -> list[int]:
    """Persons who keep a region's agreement."""
    seats = Seat.objects.on(timezone.localdate()).filter(role=Role.COORDINATOR, region=region_id, person__deactivated_at=None)
    return list(seats.order_by("person_id").values_list("person_id", flat=True).distinct())


def _tell(
    agreement: Agreement, code: str, day: date, what: str, people: list[int], party: Party | None = None, mark: MarkApplication | None = None
) -> int:
    """Each person once; nothing when the code has been told already."""
    with transaction.atomic():
        _notice, new = Notice.objects.get_or_create(agreement=agreement, code=code, defaults={"day": day})
        if not new:
            return 0
        for person in people:
            mail.queue("agreements.notice", agreement, what=what, person=person, party=getattr(party, "pk", None), mark=getattr(mark, "pk", None))
    return 1


def _nearest(days: tuple[int, ...], left: int) -> int | None:
    """The shortest of the spans that has been reached."""
    return min((each for each in days if left <= each), default=None)


def _tell_ends(today: date) -> int:
    """A fixed end comes near, and no later agreement has been signed."""
    found = Agreement.objects.in_force(today).filter(last_day__lte=today + timedelta(days=ENDS[0])).order_by("id")
    told = 0
    for agreement in found:
        assert agreement.last_day is not None
        span = _nearest(ENDS, (agreement.last_day - today).days)
        later = Agreement.objects.filter(region=agreement.region_id, signed_at__isnull=False, first_day__gt=today)
        if span is not None and not later.exists():
            told += _tell(agreement, f"ends-{agreement.last_day.isoformat()}-{span}", today, "ends", keepers(agreement.region_id))
    return told


def _tell_open(today: date) -> int:
    """A party leaves soon and still has something open: its own people and the coordinator."""
    parties = Party.objects.on(today).filter(last_day__lte=today + timedelta(days=OPEN[0])).select_related("agreement", "organisation")
    told = 0
    for party in parties.order_by("id"):
        assert party.last_day is not None
        span = _nearest(OPEN, (party.last_day - today).days)
        whose = (party.organisation_id, party.agreement.region_id)
        if span is None or not (open_legs(*whose) or also_open(*whose)):
            continue
        seats = Seat.objects.on(today).filter(organisation=party.organisation_id, role__in=BEFORE_BY_ROLE, person__deactivated_at=None)
        people = sorted({*keepers(party.agreement.region_id), *seats.values_list("person_id", flat=True)})
        told += _tell(party.agreement, f"open-{party.pk}-{span}", today, "open", people, party)
    return told


def _tell_stuck(today: date) -> int:
    """A part is over and could not be ended: each week, until it can."""
    year, week, _weekday = today.isocalendar()
    told = 0
    for party in Party.objects.over(today).filter(left_at=None).select_related("agreement").order_by("id"):
        told += _tell(party.agreement, f"stuck-{party.pk}-{year}-{week}", today, "stuck", keepers(party.agreement.region_id), party)
    return told


def _remind_to_sign(today: date) -> int:
    """Who has not signed a week after it was sent, and each week after."""
    waiting = Signatory.objects.filter(document__state=DocumentState.OUT, document__sent_at__date__lte=today - AGAIN).select_related("document")
    found = [
        each for each in waiting.order_by("id") if each.signed_digest != each.document.digest and (each.reminded_on or date.min) <= today - AGAIN
    ]
    with transaction.atomic():
        for each in found:
            each.reminded_on = today
            each.save(update_fields=["reminded_on"])
            mail.queue("agreements.sign", each, digest=each.document.digest)
    return len(found)


def _tell_marks(today: date) -> int:
    """A right to the mark ends and no other has been applied for; or its conditions are to be met."""
    told = 0
    for mark in marks_ending(today, timedelta(days=MARK_ENDS[0])).select_related("agreement").order_by("id"):
        assert mark.last_day is not None
        span = _nearest(MARK_ENDS, (mark.last_day - today).days)
        told += _tell(mark.agreement, f"mark-{mark.pk}-ends-{span}", today, "mark_ends", keepers(mark.agreement.region_id), mark=mark)
    due = MarkApplication.objects.held(today).filter(state=MarkState.CONDITIONAL, conditions_by__range=(today, today + timedelta(days=CONDITIONS[0])))
    for mark in due.select_related("agreement").order_by("id"):
        assert mark.conditions_by is not None
        span = _nearest(CONDITIONS, (mark.conditions_by - today).days)
        told += _tell(mark.agreement, f"mark-{mark.pk}-conditions-{span}", today, "mark_conditions", keepers(mark.agreement.region_id), mark=mark)
    return told


def _tell_promises(today: date) -> int:
    """Promises are to be looked at: once a year for each agreement."""
    due = Promise.objects.filter(ended_at=None, review_on__lte=today, agreement__ended_at=None).values_list("agreement_id", flat=True).distinct()
    told = 0
    for agreement in Agreement.objects.filter(pk__in=list(due)).order_by("id"):
        told += _tell(agreement, f"promises-{today.year}", today, "promises", keepers(agreement.region_id))
    return told
