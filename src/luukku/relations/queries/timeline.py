"""Visits, leads and account plans on a company's timeline: one's own with their pages, of others' visits that they were made."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry
from luukku.core.moments import moment_at
from luukku.customers.models import Company
from luukku.relations.access import touches_of, visible_leads, visible_plans, visible_visits
from luukku.relations.enums import LeadState, VisitState, VisitWay


def visit_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Those that have a day. Two statements."""
    own = visible_visits(actor).filter(company=company, day__lte=timezone.localdate(until)).exclude(state=VisitState.CANCELLED)
    found = []
    for each in own.select_related("organisation").order_by("-day", "-pk")[:most]:
        detail = f"{each.organisation.name}, {VisitState(each.state).label}"
        found.append(_day(each.day, f"v{each.pk}", _("Visit"), detail, reverse("relations:visit", args=[each.pk])))
    seen = {each.key for each in found}
    touched = touches_of(actor, company).filter(day__lte=timezone.localdate(until)).order_by("-day", "-pk")[:most]
    for touch in touched:
        if f"v{touch.visit_id}" not in seen:
            title = _("Met by others") if touch.is_met else _("Others mean to meet them")
            found.append(_day(touch.day, f"t{touch.pk}", title, f"{touch.organisation.name}, {VisitWay(touch.way).label}"))
    return [each for each in found if each.at <= until]


def _day(day: date | None, key: str, title: str, detail: str, url: str = "") -> TimelineEntry:
    at = moment_at(day or date.min, time(12))
    return TimelineEntry(at, key, title, detail, url, is_day=True)


def lead_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """One statement."""
    found = visible_leads(actor).filter(company=company, given_at__lte=until).select_related("from_organisation", "to_organisation")
    return [
        TimelineEntry(
            each.given_at, f"l{each.pk}", _("Lead"), f"{each.from_organisation.name} → {each.to_organisation.name}, {LeadState(each.state).label}",
            reverse("relations:lead", args=[each.pk]),
        )
        for each in found.order_by("-given_at", "-pk")[:most]
    ]  # fmt: skip


def plan_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Begun and ended. One statement."""
    found = []
    for each in visible_plans(actor).filter(company=company, made_at__lte=until).select_related("organisation").order_by("-made_at", "-pk")[:most]:
        url, name = reverse("relations:plan", args=[each.pk]), str(each.organisation.name)
        found.append(TimelineEntry(each.made_at, f"p{each.pk}", _("Account plan begun"), name, url))
        if each.ended_at is not None and each.ended_at <= until:
            found.append(TimelineEntry(each.ended_at, f"q{each.pk}", _("Account plan ended"), name, url))
    return found
