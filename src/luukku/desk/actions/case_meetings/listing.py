"""Matters come onto the list of a meeting: proposed by whoever handles them, taken off again, put in order."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.work import checked_words, require_open, work_on
from luukku.desk.models import Case, CaseMeeting, ItemCase, ItemMinutes, MeetingItem
from luukku.desk.models.meeting_kinds import ItemState

MOST_NAMELESS = 2000  # letters


def propose(
    *, by: Actor, case: Case, meeting: CaseMeeting, question: str, nameless: str, submit_key: str | None = None, at: datetime | None = None
) -> MeetingItem:
    """Take a matter to a meeting: what is asked of it, and words that tell the others of it without saying whose it is.

    Raises RuleBroken when it is on the list already, NotAllowed for those who have no part in it or do not meet.
    """
    asked, told = checked_words(question, field="question"), checked_words(nameless, field="nameless")
    if len(told) > MOST_NAMELESS:
        raise RuleBroken(_("Say it shorter: a few sentences are enough for the list."), field="nameless")
    person_id = by.person_id
    if person_id is None or not doors.takes_part(by, meeting):
        raise NotAllowed

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            leg = work.leg()
            require_open(leg)
            _keep_names_out(work.case, told)
            coming = _coming(meeting)
            waiting = (ItemState.LISTED, ItemState.POSTPONED)
            if ItemCase.objects.filter(case=work.case, item__meeting__series=coming.series_id, item__state__in=waiting).exists():
                raise RuleBroken(_("This matter is on the list of the meeting already."))
            position = 1 + (MeetingItem.objects.filter(meeting=coming).aggregate(n=Max("position"))["n"] or 0)
            item = MeetingItem.objects.create(
                meeting=coming, position=position, organisation_id=leg.desk.organisation_id, proposer_id=person_id, nameless=told, created_at=work.at
            )  # fmt: skip
            ItemCase.objects.create(item=item, case=work.case, leg=leg, question=asked)
            ItemMinutes.objects.create(item=item)
            work.record("case.to_meeting", leg=leg, meeting=coming.pk, item=item.pk)
            return item.pk

    with transaction.atomic():
        return MeetingItem.objects.get(pk=once(submit_key, work_once, "propose", case.pk, meeting.pk))


def _keep_names_out(case: Case, words: str) -> None:
    """The words for the list hold neither the number nor the company, nor the customer's name or address."""
    contact = case.customer.contact if case.customer is not None else None
    names = [case.number, case.company_shown, case.company_name, case.business_id]
    if contact is not None:
        names += [contact.name, contact.email, contact.phone, *(part for part in contact.name.split() if len(part) > 3)]
    low = words.lower()
    if any(re.search(rf"(?<!\w){re.escape(name.strip().lower())}", low) for name in names if len(name.strip()) > 2):
        raise RuleBroken(_("The words for the list name the customer or the company. Tell it without names, for example by trade."), field="nameless")


def _coming(meeting: CaseMeeting) -> CaseMeeting:
    locked = CaseMeeting.objects.select_for_update(of=("self",)).select_related("series").get(pk=meeting.pk)
    if doors.is_over(locked):
        raise RuleBroken(_("The meeting is over. Choose the next one."), field="meeting")
    return locked


def take_off(*, by: Actor, item: MeetingItem) -> MeetingItem:
    """Off the list, by the proposer's organisation or who leads. What was opened by it closes at once. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        _coming(item.meeting)
        locked = _locked(by, item)
        if locked.organisation_id not in by.organisation_ids and not doors.can_run(by, locked.meeting):
            raise NotAllowed
        if locked.state not in (ItemState.LISTED, ItemState.POSTPONED):
            raise RuleBroken(_("This matter has been discussed already."))
        locked.state = ItemState.REMOVED
        locked.save(update_fields=["state"])
        return locked


def move_up(*, by: Actor, item: MeetingItem) -> None:
    """One place up in the order of the list, by who leads. Raises NotAllowed."""
    with transaction.atomic():
        if not doors.can_run(by, item.meeting):
            raise NotAllowed
        CaseMeeting.objects.select_for_update(of=("self",)).get(pk=item.meeting_id)
        rows = list(MeetingItem.objects.select_for_update(of=("self",)).filter(meeting=item.meeting_id).exclude(state=ItemState.REMOVED))
        rows.sort(key=lambda each: (each.position, each.pk))
        place = next((n for n, each in enumerate(rows) if each.pk == item.pk), 0)
        if place:
            rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for n, each in enumerate(rows, start=1):
            if each.position != n:
                each.position = n
                each.save(update_fields=["position"])


def _locked(by: Actor, item: MeetingItem) -> MeetingItem:
    related = [f"meeting__{name}" for name in doors.RELATED]
    found = doors.visible_items(by).select_for_update(of=("self",)).select_related("meeting", *related).filter(pk=item.pk).first()
    if found is None:
        raise NotAllowed
    return found
