"""An organisation outside is sent its link anew, when it has lost it or the mail with it did not get through."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from luukku.core import mail, trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.secret_links import digest_of
from luukku.desk.actions.mail_bounces import failed_mails
from luukku.desk.actions.work import checked_email, work_on
from luukku.desk.models import Leg
from luukku.network.queries.nation import outside_link_days
from luukku.statements.access import can_ask, statement_token
from luukku.statements.actions.turns import leave, leg_of, lock, tell_giver
from luukku.statements.enums import AWAITED, OPEN
from luukku.statements.models import Statement
from luukku.statements.queries.unreached import OUTSIDE_MAIL, last_link_mail


def make_link(statement: Statement, at: datetime) -> None:
    """The secret address of the outside organisation, as `statement_token` makes it; it runs out as the region has decided (not saved)."""
    statement.link_digest = digest_of(statement_token(statement))
    statement.link_expires_at = at + timedelta(days=outside_link_days(statement.case.region))


def send_link_again(*, by: Actor, statement: Statement, email: str, at: datetime | None = None) -> Statement:
    """A new link leaves, to this address; the old one, which may have come to a stranger, opens nothing any more. The day stays as it was.

    Before the customer has agreed only the address is mended. Raises RuleBroken with the field to mend, NotAllowed.
    """
    if not can_ask(by, statement):
        raise NotAllowed
    if statement.to_desk_id is not None:
        raise RuleBroken(_("Inside the network nobody needs a link."))
    address = checked_email(email, field="email")
    with work_on(statement.case_id, by=by, at=at) as work:
        locked = lock(statement)
        if locked.state not in OPEN:
            raise RuleBroken(_("The statement is not awaited any more."))
        locked.outside_email = address
        if locked.state in AWAITED:
            locked.link_made_at = work.at
            make_link(locked, work.at)
        locked.save(update_fields=["outside_email", "link_made_at", "link_digest", "link_expires_at"])
        leg = leg_of(work, locked)
        if locked.state in AWAITED:
            tell_giver(work, locked, "asked")
            leave(work, locked, "readdressed")
            leg.mail_failed = leg.mail_failed and bool(failed_mails(locked.case_id))
            work.save(leg)
        return locked


def mark_unreached(sent: OutgoingMail) -> None:
    """The mail with a link did not get through: the asker's part shows it, and she is told; nothing if it is not awaited or a newer mail has left.

    As the house, in the sender's transaction.
    """
    statement = Statement.objects.filter(pk=sent.facts.get("statement"), state__in=AWAITED).select_related("case", "leg").first()
    if statement is None or last_link_mail(statement) != sent:
        return
    Leg.objects.open().filter(pk=statement.leg_id).update(mail_failed=True)
    mail.queue(
        "statements.turn", statement.case, person=statement.leg.handler_id or statement.from_person_id, turn="unreached", statement=statement.pk
    )
    trail.record("statement.unreached", statement.case, by=HOUSE, region_id=statement.region_id, statement=statement.pk, leg=statement.leg_id)


UNREACHED = {OUTSIDE_MAIL: mark_unreached}
