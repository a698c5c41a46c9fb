"""What one person has done: visits, leads and mapped needs as lines of her report, and the whole report of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.core.moments import moment_at
from luukku.core.months import ended_months, month_after
from luukku.core.worked import WorkLine, work_parts
from luukku.customers.models import ShepherdHours
from luukku.desk.enums import Channel
from luukku.network.access import may
from luukku.network.access.figures import require_figures
from luukku.network.enums import Right
from luukku.network.models import Person, Region, Seat
from luukku.relations.access import visible_leads, visible_talks, visible_visits
from luukku.relations.enums import MET, LeadState
from luukku.relations.models import TalkAnswer, VisitParty

SPANS = (3, 6, 12)  # months that have ended, besides each by itself


def visit_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Companies met, and of these together with others. Two statements."""
    held = visible_visits(actor).filter(state__in=MET, day__gte=since, day__lt=until, parties__person=person_id)
    both = VisitParty.objects.filter(visit__in=held.values("pk")).values("visit").order_by().annotate(n=Count("organisation", distinct=True))
    count = held.values("pk").distinct().count()
    together = both.filter(n__gt=1).count() if count else 0
    return [WorkLine(_("Visits to companies"), count, _("together with others %(n)s") % {"n": together} if together else "")] if count else []


def lead_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Leads given and taken, and needs that were mapped. Two statements."""
    begins, ends = (moment_at(day) for day in (since, until))
    given, taken = (
        Q(from_person=person_id, given_at__gte=begins, given_at__lt=ends),
        Q(taken_by=person_id, answered_at__gte=begins, answered_at__lt=ends),
    )
    helped = Q(state=LeadState.CASE) | Q(result="helped")
    counts = visible_leads(actor).filter(given | taken).aggregate(
        given=Count("pk", filter=given), came=Count("pk", filter=given & helped), taken=Count("pk", filter=taken)
    )  # fmt: skip
    talks = visible_talks(actor).filter(person=person_id, written_at__gte=begins, written_at__lt=ends)
    needs = TalkAnswer.objects.filter(talk__in=talks.values("pk"), is_need=True).count()
    lines = (
        WorkLine(_("Leads given"), counts["given"], _("of which helped or became a matter %(n)s") % {"n": counts["came"]} if counts["came"] else ""),
        WorkLine(_("Leads taken"), counts["taken"]),
        WorkLine(_("Needs found on calls and walk-ins"), needs),
    )
    return [line for line in lines if line.count]


def hour_lines(actor: Actor, person_id: int, since: date, until: date) -> Sequence[WorkLine]:
    """Hours that a bought-in shepherd has logged, as far as they are known. One statement."""
    rows = ShepherdHours.objects.filter(
        shepherd__person=person_id, taken_back_at=None, day__gte=since, day__lt=until, readers__overlap=list(actor.principals)
    )  # fmt: skip
    minutes = rows.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    return [WorkLine(_("Hours logged for customers who are kept"), round(minutes / 60))] if minutes else []


@dataclass(frozen=True)
class Period:
    """`code` names it in an address: a month as 2026-11, or how many ended months."""

    code: str
    since: date
    until: date
    label: str


def periods(today: date | None = None) -> list[Period]:
    """This month so far, the last twelve that have ended, and several together."""
    now = today or timezone.localdate()
    this = now.replace(day=1)
    found = [Period(written(this, "Y-m"), this, now + timedelta(days=1), _("This month so far"))]
    starts = reversed(ended_months(12, now).starts)
    found += [Period(written(start, "Y-m"), start, month_after(start, 1), written(start, "n/Y")) for start in starts]
    for count in SPANS:
        months = ended_months(count, now)
        found.append(Period(str(count), months.first, months.until, _("The last %(n)s months that have ended") % {"n": count}))
    return found


def people_for(actor: Actor) -> list[Person]:
    """Herself first, then those who handle matters in organisations whose desks she leads. One statement."""
    led = {s.organisation_id for s in actor.seats if s.organisation_id and may(actor, Right.LEAD_DESK, organisation_id=s.organisation_id)}
    seats = Seat.objects.on(timezone.localdate()).filter(Q(organisation__in=led) | Q(person=actor.person_id), person__deactivated_at=None)
    people = {seat.person_id: seat.person for seat in seats.select_related("person").order_by("pk")}
    return sorted(people.values(), key=lambda each: (each.pk != actor.person_id, finnish_key(each.name)))


@dataclass(frozen=True)
class Section:
    label: str
    lines: Sequence[WorkLine]


def report(actor: Actor, person: Person, period: Period) -> list[Section]:
    """What the reader may see of what the person has done. A fixed number of statements for each part."""
    parts = sorted(work_parts.all(), key=lambda part: part.order)
    found = [Section(str(part.label), part.lines(actor, person.pk, period.since, period.until)) for part in parts]
    return [section for section in found if section.lines]


def region_lines(actor: Actor, region: Region, months: int = 3) -> list[WorkLine]:
    """What all together have done in the region in whole months that have ended; nothing of fewer than five. Two statements. Raises NotAllowed."""
    require_figures(actor, region.pk)
    span = ended_months(months)
    with connection.cursor() as cursor:
        cursor.execute("select action, channel, n from wall.relations_work_figures(%s, %s, %s)", [region.pk, span.first, span.until])
        rows = cursor.fetchall()
    labels = {
        "case.received": _("Contacts logged"), "case.taken_up": _("Matters taken up"), "case.settled": _("Matters settled"),
        "visit.held": _("Visits to companies"), "lead.given": _("Leads given"), "needs.mapped": _("Needs mapped on calls and walk-ins"),
    }  # fmt: skip
    order = list(labels)
    rows.sort(key=lambda row: (order.index(row[0]), -row[2]))
    return [WorkLine(labels[action], n, str(Channel(channel).label) if channel in Channel.values else "") for action, channel, n in rows]
