"""The one door to plans. What is approved is read by the whole network, and by everybody where the region says so; a draft by the region's parties;
somebody's own year by her, and once it is in use by the coordinator. First wall here, second in the database."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, secret_of
from luukku.network.access import can_edit_network, is_inside
from luukku.network.access.working import coordinated, inside_seats
from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import Organisation, Participation
from luukku.plans.enums import STANDING, PlanState
from luukku.plans.models import Idea, MatrixCell, Measure, Plan, Proposal, Reminder, Round, RoundPart, Share, StrategyLine
from luukku.plans.models.measures import MeasureQuerySet
from luukku.plans.models.plans import PlanQuerySet

WRITERS = (Role.COORDINATOR, Role.STEERING_CHAIR, Role.WORKING_CHAIR, Role.WORKING_MEMBER, Role.PROCESS_OWNER)
APPROVERS = (Role.COORDINATOR, Role.STEERING_CHAIR)
PLANNERS = (*WRITERS, Role.STEERING_MEMBER, Role.AREA_CONTACT, Role.NATIONAL_OWNER)


def party_regions(actor: Actor) -> set[int]:
    """Regions to whose parties she belongs: by a seat, or by an organisation that takes part, itself or as a unit. Two statements at most."""
    inside = inside_seats(actor)
    organisations = {seat.organisation_id for seat in inside if seat.organisation_id is not None}
    found = {seat.region_id for seat in inside if seat.region_id is not None}
    if organisations:
        organisations |= set(Organisation.objects.filter(pk__in=organisations, parent__isnull=False).order_by().values_list("parent_id", flat=True))
        parts = Participation.objects.on(timezone.localdate()).filter(organisation__in=organisations)
        found |= set(parts.order_by().values_list("region_id", flat=True))
    return found


def visible_plans(actor: Actor) -> PlanQuerySet:
    """Those whose measures the actor reads today. One statement more."""
    if actor.kind == "house":
        return Plan.objects.all()
    standing = Q(person=None, state__in=STANDING)
    if not actor.is_staff or not is_inside(actor):
        return Plan.objects.filter(standing, is_public=True)
    own = Q(person=None, region__in=party_regions(actor)) | Q(person=actor.person_id or 0)
    return Plan.objects.filter(standing | own | (Q(person__isnull=False, region__in=coordinated(actor)) & ~Q(state=PlanState.DRAFT)))


def get_plan(actor: Actor, pk: int) -> Plan:
    """Raises NotFound."""
    found = visible_plans(actor).select_related("kind", "region", "organisation", "person", "parent").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_measures(actor: Actor) -> MeasureQuerySet:
    """Those of the plans that the actor reads."""
    return Measure.objects.filter(plan__in=visible_plans(actor).values("pk"))


def get_measure(actor: Actor, pk: int) -> Measure:
    """Raises NotFound."""
    found = visible_measures(actor).select_related("plan__kind", "plan__region", "plan__organisation", "part").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_cells(actor: Actor, plan: Plan) -> "QuerySet[MatrixCell]":
    """What is written of the state of the cooperation, matter by matter, in a plan that the actor reads."""
    return MatrixCell.objects.filter(plan=plan, plan__in=visible_plans(actor).values("pk"))


def plans_daily(actor: Actor) -> bool:
    """Whether plans are her daily work: she coordinates, or sits in a group of a region, an area or the nation."""
    return actor.is_staff and any(seat.role in PLANNERS for seat in actor.seats)


def _in_region(actor: Actor, region_id: int, roles: Iterable[str]) -> bool:
    return any(seat.role in roles and seat.region_id == region_id for seat in actor.seats)


def can_begin(actor: Actor, region_id: int) -> bool:
    """A plan of the region: whoever writes its plans."""
    return actor.kind == "house" or _in_region(actor, region_id, WRITERS)


def can_begin_own(actor: Actor, region_id: int) -> bool:
    """Her own year, where she works."""
    return actor.is_staff and region_id in party_regions(actor)


def heads(actor: Actor, organisation_id: int | None) -> bool:
    """Whether she answers for the organisation."""
    return organisation_id is not None and any(
        seat.role == Role.ORGANISATION_HEAD and seat.organisation_id == organisation_id for seat in actor.seats
    )


def can_write(actor: Actor, plan: Plan) -> bool:
    """The draft: the region's coordinator and groups, the organisation's head, the person herself."""
    if actor.kind == "house":
        return True
    if plan.person_id is not None:
        return plan.person_id == actor.person_id
    return _in_region(actor, plan.region_id, WRITERS) or heads(actor, plan.organisation_id)


def can_tell_strategy(actor: Actor, organisation: Organisation) -> bool:
    """Its own head, or whoever writes the plans of a region in which it takes part. One statement at most."""
    if heads(actor, organisation.pk):
        return True
    here = Participation.objects.on(timezone.localdate()).filter(organisation=organisation).values_list("region_id", flat=True)
    return any(can_begin(actor, region) for region in here)


def visible_lines(actor: Actor, region_id: int) -> "QuerySet[StrategyLine]":
    """Lines of strategies of those who take part in the region: open to all who work in the network."""
    if actor.kind != "house" and not actor.is_staff:
        return StrategyLine.objects.none()
    here = Participation.objects.on(timezone.localdate()).filter(region=region_id).values("organisation")
    return StrategyLine.objects.filter(organisation__in=here).select_related("organisation")


def can_approve(actor: Actor, plan: Plan) -> bool:
    """Writing down that it was approved, and closing it: coordinator, chair, the organisation's head; of her own year she herself."""
    if actor.kind == "house" or (plan.person_id is not None and plan.person_id == actor.person_id):
        return True
    return plan.person_id is None and (_in_region(actor, plan.region_id, APPROVERS) or heads(actor, plan.organisation_id))


