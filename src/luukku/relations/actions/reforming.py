"""What is under way with companies goes along when organisations merge or split: visits to come, open leads, running account plans."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.relations.enums import OPEN_LEADS, FactState, VisitState
from luukku.relations.models import AccountMember, AccountPlan, FactLead, FactRule, Lead, Visit, VisitParty, VisitTarget


def carry_visits(mover: Mover) -> None:
    """Visits to come, with those who go."""
    planned = Visit.objects.filter(mover.within(region="region", person="planned_by"), state=VisitState.PLANNED)
    for old, new in mover.desks.items():
        mine = planned.filter(desk=old, organisation=mover.source)
        mover.change(mine, what="relations.visits", desk_id=new.pk, organisation_id=mover.target.pk)
    going = VisitParty.objects.filter(mover.within(region="visit__region", person="person"), visit__state=VisitState.PLANNED)
    mover.change(going.filter(organisation=mover.source), organisation_id=mover.target.pk)


def carry_leads(mover: Mover) -> None:
    """Open leads: who is to answer, and who hears what came of them."""
    leads = Lead.objects.filter(state__in=OPEN_LEADS)
    for old, new in mover.desks.items():
        mine = leads.filter(mover.within(region="region", person="to_person", service="service"), to_desk=old)
        mover.change(mine, what="relations.leads", to_desk_id=new.pk, to_organisation_id=mover.target.pk)
    mover.change(
        leads.filter(mover.within(region="region", person="from_person"), from_organisation=mover.source), from_organisation_id=mover.target.pk
    )


def carry_plans(mover: Mover) -> None:
    """Running account plans and their teams, and how many companies are to be met. Where both have one, both stay as they are."""
    running = AccountPlan.objects.filter(mover.within(region="region", person="lead"), organisation=mover.source, ended_at=None)
    both = running.filter(company__in=AccountPlan.objects.filter(organisation=mover.target, ended_at=None).values("company"))
    mover.tell("relations.both_plan", both.count())
    keys = list(running.exclude(pk__in=both.values("pk")).values_list("pk", flat=True))
    mover.change(AccountPlan.objects.filter(pk__in=keys), what="relations.plans", organisation_id=mover.target.pk)
    team = AccountMember.objects.filter(mover.within(region="plan__region", person="person"), organisation=mover.source, plan__ended_at=None)
    mover.change(team, organisation_id=mover.target.pk)
    aims = VisitTarget.objects.filter(mover.within(region="region"), organisation=mover.source, year__gte=mover.day.year)
    for aim in aims.order_by("pk"):
        if not VisitTarget.objects.filter(region=aim.region_id, organisation=mover.target, year=aim.year).exists():
            mover.make(VisitTarget(region_id=aim.region_id, organisation=mover.target, year=aim.year, visits=aim.visits))


def carry_facts(mover: Mover) -> None:
    """What waits for an answer, and the rules by which more comes."""
    waiting = FactLead.objects.filter(mover.within(region="region"), state=FactState.WAITS)
    for old, new in mover.desks.items():
        mover.change(waiting.filter(desk=old), what="relations.facts", desk_id=new.pk, organisation_id=mover.target.pk)
        mover.change(FactRule.objects.filter(mover.within(region="region"), desk=old), desk_id=new.pk)


PARTS: Final = {
    "relations.visits": ReformPart(
        210,
        ("relations.Visit.organisation", "relations.Visit.desk", "relations.VisitParty.organisation"),
        carry_visits,
        {"relations.visits": _("Visits to come")},
    ),
    "relations.leads": ReformPart(
        220,
        ("relations.Lead.to_desk", "relations.Lead.to_organisation", "relations.Lead.from_organisation"),
        carry_leads,
        {"relations.leads": _("Open leads")},
    ),
    "relations.facts": ReformPart(
        225,
        ("relations.FactLead.organisation", "relations.FactLead.desk", "relations.FactRule.desk"),
        carry_facts,
        {"relations.facts": _("Leads from facts that wait")},
    ),
    "relations.plans": ReformPart(
        230,
        ("relations.AccountPlan.organisation", "relations.AccountMember.organisation", "relations.VisitTarget.organisation"),
        carry_plans,
        {"relations.plans": _("Running account plans")},
        {"relations.both_plan": _("Both have an account plan of the same company: the old one stays readable and is ended by hand")},
    ),
}
STAYS: Final = {
    "relations.NeedTalk.organisation": "tells whose person asked; a legal successor reads it",
    "relations.FactLead.from_organisation": "tells who wrote it down",
    "relations.Touch.organisation": "tells who met the company",
    "relations.VisitReport.organisation": "tells who wrote it",
    "relations.VisitNeed.given_to": "tells to whom it was given then; the lead itself goes along",
}
