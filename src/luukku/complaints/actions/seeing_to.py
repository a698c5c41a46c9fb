"""What is done about a complaint: looked at, talked over, answered, corrected, closed, and opened again. Each act locks it first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.complaints.access import RELATED, shared_with, visible_complaints
from luukku.complaints.actions.telling import tell_handler, tell_hers, tell_owner
from luukku.complaints.enums import OPEN, ComplaintState, TurnKind
from luukku.complaints.models import Complaint, ComplaintTurn, Correction
from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.trail import Fact
from luukku.core.worktime import due
from luukku.desk.actions.work import checked_words
from luukku.desk.queries.doors import work_calendar
from luukku.network.models import Person, Seat

MOST_REOPENED = 20


class Locked:
    """A complaint that nobody else changes, at one moment, in one actor's hands."""

    def __init__(self, by: Actor, complaint: Complaint, at: datetime) -> None:
        self.by, self.complaint, self.at = by, complaint, at

    def say(self, kind: TurnKind, body: str) -> ComplaintTurn:
        person = self.by.person_id if self.by.is_staff else None
        return ComplaintTurn.objects.create(complaint=self.complaint, kind=kind, person_id=person, body=body, created_at=self.at)

    def record(self, action: str, **facts: Fact | date) -> None:
        each = self.complaint
        trail.record(
            f"complaint.{action}",
            each,
            by=self.by,
            region_id=each.region_id,
            organisation_id=each.organisation_id,
            at=self.at,
            cause=each.cause,
            **facts,
        )

    def look(self) -> None:
        """Somebody has begun."""
        if self.complaint.state == ComplaintState.RECEIVED:
            self.complaint.state, self.complaint.looked_at = ComplaintState.LOOKED_AT, self.at
            self.complaint.save(update_fields=["state", "looked_at"])
            self.record("looked_at")


@contextmanager
def _lock(by: Actor, complaint: Complaint, at: datetime | None, *, hers: bool = False) -> Iterator[Locked]:
    with transaction.atomic():
        found = visible_complaints(by).select_for_update(of=("self",)).select_related(*RELATED).filter(pk=complaint.pk).first()
        if found is None:
            raise NotFound
        if not hers and not by.is_staff:
            raise NotAllowed
        if found.forgotten_at is not None:
            raise RuleBroken(_("What was said is gone: its time was over."))
        yield Locked(by, found, at or timezone.now())


def look_at(*, by: Actor, complaint: Complaint, at: datetime | None = None) -> Complaint:
    """Somebody sees to it; who complained is told. Doing it twice does nothing more. Raises NotAllowed."""
    with _lock(by, complaint, at) as work:
        new = work.complaint.state == ComplaintState.RECEIVED
        work.look()
        if new:
            tell_hers(work.complaint, "looked-at")
        return work.complaint


def give(*, by: Actor, complaint: Complaint, person: Person, at: datetime | None = None) -> Complaint:
    """Another with a seat in the region or the organisation answers for it, never the one complained of. Raises RuleBroken, NotAllowed."""
    with _lock(by, complaint, at) as work:
        found = work.complaint
        if person.pk == found.about_person_id:
            raise RuleBroken(_("It is about %(name)s, so somebody else answers for it.") % {"name": person.name}, field="person")
        seats = Seat.objects.on(timezone.localdate()).filter(person=person, person__deactivated_at=None)
        if not (seats.filter(region=found.region_id) | seats.filter(organisation=found.organisation_id)).exists():
            raise RuleBroken(_("Choose somebody of this region or organisation."), field="person")
        if found.owner_id != person.pk:
            found.owner = person
            found.save(update_fields=["owner"])
            work.record("given", to=person.pk)
            tell_owner(found, "given", by=by)
        return found


def note(*, by: Actor, complaint: Complaint, words: str, at: datetime | None = None) -> ComplaintTurn:
    """Inside, for those who see to it. Raises RuleBroken, NotAllowed."""
    said = checked_words(words, field="words")
    with _lock(by, complaint, at) as work:
        work.look()
        return work.say(TurnKind.NOTE, said)


def share(*, by: Actor, complaint: Complaint, words: str, at: datetime | None = None) -> ComplaintTurn:
    """Say to the handler complained of what she should know of it: all that she reads. Raises RuleBroken, NotAllowed."""
    said = checked_words(words, field="words")
    with _lock(by, complaint, at) as work:
        if work.complaint.about_person_id is None:
            raise RuleBroken(_("It is about nobody in particular, so there is nobody to share it with."), field="words")
        work.look()
        turn = work.say(TurnKind.SHARED, said)
        work.record("shared")
        tell_handler(work.complaint)
        return turn


