"""A visit is planned, moved, and called off by whoever calls the visitors together. Alone or with others of the region."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.core.turns import take_turns
from luukku.customers.models import Company
from luukku.desk.actions.work import check_length
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk
from luukku.relations.access import VISIT_RELATED, acting_organisation, can_change_visit, visible_visits, writer
from luukku.relations.actions.telling import tell_visitors
from luukku.relations.enums import VisitState, VisitWay
from luukku.relations.models import NeedMap, Visit, VisitParty
from luukku.relations.queries.choices import Visitor, visitors_of
from luukku.relations.queries.contacts import near_visits, weeks_between

MOST_VISITORS = 8


@dataclass(frozen=True)
class Plan:
    """How a visit is meant. `visitors` are keys of `queries.choices.Visitor`; `anyway`: though somebody has met the company lately, or will."""

    day: date | None = None
    starts: time | None = None
    way: str = VisitWay.SITE
    place: str = ""
    purpose: str = ""
    questions: str = ""
    need_map: NeedMap | None = None
    visitors: Sequence[str] = ()
    anyway: bool = False
    year: int | None = None  # in which it is to be made, while there is no day

    def in_year(self) -> int:
        return self.day.year if self.day else self.year or timezone.localdate().year


class Work:
    """A visit that nobody else changes, at one moment, in one actor's hands."""

    def __init__(self, by: Actor, visit: Visit, at: datetime) -> None:
        self.by, self.visit, self.at = by, visit, at

    def record(self, action: str, **facts: Fact | date) -> None:
        visit = self.visit
        seat = acting_organisation(self.by) or visit.organisation_id
        trail.record(
            f"visit.{action}", visit, by=self.by, region_id=visit.region_id, organisation_id=seat, at=self.at, company=visit.company_id, **facts
        )


@contextmanager
def work_on_visit(by: Actor, visit: Visit, at: datetime | None) -> Iterator[Work]:
    """Locks the visit. Raises NotFound for one that the actor does not read, NotAllowed for who handles no cases."""
    if not by.is_staff or not may(by, Right.HANDLE_CASES):
        raise NotAllowed
    with transaction.atomic():
        found = visible_visits(by).select_for_update(of=("self",)).select_related(*VISIT_RELATED).filter(pk=visit.pk).first()
        if found is None:
            raise NotFound
        yield Work(by, found, at or timezone.now())


def plan_visit(*, by: Actor, company: Company, desk: Desk, plan: Plan, submit_key: str | None = None, at: datetime | None = None) -> Visit:
    """A visit to a company, with those who go; they are told. The same `submit_key` plans one.

    Raises RuleBroken (field `anyway` when somebody meets the company within the region's weeks), NotAllowed.
    """
    if not may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        raise NotAllowed
    _check(plan)
    with transaction.atomic():
        key = once(
            submit_key, lambda: _plan(by, company, desk, plan, at or timezone.now()), "plan_visit", company.pk, desk.pk, plan.day, plan.visitors
        )
        return Visit.objects.select_related(*VISIT_RELATED).get(pk=key)


def _plan(by: Actor, company: Company, desk: Desk, plan: Plan, at: datetime) -> int:
    take_turns(f"visits of {company.pk}")
    _not_too_near(by, company, plan, desk.region_id)
    visitors = _chosen(plan, desk)
    visit = Visit.objects.create(
        company=company, region_id=desk.region_id, desk=desk, organisation_id=desk.organisation_id, planned_by_id=writer(by), planned_at=at,
        year=plan.in_year(), day=plan.day, starts=plan.starts, way=plan.way, place=plan.place.strip()[:200], purpose=plan.purpose.strip(),
        questions=plan.questions.strip(), need_map=plan.need_map,
    )  # fmt: skip
    _go(visit, visitors)
    Work(by, visit, at).record("planned", day=plan.day, way=plan.way, organisations=len({each.organisation.pk for each in visitors}))
    tell_visitors(visit, "asked", (each.person.pk for each in visitors), by=by)
    return visit.pk


