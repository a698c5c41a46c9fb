"""An account plan is begun, changed, acted on, looked at by its team and ended. Nobody outside the team reads a word of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.customers.models import Company
from luukku.desk.actions.work import check_length, checked_words
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Desk
from luukku.relations.access import PLAN_RELATED, visible_plans, writer
from luukku.relations.actions.telling import tell_team
from luukku.relations.models import AccountAction, AccountMember, AccountPlan, AccountReview, PlanCriterion
from luukku.relations.queries.account_plans import YEAR, lead_sits, may_lead, may_pass_lead
from luukku.relations.queries.choices import Visitor, visitors_of

SHORTEST, LONGEST = timedelta(days=365), timedelta(days=3 * 366)
MOST_MEMBERS = 15


@dataclass(frozen=True)
class PlanForm:
    """What a plan says. `team` are keys of `queries.choices.Visitor` beside the lead, `criteria` of those that the company meets."""

    aims: str
    starts_on: date
    ends_on: date
    review_on: date
    why: str = ""
    needs: str = ""
    team: Sequence[str] = ()
    criteria: Sequence[int] = ()


def begin_plan(*, by: Actor, company: Company, desk: Desk, form: PlanForm, submit_key: str | None = None, at: datetime | None = None) -> AccountPlan:
    """The actor leads it, for her desk's organisation; the team is told. The same `submit_key` begins one. Raises RuleBroken, NotAllowed."""
    if not may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        raise NotAllowed
    moment = at or timezone.now()
    _check(form, moment)
    try:
        with transaction.atomic():
            return AccountPlan.objects.get(pk=once(submit_key, lambda: _begin(by, company, desk, form, moment), "begin_plan", company.pk, form.aims))
    except IntegrityError as error:
        if "account_plan_once" not in str(error):
            raise
    raise RuleBroken(_("Your organisation has a plan for this company already. Its team can take you along."))


def _begin(by: Actor, company: Company, desk: Desk, form: PlanForm, at: datetime) -> int:
    team = _chosen(form.team, desk.region_id, writer(by))
    plan = AccountPlan.objects.create(
        company=company, region_id=desk.region_id, organisation_id=desk.organisation_id, lead_id=writer(by), why=form.why.strip(),
        aims=form.aims.strip(), needs=form.needs.strip(), starts_on=form.starts_on, ends_on=form.ends_on, review_on=form.review_on, made_at=at,
        criteria=_met(form.criteria, desk.region_id, form.why), judged_on=timezone.localdate(at),
    )  # fmt: skip
    for each in team:
        AccountMember.objects.create(plan=plan, person=each.person, organisation=each.organisation)
    Work(by, plan, at).record("begun", until=form.ends_on, team=len(team) + 1)
    tell_team(plan, "joined", [each.person.pk for each in team], by=by)
    return plan.pk


class Work:
    """A plan that nobody else changes, at one moment, in one actor's hands."""

    def __init__(self, by: Actor, plan: AccountPlan, at: datetime) -> None:
        self.by, self.plan, self.at = by, plan, at

    def record(self, action: str, **facts: Fact | date) -> None:
        plan = self.plan
        trail.record(f"plan.{action}", plan, by=self.by, region_id=plan.region_id, organisation_id=None, at=self.at, **facts)

    def team(self) -> set[int]:
        return {self.plan.lead_id, *self.plan.members.values_list("person_id", flat=True)}


@contextmanager
def _lock(by: Actor, plan: AccountPlan, at: datetime | None) -> Iterator[Work]:
    """The plan for one of its team. Raises NotFound for others, RuleBroken for one that has ended."""
    with transaction.atomic():
        if not visible_plans(by).filter(pk=plan.pk).exists():
            raise NotFound
        found = AccountPlan.objects.select_for_update(of=("self",)).select_related(*PLAN_RELATED).get(pk=plan.pk)
        if found.ended_at is not None:
            raise RuleBroken(_("This plan has ended."))
        yield Work(by, found, at or timezone.now())


