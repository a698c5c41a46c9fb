"""A mail that has not got there is sent again at once."""

from datetime import datetime

from django.db import transaction

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.models import MailState, OutgoingMail
from luukku.desk.access import visible_cases
from luukku.desk.actions.mail_bounces import failed_mails
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import CUSTOMER_MAILS
from luukku.desk.queries.unsent import unsent_mails


def send_now(*, by: Actor, mail_id: int, at: datetime | None = None) -> bool:
    """Make and send it anew, to the address that is known now. False when it has left meanwhile. Raises NotFound for another's mail."""
    known = unsent_mails(by, at).filter(pk=mail_id).first()
    if known is None:
        raise NotFound
    with transaction.atomic():
        if known.subject_kind == "desk.case" and known.kind in CUSTOMER_MAILS and visible_cases(by).filter(pk=known.subject_id).exists():
            with work_on(known.subject_id, by=by, at=at) as work:
                return _again(by, mail_id) and _unmark(work)
        return _again(by, mail_id)


def _again(by: Actor, mail_id: int) -> bool:
    waiting = OutgoingMail.objects.select_for_update().exclude(state__in=(MailState.SENT, MailState.GONE)).filter(pk=mail_id).first()
    if waiting is None:
        return False
    mail.send_again(waiting)
    trail.record("mail.again", waiting, by=by, kind=waiting.kind)
    return True


def _unmark(work: Work) -> bool:
    """Its case is marked no longer, if it was the only one."""
    if not failed_mails(work.case.pk):
        for leg in work.legs:
            leg.mail_failed = False
        work.save(*work.legs)
    return True
