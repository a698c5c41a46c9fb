"""Who may ask whether others of the network know a customer, and who answers."""

from django.db.models import QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.customers.models import Inquiry, InquiryTurn
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Participation, Region

OPEN_DAYS = 30  # afterwards a question counts as not answered


def can_ask_around(actor: Actor) -> bool:
    """Whether the actor serves customers, so that she may ask who else knows one."""
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def asking_organisation(actor: Actor, region: Region) -> int | None:
    """For which of her organisations the actor asks in a region: one that takes part there today. None: she may not ask."""
    return _parts(actor).filter(region=region).order_by("organisation_id").values_list("organisation_id", flat=True).first()


def asking_regions(actor: Actor) -> list[Region]:
    """Where the actor may ask."""
    return list(Region.objects.filter(pk__in=_parts(actor).values("region")).order_by("name_fi", "pk"))


def _parts(actor: Actor) -> QuerySet[Participation]:
    """Where organisations for which the actor handles cases take part today."""
    ours = {key for key in actor.organisation_ids if actor.is_staff and may(actor, Right.HANDLE_CASES, organisation_id=key)}
    return Participation.objects.on(timezone.localdate()).filter(organisation__in=ours)


def own_inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """What the actor's organisations have asked. Newest first."""
    found = Inquiry.objects.select_related("person", "region", "organisation")
    return found.filter(readers__overlap=list(actor.principals)) if actor.principals else found.none()


def asked_turns(actor: Actor) -> QuerySet[InquiryTurn]:
    """What the actor's organisations are asked, or were. Newest first."""
    found = InquiryTurn.objects.select_related("asker", "asker_organisation", "region", "answered_by")
    if not actor.principals:
        return found.none()
    return found.filter(readers__overlap=list(actor.principals), organisation__in=actor.organisation_ids)


def get_turn(actor: Actor, pk: int) -> InquiryTurn:
    """A question to the actor's organisation. Raises NotFound."""
    found = asked_turns(actor).filter(pk=pk).first()
    if found is None or not can_ask_around(actor):
        raise NotFound
    return found
