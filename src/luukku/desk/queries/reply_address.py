"""The addresses of a region's own mailbox: where answers and bounces of our mails are found."""

from luukku.desk.access.links import reply_tag
from luukku.desk.models import Case, Mailbox


def door_address(region_id: int) -> str:
    """The mailbox of the region's door; empty when it has none."""
    box = Mailbox.objects.filter(region=region_id, is_active=True).first()
    return box.address if box is not None else ""


def reply_address(case: Case) -> str:
    """Where the customer's answer joins her case by itself; empty when the region has no mailbox."""
    local, _at, domain = door_address(case.region_id).partition("@")
    return f"{local}+{reply_tag(case)}@{domain}" if domain else ""
