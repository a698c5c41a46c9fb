"""The page of a region's or desk's routing rules: what is in use, the draft, and the versions before."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.desk.access.desks import can_edit_rules
from luukku.desk.enums import BookState
from luukku.desk.models import Rota, Rule, RuleBook
from luukku.network.access import require
from luukku.network.models import Absence, Desk, Region


@dataclass(frozen=True)
class RulePage:
    """Books with their rules (`.rules_in_order`); `past` newest first, with `.count` of rules; the desk's rota, and absences of today and to come."""

    used: RuleBook | None
    draft: RuleBook | None
    past: Sequence[RuleBook]
    rota: Rota | None
    away: Sequence[Absence]


def rule_page(actor: Actor, region: Region, desk: Desk | None) -> RulePage:
    """Four statements. Raises NotAllowed for who may not edit them."""
    require(can_edit_rules(actor, region, desk))
    books = list(
        RuleBook.objects.filter(region=region, desk=desk).select_related("made_by", "used_by").annotate(count=Count("rules")).order_by("-number")
    )
    shown = [book for book in books if book.state != BookState.PAST]
    rules = list(Rule.objects.filter(book__in=shown).order_by("position", "id")) if shown else []
    for book in shown:
        book.rules_in_order = [rule for rule in rules if rule.book_id == book.pk]  # type: ignore[attr-defined]
    today = timezone.localdate()
    return RulePage(
        next((book for book in shown if book.state == BookState.USED), None),
        next((book for book in shown if book.state == BookState.DRAFT), None),
        [book for book in books if book.state == BookState.PAST],
        Rota.objects.filter(desk=desk).first() if desk is not None else None,
        list(Absence.objects.from_day(today)) if desk is not None else [],
    )
