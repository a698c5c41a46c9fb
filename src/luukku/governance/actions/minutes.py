"""Minutes while they are written. Nothing that anybody saves is written over by somebody else."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import by_language, said_in
from luukku.desk.actions.work import check_length
from luukku.governance.access import can_run
from luukku.governance.actions.meetings import locked
from luukku.governance.enums import MeetingState, MinutesState, TextState
from luukku.governance.models import AgendaItem, Decision, Meeting, Membership, SectionText, Task
from luukku.governance.queries.filling import filled
from luukku.network.access import require

WRITABLE = (MinutesState.DRAFT, MinutesState.OUT)  # after an amendment they are written further, and go out anew


def begin(*, by: Actor, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """The minutes are begun: what the system knows of each point is kept as it is now. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    with transaction.atomic():
        found = locked(meeting)
        if found.state == MeetingState.CANCELLED:
            raise RuleBroken(_("It has been cancelled."))
        if found.minutes_state != MinutesState.NONE:
            return found
        for item in AgendaItem.objects.filter(meeting=found).order_by("position"):
            said = by_language(partial(_known, by, found, item))
            item.filled = said_in(said, "")
            item.filled_texts = said if item.filled else {}
            item.save(update_fields=["filled", "filled_texts"])
        found.minutes_state = MinutesState.DRAFT
        found.save(update_fields=["minutes_state"])
        trail.record("minutes.begun", found, by=by, region_id=found.group.region_id, at=at)
    return found


def _known(by: Actor, meeting: Meeting, item: AgendaItem) -> str:
    return "\n".join(line.words for line in filled(by, meeting, item))


def _writable(by: Actor, meeting: Meeting) -> Meeting:
    require(can_run(by, meeting.group))
    found = locked(meeting)
    if found.minutes_state not in WRITABLE:
        raise RuleBroken(_("The minutes are not open: begin them first, or they have been approved."))
    return found


def write_section(*, by: Actor, item: AgendaItem, body: str, based_on: int, at: datetime | None = None) -> SectionText:
    """Saves a section. `based_on`: the version that its writer had before her.

    When somebody else has saved meanwhile, hers stands beside the one in the minutes until they are put together. Raises NotAllowed, RuleBroken.
    """
    check_length(body, field="body")
    with transaction.atomic():
        found = _writable(by, item.meeting)
        item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        text = body.replace("\r\n", "\n").strip()
        if text == item.body:
            current = SectionText.objects.filter(item=item, state=TextState.CURRENT).first()
            if current is not None:
                return current
        fresh = based_on == item.version
        return _save(by, found, item, text, based_on, TextState.CURRENT if fresh else TextState.BESIDE, at)


def settle_section(*, by: Actor, item: AgendaItem, body: str, based_on: int, beside: list[int], at: datetime | None = None) -> SectionText:
    """The texts that stood beside each other are put together as `body`; those of `beside` that she saw become earlier ones.

    If yet another has been saved meanwhile, hers stands beside that one, and nothing is settled. Raises NotAllowed, RuleBroken.
    """
    check_length(body, field="body")
    with transaction.atomic():
        found = _writable(by, item.meeting)
        item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
        fresh = based_on == item.version
        if fresh:
            SectionText.objects.filter(item=item, state=TextState.BESIDE, number__in=beside).update(state=TextState.PAST)
        text = body.replace("\r\n", "\n").strip()
        return _save(by, found, item, text, based_on, TextState.CURRENT if fresh else TextState.BESIDE, at)


def _save(by: Actor, meeting: Meeting, item: AgendaItem, text: str, based_on: int, state: TextState, at: datetime | None) -> SectionText:
    number = (SectionText.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0) + 1
    if state == TextState.CURRENT:
        SectionText.objects.filter(item=item, state=TextState.CURRENT).update(state=TextState.PAST)
        item.body, item.version = text, number
        item.save(update_fields=["body", "version"])
    made = SectionText.objects.create(
        meeting=meeting, group=meeting.group, item=item, number=number, based_on=based_on, body=text, state=state, person_id=by.person_id,
        created_at=at or timezone.now(),
    )  # fmt: skip
    trail.record("minutes.written", meeting, by=by, region_id=meeting.group.region_id, at=at, item=item.pk, beside=state == TextState.BESIDE)
    return made


