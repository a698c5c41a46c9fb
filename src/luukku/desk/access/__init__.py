"""The one door to cases. Who reads is decided by `readers` (first wall here, second in the database); who does, by the role table."""

from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.desk.models import Appointment, Case, Handover, IncomingMail, Kiosk, Leg, Mailbox
from luukku.desk.models.cases import CaseQuerySet, LegQuerySet
from luukku.desk.models.handover import HandoverQuerySet
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk

RELATED = ("region", "municipality", "company", "customer__contact", "sponsor")
BOX_RELATED = ("region", "desk__region", "desk__organisation")
LEG_RELATED = ("desk__organisation", "handler", "service")
HANDOVER_RELATED = (
    "region", "service", "from_desk__organisation", "from_person", "to_desk__organisation", "to_person", "accepted_by", "consent_by",
    "next_desk__organisation",
)  # fmt: skip


def visible_cases(actor: Actor) -> CaseQuerySet:
    """The cases the actor may read: her organisations', her own as a customer, or the one of her link."""
    if actor.kind == "house":
        return Case.objects.all()
    return Case.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Case.objects.none()


def visible_legs(actor: Actor) -> LegQuerySet:
    """The legs of the cases the actor may read."""
    if actor.kind == "house":
        return Leg.objects.all()
    return Leg.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Leg.objects.none()


def get_case(actor: Actor, number_or_pk: str | int, *, need: Right | None = None) -> Case:
    """A case by number or key. Raises NotFound when it is not the actor's to see, NotAllowed when she may see it but not do `need`."""
    lookup = {"pk": number_or_pk} if isinstance(number_or_pk, int) else {"number": number_or_pk.upper()}
    case = visible_cases(actor).select_related(*RELATED).filter(**lookup).first()
    if case is None:
        raise NotFound
    if need is not None and not _has(actor, case, need):
        raise NotAllowed
    return case


def get_leg(actor: Actor, pk: int, *, need: Right | None = None) -> Leg:
    """A leg by key, with its case. Raises NotFound or NotAllowed like `get_case`."""
    leg = visible_legs(actor).select_related("case__region", *LEG_RELATED).filter(pk=pk).first()
    if leg is None:
        raise NotFound
    if need is not None and not may(actor, need, organisation_id=leg.desk.organisation_id):
        raise NotAllowed
    return leg


def first_leg(actor: Actor, case: Case) -> Leg:
    """The case's first open leg, or its first one. Raises NotFound."""
    leg = visible_legs(actor).select_related("case__region", *LEG_RELATED).filter(case=case).order_by("-is_open", "position").first()
    if leg is None:
        raise NotFound
    return leg


def own_leg(actor: Actor, case: Case) -> Leg:
    """The part of the case that the actor handles, an open one first. Raises NotAllowed when she handles none."""
    legs = visible_legs(actor).select_related("case__region", "desk__region", *LEG_RELATED).filter(case=case).order_by("-is_open", "position")
    found = next((leg for leg in legs if can_handle_leg(actor, leg)), None)
    if found is None:
        raise NotAllowed
    return found


def visible_appointments(actor: Actor) -> "QuerySet[Appointment]":
    """The booked times the actor may read: of her cases, of her organisation's desks, her own."""
    if actor.kind == "house":
        return Appointment.objects.all()
    return Appointment.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Appointment.objects.none()


def get_appointment(actor: Actor, pk: int) -> Appointment:
    """A booked time with its people. Raises NotFound."""
    related = ("case__region", "desk__organisation", "room__premises", "municipality", "times")
    found = visible_appointments(actor).select_related(*related).prefetch_related("people").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_handle(actor: Actor, case: Case) -> bool:
    """Whether the actor's organisation has a part of the case and her role handles cases."""
    return _has(actor, case, Right.HANDLE_CASES)


def can_handle_leg(actor: Actor, leg: Leg) -> bool:
    return may(actor, Right.HANDLE_CASES, organisation_id=leg.desk.organisation_id)


def can_lead(actor: Actor, leg: Leg) -> bool:
    """Whether the actor leads the desk of the leg: she may assign it to others."""
    return may(actor, Right.LEAD_DESK, organisation_id=leg.desk.organisation_id)


