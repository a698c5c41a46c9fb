"""Open complaints go along when organisations merge or split; answered ones stay with whom they were about."""

from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luukku.complaints.enums import OPEN
from luukku.complaints.models import Complaint, ComplaintRule
from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover

STAY = "complaints.stay"


def _waiting(mover: Mover) -> "QuerySet[Complaint]":
    wanted = mover.within(region="region", person="about_person", service="service")
    return Complaint.objects.filter(wanted, state__in=OPEN, organisation=mover.source)


def complaints_that_stay(mover: Mover) -> None:
    """They were told to the source: it answers them itself, unless the target is its successor in law."""
    if not mover.is_legal:
        mover.stay(STAY, dict(_waiting(mover).order_by("pk").values_list("pk", "desk_id")))


def carry_complaints(mover: Mover) -> None:
    """Whose answer is awaited; and who answers of which kind, where the receiver has no rule of its own."""
    waiting = _waiting(mover).exclude(pk__in=mover.staying.get(STAY, ()))
    for old, new in mover.desks.items():
        mine = waiting.filter(desk=old)
        mover.change(mine, what="complaints.open", desk_id=new.pk, organisation_id=mover.target.pk)
    own = set(ComplaintRule.objects.filter(organisation=mover.target).values_list("region", "cause"))
    for rule in ComplaintRule.objects.filter(mover.within(region="region"), organisation=mover.source).order_by("pk"):
        if (rule.region_id, rule.cause) not in own:
            mover.change(ComplaintRule.objects.filter(pk=rule.pk), organisation_id=mover.target.pk)


PARTS: Final = {
    "complaints.open": ReformPart(
        250,
        ("complaints.Complaint.desk", "complaints.Complaint.organisation", "complaints.ComplaintRule.organisation"),
        carry_complaints,
        {"complaints.open": _("Open complaints")},
        {STAY: _("Open complaints that stay: the receiver is not the legal successor, so the old organisation answers them")},
        complaints_that_stay,
    ),
}
