"""What she showed for a statement goes with her matter; a signed statement stands, with the plan it rests on."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.models import StoredFile
from luukku.desk.actions.forgetting import forget_cases
from luukku.desk.models import Case
from luukku.statements.access import get_statement
from luukku.statements.actions.consent import take_back
from luukku.statements.actions.giving import accept, save_draft, sign
from luukku.statements.models import Consent, Plan, PlanFile, Statement, StatementText
from tests.cast import Cast
from tests.statements.conftest import GIVEN

HERS = "torin laidalla|kaksi työpaikkaa|kahvia kulkijoille|huolellinen|starttirahaa"


def words_left() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in ("plan", "statement", "statementtext"):
            cursor.execute(f"select count(*) from statements_{table} x where to_jsonb(x)::text ~* '{HERS}'")
            found += [table] if cursor.fetchone()[0] else []
    return found


def forget(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state="settled", settled_at=timezone.now())
    with act_as_house("she asks") as house:
        forget_cases(by=house, keys=[case.pk], why="asked")


def test_plan_without_a_signed_statement_goes_with_the_matter(asked: Callable[..., Plan], cast: Cast, case: Case, holder: Actor) -> None:
    plan = asked()
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, Statement.objects.get().pk))
        save_draft(by=actor, statement=get_statement(actor, Statement.objects.get().pk), draft=GIVEN)
    with act_as(holder) as actor:
        take_back(by=actor, consent=Consent.objects.get(plan=plan))
    assert words_left() == ["plan", "statement", "statementtext"]
    forget(case)
    assert words_left() == []
    assert (StoredFile.objects.count(), PlanFile.objects.count()) == (0, 0)
    assert (Statement.objects.get().state, Statement.objects.get().sent_at is not None) == ("withdrawn", True)


def test_signed_statement_stands_with_its_plan(asked: Callable[..., Plan], cast: Cast, case: Case) -> None:
    plan = asked()
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, Statement.objects.get().pk))
        sign(by=actor, statement=get_statement(actor, Statement.objects.get().pk), draft=GIVEN)
    forget(case)
    assert StatementText.objects.get().grounds == GIVEN.grounds
    assert Plan.objects.get().basics == plan.basics
    assert PlanFile.objects.count() == 1


def test_nobody_puts_other_words_into_a_plan_that_was_shown(asked: Callable[..., Plan], cast: Cast) -> None:
    plan = asked()
    with act_as(cast.adviser.actor), pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(title="", basics="", answers={})
    with act_as_house("try it"), pytest.raises(DatabaseError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(basics="Muuta")
