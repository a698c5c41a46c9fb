"""What of agreements waits for one person: texts to sign or to check, promises to look at, ends that come near, measures."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.agreements.access import can_check, own_signatories
from luukku.agreements.enums import DocumentState, StepCode
from luukku.agreements.models import Agreement, Party, Promise, Step
from luukku.core.actor import Actor
from luukku.core.months import months_before
from luukku.core.registries import DueThing
from luukku.network.access.working import coordinated

SOON = timedelta(days=60)
TO_ANSWER = timedelta(days=14)


def my_due(actor: Actor) -> list[DueThing]:
    """The earliest first. Five statements at most for whoever keeps a region, two for the nation's owner, else one."""
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
        found += _kept(regions)
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
