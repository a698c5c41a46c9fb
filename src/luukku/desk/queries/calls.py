"""Calls that wait: news for those who want to be called, and missed calls to be returned."""

from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access import visible_legs
from luukku.desk.access.desks import handling_organisations
from luukku.desk.enums import CUSTOMER_MAILS, Channel
from luukku.desk.models import Case, Leg, NewsCall

MOST = 200


def calls_of(case: Case) -> list[NewsCall]:
    """The calls about news that wait on a case. One statement."""
    return list(NewsCall.objects.filter(case=case, done_at=None))


def get_call(actor: Actor, case: Case, pk: int) -> NewsCall:
    """Raises NotFound."""
    found = NewsCall.objects.filter(case=case, pk=pk).first()
    if found is None or not actor.is_staff:
        raise NotFound
    return found


@dataclass(frozen=True)
class CallList:
    """News first by the proposed time; then missed calls, the oldest first."""

    news: list[NewsCall]
    missed: list[Leg]


def call_list(actor: Actor) -> CallList:
    """The calls of the desks whose cases the actor handles. Two statements."""
    organisations = handling_organisations(actor)
    related = ("case__customer__contact", "leg__handler", "leg__desk__organisation")
    news = NewsCall.objects.filter(done_at=None, leg__desk__organisation__in=organisations).select_related(*related)
    missed = visible_legs(actor).open().filter(
        case__channel=Channel.MISSED_CALL, case__own_words="", desk__organisation__in=organisations
    ).select_related("case__customer__contact", "handler", "desk__organisation")  # fmt: skip
    return CallList(list(news.order_by("call_at", "pk")[:MOST]), list(missed.order_by("received_at", "pk")[:MOST]))


def mail_trouble(case: Case) -> str | None:
    """Why the last mail to the customer that was not brought failed; None when the last ones got through. One statement."""
    last = OutgoingMail.objects.filter(subject_kind="desk.case", subject_id=case.pk, kind__in=CUSTOMER_MAILS).order_by("-id").first()
    return (last.error or "bounce") if last is not None and last.state in (MailState.FAILED, MailState.BOUNCED) else None
