"""A company's segment: what people mark and say of it, with a reason, and reckoning it anew when something has changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.catalogue.enums import Segment
from luukku.core import trail
from luukku.core.actor import Actor, act_as_house
from luukku.core.errors import RuleBroken
from luukku.customers import access
from luukku.customers.enums import Mark
from luukku.customers.models import Company, CompanyMark, SegmentSaid
from luukku.network.access import require

LONGEST_REASON = 300
AT_ONCE = 20_000  # companies in one transaction
Said = TypeVar("Said", CompanyMark, SegmentSaid)


def mark_company(*, by: Actor, company: Company, mark: str, reason: str, at: datetime | None = None) -> CompanyMark:
    """Mark it for a segment that no figure tells. Raises NotAllowed, RuleBroken with the field."""
    if mark not in Mark.values:
        raise RuleBroken(_("Choose one of the list."), field="mark")
    require(access.can_mark(by, Mark(mark)))
    with transaction.atomic():
        made = _say(CompanyMark(company=company, mark=mark, reason=_reason(reason)), by, at, taken=_("The company has this mark already."))
        trail.record("company.marked", company, by=by, at=at, mark=mark)
        segment_anew([company.pk], timezone.localdate(at))
    return made


def end_mark(*, by: Actor, company: Company, mark: str, reason: str, at: datetime | None = None) -> CompanyMark:
    """The mark holds no more. Raises NotAllowed, RuleBroken when there is none."""
    require(mark in Mark.values and access.can_mark(by, Mark(mark)))
    with transaction.atomic():
        ended = _end(CompanyMark.objects.filter(company=company, mark=mark), by, _reason(reason), at)
        trail.record("company.mark_ended", company, by=by, at=at, mark=mark)
        segment_anew([company.pk], timezone.localdate(at))
    return ended


def say_segment(*, by: Actor, company: Company, segment: str, reason: str, at: datetime | None = None) -> SegmentSaid:
    """Another segment than the rules give, until somebody lets the rules decide again. Raises NotAllowed, RuleBroken with the field."""
    require(access.can_edit_companies(by))
    if segment not in Segment.values or segment == Segment.FOUNDER:
        raise RuleBroken(_("Choose one of the list."), field="segment")
    with transaction.atomic():
        words = _reason(reason)
        SegmentSaid.objects.filter(company=company, ended_at=None).update(ended_at=at or timezone.now(), ended_by=by.person_id, end_reason=words)
        made = _say(SegmentSaid(company=company, segment=segment, reason=words), by, at, taken=_("Somebody else said another just now. Look again."))
        trail.record("company.segment_said", company, by=by, at=at, segment=segment)
        segment_anew([company.pk], timezone.localdate(at))
    return made


def let_rules_say(*, by: Actor, company: Company, reason: str, at: datetime | None = None) -> SegmentSaid:
    """The rules decide again. Raises NotAllowed, RuleBroken when nothing else was said."""
    require(access.can_edit_companies(by))
    with transaction.atomic():
        ended = _end(SegmentSaid.objects.filter(company=company), by, _reason(reason), at)
        trail.record("company.segment_by_rules", company, by=by, at=at)
        segment_anew([company.pk], timezone.localdate(at))
    return ended


def segment_anew(company_ids: Sequence[int], day: date | None = None) -> int:
    """Reckon the segments of these companies as of a day (today; never one to come). Returns how many moved. Two statements, in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select wall.customers_segment_anew(%s, %s)", [list(company_ids), day])
        return int(cursor.fetchone()[0])


def segment_all(day: date | None = None) -> tuple[int, int]:
    """Every company's, so many at a time, each in a transaction of its own: how many companies, and how many of them moved."""
    last = seen = moved = 0
    while True:
        with act_as_house("every company's segment"):
            ids = list(Company.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            moved += segment_anew(ids, day) if ids else 0
        if not ids:
            return seen, moved
        last, seen = ids[-1], seen + len(ids)


def segment_all_soon() -> None:
    """A job does it after this transaction."""
    app.configure_task("luukku.customers.tasks.segment_companies").defer(timestamp=0)


def _say(said: Said, by: Actor, at: datetime | None, *, taken: str) -> Said:
    said.person_id, said.organisation_id = by.person_id, by.seats[0].organisation_id if by.seats else None
    said.made_at = at or timezone.now()
    try:
        with transaction.atomic():
            said.save()
    except IntegrityError:
        raise RuleBroken(taken) from None
    return said


def _end(sayings: "models.QuerySet[Said]", by: Actor, reason: str, at: datetime | None) -> Said:
    said = sayings.select_for_update().filter(ended_at=None).first()
    if said is None:
        raise RuleBroken(_("That has been ended already."))
    said.ended_at, said.ended_by_id, said.end_reason = at or timezone.now(), by.person_id, reason
    said.save(update_fields=["ended_at", "ended_by", "end_reason"])
    return said


def _reason(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise RuleBroken(_("Say why, so that others can follow it."), field="reason")
    if len(said) > LONGEST_REASON:
        raise RuleBroken(_("Say it in 300 letters."), field="reason")
    return said
