"""How networks stand: for one region its guide and what is lacking, for an area and the nation all regions in a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.registries import DueThing
from luukku.core.watching import NetworkPoint, network_points
from luukku.governance.access import networks_of, visible_talks
from luukku.governance.models import NetworkTalk, NetworkWatch
from luukku.network.models import Area, Region
from luukku.network.models.places import RegionArea

STAGES: Final = {
    1: _("Just agreed"), 2: _("Getting organised"), 3: _("Works by a plan"), 4: _("Follows its figures"), 5: _("Mature"),
}  # fmt: skip
HIGHEST = 5


def ordered() -> list[tuple[str, NetworkPoint]]:
    """All points in their order."""
    return sorted(network_points.items(), key=lambda pair: pair[1].order)


def stage_of(points: Mapping[str, bool]) -> int:
    """The last stage before something is lacking: 1 while any of the first is, 5 when nothing is."""
    lacking = [point.stage for key, point in ordered() if not points.get(key)]
    return max(1, min(lacking) - 1) if lacking else HIGHEST


@dataclass(frozen=True)
class PointLine:
    label: str | Promise
    words: str | Promise  # what to do
    lacking: str | Promise
    url: str
    there: bool
    since: date | None = None


@dataclass(frozen=True)
class Standing:
    """How one network stands. `next` is what to take into use next; None when nothing is lacking."""

    region: Region
    stage: int
    stage_words: str | Promise
    lines: Sequence[PointLine]
    counted: bool

    @property
    def lacking(self) -> list[PointLine]:
        return [line for line in self.lines if not line.there]

    @property
    def next(self) -> PointLine | None:
        return next(iter(self.lacking), None)


def standing(region: Region, watch: NetworkWatch | None) -> Standing:
    """As the house saw it last; before its first look nothing is known."""
    if watch is None:
        return Standing(region, 1, _("Not looked at yet"), (), counted=False)
    known = [(key, point) for key, point in ordered() if key in watch.points]
    lines = [_line(region, point, there=bool(watch.points[key]), since=watch.since.get(key)) for key, point in known]
    lines.sort(key=lambda line: line.there)
    return Standing(region, watch.stage, STAGES[watch.stage], lines, counted=True)


def on_region(actor: Actor, region: Region) -> dict[str, Any] | None:
    """For the region's staff page: its stage, for those who keep it in sight. Two statements."""
    if not networks_of(actor).filter(pk=region.pk).exists():
        return None
    return {"region": region, "stage": standing(region, NetworkWatch.objects.filter(region=region).first()).stage_words}


def guide(region: Region) -> list[PointLine]:
    """The steps of a network's start, as they are now, for the actor in whose name this runs. A few statements a step."""
    today = timezone.localdate()
    steps = [point for _key, point in ordered() if point.guide]
    return [_line(region, point, there=bool(point.state([region.pk], today)[region.pk])) for point in steps]


def to_start(regions: Collection[int]) -> list[DueThing]:
    """The next step of each of these regions that has not opened its door and still lacks something of a start. One statement where all have."""
    today, found = timezone.localdate(), []
    for region in Region.objects.on(today).filter(pk__in=regions, is_live=False).order_by("code"):
        step = next((each for each in guide(region) if not each.there), None)
        if step is not None:
            words = gettext("Start of the network: %(act)s") % {"act": step.words}
            found.append(DueThing(today, words, str(region.name), reverse("governance:network_start", args=[region.code])))
    return found


def _line(region: Region, point: NetworkPoint, *, there: bool, since: str | None = None) -> PointLine:
    url = point.url if there or point.begin is None else point.begin
    return PointLine(point.label, point.act, point.lacking, url(region.code), there, date.fromisoformat(since) if since else None)


@dataclass(frozen=True)
class NetworkRow:
    standing: Standing
    area: Area | None
    last_talk: date | None


@dataclass(frozen=True)
class Questions:
    """Three questions of the nation, from what is known: shares of regions, and a mean of customers' faces."""

    regions: int
    planned: int
    assessed: int
    face: float | None
    faces: int


def network_rows(actor: Actor) -> list[NetworkRow]:
    """The networks that the actor keeps in sight, those that lack most first. Four statements."""
    today = timezone.localdate()
    areas = Prefetch("area_spells", RegionArea.objects.on(today).select_related("area"), to_attr="areas_today")
    regions = list(networks_of(actor).prefetch_related(areas))
    watches = {each.region_id: each for each in NetworkWatch.objects.filter(region__in=regions)}
    talked = dict(visible_talks(actor).filter(region__in=regions).order_by("day").values_list("region", "day"))
    rows = [
        NetworkRow(standing(region, watches.get(region.pk)), next((each.area for each in region.areas_today), None), talked.get(region.pk))
        for region in regions
    ]
    return sorted(rows, key=lambda row: (row.standing.stage, -len(row.standing.lacking), row.standing.region.code))


def questions(actor: Actor) -> Questions:
    """Over the actor's networks. One statement, as the house counted."""
    found = list(NetworkWatch.objects.filter(region__in=networks_of(actor).values("pk")))
    told = [(each.face, each.faces) for each in found if each.face is not None]
    faces = sum(n for _face, n in told)
    mean = sum(face * n for face, n in told) / faces if faces else None
    planned, assessed = (sum(bool(each.points.get(key)) for each in found) for key in ("plans.approved", "governance.assessed"))
    return Questions(len(found), planned, assessed, mean, faces)


def talks_of(actor: Actor, region: Region) -> list[NetworkTalk]:
    """Talks and visits that the actor reads, the newest first, with their steps. Two statements."""
    return list(visible_talks(actor).filter(region=region).select_related("person", "met").prefetch_related("steps"))
