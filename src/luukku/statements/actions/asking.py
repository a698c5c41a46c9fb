"""Statements are asked for: one plan and one form, any number of givers, and the customer's word on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import StoredFile
from luukku.core.submissions import once
from luukku.core.translated import by_language
from luukku.customers.enums import ConsentWay
from luukku.desk.actions.consents import require_page
from luukku.desk.actions.handling import handles, hold
from luukku.desk.actions.legs import new_leg
from luukku.desk.actions.work import Work, checked_email, checked_words, not_awaiting_statement, require_open, work_on
from luukku.desk.enums import CaseState, ClockKind, WaitingFor
from luukku.desk.models import Attachment, Leg
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk, Person
from luukku.statements.access import get_plan
from luukku.statements.actions.links import make_link
from luukku.statements.actions.turns import leave, tell_customer, tell_giver
from luukku.statements.enums import CLOSED, Filler, StatementState
from luukku.statements.models import Consent, FormVersion, Plan, PlanFile, Statement, StatementForm
from luukku.statements.models.forms import MOST_DAYS
from luukku.statements.queries.consent_texts import CONSENT_VERSION
from luukku.statements.queries.questions import questions_of

MOST_GIVERS = 10


@dataclass(frozen=True)
class Outside:
    """An organisation that is not in the network, reached by a link in a mail."""

    name: str
    email: str
    language: str = LanguageCode.FI


@dataclass(frozen=True)
class Giver:
    """Who is asked: a desk (or a person of it), or an organisation outside."""

    desk: Desk | None = None
    person: Person | None = None
    outside: Outside | None = None

    @property
    def name(self) -> str:
        return str(self.desk.organisation.name) if self.desk is not None else self.outside.name.strip() if self.outside else ""


@dataclass(frozen=True)
class Asking:
    """What is asked of whom. `consent` is how the customer agreed; ConsentWay.PAGE asks her on her page, and nothing leaves before she has.

    `plan` is one that others have been asked on already; then title, basics, answers and attachments are as they stand there.
    """

    form: FormVersion
    asks: str
    givers: Sequence[Giver]
    consent: str
    title: str = ""
    basics: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    attachments: Collection[int] = ()
    working_days: int | None = None
    plan: Plan | None = None


def ask(*, by: Actor, leg: Leg, asking: Asking, submit_key: str | None = None, at: datetime | None = None) -> Plan:
    """Ask for statements from the desk of `leg`: each giver's is a part of its own, which waits for it. A new part is taken up first.

    Raises RuleBroken with the field to mend, NotAllowed. The same `submit_key` does it once.
    """
    if by.person_id is None:
        raise NotAllowed
    _check(asking)
    if asking.plan is None and not StatementForm.objects.in_use().filter(pk=asking.form.form_id).exists():
        raise RuleBroken(
            _("This form was taken out of use while you wrote. Your words are below: copy what you need, go back and choose another form.")
        )

    def work_once() -> int:
        with work_on(leg.case_id, by=by, at=at) as work:
            mine = work.leg(leg)
            require_open(mine)
            not_awaiting_statement(mine)
            if asking.consent == ConsentWay.PAGE:
                require_page(work.case, field="consent")
            return _make(work, mine, asking).pk

    with transaction.atomic():
        said = (leg.pk, asking.title, asking.basics, asking.asks, asking.form.pk, [each.name for each in asking.givers])
        return get_plan(by, once(submit_key, work_once, "ask_statement", *said))


def _check(asking: Asking) -> None:
    if asking.plan is None:
        checked_words(asking.title, field="title")
        checked_words(asking.basics, field="basics")
    checked_words(asking.asks, field="asks")
    if not asking.givers:
        raise RuleBroken(_("Choose who is asked."), field="desks")
    if len(asking.givers) > MOST_GIVERS:
        raise RuleBroken(_("At most %(most)s can be asked at once.") % {"most": MOST_GIVERS}, field="desks")
    if asking.consent not in ConsentWay.values:
        raise RuleBroken(_("Choose how the customer agrees to this."), field="consent")
    if asking.working_days is not None and not 1 <= asking.working_days <= MOST_DAYS:
        raise RuleBroken(_("Give 1 to %(most)s working days.") % {"most": MOST_DAYS}, field="working_days")
    for each in asking.givers:
        _check_giver(each)


def _check_giver(giver: Giver) -> None:
    if giver.outside is not None:
        if not giver.outside.name.strip():
            raise RuleBroken(_("Write the organisation's name."), field="outside_name")
        checked_email(giver.outside.email, field="outside_email")
        return
    if giver.desk is None:
        raise RuleBroken(_("Choose who is asked."), field="desks")
    if giver.desk.deactivated_at is not None:
        raise RuleBroken(_("%(name)s: this desk is closed.") % {"name": giver.name}, field="desks")
    if giver.person is not None and not handles(giver.person.pk, giver.desk.organisation_id):
        raise RuleBroken(_("%(name)s does not handle this desk's matters. Choose somebody else.") % {"name": giver.person.name}, field="desks")


def check_answers(form: FormVersion, answers: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """The customer's answers that the form asks for. Raises RuleBroken beside the question."""
    asked = questions_of(form, Filler.CUSTOMER)
    for question in asked:
        problem = question.problem(answers.get(question.key), whole=whole)
        if problem:
            raise RuleBroken(f"{question.text}: {problem}", field=f"q_{question.key}")
    return {each.key: answers[each.key] for each in asked if answers.get(each.key) not in (None, "")}


