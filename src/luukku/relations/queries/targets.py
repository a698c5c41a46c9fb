"""How many companies each organisation of a region means to meet in a year, and has met. From open tables."""

from dataclasses import dataclass

from django.db.models import Count, Q

from luukku.core.finnish import finnish_key
from luukku.network.models import Organisation, Region
from luukku.relations.models import Touch, VisitTarget


@dataclass(frozen=True)
class TargetRow:
    """Of one organisation and year: `target` None when it has set none; a visit by two counts for both."""

    organisation: Organisation
    target: int | None
    met: int
    planned: int

    @property
    def left(self) -> int:
        return max(0, (self.target or 0) - self.met)

    @property
    def unplanned(self) -> int:
        """Of those left, how many nobody of the organisation means to meet yet."""
        return max(0, self.left - self.planned)


def left_of(target: VisitTarget) -> TargetRow:
    """Where the organisation of a target stands. One statement."""
    touches = Touch.objects.filter(region=target.region_id, organisation=target.organisation_id, year=target.year)
    counted = touches.aggregate(met=Count("id", filter=Q(is_met=True)), planned=Count("id", filter=Q(is_met=False)))
    return TargetRow(target.organisation, target.visits, counted["met"], counted["planned"])


@dataclass(frozen=True)
class Year:
    """`visits` and `companies`: of the whole region, each visit once however many went."""

    year: int
    rows: list[TargetRow]
    visits: int
    companies: int


def year_of(region: Region, year: int) -> Year:
    """Four statements."""
    touches = Touch.objects.filter(region=region, year=year)
    counted = (
        touches.values("organisation")
        .order_by("organisation")
        .annotate(met=Count("id", filter=Q(is_met=True)), planned=Count("id", filter=Q(is_met=False)))
    )
    by = {each["organisation"]: (each["met"], each["planned"]) for each in counted}
    targets = dict(VisitTarget.objects.filter(region=region, year=year).values_list("organisation", "visits"))
    whole = touches.filter(is_met=True).aggregate(visits=Count("visit", distinct=True), companies=Count("company", distinct=True))
    organisations = Organisation.objects.filter(Q(pk__in={*by, *targets}) | Q(desks__region=region, desks__deactivated_at=None)).distinct()
    rows = [TargetRow(each, targets.get(each.pk), *by.get(each.pk, (0, 0))) for each in organisations]
    rows.sort(key=lambda row: (-row.met, finnish_key(str(row.organisation.name))))
    return Year(year, rows, whole["visits"], whole["companies"])
