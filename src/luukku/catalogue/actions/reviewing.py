"""Cards that have not been looked over for long: their editors hear of it each week, a month later the coordinators of the regions too."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.catalogue.queries.reviews import late_cards, to_look_over
from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.models import OutgoingMail
from luukku.core.trail import subject_kind
from luukku.network.actions.writing import writing
from luukku.network.enums import Right, Role, roles_with
from luukku.network.models import Person, Region, Seat

KIND = "catalogue.reviews"
PAUSE = timedelta(days=6)  # nobody gets two in a week, however often this runs


def tell_of_reviews(*, by: Actor) -> int:
    """Queue a mail for each editor with cards to look over, and for each coordinator in whose region some have waited a further month.

    An organisation's cards are its service editors', or where it has none all others' who may edit them; common cards the national owners'.
    Returns how many mails. For the house. Raises NotAllowed.
    """
    if by.kind != "house":
        raise NotAllowed
    with writing("service.tell_of_reviews", by=by):
        told = _told_already()
        editors = _new(_editors(), "editor", told)
        coordinators = _new(_coordinators(), "coordinator", told)
        mail.queue_for_each(KIND, Person, editors, turn="editor")
        mail.queue_for_each(KIND, Person, coordinators, turn="coordinator")
    return len(editors) + len(coordinators)


def _editors() -> set[int]:
    owners = set(Service.objects.active().filter(to_look_over()).values_list("owner_id", flat=True))
    seats = list(_seats(roles_with(Right.EDIT_CARDS)).filter(organisation__in=owners).values_list("organisation_id", "role", "person_id"))
    with_editor = {organisation for organisation, role, _ in seats if role == Role.SERVICE_EDITOR}
    found = {person for organisation, role, person in seats if role == Role.SERVICE_EDITOR or organisation not in with_editor}
    if None in owners:
        found |= set(_seats([Role.NATIONAL_OWNER]).values_list("person_id", flat=True))
    return found


def _coordinators() -> set[int]:
    seats = list(_seats([Role.COORDINATOR]).exclude(region=None).values_list("region_id", "person_id"))
    regions = [
        region.pk for region in Region.objects.filter(pk__in={region for region, _ in seats}) if late_cards(region).exclude(owner=None).exists()
    ]
    return {person for region, person in seats if region in regions}


def _seats(roles: list[Role]) -> "QuerySet[Seat]":
    return Seat.objects.on(timezone.localdate()).filter(role__in=roles, person__deactivated_at=None)


def _told_already() -> set[tuple[int, str]]:
    recent = OutgoingMail.objects.filter(kind=KIND, subject_kind=subject_kind(Person), created_at__gt=timezone.now() - PAUSE)
    return {(person, str(facts.get("turn"))) for person, facts in recent.values_list("subject_id", "facts")}


def _new(people: set[int], turn: str, told: set[tuple[int, str]]) -> set[int]:
    return {person for person in people if (person, turn) not in told}