def change_plan(*, by: Actor, plan: AccountPlan, form: PlanForm, at: datetime | None = None) -> AccountPlan:
    """Other words, days or team; those who come along anew are told. The lead alone changes the team. Raises RuleBroken, NotAllowed."""
    _check(form, at or timezone.now())
    with _lock(by, plan, at) as work:
        found = work.plan
        met = _met(form.criteria, found.region_id, form.why, found.criteria)
        if set(met) != set(found.criteria):
            found.criteria, found.judged_on = met, timezone.localdate(work.at)
        found.aims, found.needs, found.why = form.aims.strip(), form.needs.strip(), form.why.strip()
        if form.review_on != found.review_on:
            found.reminded_at = None
        found.starts_on, found.ends_on, found.review_on = form.starts_on, form.ends_on, form.review_on
        found.save(update_fields=["aims", "needs", "why", "starts_on", "ends_on", "review_on", "reminded_at", "criteria", "judged_on"])
        new = _gather(found, _chosen(form.team, found.region_id, found.lead_id)) if found.lead_id == by.person_id else []
        work.record("changed", until=form.ends_on)
        tell_team(found, "joined", new, by=by)
        return found


def _gather(plan: AccountPlan, team: Sequence[Visitor]) -> list[int]:
    """Who is on the team from now on. Returns those who are new."""
    wanted = {(each.organisation.pk, each.person.pk) for each in team}
    present = {(each.organisation_id, each.person_id): each for each in plan.members.all()}
    for pair, member in present.items():
        if pair not in wanted:
            member.delete()
    new = sorted(wanted - present.keys())
    for organisation_id, person_id in new:
        AccountMember.objects.create(plan=plan, organisation_id=organisation_id, person_id=person_id)
    return [person_id for _organisation, person_id in new]


def add_action(
    *, by: Actor, plan: AccountPlan, what: str, person_id: int, by_day: date, submit_key: str | None = None, at: datetime | None = None
) -> AccountAction:
    """Something that one of the team sees to by a day; she is told. The same `submit_key` adds one. Raises RuleBroken."""
    said = checked_words(what, field="what")
    with _lock(by, plan, at) as work:
        if person_id not in work.team():
            raise RuleBroken(_("Choose somebody of the team."), field="person")
        if by_day < timezone.localdate(work.at):
            raise RuleBroken(_("The day has passed already."), field="by_day")

        def add() -> int:
            made = AccountAction.objects.create(plan=work.plan, what=said, person_id=person_id, by_day=by_day, made_at=work.at)
            work.record("action_added", by_day=by_day)
            tell_team(work.plan, "action", [person_id], by=by)
            return made.pk

        return AccountAction.objects.get(pk=once(submit_key, add, "add_action", plan.pk, said, person_id, by_day))


def action_done(*, by: Actor, action: AccountAction, at: datetime | None = None) -> AccountAction:
    """Doing it twice does nothing more."""
    with _lock(by, AccountPlan(pk=action.plan_id), at) as work:
        if AccountAction.objects.filter(pk=action.pk, plan=work.plan, done_at=None).update(done_at=work.at):
            work.record("action_done", in_time=timezone.localdate(work.at) <= action.by_day)
        return AccountAction.objects.get(pk=action.pk)


def review_plan(
    *, by: Actor, plan: AccountPlan, words: str, review_on: date, criteria: Sequence[int] | None = None, submit_key: str | None = None,
    at: datetime | None = None,
) -> AccountReview:  # fmt: skip
    """The team has looked at the plan and at which criteria the company meets (None: as before), and says when it looks next: within a year.

    The same `submit_key` writes one. Raises RuleBroken.
    """
    said = checked_words(words, field="words")
    with _lock(by, plan, at) as work:
        today, found = timezone.localdate(work.at), work.plan
        if not today < review_on <= found.ends_on:
            raise RuleBroken(_("Choose a day to come, at the latest the last day of the plan."), field="review_on")
        _within_year(review_on, today)
        made = once(submit_key, lambda: _review(work, said, review_on, criteria), "review_plan", plan.pk, said, review_on)
        return AccountReview.objects.get(pk=made)


def _review(work: Work, said: str, review_on: date, criteria: Sequence[int] | None) -> int:
    today, found = timezone.localdate(work.at), work.plan
    found.criteria = found.criteria if criteria is None else _met(criteria, found.region_id, found.why, found.criteria)
    made = AccountReview.objects.create(plan=found, person_id=writer(work.by), day=today, words=said)
    work.record("reviewed", in_time=today <= found.review_on)
    found.judged_on, found.review_on, found.reminded_at = today, review_on, None
    found.save(update_fields=["review_on", "reminded_at", "criteria", "judged_on"])
    return made.pk


