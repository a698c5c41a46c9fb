"""A row in every table of the work with companies and of selling the region, for the attack on the database (every_table.py)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.models import Company
from luukku.relations.actions.account_plans import PlanForm, add_action, begin_plan, review_plan
from luukku.relations.actions.criteria import add_criterion
from luukku.relations.actions.facts import Told, enter_fact
from luukku.relations.actions.leads import LeadForm, give_lead
from luukku.relations.actions.reporting import Answer, Written, report_visit
from luukku.relations.actions.visits import Plan as VisitPlan
from luukku.relations.actions.visits import plan_visit
from luukku.vitality.actions.prospects import ProspectForm, begin_prospect, take_on
from luukku.vitality.actions.sites import SiteForm, offer_site, tell_of_site
from luukku.vitality.actions.situations import SituationForm, add_measure, invite_party, open_situation, write_company, write_count, write_note
from tests.cast import Cast


def sell_the_region(cast: Cast) -> None:
    """A prospect of the adviser's organisation, with what was said and a plot that it is offered."""
    soon = timezone.localdate() + timedelta(days=9)
    with act_as(cast.adviser.actor) as by:
        form = ProspectForm("Akku Oy", cast.adviser.someone, "Soitto", soon, contact_name="Aku Akku", contact_email="aku@akku.example")
        prospect = begin_prospect(by=by, desk=cast.here.desk, form=form)
        take_on(by=by, prospect=prospect, stage="contacted", next_step="Käynti", next_on=soon, words="Kiinnostuivat")
        site = tell_of_site(by=by, desk=cast.here.desk, form=SiteForm("plot", "Ratatie 1", cast.here.municipality, 9000))
        offer_site(by=by, prospect=prospect, site=site)


def meet_a_lay_off(cast: Cast, company: Company) -> None:
    """A situation with a row in each of its tables; the adviser's organisation is its party."""
    today = timezone.localdate()
    with act_as(cast.coordinator.actor) as by:
        found = open_situation(by=by, region=cast.here.region, form=SituationForm("layoff", "Tehdas vähentää"))
        invite_party(by=by, situation=found, organisation=cast.here.organisation)
    with act_as(cast.adviser.actor) as by:
        write_company(by=by, situation=found, business_id=company.business_id, affected=40)
        who = f"{cast.here.organisation.pk}-{cast.adviser.someone.pk}"
        add_measure(by=by, situation=found, words="Infotilaisuus", who=who, by_day=today)
        write_count(by=by, situation=found, kind="notice", people=40, day=today)
        write_note(by=by, situation=found, words="Neuvottelut päättyivät")


def visit_a_company(cast: Cast, company: Company) -> None:
    """A visit of one organisation with a need, a lead that it has given to itself, and an account plan of two of its people."""
    desk, person = cast.here.desk, cast.adviser.someone
    with act_as(cast.coordinator.actor) as by:
        criterion = add_criterion(by=by, region=desk.region, texts={"fi": "Työllistää paljon"})
    with act_as(cast.adviser.actor) as by:
        plan = VisitPlan(day=timezone.localdate(), visitors=[f"{desk.organisation_id}-{person.pk}"])
        visit = plan_visit(by=by, company=company, desk=desk, plan=plan)
        report_visit(by=by, visit=visit, written=Written(day=timezone.localdate(), answers={"x1": Answer("Tilat", True)}))
        give_lead(by=by, form=LeadForm(company=company, own_desk=desk, to_desk=desk, words="Tilat", source="visit"))
        enter_fact(by=by, desk=desk, told=Told(company.business_id, "layoff", timezone.localdate(), "Kymmenen henkeä"))
        today, team = timezone.localdate(), [f"{desk.organisation_id}-{cast.desklead.someone.pk}"]
        spell: dict[str, Any] = {"starts_on": today, "ends_on": today + timedelta(days=700), "review_on": today + timedelta(days=90)}
        form = PlanForm(aims="Kasvu", team=team, criteria=[criterion.pk], **spell)
        account = begin_plan(by=by, company=company, desk=desk, form=form)
        add_action(by=by, plan=account, what="Rahoitus", person_id=person.pk, by_day=today)
        review_plan(by=by, plan=account, words="Etenee", review_on=today + timedelta(days=200))
