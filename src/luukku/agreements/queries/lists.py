"""Lists: the agreements that somebody reads, and where each region of an area or the nation stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from luukku.agreements.access import visible_agreements, visible_marks
from luukku.agreements.enums import DocumentKind, DocumentState, Stage
from luukku.agreements.models import Agreement, Document, MarkApplication
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.network.enums import Role
from luukku.network.models import Region
from luukku.network.models.places import RegionArea


def _state() -> Subquery:
    mine = Document.objects.filter(agreement=OuterRef("pk"), kind=DocumentKind.AGREEMENT)
    return Subquery(mine.values("state")[:1])


def listed(actor: Actor) -> "QuerySet[Agreement]":
    """Those that the actor reads, with what a row says of each: the state of the text, how many parties. One statement."""
    found = visible_agreements(actor).filter(given_up_at=None).select_related("region", "coordinating")
    standing = Q(partys__last_day=None) | Q(partys__last_day__gte=timezone.localdate())
    return found.annotate(text_state=_state(), n_parties=Count("partys", filter=standing, distinct=True)).order_by(
        FinnishKey(best("region__name")), "-id"
    )


def stage_of(agreement: Agreement, today: date) -> Stage:
    """Where one stands; fetched by `listed`, or with `text_state`."""
    if agreement.signed_at is not None:
        if agreement.last_day is not None and agreement.last_day < today:
            return Stage.ENDED
        return Stage.COMING if agreement.first_day is not None and agreement.first_day > today else Stage.IN_FORCE
    return Stage.SIGNING if getattr(agreement, "text_state", "") in (DocumentState.OUT, DocumentState.SIGNED) else Stage.DRAFTING


@dataclass(frozen=True)
class RegionRow:
    """A region and its agreement that tells most: the one in force, else what is on its way, else the last one."""

    region: Region
    stage: Stage
    agreement: Agreement | None
    next_stage: Stage | None  # of one on its way beside the one in force
    mark: MarkApplication | None

    @property
    def ends_soon(self) -> bool:
        last = self.agreement.last_day if self.agreement is not None else None
        return self.stage == Stage.IN_FORCE and last is not None and (last - timezone.localdate()).days <= 180


_ORDER = (Stage.IN_FORCE, Stage.COMING, Stage.SIGNING, Stage.DRAFTING, Stage.ENDED)


def region_rows(actor: Actor) -> list[RegionRow]:
    """Every region of the actor's area, or of the nation, by name. Four statements, however many there are."""
    today = timezone.localdate()
    regions = _regions(actor, today)
    if not regions:
        return []
    by_region: dict[int, list[Agreement]] = {}
    for each in listed(actor).filter(region__in=regions):
        by_region.setdefault(each.region_id, []).append(each)
    marks: dict[int, MarkApplication] = {}
    for mark in visible_marks(actor).filter(agreement__region__in=regions).annotate(region_key=F("agreement__region")).order_by("id"):
        marks[mark.region_key] = mark
    rows = []
    for region in regions:
        staged = [(stage_of(each, today), each) for each in by_region.get(region.pk, [])]
        staged.sort(key=lambda pair: _ORDER.index(pair[0]))
        stage, agreement = staged[0] if staged else (Stage.NONE, None)
        coming = next((each for each, _a in staged[1:] if each in (Stage.COMING, Stage.SIGNING, Stage.DRAFTING)), None)
        rows.append(RegionRow(region, stage, agreement, coming, marks.get(region.pk)))
    return rows


def _regions(actor: Actor, today: date) -> list[Region]:
    areas = [seat.area_id for seat in actor.seats if seat.role == Role.AREA_CONTACT and seat.area_id is not None]
    found = Region.objects.on(today)
    if not any(seat.role == Role.NATIONAL_OWNER for seat in actor.seats):
        if not areas:
            return []
        found = found.filter(pk__in=RegionArea.objects.on(today).filter(area__in=areas).values("region"))
    return list(found.order_by(FinnishKey(best("name")), "id"))


def stage_counts(rows: list[RegionRow]) -> list[tuple[Stage, int]]:
    """How many regions stand where."""
    return [(stage, n) for stage in (*_ORDER, Stage.NONE) if (n := sum(row.stage == stage for row in rows))]
