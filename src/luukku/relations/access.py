"""The one door to the network's work with companies. `readers` name the organisations that take part (first wall here, second in the database)."""

from django.db.models import Q, QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.customers.models import Company
from luukku.desk.access import visible_cases
from luukku.desk.access.desks import handling_organisations
from luukku.desk.models import Case
from luukku.network.access import is_inside, may, visible_regions
from luukku.network.access.figures import figure_regions
from luukku.network.enums import Right
from luukku.network.models import Organisation, Region
from luukku.relations.models import AccountPlan, FactLead, Lead, NeedTalk, Touch, Visit

PLAN_RELATED = ("company__municipality", "region", "organisation", "lead")
VISIT_RELATED = ("company__municipality", "region", "desk__organisation", "organisation", "planned_by", "need_map")
LEAD_RELATED = (
    "company",
    "region",
    "from_organisation",
    "from_person",
    "to_desk__organisation",
    "to_organisation",
    "to_person",
    "taken_by",
    "service",
)


def works_with_companies(actor: Actor) -> bool:
    """Whether she visits companies and gives leads: those who handle cases."""
    return actor.is_staff and may(actor, Right.HANDLE_CASES)


def writer(actor: Actor) -> int:
    """The person who acts. Raises NotAllowed for whoever is nobody of ours."""
    if not actor.is_staff or actor.person_id is None:
        raise NotAllowed
    return actor.person_id


def acting_organisation(actor: Actor) -> int | None:
    """The organisation of the seat by which she works with companies; None for the house."""
    return next((seat.organisation_id for seat in actor.seats if seat.organisation_id), None)


def visible_visits(actor: Actor) -> "QuerySet[Visit]":
    """Visits in which the actor's organisation takes part."""
    if actor.kind == "house":
        return Visit.objects.all()
    return Visit.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else Visit.objects.none()


def get_visit(actor: Actor, pk: int) -> Visit:
    """Raises NotFound."""
    found = visible_visits(actor).select_related(*VISIT_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_change_visit(actor: Actor, visit: Visit) -> bool:
    """Day, visitors and calling off are theirs who called the visitors together."""
    return may(actor, Right.HANDLE_CASES, organisation_id=visit.organisation_id)


def visible_leads(actor: Actor) -> "QuerySet[Lead]":
    """Leads that the actor's organisation has given or got."""
    if actor.kind == "house":
        return Lead.objects.all()
    return Lead.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else Lead.objects.none()


def get_lead(actor: Actor, pk: int) -> Lead:
    """Raises NotFound."""
    found = visible_leads(actor).select_related(*LEAD_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_answer_lead(actor: Actor, lead: Lead) -> bool:
    return may(actor, Right.HANDLE_CASES, organisation_id=lead.to_organisation_id)


def touches_of(actor: Actor, company: Company) -> "QuerySet[Touch]":
    """When and by which organisation a company was met or is to be met, for the network's own people."""
    return Touch.objects.filter(company=company).select_related("organisation") if is_inside(actor) else Touch.objects.none()


def visible_plans(actor: Actor) -> "QuerySet[AccountPlan]":
    """Account plans on whose team the actor is, for an organisation in which she sits."""
    if actor.kind == "house":
        return AccountPlan.objects.all()
    if not actor.is_staff or not actor.principals:
        return AccountPlan.objects.none()
    own = actor.organisation_ids
    team = Q(lead=actor.person_id, organisation__in=own) | Q(members__person=actor.person_id, members__organisation__in=own)
    return AccountPlan.objects.filter(team, readers__overlap=list(actor.principals)).distinct()


def get_plan(actor: Actor, pk: int) -> AccountPlan:
    """Raises NotFound."""
    found = visible_plans(actor).select_related(*PLAN_RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def plan_regions(actor: Actor) -> list[Region]:
    """Regions whose contact plan she may look at: of her seats, of her organisations' desks, and those whose figures she sees. Two statements."""
    if not actor.is_staff or not is_inside(actor):
        return []
    own = {seat.region_id for seat in actor.seats if seat.region_id}
    wanted = own | {each.pk for each in figure_regions(actor)}
    found = visible_regions(actor).filter(Q(pk__in=wanted) | Q(desks__organisation__in=actor.organisation_ids), is_live=True)
    return list(found.distinct().order_by("code"))


def sees_contact_plan(actor: Actor) -> bool:
    return actor.is_staff and is_inside(actor) and (may(actor, Right.HANDLE_CASES) or may(actor, Right.SEE_FIGURES))


def can_set_target(actor: Actor, region_id: int, organisation_id: int) -> bool:
    """An organisation's own leads say how many it means to meet, and the region's coordinator."""
    return may(actor, Right.LEAD_DESK, organisation_id=organisation_id) or may(actor, Right.EDIT_REGION, region_id=region_id)


def can_set_rules(actor: Actor, region_id: int) -> bool:
    return may(actor, Right.EDIT_REGION, region_id=region_id)


def visible_facts(actor: Actor) -> "QuerySet[FactLead]":
    """Leads from facts that are proposed to the actor's organisation, or that it has written down."""
    if actor.kind == "house":
        return FactLead.objects.all()
    return FactLead.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else FactLead.objects.none()


def get_fact(actor: Actor, pk: int) -> FactLead:
    """Raises NotFound."""
    found = visible_facts(actor).select_related("company__municipality", "region", "desk__organisation", "organisation", "lead").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_answer_fact(actor: Actor, fact: FactLead) -> bool:
    return may(actor, Right.HANDLE_CASES, organisation_id=fact.organisation_id)


def rule_regions(actor: Actor) -> list[Region]:
    """Regions whose rules she sets: the coordinator's own. One statement."""
    return [each for each in visible_regions(actor).filter(is_live=True).order_by("code") if can_set_rules(actor, each.pk)]


def can_edit_maps(actor: Actor, region_id: int | None) -> bool:
    """The network's owner keeps the maps of the whole network, a region's coordinator those of her own."""
    return may(actor, Right.EDIT_NETWORK) if region_id is None else may(actor, Right.EDIT_REGION, region_id=region_id)


def keeps_maps(actor: Actor) -> bool:
    return actor.is_staff and (may(actor, Right.EDIT_NETWORK) or may(actor, Right.EDIT_REGION))


def visible_talks(actor: Actor) -> "QuerySet[NeedTalk]":
    """Needs that people of the actor's organisation have mapped."""
    if actor.kind == "house":
        return NeedTalk.objects.all()
    return NeedTalk.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff and actor.principals else NeedTalk.objects.none()


def organisation_on(actor: Actor, case: Case) -> Organisation | None:
    """For which organisation she may map needs on a matter: one of hers that reads it and for which she handles cases. Two statements."""
    handles = handling_organisations(actor)
    readers = visible_cases(actor).filter(pk=case.pk).values_list("readers", flat=True).first() if actor.is_staff and handles else None
    return Organisation.objects.filter(pk__in=handles, principal__in=readers).order_by("pk").first() if readers else None
