"""A message that was really about something else becomes a matter of its own, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.secret_links import digest_of, make_token
from luukku.core.submissions import once
from luukku.desk.actions.case_rows import CaseRows, insert_case
from luukku.desk.actions.handling import hold
from luukku.desk.actions.joining.join import everybody, join
from luukku.desk.actions.new_doors import acting_at, open_door
from luukku.desk.actions.work import Work, checked_words, require_open, work_on, work_on_all
from luukku.desk.enums import Direction
from luukku.desk.models import Attachment, Case, IncomingMail, Leg, Message, Note, Split, StatusLink

Row = TypeVar("Row", Message, Note)


@dataclass(frozen=True)
class Chosen:
    """What goes: keys of messages and notes. `subject` of the new matter; `words` tell the need where no message of the customer's is among them."""

    messages: Sequence[int]
    notes: Sequence[int] = ()
    subject: str = ""
    words: str = ""
    take_it: bool = False


def split(*, by: Actor, case: Case, chosen: Chosen, submit_key: str | None = None, at: datetime | None = None) -> Case:
    """Make a new matter of messages and notes of `case`, at the actor's own desk, for the same customer, who is told.

    Its clock counts from the arrival of the first of them. The same `submit_key` does it once. Raises RuleBroken, NotFound, NotAllowed.
    """
    subject = checked_words(chosen.subject, field="subject")[:160]

    def work_once() -> int:
        with work_on(case.pk, by=by, at=at) as work:
            return _split(work, chosen, subject).pk

    with transaction.atomic():
        found = once(submit_key, work_once, "split", case.pk, sorted(chosen.messages), sorted(chosen.notes), subject)
        return Case.objects.select_related("region").get(pk=found)


def _split(work: Work, chosen: Chosen, subject: str) -> Case:
    if work.by.person_id is None:
        raise NotAllowed
    mine = work.leg()
    require_open(mine)
    messages = _chosen(Message.objects.filter(case=work.case), chosen.messages)
    notes = _chosen(Note.objects.filter(case=work.case), chosen.notes)
    if not messages and not notes:
        raise RuleBroken(_("Choose at least one message or note."), field="messages")
    seen = {*map(_key, _files_of(messages, notes)), *map(_key, _mails_of(messages))}  # as far as she reads them herself
    first = min([*(each.created_at for each in messages), *(each.created_at for each in notes)])
    hers = next((each for each in messages if each.direction == Direction.IN), None)
    words = hers.body if hers is not None else checked_words(chosen.words, field="words")
    door, _earlier = open_door(None)
    made_at = timezone.now()  # the token stands on it
    source = work.case
    new = Case(
        pk=door.case_id, door_principal=door.principal, region=source.region, municipality_id=source.municipality_id, customer_id=source.customer_id,
        company_name=source.company_name, business_id=source.business_id, company_id=source.company_id, subject=subject, own_words=words,
        language=source.language, channel=hers.channel if hers is not None else source.channel, logged_by_id=mine.desk.organisation_id,
        contacted_at=first, created_at=made_at, segment=source.segment, segment_said=source.segment_said, stage=source.stage,
    )  # fmt: skip
    with act_as(everybody(acting_at(work.by, door.principal), source)):
        link = StatusLink(case=new, digest=digest_of(make_token(door.principal, made_at)), created_at=made_at)
        leg = insert_case(CaseRows(new, mine.desk, None, None, link), first)
        kept = _move(messages, notes, leg, seen=seen)
        Split.objects.create(case=new, source=source, split_by_id=work.by.person_id, split_at=work.at, kept=kept)
        _settle_in(work, new, leg, take_it=chosen.take_it)
        _answered(work)
    _record(work, new, len(messages), len(notes))
    return new


def _chosen(rows: QuerySet[Row], keys: Sequence[int]) -> list[Row]:
    found: list[Row] = list(rows.filter(pk__in=keys).order_by("created_at", "pk"))
    if len(found) != len(set(keys)):
        raise NotFound
    return found


