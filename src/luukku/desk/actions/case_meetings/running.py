"""While a meeting goes on: it is opened, its points and matters are written of, and what was agreed goes straight onto the cases.

Whoever takes part may write. She may not read the case itself: for the length of one writing the action acts as the case's readers (window
`desk_meeting_door`). Minutes carry a version, so that of two who write at once the second sees what the first wrote, and nothing is lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.moments import moment_at
from luukku.core.submissions import once
from luukku.core.ui.times import day_text
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.handling import put_next_step
from luukku.desk.actions.work import Work, check_length, checked_words, work_on
from luukku.desk.enums import ENDED_STATES
from luukku.desk.models import (
    CaseMeeting,
    ItemMinutes,
    Leg,
    MeetingConsent,
    MeetingItem,
    MeetingMember,
    MeetingParty,
    MeetingPoint,
    MeetingStep,
    Note,
)
from luukku.desk.models.meeting_kinds import CaseMeetingState, ItemState, OpeningState
from luukku.network.models import Person, Seat

STEP_BY = time(16)


class WrittenMeanwhile(RuleBroken):
    """Somebody else has written since the form was opened: `theirs` is what stands now, `version` what to send next."""

    def __init__(self, name: str, theirs: str, version: int, field: str) -> None:
        super().__init__(
            _("%(name)s wrote here meanwhile. Their text is shown below; put the two together and save again.")
            % {"name": name or _("Somebody else")},
            field=field,
        )
        self.theirs, self.version = theirs, version


def open_meeting(*, by: Actor, meeting: CaseMeeting, present: list[int] | None = None, at: datetime | None = None) -> CaseMeeting:
    """The meeting begins: from now on minutes are written. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        locked = _locked(meeting)
        if not doors.can_run(by, locked):
            raise NotAllowed
        if doors.is_over(locked):
            raise RuleBroken(_("The meeting is over."))
        known = set(MeetingMember.objects.filter(party__series=locked.series_id).values_list("person_id", flat=True))
        locked.present = sorted(known & set(present if present is not None else locked.present))
        if locked.state == CaseMeetingState.PLANNED:
            locked.state = CaseMeetingState.RUNNING
            trail.record("meeting.opened", locked, by=by, region_id=locked.series.region_id, at=at)
        locked.save(update_fields=["state", "present"])
        return locked


def write_point(*, by: Actor, point: MeetingPoint, minutes: str, version: int, is_open: bool) -> MeetingPoint:
    """What was said of a point; `is_open`: the next meeting begins with it. Raises WrittenMeanwhile, RuleBroken, NotAllowed."""
    check_length(minutes, field="minutes")
    with transaction.atomic():
        meeting = _locked(point.meeting)
        _require_running(by, meeting)
        found = doors.visible_points(by).select_for_update(of=("self",)).select_related("writer").get(pk=point.pk)
        if found.version != version and found.minutes != minutes.strip():
            raise WrittenMeanwhile(found.writer.name if found.writer else "", found.minutes, found.version, "minutes")
        found.minutes, found.is_open, found.version, found.writer_id = minutes.strip(), is_open, found.version + 1, by.person_id
        found.save(update_fields=["minutes", "is_open", "version", "writer"])
        return found


def write_item(*, by: Actor, item: MeetingItem, minutes: str, decision: str, version: int) -> ItemMinutes:
    """What was said of a matter and what was decided. Raises WrittenMeanwhile, RuleBroken, NotAllowed."""
    check_length(minutes, field="minutes")
    check_length(decision, field="decision")
    with transaction.atomic():
        _require_running(by, _locked(item.meeting))
        found = ItemMinutes.objects.select_for_update(of=("self",)).select_related("writer").filter(
            item=item, readers__overlap=list(by.principals)
        ).first()  # fmt: skip
        if found is None:
            raise NotAllowed
        if found.version != version and (found.minutes, found.decision) != (minutes.strip(), decision.strip()):
            theirs = "\n\n".join(words for words in (found.minutes, found.decision) if words)
            raise WrittenMeanwhile(found.writer.name if found.writer else "", theirs, found.version, "minutes")
        found.minutes, found.decision, found.version, found.writer_id = minutes.strip(), decision.strip(), found.version + 1, by.person_id
        found.save(update_fields=["minutes", "decision", "version", "writer"])
        return found


def add_step(
    *, by: Actor, item: MeetingItem, words: str, person: Person, due: date | None, submit_key: str | None = None, at: datetime | None = None
) -> MeetingStep:
    """Who does what and by when, on the case at once: if she handles a part of it, it is that part's next step too. The customer reads it.

    Raises RuleBroken, NotAllowed.
    """
    said = " ".join(checked_words(words, field="words").split())
    if len(said) > 200:
        raise RuleBroken(_("Say the next step in at most 200 letters."), field="words")
    if due is not None and due < timezone.localdate(at):
        raise RuleBroken(_("The day has passed already. Choose one to come."), field="due")

    def work_once() -> int:
        with _on_case(by, item, at) as (work, _):
            step = MeetingStep.objects.create(item=item, words=said, person=person, due=due, created_at=work.at)
            when = moment_at(due, STEP_BY) if due else None
            leg = next((leg for leg in work.legs if leg.handler_id == person.pk and leg.state not in ENDED_STATES), None)
            if leg is not None:
                put_next_step(work, leg, said, when)
            return step.pk

    with transaction.atomic():
        _require_running(by, _locked(item.meeting))
        if not MeetingMember.objects.filter(party__series=item.meeting.series_id, person=person).exists() and not _works_at_party(person, item):
            raise RuleBroken(_("Choose somebody of an organisation that meets."), field="person")
        return MeetingStep.objects.get(pk=once(submit_key, work_once, "step", item.pk, said))


