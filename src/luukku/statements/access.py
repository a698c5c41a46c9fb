"""The one door to statements. Who reads is decided by `readers` (first wall here, second in the database); who does, by the role table."""

from django.db import connection
from django.db.models import QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, make_token
from luukku.network.access import can_edit_organisation, can_edit_region, may
from luukku.network.enums import Right
from luukku.statements.models import Plan, Statement, StatementForm, StatementText
from luukku.statements.models.statements import StatementQuerySet

RELATED = (
    "region", "form__form", "plan", "consent", "from_desk__organisation", "from_person", "to_desk__organisation", "to_person", "accepted_by",
)  # fmt: skip


def visible_statements(actor: Actor) -> StatementQuerySet:
    """The statements of the cases that the actor reads, and those that her organisation is asked for or has given."""
    if actor.kind == "house":
        return Statement.objects.all()
    return Statement.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Statement.objects.none()


def get_statement(actor: Actor, pk: int) -> Statement:
    """Raises NotFound."""
    found = visible_statements(actor).select_related(*RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_plans(actor: Actor) -> "QuerySet[Plan]":
    """The plans that the actor asked for statements on, that are her own, or that a standing consent shows to her."""
    if actor.kind == "house":
        return Plan.objects.all()
    return Plan.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Plan.objects.none()


def get_plan(actor: Actor, pk: int) -> Plan:
    """Raises NotFound."""
    found = visible_plans(actor).select_related("case", "form__form", "desk__organisation").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_texts(actor: Actor) -> "QuerySet[StatementText]":
    """What was stated, as far as the actor reads it: drafts by their giver alone."""
    return StatementText.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else StatementText.objects.none()


def can_ask(actor: Actor, statement: Statement) -> bool:
    """Whether the actor handles cases at the asker's desk."""
    return may(actor, Right.HANDLE_CASES, organisation_id=statement.from_desk.organisation_id)


def can_give(actor: Actor, statement: Statement) -> bool:
    """Whether the actor handles cases where the statement is asked, or holds the outside organisation's link."""
    if statement.to_desk is None:
        return actor.kind == "link" and statement.door_principal in actor.principals
    return may(actor, Right.HANDLE_CASES, organisation_id=statement.to_desk.organisation_id)


def statement_door(statement: Statement) -> tuple[int, tuple[int, ...]] | None:
    """The case of a statement that the present actor gives, and the principals by which it is read; None when there is nothing to give any more."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id, principals from wall.statements_door(%s)", [statement.pk])
        row = cursor.fetchone()
    return (int(row[0]), tuple(row[1])) if row else None


def can_edit_form(actor: Actor, form: StatementForm) -> bool:
    """A region's forms are its coordinator's, an organisation's its head's."""
    if form.region_id is not None:
        return can_edit_region(actor, form.region_id)
    return form.organisation_id is not None and can_edit_organisation(actor, form.organisation_id)


def can_edit_any_form(actor: Actor) -> bool:
    return actor.is_staff and (may(actor, Right.EDIT_REGION) or may(actor, Right.EDIT_ORGANISATION))


def statement_token(statement: Statement) -> str:
    """The secret of the link by which an organisation outside the network reads what is asked, and answers."""
    made = statement.link_made_at or statement.sent_at
    assert made is not None
    return make_token(statement.door_principal, made)


def outside_actor(token: str) -> Actor | None:
    """Who holds an outside organisation's link: an actor who reads one statement; None for one that is unknown, closed or has run out."""
    with connection.cursor() as cursor:
        cursor.execute("select principal from wall.statements_link(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("link", (row[0],)) if row else None