def _files_of(messages: list[Message], notes: list[Note]) -> list[Attachment]:
    return list(Attachment.objects.filter(Q(message__in=messages) | Q(note__in=notes)))


def _mails_of(messages: list[Message]) -> list[IncomingMail]:
    return list(IncomingMail.objects.filter(message__in=messages))


def _move(messages: list[Message], notes: list[Note], leg: Leg, *, seen: set[tuple[str, int]]) -> dict[str, dict[str, list[object]]]:
    """The rows with their files and mails go to the new part; what its organisation did not read, it reads not there either.

    Returns where each was and who did not read it.
    """
    files, mails = _files_of(messages, notes), _mails_of(messages)
    kept: dict[str, dict[str, list[object]]] = {}
    for name, rows in (("message", messages), ("note", notes), ("attachment", files), ("mail", mails)):
        kept[name] = {str(row.pk): [getattr(row, "leg_id", None), list(row.withheld)] for row in rows}
        for row in rows:
            unread = isinstance(row, Attachment | IncomingMail) and _key(row) not in seen
            row.case, row.withheld = leg.case, [leg.desk.organisation.principal] if unread else []
            if isinstance(row, Message | Note):
                row.leg = leg
            row.save(update_fields=["case", "withheld", *(["leg"] if isinstance(row, Message | Note) else [])])
    return kept


def _key(row: Attachment | IncomingMail) -> tuple[str, int]:
    return type(row).__name__, row.pk


def _settle_in(work: Work, new: Case, leg: Leg, *, take_it: bool) -> None:
    """The new part waits for somebody, or is hers at once; the first clock is met now, not when the message came."""
    fresh = Work(work.by, new, [leg], work.at)
    if take_it:
        hold(fresh, leg, work.by.person_id)
    fresh.save(leg)
    fresh.record(
        "case.received", leg=leg, channel=new.channel, language=new.language, desk=leg.desk_id, taken=take_it, source=work.case.pk
    )  # fmt: skip
    app.configure_task("luukku.desk.tasks.propose_services", lock=f"case-{new.pk}").defer(case_id=new.pk)
    fresh.tell("desk.split")


def _answered(work: Work) -> None:
    """The customer waits for no answer here if what she wrote last is here no more."""
    last = Message.objects.filter(case=work.case).order_by("-created_at", "-pk").first()
    if last is None or last.direction == Direction.OUT:
        for leg in work.legs:
            leg.answer_awaited = False
        work.save(*work.legs)


def _record(work: Work, new: Case, messages: int, notes: int) -> None:
    work.record("case.split", leg=work.leg(), other=new.pk, messages=messages, notes=notes)


def undo_split(*, by: Actor, split: Split, at: datetime | None = None) -> Case:
    """It was one matter after all: what was taken goes back to where it was, what has come since comes along, and the new number leads there.

    Raises RuleBroken with what stands against it, NotFound, NotAllowed.
    """
    with work_on_all([split.case_id, split.source_id], by=by, at=at) as (new, source):
        split = Split.objects.select_for_update(of=("self",)).get(pk=split.pk)
        if split.undone_at is not None:
            raise RuleBroken(_("The split has been undone already."))
        with act_as(everybody(by, new.case, source.case)):
            _move_back(split)
        joining = join(by=by, case=new.case, into=source.case, split=split.pk, at=new.at)
        with act_as(everybody(by, new.case, source.case)):
            Split.objects.filter(pk=split.pk).update(undone_at=new.at)
        return joining.into


def _move_back(split: Split) -> None:
    """Only what is still with the new case."""
    for model, name in ((Message, "message"), (Note, "note"), (Attachment, "attachment"), (IncomingMail, "mail")):
        for pk, (leg_id, withheld) in split.kept[name].items():
            leg = Leg.objects.filter(pk=leg_id, case=split.source_id).first() if leg_id else None
            own = {"leg": leg} if name in ("message", "note") else {}
            model._default_manager.filter(pk=int(pk), case=split.case_id).update(case=split.source_id, withheld=withheld, **own)
