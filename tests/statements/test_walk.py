"""From asking to what was given, and everything that can happen on the way."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail, StoredFile
from luukku.desk.actions.customer import withdraw as customer_withdraws
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.models import Case, Clock, Leg
from luukku.statements.access import get_statement, visible_plans, visible_statements, visible_texts
from luukku.statements.actions.asking import Giver, Outside
from luukku.statements.actions.consent import agree, refuse, take_back
from luukku.statements.actions.giving import TextDraft, accept, correct, decline, save_draft, sign
from luukku.statements.actions.withdrawing import withdraw
from luukku.statements.models import Consent, Plan, PlanFile, Statement, StatementText
from tests.cast import Cast
from tests.statements.conftest import CUSTOMER_ANSWERS, GIVEN


def test_a_statement_is_asked_taken_and_given(asked: Callable[..., Plan], cast: Cast, case: Case, mine: Leg) -> None:
    plan = asked()
    statement = Statement.objects.get(plan=plan)
    leg = Leg.objects.get(pk=statement.leg_id)
    clock = Clock.objects.get(leg=leg, kind="statement")
    assert (leg.state, leg.waiting_for, leg.due_at) == ("waiting", "statement", statement.due_at)
    assert leg.about == leg.need == leg.need_texts["fi"]
    with override("sv"):
        assert leg.about == leg.need_texts["sv"]
    assert (clock.working_days, clock.due_at) == (10, statement.due_at)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, statement.pk))
        sign(by=actor, statement=get_statement(actor, statement.pk), draft=GIVEN)
    statement.refresh_from_db()
    text = StatementText.objects.get(statement=statement)
    assert (statement.state, text.signed_name, text.signed_by_id) == ("given", "Pekka Partner", cast.partner.someone.pk)
    leg.refresh_from_db()
    clock.refresh_from_db()
    assert (leg.state, leg.is_open, clock.kept) == ("settled", False, True)
    assert Leg.objects.get(pk=mine.pk).is_open
    turns = list(OutgoingMail.objects.filter(kind__startswith="statements.").order_by("id").values_list("kind", "facts__turn"))
    assert turns == [
        ("statements.turn", "asked"), ("statements.news", "asked"), ("statements.turn", "accepted"), ("statements.turn", "given"),
        ("statements.news", "given"),
    ]  # fmt: skip


def test_giver_reads_the_plan_its_file_and_never_the_case(statement: Statement, cast: Cast, case: Case) -> None:
    with act_as(cast.partner.actor) as actor:
        assert visible_plans(actor).get().answers == CUSTOMER_ANSWERS
        assert StoredFile.objects.get().name == "suunnitelma.txt"
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not Leg.objects.filter(case=case).exists()
    with act_as(cast.outsider.actor) as actor:
        assert not visible_plans(actor).exists()
        assert not visible_statements(actor).exists()


def test_an_open_statement_holds_the_case(statement: Statement, cast: Cast, case: Case, mine: Leg) -> None:
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken, match="Lausuntoa odotetaan"):
            settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
        settle(by=actor, case=case, leg=mine, outcomes=[OutcomeForm("advice")], words="Oma osa valmis")
    case.refresh_from_db()
    assert case.is_open
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, statement.pk))
        sign(by=actor, statement=get_statement(actor, statement.pk), draft=GIVEN)
    leg = Leg.objects.get(pk=statement.leg_id)
    assert (leg.state, leg.next_step) == ("in-progress", "Käymme lausunnon läpi kanssasi")  # the last part never ends without an outcome
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("finance", amount=8000)], words="Starttiraha tuli")
    case.refresh_from_db()
    assert case.state == "settled"


def test_withdrawn_with_a_reason_the_part_ends_and_the_giver_sees_nothing(statement: Statement, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken):
            withdraw(by=actor, statement=get_statement(actor, statement.pk), reason=" ")
        withdraw(by=actor, statement=get_statement(actor, statement.pk), reason="Hakemus peruttiin")
    assert Leg.objects.get(pk=statement.leg_id).state == "withdrawn"
    with act_as(cast.partner.actor) as actor:
        assert not visible_statements(actor).exists()
        assert not visible_plans(actor).exists()
        assert not PlanFile.objects.exists()
        assert not StoredFile.objects.exists()


def test_declined_it_comes_back_to_the_asker(statement: Statement, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        decline(by=actor, statement=get_statement(actor, statement.pk), reason="Ei meidän alaa", next_words="TE-palvelut")
        assert not visible_statements(actor).exists()
    leg = Leg.objects.get(pk=statement.leg_id)
    assert (leg.state, leg.waiting_for) == ("in-progress", "")
    statement.refresh_from_db()
    assert (statement.state, statement.next_words) == ("declined", "TE-palvelut")


def test_nothing_is_shown_before_the_customer_agrees_on_her_page(asked: Callable[..., Plan], cast: Cast, holder: Actor) -> None:
    plan = asked(consent="page", answers={}, givers=[Giver(cast.partner_desk), Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))])
    with act_as(cast.partner.actor) as actor:
        assert not visible_plans(actor).exists()
        assert not visible_statements(actor).exists()
    bank = Statement.objects.get(plan=plan, to_desk=None)
    with act_as(holder) as actor:
        with pytest.raises(RuleBroken, match=r"Milloin|Answer|Vastaa"):
            agree(by=actor, plan=plan)
        agree(by=actor, plan=plan, leave_out=[bank.pk], answers=CUSTOMER_ANSWERS)
    consent = Consent.objects.get()
    assert (consent.way, consent.version, consent.receivers, consent.written_by_id) == ("page", "statement-1", [cast.partners.name_fi], None)
    bank.refresh_from_db()
    assert (bank.state, bank.by_customer) == ("withdrawn", True)
    with act_as(cast.partner.actor) as actor:
        assert visible_plans(actor).get().answers == CUSTOMER_ANSWERS


def test_refused_nothing_leaves_and_the_part_ends(asked: Callable[..., Plan], cast: Cast, holder: Actor) -> None:
    plan = asked(consent="page")
    with act_as(holder) as actor:
        refuse(by=actor, plan=plan)
    assert not Consent.objects.exists()
    assert Statement.objects.get().state == "withdrawn"


def test_consent_taken_back_closes_the_plan_at_once_and_leaves_what_was_signed(asked: Callable[..., Plan], cast: Cast, holder: Actor) -> None:
    plan = asked(givers=[Giver(cast.partner_desk), Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))])
    given, bank = Statement.objects.order_by("id")
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, given.pk))
        sign(by=actor, statement=get_statement(actor, given.pk), draft=GIVEN)
    with act_as(holder) as actor:
        take_back(by=actor, consent=Consent.objects.get(plan=plan))
        with pytest.raises(RuleBroken):
            take_back(by=actor, consent=Consent.objects.get(plan=plan))
    bank.refresh_from_db()
    assert (bank.state, bank.by_customer) == ("withdrawn", True)
    with act_as(cast.partner.actor) as actor:
        assert not visible_plans(actor).exists()
        assert not StoredFile.objects.exists()
        assert visible_texts(actor).get().grounds == GIVEN.grounds


def test_a_draft_is_its_givers_alone_and_a_signed_one_is_read_and_stands(statement: Statement, cast: Cast, holder: Actor) -> None:
    with act_as(cast.partner.actor) as actor:
        text = save_draft(by=actor, statement=get_statement(actor, statement.pk), draft=TextDraft(stance="for", grounds="Kesken"))
    for who in (cast.adviser.actor, holder):
        with act_as(who) as actor:
            assert not visible_texts(actor).exists()
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(RuleBroken, match="sillä välin"):
            sign(by=actor, statement=get_statement(actor, statement.pk), draft=GIVEN)
        signed = sign(
            by=actor, statement=get_statement(actor, statement.pk),
            draft=TextDraft(GIVEN.stance, GIVEN.grounds, answers=GIVEN.answers, seen=text.edited_at),
        )  # fmt: skip
    for who in (cast.adviser.actor, holder):
        with act_as(who) as actor:
            assert visible_texts(actor).get().grounds == GIVEN.grounds
    with act_as(cast.partner.actor) as actor:
        draft = correct(by=actor, statement=get_statement(actor, statement.pk), why="Kuukaudet olivat väärin")
        sign(
            by=actor, statement=get_statement(actor, statement.pk),
            draft=TextDraft("against", "Uusi arvio", answers=GIVEN.answers, why="Kuukaudet olivat väärin", seen=draft.edited_at),
        )  # fmt: skip
    with act_as(cast.adviser.actor) as actor:
        assert [(each.number, each.stance) for each in visible_texts(actor)] == [(1, "for"), (2, "against")]
    assert StatementText.objects.get(pk=signed.pk).grounds == GIVEN.grounds


def test_what_is_missing_is_said_at_its_field(statement: Statement, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor:
        found = get_statement(actor, statement.pk)
        for draft, field in (
            (TextDraft(), "q_skill"),
            (TextDraft(answers=GIVEN.answers), "stance"),
            (TextDraft(stance="conditions", answers=GIVEN.answers), "conditions"),
            (TextDraft(stance="for", answers=GIVEN.answers), "grounds"),
            (TextDraft(stance="for", grounds="x", answers={**GIVEN.answers, "months": "kuusi"}), "q_months"),
        ):
            with pytest.raises(RuleBroken) as broken:
                sign(by=actor, statement=found, draft=draft)
            assert broken.value.field == field


def test_only_whom_it_concerns_acts(statement: Statement, cast: Cast, holder: Actor) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        accept(by=actor, statement=get_statement(actor, statement.pk))
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        withdraw(by=actor, statement=get_statement(actor, statement.pk), reason="Ei")


def test_when_she_ends_her_matter_nothing_is_awaited(statement: Statement, case: Case, cast: Cast, holder: Actor) -> None:
    with act_as(holder) as actor:
        customer_withdraws(by=actor, case=case)
    statement.refresh_from_db()
    assert (statement.state, statement.by_customer) == ("withdrawn", True)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    with act_as(cast.partner.actor) as actor:
        assert not visible_plans(actor).exists()
