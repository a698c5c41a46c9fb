"""Figures of customers on agendas: of one region as they are now, of many as the house counted them last, so that no page reckons a country."""

from collections import Counter
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.core.ui.times import number_text
from luukku.governance.models import NetworkWatch
from luukku.governance.models.whose import Whose
from luukku.governance.queries.networks import STAGES, ordered
from luukku.network.access.figures import figure_regions
from luukku.network.models.places import RegionArea

FEEDBACK = ("desk.face", "desk.kiosk_face")
FIGURES = (
    "desk.taken_up_in_time", "desk.informed_in_time", "desk.handovers_made", "desk.handovers_warm", "desk.guided_in_time", "desk.times_booked",
    "desk.businesses_started", "desk.jobs",
)  # fmt: skip
MONTHS = 3
NAMED = 8  # regions that a line names at most


def region_figures(region_id: int, names: tuple[str, ...], day: date | None = None) -> list[str]:
    """Each measure of the last whole months that has a value, in words. A statement or two each."""
    known, told = dict(measures.items()), _computed(region_id, names, day)
    return [_line(known[name].label, known[name].unit, value, of) for name, (value, of) in told.items()]


def counted(region_id: int, day: date) -> dict[str, tuple[float, int]]:
    """What the house keeps of a region for the agendas above it."""
    return _computed(region_id, (*FIGURES, *FEEDBACK), day)


def _computed(region_id: int, names: tuple[str, ...], day: date | None) -> dict[str, tuple[float, int]]:
    known, months, found = dict(measures.items()), ended_months(MONTHS, day), {}
    for name in names:
        value, of = known[name].compute(region_id, months)
        if value is not None and of:
            found[name] = (value, of)
    return found


def figures_above(actor: Actor, whose: Whose, names: tuple[str, ...]) -> list[str]:
    """Over the regions of an area or the nation whose figures the actor may see: counts are summed, shares and means weighed. Three statements."""
    known, watches = dict(measures.items()), _watches(actor, whose)
    lines = []
    for name in names:
        told = [each.figures[name] for each in watches if name in each.figures]
        of = sum(n for _value, n in told)
        if of:
            counts = known[name].unit == "count"
            value = sum(value for value, _n in told) if counts else sum(value * n for value, n in told) / of
            lines.append(_line(known[name].label, known[name].unit, value, of))
    return lines


def networks_above(actor: Actor, whose: Whose) -> list[str]:
    """How many networks stand at which stage, and what is lacking where, the commonest first. Three statements."""
    watches = _watches(actor, whose)
    stages = Counter(each.stage for each in watches)
    lines = [f"{STAGES[stage]}: {stages[stage]}" for stage in sorted(stages)]
    lacking = [(point, [str(each.region.name) for each in watches if each.points.get(key) is False]) for key, point in ordered()]
    for point, regions in sorted(lacking, key=lambda pair: -len(pair[1])):
        if regions:
            lines.append(f"{point.lacking} ({len(regions)}): {_named(regions)}")
    return lines


def _named(names: list[str]) -> str:
    words = ", ".join(names[:NAMED])
    return _("%(names)s and %(n)s more") % {"names": words, "n": len(names) - NAMED} if len(names) > NAMED else words


def _watches(actor: Actor, whose: Whose) -> list[NetworkWatch]:
    seen = {region.pk for region in figure_regions(actor)}
    if whose.area is not None:
        seen &= set(RegionArea.objects.on(timezone.localdate()).filter(area=whose.area).values_list("region", flat=True))
    return list(NetworkWatch.objects.filter(region__in=seen).select_related("region").order_by("region__code"))


def _line(label: str, unit: str, value: float, of: int) -> str:
    return f"{_(label)}: {_shown(value, unit, of)}"


def _shown(value: float, unit: str, of: int) -> str:
    if unit == "share":
        return _("%(percent)s %% (of %(n)s)") % {"percent": round(value * 100), "n": number_text(of)}
    if unit == "mean":
        return _("%(mean)s (%(n)s answers)") % {"mean": f"{value:.1f}".replace(".", ","), "n": number_text(of)}
    return number_text(round(value))
