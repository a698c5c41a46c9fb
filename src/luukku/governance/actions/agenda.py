"""The agenda of a meeting and its papers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import files as file_store
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.models import StoredFile
from luukku.core.translated import LANGUAGES, reading_order
from luukku.governance.access import can_run
from luukku.governance.actions.meetings import locked
from luukku.governance.enums import MeetingState, MinutesState, in_order, may_rise
from luukku.governance.models import AgendaItem, Meeting, Paper
from luukku.network.access import require


def _open(by: Actor, meeting: Meeting) -> Meeting:
    """The locked meeting, whose agenda can still be changed. Raises NotAllowed, RuleBroken."""
    require(can_run(by, meeting.group))
    found = locked(meeting)
    if found.state == MeetingState.CANCELLED or found.minutes_state not in (MinutesState.NONE, MinutesState.DRAFT):
        raise RuleBroken(_("The agenda is closed: the meeting was cancelled, or its minutes have been sent."))
    return found


def _number(items: Sequence[AgendaItem]) -> None:
    for position, each in enumerate(items, start=1):
        each.position = position
    AgendaItem.objects.bulk_update(items, ["position"])


def add_item(
    *, by: Actor, meeting: Meeting, title: str, brief: str = "", others: Mapping[str, str] | None = None, at: datetime | None = None
) -> AgendaItem:
    """A point after those that are there, before those that stand last; `title` in the page's language, `others` by theirs. Raises NotAllowed,
    RuleBroken."""
    if not title.strip():
        raise RuleBroken(_("Write what it is about."), field="title")
    with transaction.atomic():
        found = _open(by, meeting)
        there = in_order(AgendaItem.objects.filter(meeting=found).order_by("position", "id"))
        names = _titles(reading_order()[0], title, others)
        item = AgendaItem.objects.create(meeting=found, group=found.group, position=len(there) + 1, brief=brief.strip(), **names)
        _number(in_order([*there, item]))
        trail.record("agenda.added", found, by=by, region_id=found.group.region_id, at=at, item=item.pk)
    return item


def _titles(language: str, title: str, others: Mapping[str, str] | None) -> dict[str, str]:
    """Columns of the titles that are given."""
    given = {**(others or {}), language: title}
    return {f"title_{code}": words.strip()[:160] for code, words in given.items() if code in LANGUAGES}


def edit_item(*, by: Actor, item: AgendaItem, title: str, brief: str, others: Mapping[str, str] | None = None) -> AgendaItem:
    """Its title in the language in which it is shown, those in other languages that are given, and what those who come should know. Raises
    NotAllowed, RuleBroken."""
    if not title.strip():
        raise RuleBroken(_("Write what it is about."), field="title")
    with transaction.atomic():
        found = _open(by, item.meeting)
        names = _titles(item.title.lang, title, others)
        for name, words in names.items():
            setattr(item, name, words)
        item.brief = brief.strip()
        item.save(update_fields=[*names, "brief"])
        trail.record("agenda.edited", found, by=by, region_id=found.group.region_id, item=item.pk)
    return item


def move_up(*, by: Actor, item: AgendaItem) -> None:
    """Changes places with the point before it; what stands last stays last. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        found = _open(by, item.meeting)
        items = in_order(AgendaItem.objects.filter(meeting=found).order_by("position", "id"))
        place = next(number for number, each in enumerate(items) if each.pk == item.pk)
        if place and not may_rise(items[place - 1].source, items[place].source):
            raise RuleBroken(_("Other matters, the next meeting and the closing stand last on an agenda, in this order."))
        if place:
            items[place - 1], items[place] = items[place], items[place - 1]
        _number(items)
        trail.record("agenda.moved", found, by=by, region_id=found.group.region_id, item=item.pk)


def remove_item(*, by: Actor, item: AgendaItem) -> None:
    """A point of which nothing has been written. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        found = _open(by, item.meeting)
        if item.texts.exists() or item.decisions.exists() or item.tasks.exists():
            raise RuleBroken(_("Something has been written under this point, so it stays."))
        trail.record("agenda.removed", found, by=by, region_id=found.group.region_id, item=item.pk)
        item.delete()


def add_paper(*, by: Actor, meeting: Meeting, upload: "UploadedFile[Any]", item: AgendaItem | None = None, at: datetime | None = None) -> Paper:
    """A file for those who come. Raises NotAllowed, RuleBroken with a plain reason for a file that may not be."""
    with transaction.atomic():
        found = _open(by, meeting)
        file = file_store.store(upload, field="file")
        made = Paper.objects.create(meeting=found, group=found.group, item=item, file=file, person_id=by.person_id, created_at=at or timezone.now())
        trail.record("paper.added", found, by=by, region_id=found.group.region_id, at=at, paper=made.pk)
    return made


def remove_paper(*, by: Actor, paper: Paper) -> None:
    """Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        found = _open(by, paper.meeting)
        trail.record("paper.removed", found, by=by, region_id=found.group.region_id, paper=paper.pk)
        file = paper.file_id
        paper.delete()
        file_store.remove(StoredFile.objects.filter(pk=file))