def handle_item(*, by: Actor, item: MeetingItem, at: datetime | None = None) -> MeetingItem:
    """The matter has been discussed: decision and steps are written onto the case as a note, and the customer is told on her page.

    Raises RuleBroken without a decision or a step, NotAllowed.
    """
    with transaction.atomic():
        meeting = _locked(item.meeting)
        _require_running(by, meeting)
        with _on_case(by, item, at) as (work, leg):
            written = ItemMinutes.objects.select_for_update(of=("self",)).get(item=item)
            steps = list(MeetingStep.objects.filter(item=item).select_related("person").order_by("id"))
            if not written.decision and not steps:
                raise RuleBroken(_("Write what was decided, or a next step, before the matter is done."), field="decision")
            locked = MeetingItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
            assert by.person_id is not None  # or there were no way to the case
            body = _note(meeting, written, steps)
            if locked.state == ItemState.HANDLED and Note.objects.filter(case=work.case, body=body).exists():
                return locked  # pressed twice
            note = Note.objects.create(case=work.case, leg=leg, author_id=by.person_id, body=body, created_at=work.at)
            locked.state, locked.handled_at = ItemState.HANDLED, work.at
            locked.save(update_fields=["state", "handled_at"])
            named = MeetingConsent.objects.filter(item=item, state=OpeningState.GIVEN).exists()
            work.record("case.discussed", leg=leg, meeting=meeting.pk, item=item.pk, note=note.pk, steps=len(steps), named=named)
            work.tell("desk.meeting_discussed")
            return locked


def postpone_item(*, by: Actor, item: MeetingItem) -> MeetingItem:
    """No time for it today: it is on the next meeting's list. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        _require_running(by, _locked(item.meeting))
        locked = doors.visible_items(by).select_for_update(of=("self",)).get(pk=item.pk)
        if locked.state == ItemState.LISTED:
            locked.state = ItemState.POSTPONED
            locked.save(update_fields=["state"])
        return locked


def finish_step(*, by: Actor, step: MeetingStep, at: datetime | None = None) -> MeetingStep:
    """Done, says she who was to do it, or who leads the meetings. Raises NotAllowed."""
    with transaction.atomic():
        locked = doors.visible_steps(by).select_for_update(of=("self",)).filter(pk=step.pk).first()
        if locked is None or locked.person_id != by.person_id:
            raise NotAllowed
        locked.done_at = locked.done_at or at or timezone.now()
        locked.save(update_fields=["done_at"])
        return locked


@contextmanager
def _on_case(by: Actor, item: MeetingItem, at: datetime | None) -> Iterator[tuple[Work, Leg]]:
    """The case of a listed matter, locked, and the proposer's part, for one writing by somebody who takes part."""
    door = doors.case_door(item)
    if door is None or by.person_id is None:
        raise NotAllowed
    case_id, leg_id, principals = door
    acting = replace(by, principals=tuple(dict.fromkeys((*by.principals, *principals))))
    with act_as(acting), work_on(case_id, by=acting, at=at) as work:
        yield work, next(leg for leg in work.legs if leg.pk == leg_id)


def _works_at_party(person: Person, item: MeetingItem) -> bool:
    parties = MeetingParty.objects.filter(series=item.meeting.series_id).values("organisation_id")
    return Seat.objects.on(timezone.localdate()).filter(person=person, person__deactivated_at=None, organisation__in=parties).exists()


def _note(meeting: CaseMeeting, written: ItemMinutes, steps: list[MeetingStep]) -> str:
    lines = [f"{meeting.series.name} {day_text(timezone.localdate(meeting.starts_at))}"]
    if written.decision:
        lines += ["", _("Decided: %(decision)s") % {"decision": written.decision}]
    if steps:
        lines += ["", _("Next steps:")]
        lines += [f"– {each.person.name}: {each.words}" + (f", {day_text(each.due)}" if each.due else "") for each in steps]
    return "\n".join(lines)


def _locked(meeting: CaseMeeting) -> CaseMeeting:
    return CaseMeeting.objects.select_for_update(of=("self",)).select_related(*doors.RELATED).get(pk=meeting.pk)


def _require_running(by: Actor, meeting: CaseMeeting) -> None:
    if not doors.takes_part(by, meeting) and not doors.can_run(by, meeting):
        raise NotAllowed
    if meeting.state != CaseMeetingState.RUNNING:
        raise RuleBroken(_("Minutes are written while the meeting goes on. Open the meeting first."))
