"""What came of a company's matters, how its people were met and what they said of it: on its page, and in order of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.actor import Actor
from luukku.core.gathering import TimelineEntry
from luukku.customers.models import Company
from luukku.desk.access import visible_appointments
from luukku.desk.enums import CLAIMS, STANDING, AppointmentState, Face, FinanceKind, Held, MeetingPlace, OutcomeKind
from luukku.desk.models import CaseSummary, Feedback, Leg, Outcome, OutcomeCheck
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.company_cases import matters_of
from luukku.desk.queries.outcome_words import came_words, euro_words, word_on

MOST = 10  # services on the page
MOST_LEGS = 500  # of the newest parts, for the services


def _reads(actor: Actor) -> bool:
    return actor.is_staff and bool(actor.principals)


def outcomes_of(actor: Actor, company: Company) -> "QuerySet[Outcome]":
    """Each once, of the matters that the reader sees and of those that were passed on to her."""
    mine, principals = matters_of(actor, company).values("pk"), list(actor.principals)
    passed = CaseSummary.objects.filter(business_id=company.business_id, readers__overlap=principals).values("case")
    found = Outcome.objects.filter(Q(case__in=mine) | Q(case__in=passed), readers__overlap=principals, same_as=None)
    return found.exclude(kind=OutcomeKind.NOTHING)


def outcome_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """What came of it, claimed or confirmed; a link where the matter is the reader's. One statement."""
    if not _reads(actor):
        return []
    number = Subquery(matters_of(actor, company).filter(pk=OuterRef("case_id")).values("number")[:1])
    found = outcomes_of(actor, company).filter(created_at__lte=until).annotate(number=number).order_by("-created_at", "-pk")[:most]
    return [
        TimelineEntry(each.created_at, f"o{each.pk}", came_words(each), word_on(each), case_url(each.number) if each.number else "") for each in found
    ]


def meeting_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """Booked times, held and to come. One statement."""
    if not _reads(actor):
        return []
    booked = visible_appointments(actor).filter(case__in=matters_of(actor, company).values("pk"), starts_at__lte=until)
    rows = booked.exclude(state=AppointmentState.CANCELLED).annotate(number=F("case__number")).select_related("desk__organisation")
    titles = {AppointmentState.BOOKED: _("Booked time"), AppointmentState.KEPT: _("Advice session"), AppointmentState.NO_SHOW: _("Nobody came")}
    return [
        TimelineEntry(
            each.starts_at, f"m{each.pk}", titles[AppointmentState(each.state)], f"{each.desk.organisation.name}, {MeetingPlace(each.place).label}",
            case_url(each.number),
        )
        for each in rows.order_by("-starts_at", "-pk")[:most]
    ]  # fmt: skip


def said_entries(actor: Actor, company: Company, until: datetime, most: int) -> Sequence[TimelineEntry]:
    """What the company's people answered: how it went, and months later what has come of it. Two statements."""
    if not _reads(actor):
        return []
    mine, principals = matters_of(actor, company).values("pk"), list(actor.principals)
    marks = Feedback.objects.filter(case__in=mine, readers__overlap=principals, created_at__lte=until).annotate(number=F("case__number"))
    found = [
        TimelineEntry(each.created_at, f"f{each.pk}", _how(each), each.comment, case_url(each.number))
        for each in marks.order_by("-created_at", "-pk")[:most]
    ]
    later = OutcomeCheck.objects.filter(case__in=mine, readers__overlap=principals, answered_at__lte=until).annotate(number=F("case__number"))
    for each in later.order_by("-answered_at", "-pk")[:most]:
        if each.answered_at is not None:
            title = ngettext("After %(n)s month: has it held?", "After %(n)s months: has it held?", each.months) % {"n": each.months}
            detail = ". ".join(filter(None, (str(Held(each.held).label), each.words)))
            found.append(TimelineEntry(each.answered_at, f"h{each.pk}", title, detail, case_url(each.number)))
    return found


def _how(mark: Feedback) -> str:
    return _("How it went: %(mark)s") % {"mark": Face(mark.face).label}


@dataclass(frozen=True)
class Came:
    """One kind of outcome, of finance one kind of finance: how often, and euros or people, as written down and as confirmed by the customer."""

    label: str
    count: int
    claimed: str
    confirmed: str


def results_panel(actor: Actor, company: Company) -> dict[str, Any] | None:
    """For the company's page: what came of its matters, finance apart by kind, and the services used. None when there is nothing. Two statements."""
    if not _reads(actor):
        return None
    stands = Q(word__in=STANDING)
    sums = outcomes_of(actor, company).filter(kind__in=CLAIMS).values("kind", "finance").order_by("kind", "finance").annotate(
        n=Count("pk"), euros=Sum("amount"), people=Sum("count"),
        kept=Count("pk", filter=stands), right=Sum("word_figure", filter=stands & Q(word_figure__isnull=False)),
        euros_right=Sum("amount", filter=stands & Q(word_figure=None)), people_right=Sum("count", filter=stands & Q(word_figure=None)),
    )  # fmt: skip
    came = [_line(row) for row in sums]
    legs = Leg.objects.filter(case__in=matters_of(actor, company).values("pk")).select_related("service").order_by("-pk")[:MOST_LEGS]
    used = Counter(str(each.service.name) for each in legs if each.service is not None)
    return {"came": came, "services": used.most_common(MOST)} if came or used else None


def _line(row: Mapping[str, Any]) -> Came:
    label = str(OutcomeKind(row["kind"]).label) + (f", {FinanceKind(row['finance']).label}" if row["finance"] else "")
    if row["euros"] is None and row["people"] is None:
        return Came(label, row["n"], "", "")
    money = row["euros"] is not None
    right = (row["right"] or 0) + ((row["euros_right"] if money else row["people_right"]) or 0)
    claimed = row["euros"] if money else row["people"]
    return Came(label, row["n"], euro_words(claimed) if money else str(claimed), (euro_words(right) if money else str(right)) if row["kept"] else "")
