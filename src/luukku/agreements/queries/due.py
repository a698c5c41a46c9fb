"""What of agreements waits for one person: texts to sign or to check, promises to look at, ends that come near, measures."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.agreements.access import can_check, marks_to_act_on, own_signatories
from luukku.agreements.enums import DocumentState, MarkState, StepCode
from luukku.agreements.models import Agreement, MarkApplication, Party, Promise, Step
from luukku.agreements.queries.marks import marks_ending
from luukku.core.actor import Actor
from luukku.core.months import months_before
from luukku.core.registries import DueThing
from luukku.network.access.working import coordinated

SOON = timedelta(days=60)
TO_ANSWER = timedelta(days=14)


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Eight statements at most for whoever keeps a region, three for the nation's owner, two for other seats
    of a region or an area, else one."""
    found = []
    waiting = own_signatories(actor).filter(document__state=DocumentState.OUT).select_related("document__agreement", "organisation")
    for each in waiting.order_by("id"):
        if each.signed_digest != each.document.digest and each.document.sent_at is not None:
            url = reverse("agreements:document", kwargs={"pk": each.document_id})
            found.append(
                DueThing(timezone.localdate(each.document.sent_at) + TO_ANSWER, _("Read the text and sign it"), each.document.agreement.title, url)
            )
    regions = coordinated(actor)
    if regions:
        found += [*_kept(regions), *_marks_kept(regions)]
    if any(seat.organisation_id is None for seat in actor.seats):
        found += _marks_to_act_on(actor)
    if can_check(actor):
        found += _to_check()
    return sorted(found, key=lambda each: (each.day, each.words))


def _to_check() -> list[DueThing]:
    """Drafts that have been negotiated and wait for the national level."""
    steps = Step.objects.filter(code=StepCode.NEGOTIATION, agreement__signed_at=None, agreement__given_up_at=None)
    checked = Step.objects.filter(code=StepCode.CHECKED).values("agreement")
    waiting = steps.exclude(agreement__in=checked).select_related("agreement").order_by("day", "id")
    return [
        DueThing(each.day + TO_ANSWER, _("Check the draft on the national level"), each.agreement.title, _url(each.agreement_id)) for each in waiting
    ]


def _marks_to_act_on(actor: Actor) -> list[DueThing]:
    words = {
        MarkState.APPLIED: _("Prepare the right to the common mark"), MarkState.PREPARED: _("Present the right to the common mark"),
        MarkState.PRESENTED: _("Decide on the right to the common mark"),
        MarkState.CONDITIONAL: _("See whether the conditions of the common mark are met"),
    }  # fmt: skip
    found = []
    for mark in marks_to_act_on(actor).select_related("agreement").order_by("id"):
        came = {MarkState.PREPARED: mark.prepared_at, MarkState.PRESENTED: mark.presented_at}.get(MarkState(mark.state)) or mark.applied_at
        day = mark.conditions_by if mark.state == MarkState.CONDITIONAL else timezone.localdate(came) + TO_ANSWER
        if day is not None and day <= timezone.localdate() + SOON:
            found.append(DueThing(day, words[MarkState(mark.state)], mark.agreement.title, _mark_url(mark.pk)))
    return found


def _marks_kept(regions: set[int]) -> list[DueThing]:
    """Rights that end before another is held or applied for, and conditions that are to be met."""
    today = timezone.localdate()
    found = []
    for mark in marks_ending(today, SOON).filter(agreement__region__in=regions).select_related("agreement").order_by("id"):
        assert mark.last_day is not None
        found.append(DueThing(mark.last_day, _("Apply for the common mark anew"), mark.agreement.title, _mark_url(mark.pk)))
    waiting = MarkApplication.objects.held(today).filter(state=MarkState.CONDITIONAL, conditions_by__lte=today + SOON)
    for mark in waiting.filter(agreement__region__in=regions).select_related("agreement").order_by("id"):
        assert mark.conditions_by is not None
        found.append(DueThing(mark.conditions_by, _("Meet the conditions of the common mark"), mark.agreement.title, _mark_url(mark.pk)))
    return found


def _mark_url(pk: int) -> str:
    return reverse("agreements:mark", kwargs={"pk": pk})


def _kept(regions: set[int]) -> list[DueThing]:
    today = timezone.localdate()
    found = []
    for agreement in Agreement.objects.in_force(today).filter(region__in=regions, last_day__isnull=False).order_by("id"):
        assert agreement.last_day is not None
        day = months_before(agreement.last_day, agreement.notice_months)
        if day <= today + SOON:
            found.append(DueThing(max(day, today), _("Agree on what comes after the agreement"), agreement.title, _url(agreement.pk)))
    for party in (
        Party.objects.on(today).filter(agreement__region__in=regions, last_day__lte=today + SOON).select_related("agreement", "organisation")
    ):
        assert party.last_day is not None
        found.append(
            DueThing(
                party.last_day,
                _("See that the open matters of a leaving party are handed over"),
                str(party.organisation.name),
                _url(party.agreement_id),
            )
        )
    promises = Promise.objects.filter(agreement__region__in=regions, agreement__ended_at=None, ended_at=None, review_on__lte=today + SOON)
    words = _("Look at the promises of the agreement")
    kept = Agreement.objects.filter(pk__in=promises.values("agreement")).order_by("id")
    found += [DueThing(today, words, each.title, _url(each.pk) + "lupaukset") for each in kept]
    return found


def _url(pk: int) -> str:
    return reverse("agreements:agreement", kwargs={"pk": pk})