def change_visit(*, by: Actor, visit: Visit, plan: Plan, at: datetime | None = None) -> Visit:
    """Another day, place, purpose, other visitors. Those who come along anew are told, and all when the day moves. Raises RuleBroken, NotAllowed."""
    _check(plan)
    with work_on_visit(by, visit, at) as work:
        found = work.visit
        if not can_change_visit(by, found):
            raise NotAllowed
        if found.state != VisitState.PLANNED:
            raise RuleBroken(_("The visit has been made or called off already."))
        take_turns(f"visits of {found.company_id}")
        if (plan.day, plan.in_year()) != (found.day, found.year):
            _not_too_near(by, found.company, plan, found.region_id, but=found.pk)
        visitors = _chosen(plan, found.desk)
        moved = (plan.day, plan.starts) != (found.day, found.starts)
        found.year, found.day, found.starts, found.way, found.place = plan.in_year(), plan.day, plan.starts, plan.way, plan.place.strip()[:200]
        found.purpose, found.questions, found.need_map = plan.purpose.strip(), plan.questions.strip(), plan.need_map
        found.save(update_fields=["year", "day", "starts", "way", "place", "purpose", "questions", "need_map"])
        new, stay = _go(found, visitors)
        work.record("changed", day=plan.day, moved=moved)
        tell_visitors(found, "asked", new, by=by)
        if moved:
            tell_visitors(found, "moved", stay, by=by)
        return found


def call_off_visit(*, by: Actor, visit: Visit, at: datetime | None = None) -> Visit:
    """It is not made; the visitors are told. Doing it twice does nothing more. Raises RuleBroken for one that was held, NotAllowed."""
    with work_on_visit(by, visit, at) as work:
        found = work.visit
        if not can_change_visit(by, found):
            raise NotAllowed
        if found.state == VisitState.CANCELLED:
            return found
        if found.state != VisitState.PLANNED:
            raise RuleBroken(_("The visit has been made already."))
        found.state, found.ended_at = VisitState.CANCELLED, work.at
        found.save(update_fields=["state", "ended_at"])
        work.record("called_off")
        tell_visitors(found, "called-off", found.parties.values_list("person_id", flat=True), by=by)
        return found


def _check(plan: Plan) -> None:
    if plan.way not in VisitWay.values:
        raise RuleBroken(_("Choose where the company is met."), field="way")
    if not plan.visitors:
        raise RuleBroken(_("Choose who goes."), field="visitors")
    if len(plan.visitors) > MOST_VISITORS:
        raise RuleBroken(_("At most %(most)s can go on one visit.") % {"most": MOST_VISITORS}, field="visitors")
    for field, words in (("purpose", plan.purpose), ("questions", plan.questions)):
        check_length(words, field=field)


def _not_too_near(by: Actor, company: Company, plan: Plan, region_id: int, *, but: int | None = None) -> None:
    """The network's contact budget. Raises RuleBroken unless it is meant all the same."""
    if plan.anyway:
        return
    near = near_visits(by, company, plan.day, plan.in_year(), weeks=weeks_between(region_id), but=but)
    if near:
        names = ", ".join(dict.fromkeys(str(each.organisation.name) for each in near))
        told = _("%(names)s has met the company lately or is about to. Ask them to come along, or tick that you go all the same.")
        raise RuleBroken(told % {"names": names}, field="anyway")


def _chosen(plan: Plan, desk: Desk) -> list[Visitor]:
    """Those who go; one at least of whoever calls them together."""
    offered = {each.key: each for each in visitors_of(desk.region_id)}
    if any(key not in offered for key in plan.visitors):
        raise RuleBroken(_("Somebody whom you chose works here no more. Choose again."), field="visitors")
    found = [offered[key] for key in dict.fromkeys(plan.visitors)]
    if desk.organisation_id not in {each.organisation.pk for each in found}:
        raise RuleBroken(_("Somebody of your own organisation goes too."), field="visitors")
    if len({each.person.pk for each in found}) < len(found):
        raise RuleBroken(_("Each goes for one organisation."), field="visitors")
    return found


def _go(visit: Visit, visitors: Sequence[Visitor]) -> tuple[set[int], set[int]]:
    """Who goes from now on. Returns the persons who are new, and those who stay."""
    wanted = {(each.organisation.pk, each.person.pk) for each in visitors}
    present = {(each.organisation_id, each.person_id): each for each in visit.parties.all()}
    for pair, party in present.items():
        if pair not in wanted:
            party.delete()
    for organisation_id, person_id in sorted(wanted - present.keys()):
        VisitParty.objects.create(visit=visit, organisation_id=organisation_id, person_id=person_id)
    return {person for _o, person in wanted - present.keys()}, {person for _o, person in wanted & present.keys()}
