"""Whoever is asked answers: accepts, declines, writes, signs, and corrects what was wrong. She never reads the case itself.

Each act locks the case first, then the statement, like everything else that changes a case: of two at once the second sees what the first did.
For its length the action acts as the case's readers (window `statements_door`).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.desk.actions.work import Work, check_length, checked_words, work_on
from luukku.network.models import Person
from luukku.statements.access import can_give, statement_door
from luukku.statements.actions.turns import close, leave, lock, tell_asker, tell_customer
from luukku.statements.enums import AWAITED, Filler, Stance, StatementState
from luukku.statements.models import Statement, StatementText
from luukku.statements.queries.questions import questions_of


@dataclass(frozen=True)
class TextDraft:
    """What its giver has written so far. `seen` is when the draft that she had before her was last changed; None when there was none."""

    stance: str = ""
    grounds: str = ""
    conditions: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    seen: datetime | None = None


def accept(*, by: Actor, statement: Statement, name: str = "", at: datetime | None = None) -> Statement:
    """It will be given here. An organisation outside says who writes it (`name`). Raises RuleBroken when it has been answered, NotAllowed."""
    with _giving(by, statement, at, (StatementState.SENT,)) as (work, locked):
        _take(work, locked, name)
        return locked


def _take(work: Work, locked: Statement, name: str) -> None:
    if locked.to_desk is None:
        locked.outside_person = checked_words(name, field="name")[:120]
    elif work.by.person_id is None:
        raise NotAllowed
    locked.state, locked.accepted_at, locked.accepted_by_id = StatementState.ACCEPTED, work.at, work.by.person_id
    locked.save(update_fields=["state", "accepted_at", "accepted_by", "outside_person"])
    leave(work, locked, "accepted")
    tell_asker(work, locked, "accepted")


def decline(*, by: Actor, statement: Statement, reason: str, next_words: str = "", at: datetime | None = None) -> Statement:
    """Not here, and why, and who could: the asker decides what next. Nothing of the plan is seen here any more. Raises RuleBroken, NotAllowed."""
    said, words = checked_words(reason, field="reason"), " ".join(next_words.split())[:300]
    with _giving(by, statement, at, AWAITED) as (work, locked):
        locked.next_words = words
        close(work, locked, StatementState.DECLINED, reason=said)
        leave(work, locked, "declined")
        tell_asker(work, locked, "declined")
        return locked


def save_draft(*, by: Actor, statement: Statement, draft: TextDraft, at: datetime | None = None) -> StatementText:
    """Keep what has been written; nobody else reads it yet. Begins the statement if it was only asked. Raises RuleBroken, NotAllowed."""
    with _giving(by, statement, at, (*AWAITED, StatementState.GIVEN)) as (work, locked):
        if locked.state == StatementState.SENT:
            _take(work, locked, locked.outside_person)
        text = _draft_of(locked, draft)
        _fill(work, locked, text, draft, whole=False)
        text.save()
        return text


def sign(*, by: Actor, statement: Statement, draft: TextDraft, at: datetime | None = None) -> StatementText:
    """The statement is given: signed, and from then on as it is. Its part of the case ends, and asker and customer are told.

    A correction is signed the same way, and stands beside what was signed before. Raises RuleBroken beside what is missing, NotAllowed.
    """
    with _giving(by, statement, at, (*AWAITED, StatementState.GIVEN)) as (work, locked):
        if locked.state == StatementState.SENT:
            _take(work, locked, locked.outside_person)
        text = _draft_of(locked, draft)
        _fill(work, locked, text, draft, whole=True)
        text.signed_at, text.signed_by_id, text.signed_name = work.at, by.person_id, _name(locked, by)
        text.save()
        if locked.state != StatementState.GIVEN:
            late = locked.due_at is not None and work.at > locked.due_at
            close(work, locked, StatementState.GIVEN)
            leave(work, locked, "given", stance=text.stance, late=late)
            tell_asker(work, locked, "given")
            tell_customer(work, "given")
        else:
            leave(work, locked, "corrected", stance=text.stance, version=text.number)
            tell_asker(work, locked, "corrected")
            tell_customer(work, "corrected")
        return text


def correct(*, by: Actor, statement: Statement, why: str, at: datetime | None = None) -> StatementText:
    """Begin a correction of what was signed: a draft with the same words, and why. Until it is signed the old one stands. Raises RuleBroken."""
    said = checked_words(why, field="why")
    with _giving(by, statement, at, (StatementState.GIVEN,)) as (work, locked):
        last = locked.texts.order_by("-number").first()
        if last is None or last.signed_at is None:
            raise RuleBroken(_("A correction is being written already."), field="why")
        return StatementText.objects.create(
            statement=locked, number=last.number + 1, stance=last.stance, conditions=last.conditions, grounds=last.grounds, answers=last.answers,
            why=said, edited_by_id=by.person_id, edited_at=work.at,
        )  # fmt: skip


@contextmanager
def _giving(by: Actor, statement: Statement, at: datetime | None, states: tuple[StatementState, ...]) -> Iterator[tuple[Work, Statement]]:
    if not can_give(by, statement):
        raise NotAllowed
    door = statement_door(statement)
    if door is None:
        raise RuleBroken(_("This statement is not asked for any more."))
    case_id, principals = door
    with act_as(replace(by, principals=tuple({*by.principals, *principals}))) as acting, work_on(case_id, by=acting, at=at) as work:
        locked = lock(statement)
        if locked.state not in states:
            raise RuleBroken(_already(locked))
        if locked.state != StatementState.GIVEN and locked.consent is not None and locked.consent.withdrawn_at is not None:
            raise RuleBroken(_("This statement is not asked for any more."))
        yield work, locked


def _already(statement: Statement) -> str:
    if statement.state == StatementState.ACCEPTED and statement.accepted_by is not None:
        return _("%(name)s has accepted it already.") % {"name": statement.accepted_by.name}
    if statement.state == StatementState.GIVEN:
        return _("The statement has been given already.")
    return _("This statement is not asked for any more.")


def _draft_of(statement: Statement, draft: TextDraft) -> StatementText:
    """The draft there is, or a first one. Raises RuleBroken when somebody has signed it or written on it meanwhile."""
    last = statement.texts.select_related("edited_by", "signed_by").order_by("-number").first()
    if last is None:
        return StatementText(statement=statement)
    if last.signed_at is not None:
        raise RuleBroken(_("%(name)s has signed the statement already. What is wrong in it is mended by a correction.") % {"name": last.signed_name})
    if draft.seen != last.edited_at:
        name = last.edited_by.name if last.edited_by is not None else statement.giver_name
        raise RuleBroken(_("%(name)s has written on this meanwhile. Open the page anew beside this one, and bring your words over.") % {"name": name})
    return last


def _fill(work: Work, statement: Statement, text: StatementText, draft: TextDraft, *, whole: bool) -> None:
    if draft.stance not in ("", *Stance.values):
        raise RuleBroken(_("Choose one of these."), field="stance")
    for name in ("grounds", "conditions", "why"):
        check_length(getattr(draft, name), field=name)
    asked = questions_of(statement.form, Filler.GIVER)
    for question in asked:
        problem = question.problem(draft.answers.get(question.key), whole=whole)
        if problem:
            raise RuleBroken(problem, field=f"q_{question.key}")
    if whole:
        _check_whole(text, draft)
    text.stance, text.grounds, text.conditions = draft.stance, draft.grounds.strip(), draft.conditions.strip()
    if text.number > 1:
        text.why = draft.why.strip() or text.why
    text.answers = {each.key: draft.answers[each.key] for each in asked if draft.answers.get(each.key) not in (None, "")}
    text.edited_by_id, text.edited_at = work.by.person_id, work.at


def _check_whole(text: StatementText, draft: TextDraft) -> None:
    if not draft.stance:
        raise RuleBroken(_("Choose whether you are for or against."), field="stance")
    if draft.stance == Stance.CONDITIONS and not draft.conditions.strip():
        raise RuleBroken(_("Write on what conditions you are for it."), field="conditions")
    checked_words(draft.grounds, field="grounds")
    if text.number > 1 and not (draft.why.strip() or text.why):
        raise RuleBroken(_("Say what was wrong."), field="why")


def _name(statement: Statement, by: Actor) -> str:
    if statement.to_desk is None:
        return statement.outside_person
    assert by.person_id is not None
    return str(Person.objects.values_list("name", flat=True).get(pk=by.person_id))[:120]
