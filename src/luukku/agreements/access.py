"""The one door to agreements and the mark: parties' people while their parts hold, who keeps and leads the region, the area's contact, the nation's
owner; by a link who signs one document; and everybody what a region has made public (first wall here, second in the database)."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luukku.agreements.enums import MARK_STEPS, DocumentState, Visibility
from luukku.agreements.models import Agreement, Document, MarkApplication, MarkRule, MarkUse, Party, Signatory
from luukku.agreements.models.agreements import AgreementQuerySet
from luukku.core.actor import Actor, ActorSeat
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, make_token
from luukku.network.access import can_edit_network
from luukku.network.access.working import coordinated, inside_seats
from luukku.network.enums import ROLES, Level, Right, Role
from luukku.network.models import Organisation, Participation, Region, Seat
from luukku.network.models.places import RegionArea

SIGNING = (Role.ORGANISATION_HEAD,)  # whose seat lets one sign for the organisation


def visible_agreements(actor: Actor) -> AgreementQuerySet:
    """Those that the actor reads as one inside, drafts too; of a link the one whose document she signs; of everybody else the public ones."""
    if actor.kind == "house":
        return Agreement.objects.all()
    if actor.kind == "link":
        return Agreement.objects.filter(readers__overlap=list(actor.principals))
    if not actor.is_staff:
        return Agreement.objects.filter(public())
    inside = inside_seats(actor)
    if any(seat.role == Role.NATIONAL_OWNER for seat in inside):
        return Agreement.objects.all()
    today = timezone.localdate()
    areas = RegionArea.objects.on(today).filter(
        area__in=[seat.area_id for seat in inside if seat.role == Role.AREA_CONTACT and seat.area_id is not None]
    )
    test = Q(region__in=areas.values("region")) | public()
    for seat in inside:
        test |= _by_seat(seat)
    return Agreement.objects.filter(test)


def public() -> Q:
    """What the region has made public, from its first day on."""
    return Q(visibility=Visibility.PUBLIC, signed_at__isnull=False, first_day__lte=timezone.localdate())


def _by_seat(seat: ActorSeat) -> Q:
    if ROLES[Role(seat.role)].level is Level.REGION:
        if seat.organisation_id is None or seat.role == Role.COORDINATOR:
            return Q(region=seat.region_id)
        return Q(region=seat.region_id) & ~_left(seat.organisation_id)
    if seat.organisation_id is None:
        return Q(pk__in=())
    today = timezone.localdate()
    parts = Participation.objects.on(today).filter(organisation=seat.organisation_id)
    own = Party.objects.standing(today).filter(organisation=seat.organisation_id)
    test = Q(pk__in=own.values("agreement")) | (Q(region__in=parts.values("region")) & ~_left(seat.organisation_id))
    return test if seat.region_id is None else test & Q(region=seat.region_id)


def _left(organisation_id: int) -> Q:
    """Agreements of regions in which its part has ended, and no other one holds."""
    today = timezone.localdate()
    parts = Party.objects.filter(organisation=organisation_id, first_day__isnull=False, agreement__region=OuterRef("region"))
    return Q(Exists(parts.over(today))) & ~Q(Exists(parts.standing(today)))


def get_agreement(actor: Actor, pk: int) -> Agreement:
    """Raises NotFound."""
    found = visible_agreements(actor).select_related("region", "coordinating", "steering", "follows").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def is_inside(actor: Actor, agreement: Agreement) -> bool:
    """Whether she reads drafts, steps and promises too, and not only what is public. One statement at most."""
    if actor.kind == "house":
        return True
    if not actor.is_staff:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select %s in (select wall.agreements_inside())", [agreement.pk])
        return bool(cursor.fetchone()[0])


def get_document(actor: Actor, pk: int) -> Document:
    """Raises NotFound. To whom only what is public is open, no draft is."""
    agreements = visible_agreements(actor)
    related = ("agreement__region", "agreement__coordinating", "agreement__steering", "organisation", "receiving_desk__organisation")
    found = Document.objects.select_related(*related).filter(pk=pk, agreement__in=agreements.values("pk")).first()
    if found is None or not (found.state == DocumentState.SIGNED or _reads_drafts(actor, found)):
        raise NotFound
    return found


def _reads_drafts(actor: Actor, document: Document) -> bool:
    if actor.kind == "link":
        return bool(set(actor.principals) & set(document.readers))
    return is_inside(actor, document.agreement)


def can_keep(actor: Actor, region_id: int) -> bool:
    """Drafts, parties, steps and promises are the coordinator's."""
    return actor.kind == "house" or region_id in coordinated(actor)


def can_check(actor: Actor) -> bool:
    """The check on the national level."""
    return any(seat.role == Role.NATIONAL_OWNER for seat in actor.seats)


def keeps(actor: Actor) -> bool:
    return actor.is_staff and bool(coordinated(actor))


def has_agreements(actor: Actor) -> bool:
    """Whether agreements are her daily work: she keeps a region, contacts an area, owns the nation."""
    return actor.is_staff and any(seat.role in (Role.COORDINATOR, Role.AREA_CONTACT, Role.NATIONAL_OWNER) for seat in actor.seats)