def reply(*, by: Actor, turn: ComplaintTurn, words: str, at: datetime | None = None) -> ComplaintTurn:
    """The handler's word on what was shared with her. Raises RuleBroken, NotFound."""
    said = checked_words(words, field="words")
    with transaction.atomic():
        shared = shared_with(by).filter(pk=turn.pk, kind=TurnKind.SHARED).first()
        if shared is None:
            raise NotFound
        made = ComplaintTurn.objects.create(
            complaint_id=shared.complaint_id, kind=TurnKind.REPLY, person_id=by.person_id, body=said, created_at=at or timezone.now()
        )
        if shared.person_id is not None:
            mail.queue("complaints.staff", Complaint(pk=shared.complaint_id), person=shared.person_id, turn="replied")
        return made


def answer(*, by: Actor, complaint: Complaint, words: str, at: datetime | None = None) -> Complaint:
    """The answer to whoever complained, read on its page; the mail only tells that it has come. The clock stops. Raises RuleBroken, NotAllowed."""
    said = checked_words(words, field="words")
    with _lock(by, complaint, at) as work:
        found = work.complaint
        if found.state == ComplaintState.CLOSED:
            raise RuleBroken(_("This complaint is closed. Open it again first."), field="words")
        work.look()
        work.say(TurnKind.ANSWER, said)
        first = found.answered_at is None
        found.state = ComplaintState.ANSWERED
        found.answered_at = found.answered_at or work.at
        found.first_answered_at = found.first_answered_at or work.at
        found.save(update_fields=["state", "answered_at", "first_answered_at"])
        work.record("answered", in_time=found.answered_at <= found.due_at, first=first)
        tell_hers(found, "answered")
        return found


def correct(*, by: Actor, complaint: Complaint, what: str, person: Person, by_day: date, at: datetime | None = None) -> Correction:
    """What is changed because of it, by whom and by when. Raises RuleBroken, NotAllowed."""
    said = checked_words(what, field="what")
    with _lock(by, complaint, at) as work:
        work.look()
        if by_day < timezone.localdate(work.complaint.received_at):
            raise RuleBroken(_("The day is before the complaint came."), field="by_day")
        made = Correction.objects.create(complaint=work.complaint, what=said, person=person, by_day=by_day, created_at=work.at)
        work.record("corrected", by_day=by_day)
        return made


def correction_done(*, by: Actor, correction: Correction, at: datetime | None = None) -> Correction:
    """It has been changed. Doing it twice does nothing more. Raises NotAllowed."""
    with _lock(by, Complaint(pk=correction.complaint_id), at) as work:
        if Correction.objects.filter(pk=correction.pk, complaint=work.complaint, done_at=None).update(done_at=work.at):
            work.record("correction_done")
        return Correction.objects.get(pk=correction.pk)


def close(*, by: Actor, complaint: Complaint, at: datetime | None = None) -> Complaint:
    """Nothing more is to be done. It has been answered first. Raises RuleBroken, NotAllowed."""
    with _lock(by, complaint, at) as work:
        found = work.complaint
        if found.state in OPEN:
            raise RuleBroken(_("Answer first: whoever complained is told what came of it."))
        if found.state == ComplaintState.ANSWERED:
            found.state, found.closed_at = ComplaintState.CLOSED, work.at
            found.save(update_fields=["state", "closed_at"])
            work.record("closed")
        return found


def reopen(*, by: Actor, complaint: Complaint, words: str, at: datetime | None = None) -> Complaint:
    """The answer was not enough: by whoever complained, or by those who see to it. The clock begins anew. Raises RuleBroken when it is open."""
    said = checked_words(words, field="words")
    with _lock(by, complaint, at, hers=True) as work:
        found = work.complaint
        if found.state in OPEN:
            raise RuleBroken(_("It has not been answered yet. Add your words to it instead."), field="words")
        if found.reopened >= MOST_REOPENED:
            raise RuleBroken(_("This has been opened again many times. Call us."), field="words")
        work.say(TurnKind.NOTE if by.is_staff else TurnKind.WORDS, said)
        found.state, found.answered_at, found.closed_at, found.reopened = ComplaintState.LOOKED_AT, None, None, found.reopened + 1
        found.started_at, found.due_at = work.at, due(work_calendar(found.desk), work.at, working_days=found.working_days)
        found.save(update_fields=["state", "answered_at", "closed_at", "reopened", "started_at", "due_at"])
        work.record("reopened", by_customer=not by.is_staff)
        tell_owner(found, "reopened", by=by)
        return found


def add_words(*, by: Actor, complaint: Complaint, words: str, at: datetime | None = None) -> ComplaintTurn:
    """Whoever complained adds something while it is looked at. Raises RuleBroken when it has been answered."""
    said = checked_words(words, field="words")
    with _lock(by, complaint, at, hers=True) as work:
        if work.complaint.state not in OPEN:
            raise RuleBroken(_("It has been answered. Open it again, and say why."), field="words")
        turn = work.say(TurnKind.WORDS, said)
        work.record("added")
        tell_owner(work.complaint, "added", by=by)
        return turn
