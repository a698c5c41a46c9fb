"""An adviser's secret address for her own calendar: made, changed and taken away by herself."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.secret_links import digest_of
from luukku.desk.models import CalendarFeed


def make_feed(*, by: Actor, full: bool, at: datetime | None = None) -> str:
    """A new address's secret, told this once; an earlier address opens nothing any more. Raises NotAllowed for who is nobody in the network."""
    if by.person_id is None:
        raise NotAllowed
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _revoke(by, at)
        feed = CalendarFeed.objects.create(person_id=by.person_id, digest=digest_of(token), is_full=full, created_at=at or timezone.now())
        trail.record("feed.made", feed, by=by, full=full)
    return token


def end_feed(*, by: Actor, at: datetime | None = None) -> None:
    """The address opens nothing any more. Raises NotAllowed."""
    if by.person_id is None:
        raise NotAllowed
    with transaction.atomic():
        _revoke(by, at)


def _revoke(by: Actor, at: datetime | None) -> None:
    for feed in CalendarFeed.objects.filter(person_id=by.person_id or 0, revoked_at=None):
        feed.revoked_at = at or timezone.now()
        feed.save(update_fields=["revoked_at"])
        trail.record("feed.ended", feed, by=by)