def _make(work: Work, mine: Leg, asking: Asking) -> Plan:
    person_id = work.by.person_id
    assert person_id is not None
    if mine.state == CaseState.NEW:
        hold(work, mine, mine.handler_id or person_id)
        work.save(mine)
        work.record("case.taken_up", leg=mine)
    plan = asking.plan or _new_plan(work, mine, asking)
    if plan.case_id != work.case.pk or plan.desk_id != mine.desk_id:
        raise NotAllowed
    asked = [_statement(work, mine, plan, asking, giver) for giver in asking.givers]
    if asking.consent == ConsentWay.PAGE:
        for statement in asked:
            leave(work, statement, "proposed")
        tell_customer(work, "consent")
    else:
        send(work, plan, asked, way=asking.consent)
    return plan


def _new_plan(work: Work, mine: Leg, asking: Asking) -> Plan:
    answers = check_answers(asking.form, asking.answers, whole=asking.consent != ConsentWay.PAGE)
    plan = Plan.objects.create(
        case=work.case, form=asking.form, desk=mine.desk, title=asking.title.strip()[:160], basics=asking.basics.strip(), answers=answers,
        created_at=work.at,
    )  # fmt: skip
    chosen = Attachment.objects.filter(case=work.case, note=None, pk__in=list(asking.attachments)).select_related("file").order_by("id")
    for each in chosen:
        copy = StoredFile.objects.create(name=each.file.name, content_type=each.file.content_type, size=each.file.size, sha256=each.file.sha256)
        PlanFile.objects.create(plan=plan, attachment=each, file=copy)
    return plan


def _statement(work: Work, mine: Leg, plan: Plan, asking: Asking, giver: Giver) -> Statement:
    """The part that waits, and what it waits for."""
    person_id = work.by.person_id
    assert person_id is not None
    if giver.desk is not None:
        if giver.desk.organisation_id == mine.desk.organisation_id:
            raise RuleBroken(_("%(name)s is your own organisation. Ask others.") % {"name": giver.name}, field="desks")
        if Statement.objects.filter(plan=plan, to_desk=giver.desk).exclude(state__in=CLOSED).exists():
            raise RuleBroken(_("%(name)s has been asked already.") % {"name": giver.name}, field="desks")
    case, outside = work.case, giver.outside
    texts = by_language(lambda: f"{asking.form.title}: {giver.name}")
    leg = new_leg(
        work, desk=mine.desk, need=texts[case.language], need_texts=texts, service=mine.service, handler_id=mine.handler_id or person_id,
        kept_informed=False,
    )  # fmt: skip
    leg.state, leg.waiting_for = CaseState.WAITING, WaitingFor.STATEMENT
    work.save(leg)
    statement = Statement(
        case=case, leg=leg, plan=plan, form=asking.form, number=case.number, region=case.region, language=case.language,
        from_desk=mine.desk, from_person_id=person_id, to_desk=giver.desk, to_person=giver.person, asks=asking.asks.strip(),
        outside_name=outside.name.strip() if outside else "", outside_email=outside.email.strip() if outside else "",
        outside_language=outside.language if outside else LanguageCode.FI,
        working_days=asking.working_days or asking.form.working_days, created_at=work.at,
    )  # fmt: skip
    statement.save()
    return statement


def send(work: Work, plan: Plan, statements: Sequence[Statement], *, way: str) -> None:
    """The customer has agreed: the plan stands as it is now, her word is written down, the day is counted from now, and all are told."""
    if plan.frozen_at is None:
        plan.frozen_at = work.at
        plan.save(update_fields=["frozen_at"])
    consent = Consent.objects.create(
        plan=plan, way=way, version=CONSENT_VERSION, receivers=[each.giver_name[:160] for each in statements], given_at=work.at,
        written_by_id=work.by.person_id,
    )  # fmt: skip
    for statement in statements:
        leg = next(each for each in work.legs if each.pk == statement.leg_id)
        clocks = work.clocks(leg)
        clocks.start(ClockKind.STATEMENT, statement.working_days)
        statement.due_at = clocks.running[ClockKind.STATEMENT].due_at
        statement.state, statement.sent_at, statement.consent = StatementState.SENT, work.at, consent
        if statement.to_desk_id is None:
            make_link(statement, work.at)
        statement.save()
        leg.waiting_until = timezone.localdate(statement.due_at)
        work.save(leg)
        leave(work, statement, "asked", consent=way, days=statement.working_days)
        tell_giver(work, statement, "asked")
    tell_customer(work, "asked")
