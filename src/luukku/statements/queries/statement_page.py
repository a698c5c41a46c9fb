"""One statement for both sides: what is asked, the plan as far as the reader sees it, and what was stated."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.core.actor import Actor
from luukku.statements.access import can_ask, can_give, get_statement, visible_plans, visible_texts
from luukku.statements.enums import AWAITED, OPEN, Filler, StatementState
from luukku.statements.models import FormVersion, Plan, PlanFile, Statement, StatementText
from luukku.statements.queries.questions import Answered, answered
from luukku.statements.queries.unreached import unreached


@dataclass(frozen=True)
class PlanShown:
    """The plan with its files and the customer's answers in words."""

    plan: Plan
    files: Sequence[PlanFile]
    answers: Sequence[Answered]


@dataclass(frozen=True)
class TextShown:
    """A version of what was stated, with its answers in words."""

    text: StatementText
    answers: Sequence[Answered]


@dataclass(frozen=True)
class StatementPage:
    statement: Statement
    plan: PlanShown | None
    texts: Sequence[TextShown]  # signed, newest first
    draft: StatementText | None
    is_asker: bool
    is_giver: bool
    unreached: str  # why the mail with an outside organisation's link did not get through: a code; empty if it did

    @property
    def can_answer(self) -> bool:
        return self.is_giver and self.statement.state == StatementState.SENT

    @property
    def can_write(self) -> bool:
        return self.is_giver and (self.statement.state in AWAITED or (self.statement.state == StatementState.GIVEN and self.draft is not None))

    @property
    def can_correct(self) -> bool:
        return self.is_giver and self.statement.state == StatementState.GIVEN and self.draft is None

    @property
    def can_withdraw(self) -> bool:
        return self.is_asker and self.statement.state in OPEN

    @property
    def can_send_link(self) -> bool:
        return self.can_withdraw and self.statement.to_desk_id is None

    @property
    def can_end_consent(self) -> bool:
        consent = self.statement.consent
        return self.is_asker and consent is not None and consent.withdrawn_at is None


def statement_page(actor: Actor, pk: int) -> StatementPage:
    """Four statements, a fifth for one that went outside. Raises NotFound."""
    statement = get_statement(actor, pk)
    plan = visible_plans(actor).select_related("form").filter(pk=statement.plan_id).first()
    rows = list(visible_texts(actor).filter(statement=statement).select_related("edited_by").order_by("-number"))
    return StatementPage(
        statement,
        plan_shown(plan),
        [text_shown(statement.form, each) for each in rows if each.signed_at is not None],
        next((each for each in rows if each.signed_at is None), None),
        can_ask(actor, statement),
        can_give(actor, statement),
        unreached(statement) if statement.state in AWAITED else "",
    )


def plan_shown(plan: Plan | None) -> PlanShown | None:
    """One statement."""
    if plan is None:
        return None
    files = list(PlanFile.objects.filter(plan=plan).select_related("file").order_by("id"))
    return PlanShown(plan, files, answered(plan.form, Filler.CUSTOMER, plan.answers))


def text_shown(form: FormVersion, text: StatementText) -> TextShown:
    return TextShown(text, answered(form, Filler.GIVER, text.answers))