def may_sign(person_id: int, organisation_id: int) -> bool:
    """Whether somebody's seat of today lets her sign for the organisation."""
    seats = Seat.objects.on(timezone.localdate()).filter(person_id=person_id, person__deactivated_at=None, organisation_id=organisation_id)
    return seats.filter(role__in=SIGNING).exists()


def signers_of(organisation_id: int) -> QuerySet[Seat]:
    """Seats of today by which somebody signs for it, with their people."""
    seats = Seat.objects.on(timezone.localdate()).filter(organisation_id=organisation_id, role__in=SIGNING, person__deactivated_at=None)
    return seats.select_related("person").order_by("id")


def own_signatories(actor: Actor) -> QuerySet[Signatory]:
    """Where she is named to sign: by her person, while her seat lets her, or by her link."""
    if actor.kind == "link":
        return Signatory.objects.filter(principal__in=actor.principals)
    allowed = {seat.organisation_id for seat in actor.seats if seat.role in SIGNING}
    return Signatory.objects.filter(person=actor.person_id or 0, organisation__in=allowed)


def link_token(signatory: Signatory) -> str:
    """The secret of the link by which somebody without a sign-in signs one document."""
    made: datetime | None = signatory.link_made_at
    assert made is not None
    return make_token(signatory.principal, made)


def link_actor(token: str) -> Actor | None:
    """Who holds this link; None for one that is unknown or has run out."""
    with connection.cursor() as cursor:
        cursor.execute("select principal from wall.agreements_link(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("link", (row[0],)) if row else None


def speaks_for(actor: Actor, agreement: Agreement) -> list[Organisation]:
    """Parties for which she may say something of a draft: those of her seats. One statement."""
    mine: Collection[int] = actor.organisation_ids
    return list(Organisation.objects.filter(pk__in=mine, agreement_parts__agreement=agreement).distinct())


def can_edit_template(actor: Actor) -> bool:
    """The network's own text and the rules of the mark."""
    return can_edit_network(actor)


def visible_marks(actor: Actor) -> QuerySet[MarkApplication]:
    """Applications of the agreements that she reads inside; to everybody else only rights that are held."""
    held = MarkApplication.objects.held(timezone.localdate())
    if not actor.is_staff and actor.kind != "house":
        return held
    inside = MarkApplication.objects.filter(agreement__in=visible_agreements(actor).exclude(pk__in=_public_only(actor)).values("pk"))
    return (held | inside).distinct()


def _public_only(actor: Actor) -> list[int]:
    """Public agreements that she reads from outside."""
    if actor.kind == "house":
        return []
    with connection.cursor() as cursor:
        cursor.execute("select id from agreements_agreement where id not in (select wall.agreements_inside())")
        return [row[0] for row in cursor.fetchall()]


def get_mark(actor: Actor, pk: int) -> MarkApplication:
    """Raises NotFound."""
    related = (
        "agreement__region",
        "agreement__coordinating",
        "agreement__steering",
        "rule",
        "applied_by",
        "prepared_by",
        "presented_by",
        "decided_by",
        "conditions_met_by",
    )
    found = visible_marks(actor).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_uses(actor: Actor) -> QuerySet[MarkUse]:
    """Where the mark is shown by those who hold it; to those inside all."""
    test = Q(agreement__in=MarkApplication.objects.held(timezone.localdate()).values("agreement"))
    if actor.is_staff:
        test |= Q(agreement__in=visible_agreements(actor).values("pk"))
    return MarkUse.objects.filter(test)


def has_seat(actor: Actor, role: str, region: Region) -> bool:
    """Whether a seat of this role reaches the region: it lies there, in its area, or at the nation."""
    for seat in actor.seats:
        if seat.role != role:
            continue
        level = ROLES[Role(role)].level
        if level is Level.NATIONAL or (level is Level.REGION and seat.region_id == region.pk):
            return True
        if level is Level.AREA and RegionArea.objects.on(timezone.localdate()).filter(area=seat.area_id, region=region).exists():
            return True
    return False


def marks_to_act_on(actor: Actor) -> QuerySet[MarkApplication]:
    """Those whose next step a seat of hers takes: prepares, presents or decides it, or sees whether the conditions are met."""
    found = Q(pk__in=())
    for seat in actor.seats:
        level = ROLES[Role(seat.role)].level
        within = {Level.NATIONAL: Q(), Level.REGION: Q(agreement__region=seat.region_id)}.get(level)
        if level is Level.AREA:
            here = RegionArea.objects.on(timezone.localdate()).filter(area=seat.area_id)
            within = Q(agreement__region__in=here.values("region"))
        if within is not None:
            for state, step in MARK_STEPS.items():
                found |= Q(state=state, **{f"rule__{step}": seat.role}) & within
    return MarkApplication.objects.filter(found)


def rule_of_today() -> MarkRule:
    """Who prepares, presents and decides today. Raises NotFound."""
    found = MarkRule.objects.filter(since__lte=timezone.localdate()).order_by("-since").first()
    if found is None:
        raise NotFound
    return found


def can_note_use(actor: Actor, party: Party) -> bool:
    """A party's own people who keep its details, and the coordinator."""
    own = any(seat.organisation_id == party.organisation_id and Right.EDIT_ORGANISATION in ROLES[Role(seat.role)].rights for seat in actor.seats)
    return own or can_keep(actor, party.agreement.region_id)
