"""What is said on a case: to the customer, and among ourselves."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.submissions import once
from luukku.desk.access import can_handle_leg
from luukku.desk.actions.handling import hold
from luukku.desk.actions.handover.completing import complete
from luukku.desk.actions.news import close_calls, tell_customer
from luukku.desk.actions.work import Work, attach, checked_words, work_on
from luukku.desk.enums import ENDED_STATES, CaseState, ClockKind
from luukku.desk.models import Case, Leg, Message, Note


def write(
    *,
    by: Actor,
    case: Case,
    body: str,
    files: "Sequence[UploadedFile[bytes]]" = (),
    leg: Leg | None = None,
    submit_key: str | None = None,
    at: datetime | None = None,
) -> Message:
    """A message to the customer: she is told by mail that there is one (not what it says), and has been kept informed.

    An ended case takes messages too. Raises RuleBroken for no words, NotAllowed.
    """
    words = checked_words(body, field="body")

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            mine = work.leg(leg)
            message = work.say(mine, words)
            count = attach(work.case, files, at=work.at, message=message)
            in_touch(work, mine)
            work.save(mine)
            work.record("case.message_out", leg=mine, message=message.pk, files=count)
            message.mail = tell_customer("desk.message", work.case, work.legs, by=by, at=work.at, leg=mine.pk, message=message.pk)
            message.save(update_fields=["mail"])
            return message.pk

    with transaction.atomic():
        return Message.objects.get(pk=once(submit_key, work_once, "write", case.pk, words))


def add_note(
    *,
    by: Actor,
    case: Case,
    body: str,
    files: "Sequence[UploadedFile[bytes]]" = (),
    leg: Leg | None = None,
    submit_key: str | None = None,
    at: datetime | None = None,
) -> Note:
    """An internal note. The customer never sees it. Raises RuleBroken for no words, NotAllowed."""
    return _note(by, case, body, files, leg, submit_key, at, called=False)


def log_call(
    *, by: Actor, case: Case, body: str, leg: Leg | None = None, advised: bool = False, submit_key: str | None = None, at: datetime | None = None
) -> Note:
    """We have spoken with the customer: she has been kept informed. What was said stays inside; that we spoke she sees.

    `advised`: it was an advice session, and she is asked how it went if she has not been asked lately.
    """
    return _note(by, case, body, (), leg, submit_key, at, called=True, advised=advised)


def _note(
    by: Actor,
    case: Case,
    body: str,
    files: "Sequence[UploadedFile[bytes]]",
    leg: Leg | None,
    submit_key: str | None,
    at: datetime | None,
    *,
    called: bool,
    advised: bool = False,
) -> Note:
    words = checked_words(body, field="body")
    author_id = by.person_id
    if author_id is None:
        raise NotAllowed

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            mine = work.leg(leg)
            note = Note.objects.create(case=work.case, leg=mine, author_id=author_id, body=words, created_at=work.at)
            count = attach(work.case, files, at=work.at, note=note)
            if called:
                spoke(work, mine)
                work.save(*work.legs)
            if advised:
                ask_of_session(work)
            work.record("case.called" if called else "case.note", leg=mine, note=note.pk, files=count)
            return note.pk

    with transaction.atomic():
        return Note.objects.get(pk=once(submit_key, work_once, "note", case.pk, called, words))


def ask_of_session(work: Work) -> None:
    """An advice session has been held: a question how it went, if her matter goes on. Whether it leaves is decided when it would."""
    if work.case.state not in ENDED_STATES:
        work.tell("desk.session_asked", ask=1)


def spoke(work: Work, leg: Leg) -> None:
    """The customer has heard on the phone or face to face all that waited to be told, of her desk's other parts too. The legs are not saved."""
    mine = [each for each in work.legs if each.call_waits and each.pk != leg.pk and can_handle_leg(work.by, each)]
    close_calls(work.case, work.legs, by=work.by, at=work.at)
    for each in (leg, *mine):
        in_touch(work, each, spoken=True)


def in_touch(work: Work, leg: Leg, *, spoken: bool = False) -> None:
    """We turn to the customer: the leg is in hand and in progress, and its clocks are met and start again once she has heard from us.

    She has when we have `spoken`, or when a mail tells her; where she must be called, the clocks run on until somebody has.
    """
    leg.answer_awaited = False
    heard = spoken or not work.must_call
    if heard:
        leg.not_contacted = leg.mail_failed = False
    if leg.state in ENDED_STATES:
        return
    if leg.state == CaseState.NEW and work.by.person_id is not None and can_handle_leg(work.by, leg):
        hold(work, leg, leg.handler_id or work.by.person_id, spoken=spoken)
    if leg.state == CaseState.TAKEN_UP:
        leg.state = CaseState.IN_PROGRESS
    if not heard:
        return
    clocks = work.clocks(leg)
    clocks.contacted()
    if ClockKind.GUIDED in clocks.running:
        complete(work, leg, clocks)
