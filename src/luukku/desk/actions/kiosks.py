"""A tablet with four faces: set up and ended by the desk's lead, answered by anybody who stands before it."""

import secrets
import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.secret_links import digest_of
from luukku.desk.access.links import kiosk_token
from luukku.desk.enums import Face
from luukku.desk.models import Kiosk, KioskAnswer
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk

OLDEST_ANSWER = timedelta(days=14)  # a tablet that has been without network for longer has no good clock either


def set_up_kiosk(*, by: Actor, desk: Desk, place: str, at: datetime | None = None) -> Kiosk:
    """A new tablet page of a desk. Raises NotAllowed for others than its lead, RuleBroken without a place."""
    _require_lead(by, desk)
    words = " ".join(place.split())
    if not words:
        raise RuleBroken(_("Say where the tablet stands, such as Main hall."), field="place")
    with transaction.atomic():
        kiosk = Kiosk.objects.create(desk=desk, place=words[:80], digest=secrets.token_bytes(32))
        _readdress(kiosk, at)
    trail.record("kiosk.set_up", kiosk, by=by, region_id=desk.region_id, organisation_id=desk.organisation_id, at=at)
    return kiosk


def renew_kiosk(*, by: Actor, kiosk: Kiosk, at: datetime | None = None) -> Kiosk:
    """A new address; the old one shows nothing any more. An ended one is in use again."""
    _require_lead(by, kiosk.desk)
    _readdress(kiosk, at)
    trail.record("kiosk.renewed", kiosk, by=by, region_id=kiosk.desk.region_id, organisation_id=kiosk.desk.organisation_id, at=at)
    return kiosk


def end_kiosk(*, by: Actor, kiosk: Kiosk, at: datetime | None = None) -> Kiosk:
    """The tablet shows that it is out of use; its answers stay in the figures."""
    _require_lead(by, kiosk.desk)
    if kiosk.ended_at is None:
        kiosk.ended_at = at or timezone.now()
        kiosk.save(update_fields=["ended_at"])
        trail.record("kiosk.ended", kiosk, by=by, region_id=kiosk.desk.region_id, organisation_id=kiosk.desk.organisation_id, at=at)
    return kiosk


def answer_kiosk(*, by: Actor, kiosk: Kiosk, face: int, key: uuid.UUID, given_at: datetime | None = None, at: datetime | None = None) -> bool:
    """One touch. The same key counts once; returns whether this was the first. No event in the trail: its moment would tell who stood there.

    `given_at` is the tablet's own time when it has been without network; a time to come or over 14 days old is taken as now.
    Raises RuleBroken for no face, NotFound for a tablet out of use.
    """
    if kiosk.principal not in by.principals:
        raise NotAllowed
    if kiosk.ended_at is not None:
        raise NotFound
    if face not in Face.values:
        raise RuleBroken(_("Choose one of the four faces."), field="face")
    now = at or timezone.now()
    given = given_at if given_at is not None and now - OLDEST_ANSWER <= given_at <= now else now
    hour = given.replace(minute=0, second=0, microsecond=0)
    own_key = uuid.uuid5(key, f"kiosk {kiosk.pk}")  # a key says nothing beyond its own tablet
    return KioskAnswer.objects.get_or_create(key=own_key, defaults={"kiosk": kiosk, "face": face, "given_at": hour})[1]


def _require_lead(by: Actor, desk: Desk) -> None:
    if not may(by, Right.LEAD_DESK, organisation_id=desk.organisation_id):
        raise NotAllowed


def _readdress(kiosk: Kiosk, at: datetime | None) -> None:
    kiosk.renewed_at, kiosk.ended_at = at or timezone.now(), None
    kiosk.digest = digest_of(kiosk_token(kiosk))
    kiosk.save(update_fields=["renewed_at", "ended_at", "digest"])