def visible_handovers(actor: Actor) -> HandoverQuerySet:
    """The handovers of the cases that the actor reads, and those that lie with her desk or were taken there."""
    if actor.kind == "house":
        return Handover.objects.all()
    return Handover.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Handover.objects.none()


def get_handover(actor: Actor, pk: int) -> Handover:
    """A handover by key. Raises NotFound."""
    found = visible_handovers(actor).select_related(*HANDOVER_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_pass(actor: Actor, handover: Handover) -> bool:
    """Whether the actor handles cases at the passer's desk."""
    return may(actor, Right.HANDLE_CASES, organisation_id=handover.from_desk.organisation_id)


def can_answer(actor: Actor, handover: Handover) -> bool:
    """Whether the actor may accept, ask or decline: she handles cases at the receiver's desk, or holds the outside organisation's link."""
    if handover.to_desk is None:
        return actor.kind == "link" and handover.door_principal in actor.principals
    return may(actor, Right.HANDLE_CASES, organisation_id=handover.to_desk.organisation_id)


def handover_door(actor: Actor, handover: Handover) -> tuple[int, tuple[int, ...]] | None:
    """The case of a handover that the actor may answer, and the principals by which it is read; None when there is nothing to answer any more."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id, principals from wall.desk_handover_door(%s)", [handover.pk])
        row = cursor.fetchone()
    return (int(row[0]), tuple(row[1])) if row else None


def can_log(actor: Actor) -> bool:
    """Whether the actor may log a contact."""
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def can_route(actor: Actor) -> bool:
    """Whether the actor logs contacts at the nation's door, for any region's desk."""
    return actor.is_staff and may(actor, Right.ROUTE_CONTACTS)


def can_publish(actor: Actor, desk: Desk, person_ids: Collection[int]) -> bool:
    """Whether the actor may open times of these people at a desk: her own (with colleagues), or as the desk's lead anybody's."""
    if may(actor, Right.LEAD_DESK, organisation_id=desk.organisation_id):
        return True
    return actor.person_id in person_ids and may(actor, Right.HANDLE_CASES, organisation_id=desk.organisation_id)


def can_manage_room(actor: Actor, organisation_id: int) -> bool:
    """Rooms are kept by those who use them, or who keep the organisation's data."""
    rights = (Right.HANDLE_CASES, Right.EDIT_ORGANISATION)
    return any(may(actor, right, organisation_id=organisation_id) for right in rights)


def _has(actor: Actor, case: Case, right: Right) -> bool:
    organisations = Leg.objects.filter(case=case).values_list("desk__organisation_id", flat=True)
    return any(may(actor, right, organisation_id=organisation_id) for organisation_id in organisations)


def visible_mails(actor: Actor) -> "QuerySet[IncomingMail]":
    """Mails that have come, of cases the actor may read, to a door of her organisation, or to the nation's if she is its operator."""
    if actor.kind == "house":
        return IncomingMail.objects.all()
    return (
        IncomingMail.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else IncomingMail.objects.none()
    )


def can_edit_mailboxes(actor: Actor) -> bool:
    """Mail servers and their passwords are the administrator's."""
    return actor.is_staff and may(actor, Right.ADMINISTER)


def mailboxes(actor: Actor) -> "QuerySet[Mailbox]":
    """The doors' mailboxes, for administrators and the house."""
    return Mailbox.objects.select_related(*BOX_RELATED) if actor.kind == "house" or can_edit_mailboxes(actor) else Mailbox.objects.none()


def visible_kiosks(actor: Actor) -> QuerySet[Kiosk]:
    """The tablets of the organisations whose cases the actor reads."""
    return Kiosk.objects.filter(readers__overlap=list(actor.principals)).select_related("desk__organisation", "desk__region")


def get_kiosk(actor: Actor, pk: int) -> Kiosk:
    """Raises NotFound for one that is not the actor's to see."""
    kiosk = visible_kiosks(actor).filter(pk=pk).first()
    if kiosk is None:
        raise NotFound
    return kiosk
