"""The steps by which an agreement comes about, and the yearly look at its promises."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.agreements import access
from luukku.agreements.enums import BY_ITSELF, BY_PARTY, PromiseKind, PromiseState, StepCode
from luukku.agreements.models import Agreement, Party, Promise, Review, Step
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.months import months_before
from luukku.desk.actions.work import check_length, checked_words
from luukku.governance.models import Decision
from luukku.network.access import require
from luukku.network.enums import Role
from luukku.network.models import Organisation, Seat
from luukku.plans.actions.from_elsewhere import make_measure
from luukku.plans.models import Measure
from luukku.plans.queries.seats import Key

ORIGIN = "agreements.promise"  # of a measure that was made of a promise: with the key of the look that found it
COORDINATOR: Key = (Role.COORDINATOR.value, None, None)


def do_step(
    *, by: Actor, agreement: Agreement, code: str, day: date, words: str = "", organisation: Organisation | None = None,
    decision: Decision | None = None, at: datetime | None = None,
) -> Step:  # fmt: skip
    """A step is done; said again, the later words stand. The national check is the national owner's, all others the coordinator's.

    Raises NotAllowed, RuleBroken.
    """
    if code not in StepCode.values or code in BY_ITSELF:
        raise RuleBroken(_("Choose a step."), field="code")
    require(access.can_check(by) or by.kind == "house" if code == StepCode.CHECKED else access.can_keep(by, agreement.region_id))
    if (code in BY_PARTY) != (organisation is not None):
        raise RuleBroken(_("Talks and approvals are of one party each, other steps of all."), field="organisation")
    if organisation is not None and not Party.objects.filter(agreement=agreement, organisation=organisation).exists():
        raise RuleBroken(_("It is no party."), field="organisation")
    if day > timezone.localdate():
        raise RuleBroken(_("The day is still to come."), field="day")
    check_length(words, field="words")
    with transaction.atomic():
        values = {"day": day, "words": words.strip(), "person_id": by.person_id, "decision": decision, "created_at": at or timezone.now()}
        step, _made = Step.objects.update_or_create(agreement=agreement, code=code, organisation=organisation, defaults=values)
        trail.record(
            "agreement.step",
            agreement,
            by=by,
            region_id=agreement.region_id,
            at=at,
            step=code,
            organisation_id=organisation.pk if organisation else None,
        )
    return step


def add_promise(*, by: Actor, party: Party, kind: str, words: str, review_on: date | None = None, at: datetime | None = None) -> Promise:
    """People, tools, money, mark, ways of working. Looked at a year from now unless a day is given. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, party.agreement.region_id))
    text = checked_words(words, field="words")[:300]
    if kind not in PromiseKind.values:
        raise RuleBroken(_("Choose what is promised."), field="kind")
    with transaction.atomic():
        made = Promise.objects.create(
            agreement=party.agreement, party=party, kind=kind, words=text, review_on=review_on or months_before(timezone.localdate(at), -12),
            created_at=at or timezone.now(),
        )  # fmt: skip
        trail.record("agreement.promised", made, by=by, region_id=party.agreement.region_id, organisation_id=party.organisation_id, at=at, kind=kind)
    return made


def end_promise(*, by: Actor, promise: Promise) -> Promise:
    """It is promised no more; what was found of it stays. Raises NotAllowed."""
    require(access.can_keep(by, promise.agreement.region_id))
    with transaction.atomic():
        promise.ended_at = promise.ended_at or timezone.now()
        promise.save(update_fields=["ended_at"])
        trail.record("agreement.promise_ended", promise, by=by, region_id=promise.agreement.region_id)
    return promise


def review_promise(
    *, by: Actor, promise: Promise, state: str, remark: str = "", measure: str = "", measure_due: date | None = None, at: datetime | None = None
) -> Review:
    """The look of a year; said again in the same year, the later word stands. What is not kept becomes a measure of the region's action plan, once a
    year: its head who promised leads it, the region's coordinator answers with her. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, promise.agreement.region_id))
    if state not in PromiseState.values or state == PromiseState.OPEN:
        raise RuleBroken(_("Choose how it was kept."), field="state")
    if state == PromiseState.BROKEN and not measure.strip():
        raise RuleBroken(_("What is not kept becomes a measure: write what is done so that it will be."), field="measure")
    if measure.strip() and measure_due is None:
        raise RuleBroken(_("Say by when it is done."), field="measure_due")
    check_length(remark, field="remark")
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    with transaction.atomic():
        values = {
            "state": state, "remark": remark.strip(), "measure": measure.strip()[:300], "person_id": by.person_id, "created_at": moment,
        }  # fmt: skip
        review, _made = Review.objects.update_or_create(agreement=promise.agreement, promise=promise, year=today.year, defaults=values)
        if review.measure and review.row_id is None:
            review.row = _measure(by, promise, review, measure_due, at)
            review.save(update_fields=["row"])
        promise.state, promise.review_on = state, months_before(today, -12)
        promise.save(update_fields=["state", "review_on"])
        trail.record(
            "agreement.reviewed", promise, by=by, region_id=promise.agreement.region_id, at=moment, state=state, measure=bool(measure.strip())
        )
    return review


def _measure(by: Actor, promise: Promise, review: Review, due: date | None, at: datetime | None) -> Measure:
    party = promise.party
    head: Key = (Role.ORGANISATION_HEAD.value, party.organisation_id, None)
    has_head = Seat.objects.on(timezone.localdate()).filter(role=Role.ORGANISATION_HEAD, organisation=party.organisation_id).exists()
    return make_measure(
        by=by, region=promise.agreement.region, origin=ORIGIN, origin_id=review.pk, words=review.measure, goal=promise.words, more=review.remark,
        due_on=due, seats=[*([head] if has_head else []), COORDINATOR], at=at,
    )  # fmt: skip
