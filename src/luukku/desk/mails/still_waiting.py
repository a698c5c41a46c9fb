"""The customer hears that we still wait, and her handler that she was told so."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.enums import CaseState, WaitingFor
from luukku.desk.mails import to_customer, to_staff
from luukku.desk.models import Clock
from luukku.desk.queries.waiting_words import WAITING_TOLD


def still_waiting(mail: OutgoingMail) -> MailContent | None:
    """For what we still wait, and by when a person tells her more; nothing when it has gone on or somebody has told her already."""
    clock, content = _clock(mail), to_customer(mail)
    leg = clock.leg if clock is not None else None
    if clock is None or leg is None or content is None or leg.state != CaseState.WAITING or leg.waiting_for == WaitingFor.CUSTOMER:
        return None
    with translation.override(content.language):
        cause = str(WAITING_TOLD[WaitingFor(leg.waiting_for)])
    return replace(content, context=content.context | {"cause": cause, "due": clock.due_at})


def still_told(mail: OutgoingMail) -> MailContent | None:
    """The program has told her; the promise is the handler's to keep by its limit."""
    clock, content = _clock(mail), to_staff(mail)
    return replace(content, context=content.context | {"due": clock.due_at}) if clock is not None and content is not None else None


def _clock(mail: OutgoingMail) -> Clock | None:
    return Clock.objects.select_related("leg").filter(pk=mail.facts.get("clock"), ended_at=None, paused_at=None).first()


def register_kinds() -> None:
    for name, build in {"still_waiting": still_waiting, "still_told": still_told}.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, _("That the matter waits")))
