"""What is under way with companies goes along when organisations merge or split: visits to come, open leads, running account plans.

They hold what companies have told the one organisation: to another that is not its successor in law
they do not go, and the old one sees them through.
"""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.network.models import Desk
from luukku.relations.enums import OPEN_LEADS, FactState, VisitState
from luukku.relations.models import AccountMember, AccountPlan, FactLead, FactRule, Lead, Visit, VisitParty, VisitTarget

VISITS_STAY, LEADS_STAY, PLANS_STAY, FACTS_STAY = ("relations.visits_stay", "relations.leads_stay", "relations.plans_stay", "relations.facts_stay")


def visits_that_stay(mover: Mover) -> None:
    planned = Visit.objects.filter(mover.within(region="region", person="planned_by"), state=VisitState.PLANNED, organisation=mover.source)
    _stay(mover, VISITS_STAY, planned, "desk_id")


def leads_that_stay(mover: Mover) -> None:
    mine = mover.within(region="region", person="to_person", service="service")
    _stay(mover, LEADS_STAY, Lead.objects.filter(mine, state__in=OPEN_LEADS, to_organisation=mover.source), "to_desk_id")


def facts_that_stay(mover: Mover) -> None:
    """Notices in somebody's words; what the open register tells goes along."""
    told = FactLead.objects.filter(mover.within(region="region"), state=FactState.WAITS, organisation=mover.source)
    _stay(mover, FACTS_STAY, told.exclude(from_organisation=None), "desk_id")


def plans_that_stay(mover: Mover) -> None:
    """Its desks in the plan's region stay open for them: the team reads a plan by its seats there."""
    if mover.is_legal:
        return
    desks = dict(Desk.objects.filter(organisation=mover.source, deactivated_at=None).order_by("-pk").values_list("region_id", "pk"))
    running = Q(organisation=mover.source) | Q(members__organisation=mover.source)
    plans = AccountPlan.objects.filter(running, mover.within(region="region", person="lead"), ended_at=None).distinct()
    mover.stay(PLANS_STAY, {pk: desks[region] for pk, region in plans.order_by("pk").values_list("pk", "region_id") if region in desks})


def _stay(mover: Mover, what: str, rows: "QuerySet[Any]", desk: str) -> None:
    if not mover.is_legal:
        mover.stay(what, dict(rows.order_by("pk").values_list("pk", desk)))


def carry_visits(mover: Mover) -> None:
    """Visits to come, with those who go."""
    if not mover.is_legal:
        return
    planned = Visit.objects.filter(mover.within(region="region", person="planned_by"), state=VisitState.PLANNED)
    for old, new in mover.desks.items():
        mine = planned.filter(desk=old, organisation=mover.source)
        mover.change(mine, what="relations.visits", desk_id=new.pk, organisation_id=mover.target.pk)
    going = VisitParty.objects.filter(mover.within(region="visit__region", person="person"), visit__state=VisitState.PLANNED)
    mover.change(going.filter(organisation=mover.source), organisation_id=mover.target.pk)


def carry_leads(mover: Mover) -> None:
    """Open leads: who is to answer, and who hears what came of them."""
    if not mover.is_legal:
        return
    leads = Lead.objects.filter(state__in=OPEN_LEADS)
    for old, new in mover.desks.items():
        mine = leads.filter(mover.within(region="region", person="to_person", service="service"), to_desk=old)
        mover.change(mine, what="relations.leads", to_desk_id=new.pk, to_organisation_id=mover.target.pk)
    mover.change(
        leads.filter(mover.within(region="region", person="from_person"), from_organisation=mover.source), from_organisation_id=mover.target.pk
    )


def carry_plans(mover: Mover) -> None:
    """Running account plans and their teams, and how many companies are to be met. Where both have one, both stay as they are."""
    _aims(mover)
    if not mover.is_legal:
        return
    running = AccountPlan.objects.filter(mover.within(region="region", person="lead"), organisation=mover.source, ended_at=None)
    both = running.filter(company__in=AccountPlan.objects.filter(organisation=mover.target, ended_at=None).values("company"))
    mover.tell("relations.both_plan", both.count())
    keys = list(running.exclude(pk__in=both.values("pk")).values_list("pk", flat=True))
    mover.change(AccountPlan.objects.filter(pk__in=keys), what="relations.plans", organisation_id=mover.target.pk)
    team = AccountMember.objects.filter(mover.within(region="plan__region", person="person"), organisation=mover.source, plan__ended_at=None)
    mover.change(team, organisation_id=mover.target.pk)


def _aims(mover: Mover) -> None:
    aims = VisitTarget.objects.filter(mover.within(region="region"), organisation=mover.source, year__gte=mover.day.year)
    for aim in aims.order_by("pk"):
        if not VisitTarget.objects.filter(region=aim.region_id, organisation=mover.target, year=aim.year).exists():
            mover.make(VisitTarget(region_id=aim.region_id, organisation=mover.target, year=aim.year, visits=aim.visits))


def carry_facts(mover: Mover) -> None:
    """What waits for an answer, and the rules by which more comes."""
    waiting = FactLead.objects.filter(mover.within(region="region"), state=FactState.WAITS).exclude(pk__in=mover.staying.get(FACTS_STAY, ()))
    for old, new in mover.desks.items():
        mover.change(waiting.filter(desk=old), what="relations.facts", desk_id=new.pk, organisation_id=mover.target.pk)
        mover.change(FactRule.objects.filter(mover.within(region="region"), desk=old), desk_id=new.pk)


PARTS: Final = {
    "relations.visits": ReformPart(
        210,
        ("relations.Visit.organisation", "relations.Visit.desk", "relations.VisitParty.organisation"),
        carry_visits,
        {"relations.visits": _("Visits to come")},
        {VISITS_STAY: _("Visits to come that stay: the receiver is not the legal successor")},
        visits_that_stay,
    ),
    "relations.leads": ReformPart(
        220,
        ("relations.Lead.to_desk", "relations.Lead.to_organisation", "relations.Lead.from_organisation"),
        carry_leads,
        {"relations.leads": _("Open leads")},
        {LEADS_STAY: _("Open leads that stay: they were told to the old organisation only")},
        leads_that_stay,
    ),
    "relations.facts": ReformPart(
        225,
        ("relations.FactLead.organisation", "relations.FactLead.desk", "relations.FactRule.desk"),
        carry_facts,
        {"relations.facts": _("Leads from facts that wait")},
        {FACTS_STAY: _("Notices that stay: they were told to the old organisation only")},
        facts_that_stay,
    ),
    "relations.plans": ReformPart(
        230,
        ("relations.AccountPlan.organisation", "relations.AccountMember.organisation", "relations.VisitTarget.organisation"),
        carry_plans,
        {"relations.plans": _("Running account plans")},
        {
            "relations.both_plan": _("Both have an account plan of the same company: the old one stays readable and is ended by hand"),
            PLANS_STAY: _("Account plans that stay with their teams: the receiver is not the legal successor"),
        },
        plans_that_stay,
    ),
}
STAYS: Final = {
    "relations.NeedTalk.organisation": "tells whose person asked; a legal successor reads it",
    "relations.FactLead.from_organisation": "tells who wrote it down",
    "relations.Touch.organisation": "tells who met the company",
    "relations.VisitReport.organisation": "tells who wrote it",
    "relations.VisitNeed.given_to": "tells to whom it was given then; the lead itself goes along",
}