def pass_lead(*, by: Actor, plan: AccountPlan, to: str, at: datetime | None = None) -> AccountPlan:
    """Another of the team leads from now on, for her organisation: the lead follows the need. Whoever led stays on the team while she sits.

    `to` is the key of a `queries.choices.Visitor`. Raises RuleBroken, NotAllowed for others than the lead, unless the lead sits there no more.
    """
    with _lock(by, plan, at) as work:
        found = work.plan
        if not may_pass_lead(by, found):
            raise NotAllowed
        next_ = next((each for each in may_lead(found) if each.key == to), None)
        if next_ is None:
            raise RuleBroken(_("Choose somebody of the team."), field="to")
        if lead_sits(found):
            AccountMember.objects.create(plan=found, organisation_id=found.organisation_id, person_id=found.lead_id)
        found.lead, found.organisation, found.reminded_at = next_.person, next_.organisation, None
        try:
            with transaction.atomic():
                found.save(update_fields=["lead", "organisation", "reminded_at"])
        except IntegrityError as error:
            if "account_plan_once" not in str(error):
                raise
            # that it leads another plan for the company is its own team's to know
            raise RuleBroken(_("Their organisation cannot lead this plan now. Ask them, or choose another."), field="to") from None
        found.members.filter(person=next_.person).delete()
        work.record("lead_passed", to_org=next_.organisation.pk)
        tell_team(found, "lead", [next_.person.pk], by=by)
        return found


def end_plan(*, by: Actor, plan: AccountPlan, at: datetime | None = None) -> AccountPlan:
    """Nothing more is done by it; its team reads it still. Raises RuleBroken for one that has ended, NotAllowed for others than its lead."""
    with _lock(by, plan, at) as work:
        if work.plan.lead_id != by.person_id:
            raise NotAllowed
        work.plan.ended_at = work.at
        work.plan.save(update_fields=["ended_at"])
        work.record("ended")
        return work.plan


def _met(keys: Sequence[int], region_id: int, why: str, before: Sequence[int] = ()) -> list[int]:
    """Those of the region, or that the plan had before. Raises RuleBroken when none is met and nothing says why else."""
    agreed = set(PlanCriterion.objects.filter(region=region_id, ended_at=None).values_list("pk", flat=True))
    if not set(keys) <= agreed | set(before):
        raise RuleBroken(_("A criterion that you chose is not agreed on any more. Choose again."), field="criteria")
    if agreed and not keys and not why.strip():
        raise RuleBroken(_("Choose at least one agreed criterion, or write why the company is of weight all the same."), field="criteria")
    return sorted(set(keys))


def _within_year(review_on: date, since: date) -> None:
    if review_on > since + YEAR:
        raise RuleBroken(_("The team looks at the plan once a year at least. Choose an earlier day."), field="review_on")


def _check(form: PlanForm, at: datetime) -> None:
    checked_words(form.aims, field="aims")
    for field in ("needs", "why"):
        check_length(getattr(form, field), field=field)
    span = form.ends_on - form.starts_on
    if not SHORTEST - timedelta(days=5) <= span <= LONGEST:
        raise RuleBroken(_("A plan lasts from one to three years."), field="ends_on")
    if not form.starts_on <= form.review_on <= form.ends_on:
        raise RuleBroken(_("The review is within the plan."), field="review_on")
    _within_year(form.review_on, max(form.starts_on, timezone.localdate(at)))


def _chosen(team: Sequence[str], region_id: int, lead_id: int) -> list[Visitor]:
    """The team beside the lead."""
    if len(team) > MOST_MEMBERS:
        raise RuleBroken(_("At most %(most)s on one team.") % {"most": MOST_MEMBERS}, field="team")
    offered = {each.key: each for each in visitors_of(region_id)}
    if any(key not in offered for key in team):
        raise RuleBroken(_("Somebody whom you chose works here no more. Choose again."), field="team")
    by_person = {offered[key].person.pk: offered[key] for key in team}
    return [each for pk, each in by_person.items() if pk != lead_id]
