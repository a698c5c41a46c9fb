"""The rules of segments are drafted, tried and taken into use as a new version by who keeps the network; versions that were in use stay."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.catalogue.enums import Segment
from luukku.core.actor import Actor
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.trail import record
from luukku.customers.access import can_edit_segment_rules
from luukku.customers.actions.segmenting import segment_all_soon
from luukku.customers.enums import Export, Mark
from luukku.customers.models import SegmentBook, SegmentRule
from luukku.customers.queries.segments import Rule
from luukku.customers.queries.segments.books import row_of, rules_in_use, rules_of
from luukku.customers.queries.segments.rules import FIGURES
from luukku.network.access import require

MOST_RULES = 40


def draft_segments(*, by: Actor) -> SegmentBook:
    """The draft: the one there is, else a copy of the rules in use. Raises NotAllowed."""
    require(can_edit_segment_rules(by))
    with transaction.atomic():
        books = list(SegmentBook.objects.select_for_update(of=("self",)).order_by("-number"))
        draft = next((book for book in books if book.is_draft), None)
        if draft is not None:
            return draft
        draft = SegmentBook.objects.create(number=(books[0].number if books else 0) + 1, made_by_id=by.person_id)
        _write(draft, [row_of(rule) for rule in rules_in_use()])
        record("segments.drafted", draft, by=by, version=draft.number)
    return draft


def add_segment_rule(*, by: Actor, draft: SegmentBook, rule: Rule) -> SegmentRule:
    """A rule before the last one, which is for all others. Raises NotAllowed, RuleBroken with the field."""
    with transaction.atomic():
        book, rows = _locked(by, draft)
        check_rule(rule)
        if len(rows) >= MOST_RULES:
            raise RuleBroken(_("That is too many rules to be understood. Take some away first."))
        place = len(rows) - 1 if rows and rows[-1].asks_nothing else len(rows)
        row = row_of(rule)
        _write(book, [*rows[:place], row, *rows[place:]])
    return row


def change_segment_rule(*, by: Actor, rule: SegmentRule, wanted: Rule) -> SegmentRule:
    """Raises NotAllowed, NotFound when somebody has removed it meanwhile, RuleBroken with the field."""
    with transaction.atomic():
        _book, rows = _locked(by, rule.book)
        check_rule(wanted)
        now = _still_there(rows, rule)
        for name, value in asdict(wanted).items():
            setattr(now, name, list(value) if isinstance(value, tuple) else value)
        now.save()
    return now


def move_segment_rule(*, by: Actor, rule: SegmentRule, up: bool) -> None:
    """Ask the rule earlier, or later. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        book, rows = _locked(by, rule.book)
        place = rows.index(_still_there(rows, rule))
        rows.insert(max(0, min(len(rows) - 1, place + (-1 if up else 1))), rows.pop(place))
        _write(book, rows)


def remove_segment_rule(*, by: Actor, rule: SegmentRule) -> None:
    """Raises NotAllowed, NotFound."""
    with transaction.atomic():
        book, rows = _locked(by, rule.book)
        gone = _still_there(rows, rule)
        rows.remove(gone)
        gone.delete()
        _write(book, rows)


def discard_segments(*, by: Actor, draft: SegmentBook) -> None:
    """Throw the draft away. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        book, _rows = _locked(by, draft)
        record("segments.discarded", book, by=by, version=book.number)
        book.delete()


def use_segments(*, by: Actor, draft: SegmentBook) -> SegmentBook:
    """The draft decides from now on; every company is reckoned anew by a job. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        book, rows = _locked(by, draft)
        _check_whole(rows)
        now = timezone.now()
        SegmentBook.objects.in_use().update(used_until=now)
        book.used_from, book.used_by_id = now, by.person_id
        book.save(update_fields=["used_from", "used_by"])
        record("segments.used", book, by=by, version=book.number, rules=len(rows))
        segment_all_soon()
    return book


def check_rule(rule: Rule) -> None:
    """Raises RuleBroken with the field for what no rule can ask."""
    if rule.segment not in Segment.values:
        raise RuleBroken(_("Choose one of the list."), field="segment")
    for field, codes, known in (("marks", rule.marks, Mark.values), ("export", rule.export, Export.values)):
        if set(codes) - set(known):
            raise RuleBroken(_("Choose from the list."), field=field)
    for name in FIGURES:
        least, most = getattr(rule, f"{name}_min"), getattr(rule, f"{name}_max")
        if (least is not None and least < 0) or (most is not None and most < 0):
            raise RuleBroken(_("Write a number from 0 on."), field=f"{name}_min" if least is not None and least < 0 else f"{name}_max")
        if least is not None and most is not None and least > most:
            raise RuleBroken(_("The upper limit is below the lower one: no company fits both."), field=f"{name}_max")


def _check_whole(rows: list[SegmentRule]) -> None:
    """The last rule, and no other, is for all others; and none stands behind one that asks the same."""
    if not rows or not rows[-1].asks_nothing:
        raise RuleBroken(_("The last rule must be for all others, or some companies would have no segment. Add one without conditions."))
    early = next((place for place, row in enumerate(rows[:-1], start=1) if row.asks_nothing), None)
    if early is not None:
        raise RuleBroken(
            _("Rule %(n)s is for all others, so those after it are never asked. Move it to the end, or give it conditions.") % {"n": early}
        )
    seen: dict[Rule, int] = {}
    for place, rule in enumerate(rules_of(rows), start=1):
        asked = Rule(**{**asdict(rule), "segment": ""})
        if asked in seen:
            raise RuleBroken(_("Rules %(a)s and %(b)s ask the same, so the latter is never asked.") % {"a": seen[asked], "b": place})
        seen[asked] = place


def _locked(by: Actor, draft: SegmentBook) -> tuple[SegmentBook, list[SegmentRule]]:
    require(can_edit_segment_rules(by))
    book = SegmentBook.objects.select_for_update(of=("self",)).drafts().filter(pk=draft.pk).first()
    if book is None:
        raise NotFound
    return book, list(book.rules.order_by("position", "id"))


def _still_there(rows: list[SegmentRule], rule: SegmentRule) -> SegmentRule:
    found = next((row for row in rows if row.pk == rule.pk), None)
    if found is None:
        raise NotFound
    return found


def _write(book: SegmentBook, rows: list[SegmentRule]) -> None:
    for position, row in enumerate(rows, start=1):
        row.book, row.position = book, position
        row.save()