def decide(*, by: Actor, meeting: Meeting, words: str, item: AgendaItem | None = None, at: datetime | None = None) -> Decision:
    """A decision, numbered through the meeting. Raises NotAllowed, RuleBroken."""
    if not words.strip():
        raise RuleBroken(_("Write what was decided."), field="words")
    check_length(words, field="words")
    with transaction.atomic():
        found = _writable(by, meeting)
        number = (Decision.objects.filter(meeting=found).aggregate(last=Max("number"))["last"] or 0) + 1
        made = Decision.objects.create(
            meeting=found, group=found.group, item=item, number=number, words=words.strip(), created_at=at or timezone.now()
        )
        trail.record("meeting.decided", found, by=by, region_id=found.group.region_id, at=at, decision=made.pk)
    return made


def reword_decision(*, by: Actor, decision: Decision, words: str) -> Decision:
    """Other words for a decision while the minutes are open. Raises NotAllowed, RuleBroken."""
    if not words.strip():
        raise RuleBroken(_("Write what was decided."), field="words")
    check_length(words, field="words")
    with transaction.atomic():
        found = _writable(by, decision.meeting)
        decision.words = words.strip()
        decision.save(update_fields=["words"])
        trail.record("decision.reworded", found, by=by, region_id=found.group.region_id, decision=decision.pk)
    return decision


def strike_decision(*, by: Actor, decision: Decision) -> None:
    """Takes a decision out of open minutes; those after it move up a number. Raises NotAllowed; RuleBroken when something rests on it already."""
    with transaction.atomic():
        found = _writable(by, decision.meeting)
        key = decision.pk
        try:
            decision.delete()
        except ProtectedError:
            raise RuleBroken(_("Something rests on this decision already. Reword it instead.")) from None
        for after in Decision.objects.filter(meeting=found, number__gt=decision.number).order_by("number"):
            after.number -= 1
            after.save(update_fields=["number"])
        trail.record("decision.struck", found, by=by, region_id=found.group.region_id, decision=key)


def edit_task(*, by: Actor, task: Task, words: str, membership: Membership, due_day: date) -> Task:
    """Other words, doer or day for a task while the minutes of its meeting are open. Raises NotAllowed, RuleBroken."""
    if task.meeting is None:
        raise RuleBroken(_("It was not given in a meeting."))
    _check_task(task.meeting, words, membership)
    with transaction.atomic():
        found = _writable(by, task.meeting)
        _check_day(found, due_day)
        task.words, task.membership, task.due_day, task.reminded_on = words.strip()[:300], membership, due_day, None
        task.save(update_fields=["words", "membership", "due_day", "reminded_on"])
        trail.record("task.edited", task, by=by, region_id=found.group.region_id, group=found.group_id, meeting=found.pk)
    return task


def strike_task(*, by: Actor, task: Task) -> None:
    """Takes a task out of open minutes, unless it is done. Raises NotAllowed, RuleBroken."""
    if task.meeting is None or task.done_at is not None:
        raise RuleBroken(_("It is done already."))
    with transaction.atomic():
        found = _writable(by, task.meeting)
        trail.record("task.struck", task, by=by, region_id=found.group.region_id, group=found.group_id, meeting=found.pk)
        task.delete()


def _check_task(meeting: Meeting, words: str, membership: Membership) -> None:
    if not words.strip():
        raise RuleBroken(_("Write what is to be done."), field="words")
    if membership.group_id != meeting.group_id:
        raise RuleBroken(_("Choose somebody of the group."), field="membership")


def _check_day(meeting: Meeting, due_day: date) -> None:
    if due_day < timezone.localdate(meeting.starts_at):
        raise RuleBroken(_("The day was before the meeting."), field="due_day")


def give_task(
    *, by: Actor, meeting: Meeting, words: str, membership: Membership, due_day: date, item: AgendaItem | None = None,
    decision: Decision | None = None, at: datetime | None = None,
) -> Task:  # fmt: skip
    """Somebody of the group does something by a day. Raises NotAllowed, RuleBroken."""
    _check_task(meeting, words, membership)
    with transaction.atomic():
        found = _writable(by, meeting)
        _check_day(found, due_day)
        made = Task.objects.create(
            meeting=found, group=found.group, item=item, decision=decision, membership=membership, words=words.strip()[:300], due_day=due_day,
            created_at=at or timezone.now(),
        )  # fmt: skip
        trail.record("task.given", made, by=by, region_id=found.group.region_id, at=at, group=found.group_id, meeting=found.pk)
    return made
