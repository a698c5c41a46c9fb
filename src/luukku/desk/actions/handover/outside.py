"""An organisation outside is sent its link: when the handover leaves, and anew when the mail with it did not get through."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.secret_links import digest_of
from luukku.desk.access.links import handover_token
from luukku.desk.actions.handover.receiving import lock_own
from luukku.desk.actions.handover.turns import leave, tell_receiver
from luukku.desk.actions.mail_bounces import failed_mails
from luukku.desk.actions.work import checked_email, work_on
from luukku.desk.enums import ENDED_STATES, OPEN_HANDOVER
from luukku.desk.models import Handover
from luukku.network.queries.nation import outside_link_days


def make_link(handover: Handover) -> None:
    """The secret address by which the outside organisation reads it; an earlier one opens nothing any more (not saved)."""
    made = handover.link_made_at or handover.sent_at
    assert made is not None
    handover.link_digest = digest_of(handover_token(handover))
    handover.link_expires_at = made + timedelta(days=outside_link_days(handover.case.region))


def send_link_again(*, by: Actor, handover: Handover, email: str, at: datetime | None = None) -> Handover:
    """A new link leaves, to this address; the old one, which may have come to a stranger, opens nothing any more.

    The passer answers for the customer as before, and the promise's clock goes on. Raises RuleBroken with the field to mend, NotAllowed.
    """
    if handover.to_desk_id is not None:
        raise RuleBroken(_("Inside the network nobody needs a link."))
    address = checked_email(email, field="email")
    with work_on(handover.case_id, by=by, at=at) as work:
        locked = lock_own(by, handover)
        leg = next(each for each in work.legs if each.pk == locked.leg_id)
        if locked.state not in OPEN_HANDOVER and not (locked.end_awaited and leg.state not in ENDED_STATES):
            raise RuleBroken(_("This handover has ended already."))
        locked.outside_email = address
        if locked.sent_at is not None:
            locked.link_made_at = work.at
            make_link(locked)
        locked.save(update_fields=["outside_email", "link_made_at", "link_digest", "link_expires_at"])
        if locked.sent_at is not None:
            tell_receiver(work, locked, "came")
            leave(work, locked, "readdressed")
        leg.mail_failed = leg.mail_failed and bool(failed_mails(locked.case_id))
        work.save(leg)
        return locked
