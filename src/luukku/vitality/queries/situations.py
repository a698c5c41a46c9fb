"""Situations for screens: the list, and one with all that hangs on it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.paging import Cursor, Page, paged
from luukku.core.translated import best
from luukku.network.models import Organisation, Participation, Region, Seat
from luukku.vitality.access import get_situation, led_regions, visible_situations
from luukku.vitality.enums import CountKind
from luukku.vitality.models import Situation, SituationCompany, SituationCount, SituationMeasure, SituationParty

SIZE = 50


@dataclass(frozen=True)
class Listed:
    page: Page[Situation]
    leads: list[Region]  # regions in which the reader may open one


def listed(actor: Actor, cursor: Cursor, *, over: bool, size: int = SIZE) -> Listed:
    """Five statements at most: the newest first."""
    found = with_sums(visible_situations(actor)).filter(closed_at__isnull=not over).select_related("region")
    return Listed(paged(found, "opened_at", cursor, size, newest_first=True), led_by(actor))


def led_by(actor: Actor) -> list[Region]:
    """Regions in which she may open one, those with an open door first. Two statements."""
    return list(Region.objects.on(timezone.localdate()).filter(pk__in=led_regions(actor)).order_by("-is_live", "code"))


def with_sums(found: "QuerySet[Situation]") -> "QuerySet[Situation]":
    """With how many companies and jobs are touched."""
    rows = SituationCompany.objects.filter(situation=OuterRef("pk")).order_by().values("situation")
    jobs = Subquery(rows.annotate(sum=Sum("affected")).values("sum"), output_field=IntegerField())
    companies = Subquery(rows.annotate(count=Count("id")).values("count"), output_field=IntegerField())
    return found.annotate(affected=Coalesce(jobs, 0), touched=Coalesce(companies, 0))


def counted_situations(actor: Actor, region_id: int, _since: datetime) -> dict[str, int]:
    """Of the region's open situations that the actor reads: how many there are, and how many companies and jobs they touch. One statement."""
    found = with_sums(visible_situations(actor)).filter(region=region_id, closed_at=None)
    return found.aggregate(open=Count("pk"), companies=Coalesce(Sum("touched"), 0), jobs=Coalesce(Sum("affected"), 0))


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    title: str
    who: str = ""
    words: str = ""


@dataclass(frozen=True)
class SituationPage:
    """`cases` and `leads`: of its companies since it was opened, in steps of five. `newest`: of each count the last."""

    situation: Situation
    companies: list[SituationCompany]
    parties: list[SituationParty]
    measures: list[SituationMeasure]
    newest: list[tuple[str, SituationCount]]
    timeline: list[Happened]
    cases: int
    leads: int
    can_lead: bool

    @property
    def affected(self) -> int:
        return sum(each.affected for each in self.companies)

    @property
    def done(self) -> int:
        return sum(1 for each in self.measures if each.done_at is not None)


def situation_page(actor: Actor, pk: int) -> SituationPage:
    """Eight statements at most. Raises NotFound."""
    found = get_situation(actor, pk)
    companies = list(found.companies.select_related("company__municipality").order_by("-affected", "id"))
    parties = list(found.parties.select_related("organisation", "person").order_by("id"))
    measures = list(found.measures.select_related("organisation", "person").order_by(F("done_at").desc(nulls_first=True), "by_day", "id"))
    counts = list(found.counts.select_related("person").order_by("-day", "-id"))
    newest = [(str(kind.label), rows[0]) for kind in CountKind if (rows := [each for each in counts if each.kind == kind])]
    cases, leads = _counted(found)
    leading = found.region_id in led_regions(actor) and found.closed_at is None
    return SituationPage(found, companies, parties, measures, newest, _timeline(found, parties, measures), cases, leads, leading)


def _counted(situation: Situation) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("select cases, leads from wall.vitality_situation_counts(%s)", [situation.pk])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, 0)


def _timeline(situation: Situation, parties: list[SituationParty], measures: list[SituationMeasure]) -> list[Happened]:
    """The newest first. One statement."""
    told = [Happened(situation.opened_at, _("Opened"), situation.opened_by.name)]
    told += [Happened(each.invited_at, _("Invited"), str(each.organisation.name)) for each in parties]
    told += [Happened(each.done_at, _("Done"), each.person.name, each.words) for each in measures if each.done_at is not None]
    told += [Happened(each.at, _("What happened"), each.person.name, each.words) for each in situation.notes.select_related("person")[:200]]
    if situation.closed_at is not None:
        told.append(Happened(situation.closed_at, _("Closed")))
    return sorted(told, key=lambda each: each.at, reverse=True)


def responsible_choices(situation: Situation) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who may be given a measure, by organisation, as `organisation-person`: people of the parties, and who leads. Two statements."""
    today = timezone.localdate()
    leading = Seat.objects.on(today).filter(role="coordinator", region=situation.region_id, person__deactivated_at=None).select_related("person")
    own = {situation.opened_by_id: situation.opened_by.name} | {each.person_id: each.person.name for each in leading.order_by("id")}
    groups: dict[str, list[tuple[str, str]]] = {_("Who leads it"): [(f"0-{pk}", name) for pk, name in own.items()]}
    parties = SituationParty.objects.filter(situation=situation).values("organisation")
    seats = Seat.objects.on(today).filter(organisation__in=parties, person__deactivated_at=None).exclude(role="shepherd")
    ordered = seats.select_related("person", "organisation").order_by(FinnishKey(best("organisation__name")), FinnishKey("person__name"), "id")
    for seat in ordered:
        if seat.organisation is not None:
            row = (f"{seat.organisation_id}-{seat.person_id}", seat.person.name)
            rows = groups.setdefault(str(seat.organisation.name), [])
            if row not in rows:
                rows.append(row)
    return list(groups.items())


def invitable(situation: Situation) -> list[Organisation]:
    """Organisations of the region that are not yet parties, by name. One statement."""
    parts = Participation.objects.on(timezone.localdate()).filter(region=situation.region_id)
    found = Organisation.objects.active().filter(pk__in=parts.values("organisation"))
    return list(found.exclude(pk__in=situation.parties.values("organisation")).order_by(FinnishKey(best("name")), "id"))
