"""Who hears of visits, leads, account plans, facts and unmet companies by mail: that there is news, never of which company or what was said."""

from collections.abc import Iterable

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.desk.actions.handover.turns import told_at
from luukku.network.models import Desk
from luukku.relations.models import AccountPlan, Lead, Visit, VisitTarget


def tell_visitors(visit: Visit, turn: str, people: Iterable[int], *, by: Actor) -> None:
    """To these persons, but not to whoever did it herself."""
    for person_id in sorted(set(people)):
        if person_id != by.person_id:
            mail.queue("relations.visit", visit, person=person_id, turn=turn)


def tell_of_lead(lead: Lead, turn: str, people: Iterable[int], *, by: Actor) -> None:
    for person_id in sorted(set(people)):
        if person_id != by.person_id:
            mail.queue("relations.lead", lead, person=person_id, turn=turn)


def tell_of_facts(desk: Desk) -> int:
    """Returns how many are told; a desk without people is told when it has some."""
    people = told_at(desk, None)
    for person_id in people:
        mail.queue("relations.facts", desk, person=person_id)
    return len(people)


def tell_of_unmet(target: VisitTarget, desk: Desk) -> int:
    """Returns how many are told."""
    people = told_at(desk, None)
    for person_id in people:
        mail.queue("relations.unmet", target, person=person_id)
    return len(people)


def tell_team(plan: AccountPlan, turn: str, people: Iterable[int], *, by: Actor) -> None:
    for person_id in sorted(set(people)):
        if person_id != by.person_id:
            mail.queue("relations.plan", plan, person=person_id, turn=turn)
