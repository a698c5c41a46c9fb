"""Whatever is done in whatever order, a statement is never without somebody who is asked or without an end, and her consent rules who reads."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import StoredFile
from luukku.desk.actions.customer import withdraw as customer_withdraws
from luukku.desk.actions.ending import OutcomeForm, not_for_us, reopen, settle
from luukku.desk.actions.handling import release, take_up
from luukku.desk.actions.talking import write
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.models import Case, Clock, Leg
from luukku.statements.access import outside_actor, statement_token
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.consent import agree, refuse, take_back
from luukku.statements.actions.giving import TextDraft, accept, correct, decline, save_draft, sign
from luukku.statements.actions.withdrawing import withdraw
from luukku.statements.enums import AWAITED, OPEN, StatementState
from luukku.statements.models import Consent, Plan, PlanFile, Statement, StatementText
from tests.cast import Cast
from tests.desk.test_integrity import complaints
from tests.statements.conftest import CUSTOMER_ANSWERS, GIVEN

START = datetime(2027, 6, 1, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
REFUSED = (RuleBroken, NotAllowed, NotFound)
ADVICE = [OutcomeForm("advice")]
Make = Callable[..., Asking]
Step = Callable[[Actor, Leg, datetime], object]
Act = Callable[[Actor, Statement, datetime], object]


def drafted(statement: Statement) -> TextDraft:
    """The words that are signed, over whatever has been written before."""
    last = StatementText.objects.filter(statement=statement).order_by("-number").first()
    return TextDraft(GIVEN.stance, GIVEN.grounds, answers=GIVEN.answers, why="Luku oli väärin", seen=last.edited_at if last else None)


ON_THE_CASE: dict[str, Step] = {
    "settle": lambda by, leg, at: settle(by=by, case=leg.case, outcomes=ADVICE, words="Valmis", at=at),
    "settle_part": lambda by, leg, at: settle(by=by, case=leg.case, leg=leg, outcomes=ADVICE, words="Valmis", at=at),
    "not_for_us": lambda by, leg, at: not_for_us(by=by, case=leg.case, guidance="Muualta", at=at),
    "release": lambda by, leg, at: release(by=by, leg=leg, at=at),
    "take_up": lambda by, leg, at: take_up(by=by, leg=leg, at=at),
    "wait": lambda by, leg, at: wait(by=by, leg=leg, waiting_for="authority", at=at),
    "resume": lambda by, leg, at: resume(by=by, leg=leg, at=at),
    "write": lambda by, leg, at: write(by=by, case=leg.case, leg=leg, body="Hei", at=at),
    "reopen": lambda by, leg, at: reopen(by=by, case=leg.case, at=at),
}
BY_GIVER: dict[str, Act] = {
    "accept": lambda by, one, at: accept(by=by, statement=one, name="Pirkko Pankki", at=at),
    "decline": lambda by, one, at: decline(by=by, statement=one, reason="Ei meidän alaa", at=at),
    "draft": lambda by, one, at: save_draft(by=by, statement=one, draft=drafted(one), at=at),
    "sign": lambda by, one, at: sign(by=by, statement=one, draft=drafted(one), at=at),
    "correct": lambda by, one, at: correct(by=by, statement=one, why="Luku oli väärin", at=at),
}
BY_ASKER: dict[str, Act] = {
    "withdraw": lambda by, one, at: withdraw(by=by, statement=one, reason="Ei tarvita", at=at),
    "end_consent": lambda by, one, at: take_back(by=by, consent=one.consent or Consent(), at=at),
}
HERS: dict[str, Act] = {
    "agree": lambda by, one, at: agree(by=by, plan=one.plan, answers=CUSTOMER_ANSWERS, at=at),
    "agree_in_part": lambda by, one, at: agree(by=by, plan=one.plan, leave_out=[one.pk], answers=CUSTOMER_ANSWERS, at=at),
    "refuse": lambda by, one, at: refuse(by=by, plan=one.plan, at=at),
    "take_back": lambda by, one, at: take_back(by=by, consent=one.consent or Consent(), at=at),
    "end": lambda by, one, at: customer_withdraws(by=by, case=one.case, at=at),
}
ASKS = ("ask", "ask_on_page", "ask_on_the_same_plan")
ACTS = st.tuples(st.sampled_from([*ASKS, *ASKS, *ON_THE_CASE, *BY_GIVER, *BY_GIVER, *BY_ASKER, *HERS]), st.integers(0, 4), st.integers(1, 5000))


def givers(cast: Cast, which: int) -> list[Giver]:
    both = [Giver(cast.partner_desk), Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))]
    return [both, both[:1], both[1:]][which % 3]


def giver_of(cast: Cast, statement: Statement) -> Actor | None:
    """Who could answer it: the partner's adviser, or who holds the link that was mailed."""
    if statement.to_desk_id is not None:
        return cast.partner.actor
    return outside_actor(statement_token(statement)) if statement.sent_at is not None else None


