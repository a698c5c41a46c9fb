"""Minutes are read by those who were present: each approves exactly the text she read, or says what should be changed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import HOUSE, Actor
from luukku.core.errors import RuleBroken
from luukku.desk.actions.work import checked_words
from luukku.governance.access import attended, can_run
from luukku.governance.actions.meetings import locked, tell
from luukku.governance.enums import PRESENT, AmendmentState, MeetingState, MinutesState, TextState
from luukku.governance.models import AgendaItem, Amendment, Attendance, Meeting, SectionText
from luukku.governance.queries.protocol import digest_of_minutes
from luukku.network.access import require

DAYS = 14  # to read minutes, unless another day is set


def send_out(*, by: Actor, meeting: Meeting, approve_by: date | None = None, at: datetime | None = None) -> Meeting:
    """The minutes go to those who were present. Sent again, changed, they are approved anew. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    moment = at or timezone.now()
    with transaction.atomic():
        found = locked(meeting)
        if found.minutes_state not in (MinutesState.DRAFT, MinutesState.OUT):
            raise RuleBroken(_("The minutes are not open: begin them first, or they have been approved."))
        present = list(Attendance.objects.filter(meeting=found, took_part__in=PRESENT).order_by("id"))
        if found.state != MeetingState.HELD or not present:
            raise RuleBroken(_("Mark first who took part."))
        if SectionText.objects.filter(meeting=found, state=TextState.BESIDE).exists():
            raise RuleBroken(_("Two have written the same section at once. Put the texts together first."))
        found.digest, found.minutes_state, found.minutes_sent_at = digest_of_minutes(found), MinutesState.OUT, moment
        found.approve_by = approve_by or timezone.localdate(moment) + timedelta(days=DAYS)
        found.save(update_fields=["digest", "minutes_state", "minutes_sent_at", "approve_by"])
        trail.record("minutes.sent", found, by=by, region_id=found.group.region_id, at=at, people=len(present))
        tell(found, "minutes", present)
    return found


def _attendance(by: Actor, meeting: Meeting) -> Attendance:
    """That of her who was present, herself or for another. Raises NotAllowed."""
    found = attended(by).filter(meeting=meeting).first()
    require(found is not None)
    assert found is not None
    return found


def approve(*, by: Actor, meeting: Meeting, digest: str, at: datetime | None = None) -> Meeting:
    """She approves the text of this digest. When all who were present have, and nothing waits, the minutes are approved.

    Raises NotAllowed; RuleBroken when the text has changed since she read it.
    """
    with transaction.atomic():
        found = locked(meeting)
        mine = _attendance(by, found)
        if found.minutes_state != MinutesState.OUT:
            raise RuleBroken(_("The minutes do not wait for approval."))
        if digest != found.digest or digest != digest_of_minutes(found):
            raise RuleBroken(_("The text has changed since you opened it. Read it once more."))
        mine.approved_at, mine.approved_digest = at or timezone.now(), digest
        mine.save(update_fields=["approved_at", "approved_digest"])
        trail.record("minutes.agreed", found, by=by, region_id=found.group.region_id, at=at)
        if not _waits(found):
            _close(found, by, at, silent=False)
    return found


def _waits(meeting: Meeting) -> bool:
    """Whether anybody's word or an amendment is awaited."""
    present = Attendance.objects.filter(meeting=meeting, took_part__in=PRESENT)
    return present.exclude(approved_digest=meeting.digest).exists() or _amended(meeting)


def _amended(meeting: Meeting) -> bool:
    return Amendment.objects.filter(meeting=meeting, state=AmendmentState.OPEN).exists()


def _close(meeting: Meeting, by: Actor, at: datetime | None, *, silent: bool) -> None:
    meeting.minutes_state, meeting.approved_at = MinutesState.APPROVED, at or timezone.now()
    meeting.save(update_fields=["minutes_state", "approved_at"])
    trail.record("minutes.approved", meeting, by=by, region_id=meeting.group.region_id, at=at, silent=silent)
    tell(meeting, "approved")


def amend(*, by: Actor, meeting: Meeting, words: str, item: AgendaItem | None = None, at: datetime | None = None) -> Amendment:
    """What somebody who was present wants changed. Raises NotAllowed, RuleBroken."""
    text = checked_words(words, field="words")
    with transaction.atomic():
        found = locked(meeting)
        mine = _attendance(by, found)
        if found.minutes_state != MinutesState.OUT:
            raise RuleBroken(_("The minutes do not wait for approval."))
        made = Amendment.objects.create(meeting=found, group=found.group, item=item, attendance=mine, words=text, created_at=at or timezone.now())
        trail.record("minutes.amended", found, by=by, region_id=found.group.region_id, at=at, amendment=made.pk)
    return made


def settle_amendment(*, by: Actor, amendment: Amendment, taken: bool, reply: str = "", at: datetime | None = None) -> Amendment:
    """Taken into the text, or left with a reason. Raises NotAllowed, RuleBroken."""
    require(can_run(by, amendment.meeting.group))
    if not taken and not reply.strip():
        raise RuleBroken(_("Say why it is not taken in."), field="reply")
    with transaction.atomic():
        found = locked(amendment.meeting)
        if found.minutes_state != MinutesState.OUT:
            raise RuleBroken(_("The minutes do not wait for approval."))
        amendment.state = AmendmentState.TAKEN if taken else AmendmentState.LEFT
        amendment.reply, amendment.settled_at = reply.strip(), at or timezone.now()
        amendment.save(update_fields=["state", "reply", "settled_at"])
        trail.record("amendment.settled", found, by=by, region_id=found.group.region_id, at=at, amendment=amendment.pk, taken=taken)
    return amendment


def approve_silent(today: date) -> int:
    """Minutes whose day has passed, unchanged since they were sent and with nothing that waits, are approved. As the house; returns how many."""
    done = 0
    for meeting in Meeting.objects.filter(minutes_state=MinutesState.OUT, approve_by__lt=today).order_by("id"):
        with transaction.atomic():
            found = locked(meeting)
            if found.minutes_state == MinutesState.OUT and not _amended(found) and found.digest == digest_of_minutes(found):
                _close(found, HOUSE, None, silent=True)
                done += 1
    return done
