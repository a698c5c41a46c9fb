"""The customer's status link: renewed, and mailed to her anew."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound
from luukku.desk.access.links import digest_of, expired_link_actor, link_case, make_token, require_customer
from luukku.desk.actions.work import Work, work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import Case, StatusLink


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


def _renew(work: Work) -> StatusLink:
    StatusLink.objects.filter(case=work.case, revoked_at=None).update(revoked_at=work.at)
    made_at = timezone.now()  # the token stands on it, so it must differ from every earlier one
    ends = made_at + timedelta(days=settings.LUUKKU_STATUS_LINK_DAYS) if work.case.state in ENDED_STATES else None
    token = make_token(work.case.door_principal, made_at)
    link = StatusLink.objects.create(case=work.case, digest=digest_of(token), created_at=made_at, expires_at=ends)
    work.record("case.link_renewed")
    work.tell("desk.link")
    return link
