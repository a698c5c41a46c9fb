"""Whom the customer has let into her matter."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luukku.core.models import MailState, OutgoingMail
from luukku.desk.models import Case, CaseGuest

GUEST_MAIL = "desk.guest"
GUEST_CONSENT = "guest-1"
CONSENT_TEXTS: dict[str, Promise] = {
    "guest-1": _(
        "I agree that this person reads this matter as I do: what I asked, messages, files and booked times; and writes messages and books times in "
        "it for me. Those who handle the matter see who it is. I can end this at any time."
    ),
}


@dataclass(frozen=True)
class GuestLine:
    """One whose link opens, and why the mail with it did not get through (a code; empty if it did)."""

    guest: CaseGuest
    unreached: str


def guests_of(case: Case) -> list[GuestLine]:
    """Those whose links open, in the order of their invitations. Two statements."""
    guests = list(CaseGuest.objects.filter(case=case, ended_at=None).order_by("id"))
    mails = OutgoingMail.objects.filter(
        kind=GUEST_MAIL, subject_kind="desk.case", subject_id=case.pk, state__in=(MailState.FAILED, MailState.BOUNCED)
    )
    lost = {int(mail.facts["guest"]): mail.error or "unknown" for mail in mails.order_by("id")}
    return [GuestLine(each, lost.get(each.pk, "")) for each in guests]