def asked(cast: Cast, name: str, asking: Asking, leg: Leg, which: int, at: datetime) -> None:
    with act_as(cast.adviser.actor) as by:
        plan = Plan.objects.order_by("id").last() if name == "ask_on_the_same_plan" else None
        way = "page" if name == "ask_on_page" else "phone"
        given = Asking(asking.form, asking.asks, givers(cast, which), way, asking.title, asking.basics, asking.answers, asking.attachments, plan=plan)
        ask(by=by, leg=leg, asking=given, at=at)


def done(cast: Cast, holder: Actor, asking: Asking, name: str, which: int, at: datetime) -> None:
    """One step, by whoever may take it, of one of the parts or statements there are. Raises what the action raises."""
    legs = list(Leg.objects.select_related("case").order_by("position"))
    leg = legs[which % len(legs)]
    if name in ASKS:
        return asked(cast, name, asking, leg, which, at)
    if name in ON_THE_CASE:
        with act_as(cast.adviser.actor) as by:
            ON_THE_CASE[name](by, leg, at)
        return None
    found = list(Statement.objects.select_related("case", "plan", "consent", "from_desk", "to_desk").order_by("id"))
    if not found:
        return None
    statement = found[which % len(found)]
    who = giver_of(cast, statement) if name in BY_GIVER else cast.adviser.actor if name in BY_ASKER else holder
    if who is not None:
        with act_as(who) as by:
            (BY_GIVER | BY_ASKER | HERS)[name](by, statement, at)
    return None


def wrong() -> Iterator[str]:
    """What no statement may be, as the database's owner sees it."""
    waiting = set(Leg.objects.filter(waiting_for="statement").values_list("pk", flat=True))
    running = dict(Clock.objects.filter(kind="statement", ended_at=None).values_list("leg_id", "due_at"))
    holding = set()
    for one in Statement.objects.select_related("case", "leg", "consent"):
        if (one.to_desk_id is None) is not bool(one.outside_name and one.outside_email):
            yield f"{one.pk}: nobody is asked"
        if one.state in OPEN:
            holding.add(one.leg_id)
            if not (one.case.is_open and one.leg.is_open and one.leg.handler_id):
                yield f"{one.pk}: open on a part that has ended, or that nobody holds"
        if one.state in AWAITED and (running.get(one.leg_id) != one.due_at or one.due_at is None):
            yield f"{one.pk}: awaited without a day"
        if one.state in AWAITED and (one.consent is None or one.consent.withdrawn_at is not None):
            yield f"{one.pk}: awaited without her consent"
        if (one.state == StatementState.GIVEN) is not one.texts.exclude(signed_at=None).exists():
            yield f"{one.pk}: given and not signed, or the other way round"
    if waiting != holding:
        yield f"parts {waiting} wait for a statement, and statements hold {holding}"


def misread(cast: Cast) -> Iterator[str]:
    """Plans, files and statements that a giver reads past the consent, by SQL that names no reader."""
    for one in Statement.objects.select_related("consent"):
        who = giver_of(cast, one)
        if who is None:
            continue
        hers = Statement.objects.filter(pk=one.pk) if one.to_desk_id is None else Statement.objects.filter(to_desk=one.to_desk_id)
        shown = [each for each in hers if each.state in (*AWAITED, StatementState.GIVEN)]
        standing = set(Consent.objects.filter(statements__in=shown, withdrawn_at=None).values_list("plan_id", flat=True))
        files = PlanFile.objects.filter(plan__in=standing).count()
        with act_as(who):
            read = set(Plan.objects.values_list("pk", flat=True))
            if read != standing:
                yield f"{one.pk}: reads plans {read}, not {standing}"
            if set(Statement.objects.all()) != set(shown):
                yield f"{one.pk}: reads other statements than {shown}"
            if StoredFile.objects.count() != files or Case.objects.exists() or Leg.objects.exists():
                yield f"{one.pk}: reads files or the case itself"


@pytest.mark.parametrize("walks", [pytest.param(15), pytest.param(200, marks=pytest.mark.long)])
def test_no_order_of_actions_breaks_a_statement(cast: Cast, mine: Leg, holder: Actor, asking: Make, walks: int) -> None:
    whole = asking()

    @settings(max_examples=walks, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(ASKS[:2]), st.lists(ACTS, min_size=3, max_size=12))
    def walk(first: str, steps: list[tuple[str, int, int]]) -> None:
        point, at = transaction.savepoint(), START
        try:
            for name, which, minutes in [(first, 0, 1), *steps]:
                at += timedelta(minutes=minutes)
                try:
                    with transaction.atomic():
                        done(cast, holder, whole, name, which, at)
                except REFUSED:
                    continue
                found = [*wrong(), *misread(cast), *complaints()]
                assert not found, (name, found)
        finally:
            transaction.savepoint_rollback(point)

    walk()
