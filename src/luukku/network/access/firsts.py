"""Who may name the first person of an organisation that has nobody: its own head gives its seats, and a network at its start has none yet."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.network.access import can_administer, can_edit_region
from luukku.network.enums import ROLES, Level
from luukku.network.models import Organisation, Participation, Region, Representation, Seat
from luukku.network.models.organisations import OrganisationQuerySet

OF_ORGANISATIONS = [role for role, row in ROLES.items() if row.level is Level.ORGANISATION]


def can_name_first(actor: Actor, region: Region) -> bool:
    """The coordinator of the region, and the administrator."""
    return can_edit_region(actor, region.pk) or can_administer(actor)


def waiting_for_first(region: Region, *, or_asked: Collection[int] = ()) -> OrganisationQuerySet:
    """Today's parties of the region of which nobody is, has been or is to be: what one finds behind such an organisation is nobody's.

    With the first seat that is given in it the organisation answers for itself, and it leaves this list for good. One for which another acts needs
    nobody. Seats of a region's groups that name an organisation are not its own. `or_asked`: keys of parties that a form already names, which stay
    in it though they have somebody meanwhile.
    """
    has_nobody = ~Exists(Seat.objects.filter(organisation=OuterRef("pk"), role__in=OF_ORGANISATIONS))
    return _bare(region).filter(has_nobody | Q(pk__in=or_asked))


def left_by_all(region: Region) -> OrganisationQuerySet:
    """Today's parties whose people have all left: what they did is there, so that an administrator says who goes on."""
    seats = Seat.objects.filter(organisation=OuterRef("pk"), role__in=OF_ORGANISATIONS)
    held = seats.lasting(timezone.localdate()).filter(person__deactivated_at=None)
    return _bare(region).filter(Exists(seats), ~Exists(held))


def regions_of_first(actor: Actor, organisation: Organisation, regions: Sequence[Region]) -> list[Region]:
    """Those of its regions in which she may name its first person. One statement for each region that she keeps."""
    return [each for each in regions if can_name_first(actor, each) and waiting_for_first(each).filter(pk=organisation.pk).exists()]


def _bare(region: Region) -> OrganisationQuerySet:
    today = timezone.localdate()
    parts = Participation.objects.on(today).filter(region=region)
    represented = Representation.objects.on(today).values("represented")
    return Organisation.objects.active().filter(pk__in=parts.values("organisation")).exclude(pk__in=represented)
