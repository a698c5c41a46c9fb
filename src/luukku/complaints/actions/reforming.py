"""Open complaints go along when organisations merge or split; answered ones stay with whom they were about."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.complaints.enums import OPEN
from luukku.complaints.models import Complaint, ComplaintRule
from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover


def carry_complaints(mover: Mover) -> None:
    """Whose answer is awaited; and who answers of which kind, where the receiver has no rule of its own."""
    waiting = Complaint.objects.filter(mover.within(region="region", person="about_person", service="service"), state__in=OPEN)
    for old, new in mover.desks.items():
        mine = waiting.filter(desk=old, organisation=mover.source)
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
    ),
}
