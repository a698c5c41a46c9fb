"""Does every region have a plan in force, and how is it going: the nation's or an area's regions by years; and one region's years side by side."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import PUBLIC, Actor
from luukku.core.followed import AgendaLine
from luukku.network.models import Area, Region
from luukku.network.models.places import RegionArea
from luukku.plans.access import visible_plans
from luukku.plans.enums import BAD, Light, PlanState
from luukku.plans.models import Measure, Plan, PlanKind
from luukku.plans.queries.decided import lights_of, lights_text

ACTION = "action"
YEARS = 24  # plans side by side at most
NAMED = 8  # regions that an agenda's line names at most


@dataclass(frozen=True)
class Cell:
    """A region's plan of one year; `reached` counts measures whose goal is reached."""

    plan: Plan
    counts: Mapping[str, int] = field(default_factory=dict)
    reached: int = 0

    @property
    def measures(self) -> int:
        """Those that have not been given up."""
        return sum(self.counts.values()) - self.counts.get(Light.DROPPED, 0)

    @property
    def done(self) -> int:
        return self.counts.get(Light.DONE, 0)

    @property
    def words(self) -> str:
        return lights_text(self.counts)

    @property
    def worst(self) -> str:
        """The light that the cell shows: late as soon as anything is."""
        return next((light for light in (*BAD, Light.GOOD) if self.counts.get(light)), Light.WAITING)

    @property
    def done_share(self) -> float | None:
        return self.done / self.measures if self.measures and not self.plan.is_open else None

    @property
    def reached_share(self) -> float | None:
        return self.reached / self.measures if self.measures and not self.plan.is_open else None


@dataclass(frozen=True)
class Line:
    region: Region
    cells: Sequence[Cell | None]
    is_valid: bool  # a plan of this year has been approved


@dataclass(frozen=True)
class Overview:
    kind: PlanKind
    years: Sequence[int]
    lines: Sequence[Line]
    areas: Sequence[Area]
    totals: Sequence[tuple[Light, int]]

    @property
    def valid(self) -> int:
        return sum(line.is_valid for line in self.lines)


def cells_of(plans: Sequence[Plan]) -> dict[int, Cell]:
    """By the key of each plan. Two statements."""
    keys = [plan.pk for plan in plans]
    counts = lights_of(keys)
    reached = dict(Measure.objects.filter(plan__in=keys).reached().order_by().values("plan_id").annotate(n=Count("pk")).values_list("plan_id", "n"))
    return {plan.pk: Cell(plan, counts.get(plan.pk, {}), reached.get(plan.pk, 0)) for plan in plans}


def overview(actor: Actor, kind: PlanKind, years: Sequence[int], area: Area | None = None) -> Overview:
    """All live regions, or those of an area; drafts only where the reader reads them. Six statements, whatever there is."""
    today = timezone.localdate()
    regions = Region.objects.on(today).filter(is_live=True)
    if area is not None:
        regions = regions.filter(pk__in=RegionArea.objects.on(today).filter(area=area).values("region"))
    shown = {"year__lte": years[-1], "last_year__gte": years[0]}
    found = visible_plans(actor).filter(kind=kind, person=None, organisation=None, parent=None, region__in=regions, **shown)
    plans = list(found.select_related("kind").order_by("id"))
    cells = cells_of(plans)
    placed: dict[tuple[int, int], Cell] = {}
    for plan in plans:  # of several of one year the one that is in force; a programme stands in each of its years
        for year in range(plan.year, plan.last_year + 1):
            before = placed.get((plan.region_id, year))
            if before is None or before.plan.state not in (PlanState.FOLLOWED, PlanState.CLOSED):
                placed[plan.region_id, year] = cells[plan.pk]
    lines = []
    for region in regions.order_by("code"):
        here = [placed.get((region.pk, year)) for year in years]
        now = placed.get((region.pk, today.year))
        lines.append(Line(region, here, now is not None and now.plan.state == PlanState.FOLLOWED))
    totals: Counter[str] = Counter()
    for line in lines:
        if line.is_valid:
            totals.update(placed[line.region.pk, today.year].counts)
    areas = Area.objects.on(today).filter(region_spells__region__is_live=True).distinct().order_by("kind", "code")
    return Overview(kind, years, lines, list(areas), [(light, totals[light]) for light in Light if totals[light]])


