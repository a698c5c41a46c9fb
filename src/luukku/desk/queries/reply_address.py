"""The addresses of doors' own mailboxes: where needs come by mail, and where answers and bounces of our mails are found."""

from django.db.models import F, Q

from luukku.core.remembered import Remembered
from luukku.desk.access.links import reply_tag
from luukku.desk.models import Case, Leg, Mailbox

_shown: Remembered[str] = Remembered(30)


def door_address(region_id: int | None = None, desk_id: int | None = None) -> str:
    """The mailbox of a region's door, of an organisation's own (`desk_id` alone), or with neither of the nation's; empty when it has none."""
    return _address(Q(region=region_id, desk=desk_id))


def shown_address(region_id: int | None = None, desk_id: int | None = None) -> str:
    """The same for a public page, remembered for half a minute."""
    return _shown.get((region_id, desk_id), lambda: door_address(region_id, desk_id))


def reply_address(case: Case) -> str:
    """Where the customer's answer joins her case by itself; empty when there is no mailbox.

    That of the own door by which she came, while its desk works on the case or once it has ended; else the region's; else the nation's.
    """
    own = Leg.objects.filter(Q(is_open=True) | Q(case__settled_at__isnull=False), case=case, routed__by="door").values("desk")
    local, _at, domain = _address(Q(desk__in=own) | Q(desk=None, region=case.region_id) | Q(region=None, desk=None)).partition("@")
    return f"{local}+{reply_tag(case)}@{domain}" if domain else ""


def _address(doors: Q) -> str:
    nearest = (F("desk").asc(nulls_last=True), F("region").asc(nulls_last=True))
    return Mailbox.objects.filter(doors, is_active=True).order_by(*nearest).values_list("address", flat=True).first() or ""
