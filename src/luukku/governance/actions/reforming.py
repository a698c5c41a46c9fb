"""Places in groups go along when organisations merge or split: for whom a member speaks, and the seat on which she stands."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.governance.models import Membership
from luukku.network.actions.reforms.moving import Mover


def carry_memberships(mover: Mover) -> None:
    """Of those whose term goes on: of everybody, or of the chosen people and of groups in the chosen regions."""
    going_on = Membership.objects.filter(mover.within(region="group__region", person="person")).exclude(valid_until__lt=timezone.localdate())
    mover.change(going_on.filter(organisation=mover.source), what="governance.members", organisation_id=mover.target.pk)
    for old, new in mover.seats.items():
        mover.change(Membership.objects.filter(seat=old), seat_id=new)


PARTS: Final = {
    "governance.members": ReformPart(200, ("governance.Membership.organisation",), carry_memberships, {"governance.members": _("Places in groups")}),
}
