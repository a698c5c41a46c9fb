"""Targets of visits and account plans of the sample network: enough of them that the steering group sees figures."""

from datetime import datetime, timedelta

from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.customers.models import Company
from luukku.demo import clock
from luukku.network.models import Desk
from luukku.relations.actions.account_plans import PlanForm, action_done, add_action, begin_plan, review_plan
from luukku.relations.actions.contact_plans import set_target, set_team
from luukku.relations.actions.criteria import add_criterion

AIMS = (
    "Vienti Ruotsiin alkaa, kaksi jälleenmyyjää kahdessa vuodessa.", "Uusi halli radan varteen, 12 työpaikkaa.",
    "Omistajanvaihdos hallitusti jatkajalle.", "Tuotannon automaatio ja väen koulutus.", "Kasvu alueen suurimmaksi hirsirakentajaksi.",
    "Oma tuote ja brändi alihankinnan rinnalle.",
)  # fmt: skip
CRITERIA = (
    ("Työllistää seudulla yli 50 ihmistä", "Sysselsätter över 50 personer i regionen", "Employs over 50 people in the region"),
    ("Kasvaa nopeasti tai hakee vientiä", "Växer snabbt eller söker export", "Grows fast or looks for markets abroad"),
    ("Suunnittelee suurta investointia tänne", "Planerar en stor investering hit", "Plans a large investment here"),
    ("Moni seudun yritys elää sen töistä", "Många företag i regionen lever på dess uppdrag", "Many companies of the region live on its orders"),
)
NEEDS = "Rahoitus investointiin, osaavaa väkeä, tontti ja luvat oikeaan aikaan."
TO_DO = ("Rahoitusneuvottelu pankin kanssa", "Tontin varaus kunnalta", "Vientiasiantuntija mukaan")


def build_accounts(adviser: Actor, lead: Actor, coordinator: Actor, own: Desk, others: list[tuple[Desk, Actor]], companies: list[Company]) -> None:
    """Plans of the adviser's organisation with a partner on the team; targets of three organisations for this year."""
    year = timezone.localdate(clock.now()).year
    with act_as(coordinator) as by:
        for desk, visits in ((own, 40), (others[0][0], 15), (others[1][0], 10)):
            set_target(by=by, region=own.region, organisation=desk.organisation, year=year, visits=visits)
        kinds = [own.organisation.type, others[0][0].organisation.type]
        agreed = [add_criterion(by=by, region=own.region, texts=dict(zip(("fi", "sv", "en"), each, strict=True))).pk for each in CRITERIA]
        set_team(by=by, region=own.region, segment="", types=list(dict.fromkeys(kinds)))
    for number, (company, aims) in enumerate(zip(companies, AIMS, strict=False)):
        met = agreed[number % 3 :][:2]
        _plan(number, company, aims, own, adviser if number % 3 else lead, others[number % 2], met)


def _plan(number: int, company: Company, aims: str, own: Desk, by: Actor, other: tuple[Desk, Actor], met: list[int]) -> None:
    desk, partner = other
    begun = clock.now() - timedelta(days=120 + 25 * number)
    first = timezone.localdate(begun)
    form = PlanForm(
        aims=aims, needs=NEEDS, why="Työllistää seudulla paljon, kasvu alkamassa.", criteria=met,
        starts_on=first, ends_on=first + timedelta(days=730),
        review_on=first + timedelta(days=100), team=[f"{desk.organisation_id}-{partner.person_id}"],
    )  # fmt: skip
    with act_as(by) as actor:
        plan = begin_plan(by=actor, company=company, desk=own, form=form, at=begun)
        people: tuple[int, int, int] = (actor.person_id or 0, partner.person_id or 0, actor.person_id or 0)
        for step, (what, person) in enumerate(zip(TO_DO, people, strict=True)):
            day = first + timedelta(days=60 + 60 * step)
            action = add_action(by=actor, plan=plan, what=what, person_id=person, by_day=day, at=begun)
            done: datetime = begun + timedelta(days=50 + 60 * step)
            if done < clock.now() and step != number % 3:
                action_done(by=actor, action=action, at=done)
        if number % 2:
            later = begun + timedelta(days=99)
            words = "Vienti etenee aikataulussa. Tontista päätetään tammikuussa."
            review_plan(by=actor, plan=plan, words=words, review_on=first + timedelta(days=300), at=later)