@dataclass(frozen=True)
class YearRow:
    cell: Cell
    carried: int  # of its measures, those that went on in the next plan


def years_of(actor: Actor, region: Region, kind: PlanKind) -> list[YearRow]:
    """A region's plans of one kind, its organisations' among them, the newest first. Four statements."""
    found = visible_plans(actor).filter(region=region, kind=kind, person=None, parent=None)
    plans = list(found.select_related("kind", "organisation").order_by("-year", "id")[:YEARS])
    cells = cells_of(plans)
    carried: dict[int, int] = defaultdict(int)
    on = Measure.objects.filter(carried_from__plan__in=plans).order_by().values("carried_from__plan").annotate(n=Count("pk"))
    for row in on:
        carried[row["carried_from__plan"]] = row["n"]
    return [YearRow(cells[plan.pk], carried[plan.pk]) for plan in plans]


def kinds_of(actor: Actor, region: Region) -> list[PlanKind]:
    """Kinds of which the region has plans that stand side by side. One statement."""
    found = visible_plans(actor).filter(region=region, person=None, parent=None)
    return list(PlanKind.objects.filter(pk__in=found.values("kind")).order_by("order", "code"))


@dataclass(frozen=True)
class PublicList:
    """What a region has made public, the newest first."""

    region: Region
    cells: list[Cell]


def public_lists(region: Region | None = None) -> list[PublicList]:
    """Plans and lists of decisions that everybody may read, by region. Three statements."""
    found = visible_plans(PUBLIC).filter(region__is_live=True, parent=None, **({"region": region} if region is not None else {}))
    plans = list(found.select_related("kind", "region", "organisation").order_by("region__code", "-year", "kind__order", "id"))
    cells, lists = cells_of(plans), dict[int, PublicList]()
    for plan in plans:
        lists.setdefault(plan.region_id, PublicList(plan.region, []))
        lists[plan.region_id].cells.append(cells[plan.pk])
    return list(lists.values())


def agenda_overview(actor: Actor, area_id: int | None) -> list[AgendaLine]:
    """For the agenda of an area's or the nation's group: how many regions have a plan in force, how its measures go, where something is late.

    Eight statements at most, however many regions there are.
    """
    kind = PlanKind.objects.filter(code=ACTION).first()
    if kind is None:
        return []
    area = Area.objects.filter(pk=area_id).first() if area_id is not None else None
    year = timezone.localdate().year
    found = overview(actor, kind, [year], area)
    if not found.lines:
        return []
    url = reverse("plans:nation") + (f"?alue={area.pk}" if area is not None else "")
    told = {"year": year, "n": found.valid, "all": len(found.lines)}
    lines = [_("An approved plan of %(year)s: %(n)s of %(all)s regions") % told]
    without = [str(line.region.name) for line in found.lines if not line.is_valid]
    if without:
        lines.append(_("Without one: %(names)s") % {"names": _named(without)})
    if found.totals:
        lines.append(_("Measures: %(counts)s") % {"counts": lights_text(dict(found.totals))})
    late = [str(line.region.name) for line in found.lines if line.is_valid and line.cells[0] and line.cells[0].counts.get(Light.LATE)]
    if late:
        lines.append(_("Something is late: %(names)s") % {"names": _named(late)})
    return [AgendaLine(each, url) for each in lines]


def _named(names: Sequence[str]) -> str:
    words = ", ".join(names[:NAMED])
    return _("%(names)s and %(n)s more") % {"names": words, "n": len(names) - NAMED} if len(names) > NAMED else words
