"""Statements as they stand on a case: for the staff's page of it, and for the customer's."""

from collections.abc import Sequence
from dataclasses import dataclass

from luukku.core.actor import Actor, current_actor
from luukku.statements.access import RELATED, visible_plans, visible_statements, visible_texts
from luukku.statements.models import Plan, Statement, StatementText


@dataclass(frozen=True)
class PlanLine:
    """A plan with those who were asked on it, first asked first; `texts` are what the reader may read of what was given, newest version last."""

    plan: Plan
    statements: Sequence[Statement]
    texts: dict[int, list[StatementText]]


def statements_of_case(actor: Actor, case_id: int) -> list[Statement]:
    """Those that the actor sees, oldest first. One statement."""
    return list(visible_statements(actor).filter(case=case_id).select_related(*RELATED).order_by("id"))


def has_statements(case_id: int) -> bool:
    """Whether a plan or a statement of the case is seen by whoever acts now."""
    actor = current_actor()
    return visible_plans(actor).filter(case=case_id).exists() or visible_statements(actor).filter(case=case_id).exists()


def plan_line(actor: Actor, plan_id: int) -> PlanLine | None:
    """Of a plan that the actor reads: who was asked, and what was stated as far as she reads it. Three statements."""
    plan = (
        visible_plans(actor)
        .select_related("case", "form", "desk__organisation")
        .prefetch_related("files__file", "consents")
        .filter(pk=plan_id)
        .first()
    )
    if plan is None:
        return None
    statements = list(visible_statements(actor).filter(plan=plan).select_related(*RELATED).order_by("id"))
    return PlanLine(plan, statements, texts_of(actor, statements))


def texts_of(actor: Actor, statements: Sequence[Statement]) -> dict[int, list[StatementText]]:
    """Versions by statement, oldest first. One statement."""
    found: dict[int, list[StatementText]] = {}
    rows = visible_texts(actor).filter(statement__in=[each.pk for each in statements]).select_related("edited_by").order_by("number")
    for text in rows:
        found.setdefault(text.statement_id, []).append(text)
    return found