def can_comment(actor: Actor, plan: Plan) -> bool:
    """The region's parties. One statement."""
    return plan.person_id is None and plan.region_id in party_regions(actor)


def holds(actor: Actor, key: tuple[str, int | None, int | None], region_id: int) -> bool:
    """Whether one of her seats is this one: its role, organisation and area, in the plan's region where the role is a region's."""
    role, organisation_id, area_id = key
    for seat in actor.seats:
        if seat.role != role or (organisation_id is not None and seat.organisation_id != organisation_id):
            continue
        level = ROLES[Role(role)].level
        if level is Level.AREA and seat.area_id != area_id:
            continue
        if level is not Level.REGION or seat.region_id == region_id:
            return True
    return False


def held_measures(actor: Actor) -> Q:
    """For measures: those for which one of her seats answers."""
    return _held(actor, "seats__")


def held_parts(actor: Actor) -> Q:
    """For parts of rounds: those that ask one of her seats."""
    return _held(actor, "")


def _held(actor: Actor, seat_of: str) -> Q:
    found = Q(pk__in=())
    for seat in inside_seats(actor):
        level = ROLES[Role(seat.role)].level
        test = Q(**{f"{seat_of}role": seat.role})
        test &= Q(**{f"{seat_of}organisation": None}) | Q(**{f"{seat_of}organisation": seat.organisation_id or 0})
        if level is Level.AREA:
            test &= Q(**{f"{seat_of}area": seat.area_id or 0})
        elif level is Level.REGION:
            test &= Q(plan__region=seat.region_id or 0)
        found |= test
    return found


def can_report(actor: Actor, measure: Measure) -> bool:
    """Saying how it goes: whoever holds a seat that answers for it, and who may write its plan. One statement."""
    if can_write(actor, measure.plan):
        return True
    if measure.plan.person_id is not None:
        return False
    return any(holds(actor, seat.key, measure.plan.region_id) for seat in measure.seats.all())


def can_confirm(actor: Actor, share: Share) -> bool:
    """A party's share: its own head."""
    return heads(actor, share.organisation_id)


def can_edit_kinds(actor: Actor) -> bool:
    return can_edit_network(actor)


def visible_rounds(actor: Actor) -> "QuerySet[Round]":
    """Of plans that she reads; those who do not work in the network read what was made public once it is closed."""
    found = Round.objects.filter(plan__in=visible_plans(actor).values("pk"))
    if actor.kind == "house" or (actor.is_staff and is_inside(actor)):
        return found
    return found.filter(is_public=True, closed_at__isnull=False)


def get_round(actor: Actor, pk: int) -> Round:
    """Raises NotFound."""
    found = visible_rounds(actor).select_related("plan__kind", "plan__region", "plan__organisation", "plan__person", "plan__parent")
    round_ = found.filter(pk=pk).first()
    if round_ is None:
        raise NotFound
    return round_


def get_part(actor: Actor, pk: int) -> RoundPart:
    """Raises NotFound; NotAllowed is the action's."""
    found = RoundPart.objects.filter(round__in=visible_rounds(actor).values("pk")).select_related("round__plan__kind", "round__plan__region")
    part = found.filter(pk=pk).first()
    if part is None:
        raise NotFound
    return part


def can_answer(actor: Actor, part: RoundPart) -> bool:
    """What a round asks: whoever holds the seat, and in her stead whoever compiles the report."""
    return can_approve(actor, part.round.plan) or holds(actor, part.key, part.round.plan.region_id)


def visible_ideas(actor: Actor) -> "QuerySet[Idea]":
    return Idea.objects.all() if actor.kind == "house" else Idea.objects.filter(region__in=party_regions(actor))


def visible_proposals(actor: Actor) -> "QuerySet[Proposal]":
    """Of her regions; and those that stand on a list of decisions which she reads."""
    if actor.kind == "house":
        return Proposal.objects.all()
    return Proposal.objects.filter(Q(region__in=party_regions(actor)) | Q(plan__in=visible_plans(actor).values("pk")))


def reminded(token: str) -> tuple[int, int, int] | None:
    """Keys of the reminder, the person and the measure of an answer's address; None for one that opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select reminder_id, person_id, measure_id from wall.plans_reminded(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return (int(row[0]), int(row[1]), int(row[2])) if row else None


def reminder_token(reminder: Reminder) -> str:
    """The secret of the link by which a reminder is answered: made again when the mail leaves, stored as its digest only."""
    return secret_of(f"reminder:{reminder.measure_id}:{reminder.person_id}:{reminder.made_at.timestamp():.6f}")
