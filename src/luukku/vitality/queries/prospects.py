"""Prospects for screens: the list, the board by stage, one with its offers and history."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.paging import Cursor, Page, capped_counts, paged
from luukku.core.translated import best
from luukku.network.models import Organisation, Participation
from luukku.vitality.access import PROSPECT_RELATED, get_prospect, sells_for, visible_offers, visible_prospects, visible_sites
from luukku.vitality.enums import OPEN_STAGES, Stage
from luukku.vitality.models import Offer, Prospect, ProspectNote, Site

SIZE = 50
ON_BOARD = 20  # of a stage
MOST_NOTES = 200


class Tab:
    OPEN, WON, LOST = "avoimet", "sijoittuneet", "eivat-tulleet"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `mine` is a person's key, or None."""

    tab: str = Tab.OPEN
    stage: str = ""
    mine: int | None = None
    text: str = ""

    @property
    def are_set(self) -> bool:
        return bool(self.stage or self.mine or self.text)


@dataclass(frozen=True)
class Listed:
    page: Page[Prospect]
    counts: dict[str, int]


def narrowed(actor: Actor, wanted: Wanted) -> "QuerySet[Prospect]":
    """Words are looked for in name, field and home."""
    found = visible_prospects(actor)
    stages = {Tab.WON: (Stage.WON,), Tab.LOST: (Stage.LOST,)}.get(wanted.tab)
    found = found.filter(stage__in=stages) if stages else found.filter(ended_at=None)
    if wanted.stage in OPEN_STAGES and not stages:
        found = found.filter(stage=wanted.stage)
    if wanted.mine is not None:
        found = found.filter(responsible=wanted.mine)
    for word in wanted.text.split():
        found = found.filter(Q(name__icontains=word) | Q(field__icontains=word) | Q(home__icontains=word))
    return found.select_related(*PROSPECT_RELATED)


def listed(actor: Actor, wanted: Wanted, cursor: Cursor, *, size: int = SIZE) -> Listed:
    """Two statements, three past the first page: open ones by the day of their next step, others the newest first."""
    rows = visible_prospects(actor)
    tabs = {Tab.OPEN: rows.filter(ended_at=None), Tab.WON: rows.filter(stage=Stage.WON), Tab.LOST: rows.filter(stage=Stage.LOST)}
    over = wanted.tab in (Tab.WON, Tab.LOST)
    return Listed(paged(narrowed(actor, wanted), "ended_at" if over else "next_on", cursor, size, newest_first=over), capped_counts(tabs))


@dataclass(frozen=True)
class Column:
    """One stage of the board: its first rows by next step, and all that stand at it, with their jobs."""

    stage: Stage
    rows: list[Prospect]
    count: int
    jobs: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def board(actor: Actor, wanted: Wanted) -> list[Column]:
    """Two statements."""
    found = narrowed(actor, Wanted(mine=wanted.mine, text=wanted.text))
    first, *others = (found.filter(stage=stage).select_related(None).order_by("next_on", "id").values("pk")[:ON_BOARD] for stage in OPEN_STAGES)
    shown = Prospect.objects.filter(pk__in=first.union(*others, all=True))  # each by the index of its stage, however many there are
    rows = list(shown.select_related(*PROSPECT_RELATED).order_by("next_on", "id"))
    told = found.order_by().values("stage").annotate(count=Count("id"), total=Sum("jobs"))
    by = {each["stage"]: (each["count"], each["total"]) for each in told}
    return [Column(stage, [each for each in rows if each.stage == stage], *by.get(stage, (0, 0))) for stage in OPEN_STAGES]


@dataclass(frozen=True)
class ProspectPage:
    prospect: Prospect
    notes: list[ProspectNote]
    offers: list[Offer]
    fitting: list[Site]  # free ones of the region, those that are large enough first
    can_change: bool
    partners: list[Organisation]  # with whom it is shared


def prospect_page(actor: Actor, pk: int) -> ProspectPage:
    """Five statements. Raises NotFound."""
    found = get_prospect(actor, pk)
    notes = list(found.notes.select_related("person").order_by("-at", "-id")[:MOST_NOTES])
    offers = list(visible_offers(actor).filter(prospect=found).select_related("site__municipality", "site__organisation").order_by("id"))
    return ProspectPage(found, notes, offers, _fitting(actor, found, offers), sells_for(actor, found.organisation_id), _partners(found))


def _partners(prospect: Prospect) -> list[Organisation]:
    """Those that read it: whoever has left the region's network does not, though the prospect was shared with it."""
    found = Organisation.objects.filter(pk__in=prospect.shared_with, principal__in=prospect.readers)
    return list(found.order_by(FinnishKey(best("name")), "id"))


def sharable(prospect: Prospect) -> "QuerySet[Organisation]":
    """Organisations of the region's network with which it is or may be shared, by name. One statement."""
    parts = Participation.objects.on(timezone.localdate()).filter(region=prospect.region_id).values("organisation")
    return Organisation.objects.active().filter(pk__in=parts).exclude(pk=prospect.organisation_id).order_by(FinnishKey(best("name")), "id")


def _fitting(actor: Actor, prospect: Prospect, offers: list[Offer]) -> list[Site]:
    """One statement; none for what has ended."""
    if not prospect.is_open:
        return []
    free = visible_sites(actor).filter(region=prospect.region_id, withdrawn_at=None, handed_on=None).exclude(pk__in=[each.site_id for each in offers])
    if prospect.wish in ("plot", "premises"):
        free = free.filter(kind=prospect.wish)
    if prospect.area:
        free = free.filter(area__gte=prospect.area * 8 // 10)
    return list(free.select_related("municipality").order_by("area", "id")[:10])
