"""The customer's status link: renewed, and mailed to her anew."""

from datetime import datetime, timedelta

from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.secret_links import digest_of, make_token
from luukku.desk.access.links import expired_link_actor, link_case, require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, StatusLink
from luukku.desk.queries.package import sees_her_page
from luukku.network.queries.nation import status_link_days


def renew_link(*, by: Actor, case: Case, at: datetime | None = None) -> StatusLink:
    """A new link; the old one opens nothing any more, and the new one is mailed to the address on the case. By the customer or a handler."""
    with work_on(case.pk, by=by, at=at) as work:
        if by.is_staff:
            work.leg()
        else:
            require_customer(by, work.case)
        return _renew(work)


def ask_new_link(token: str) -> bool:
    """A link that has run out is enough to have a new one mailed to the address on the case. Returns whether it was such a link."""
    actor = expired_link_actor(token)
    if actor is None:
        return False
    with act_as(actor):
        try:
            renew_link(by=actor, case=link_case(actor))
        except (NotFound, NotAllowed):
            return False
    return True


def show_link(*, by: Actor, case: Case, at: datetime | None = None) -> StatusLink:
    """Her own link for a handler to print, read out or send as a text message: the one that she has, or a new one where that has run out.

    Raises NotAllowed for those from whom something on her page is kept, and for a customer nobody knows.
    """
    with work_on(case.pk, by=by, at=at) as work:
        leg = work.leg()
        if work.case.customer_id is None or not sees_her_page(leg):
            raise NotAllowed
        current = StatusLink.objects.filter(case=work.case, revoked_at=None).order_by("-id").first()
        link = current if current is not None and (current.expires_at is None or current.expires_at > work.at) else _anew(work)
        work.record("case.link_shown", leg=leg)
        link.case = work.case
        return link


def _renew(work: Work) -> StatusLink:
    link = _anew(work)
    work.record("case.link_renewed")
    work.tell("desk.link")
    return link


def _anew(work: Work) -> StatusLink:
    StatusLink.objects.filter(case=work.case, revoked_at=None).update(revoked_at=work.at)
    made_at = timezone.now()  # the token stands on it, so it must differ from every earlier one
    ends = made_at + timedelta(days=status_link_days(work.case.region)) if work.case.state in ENDED_STATES else None
    token = make_token(work.case.door_principal, made_at)
    return StatusLink.objects.create(case=work.case, digest=digest_of(token), created_at=made_at, expires_at=ends)
