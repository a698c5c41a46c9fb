"""Seats that go round, for screens: whose turn it is, whose it will be, and what is to be asked in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.registries import DueThing
from luukku.network.access.rotas import ROUND
from luukku.network.access.working import coordinated
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Region, Seat, SeatRota, SeatTurn
from luukku.network.queries.organisations import by_name

ASKED_BEFORE = timedelta(days=90)  # so long before a turn somebody should be named for it


@dataclass(frozen=True, slots=True)
class RotaPage:
    """One rota: the turn of today, those to come, those that are over; and who sits there today, whoever was planned."""

    rota: SeatRota
    now: SeatTurn | None
    coming: Sequence[SeatTurn]
    past: Sequence[SeatTurn]

    @property
    def next_day(self) -> date:
        """The first day after the last turn: where the next one may begin; the first of January where nothing is planned."""
        last = [*self.past, *filter(None, [self.now]), *self.coming]
        return max((turn.valid_until for turn in last), default=timezone.localdate().replace(month=12, day=31)) + timedelta(days=1)


def rotas_of(region: Region) -> list[RotaPage]:
    """The region's seats that go round. Two statements."""
    turns = SeatTurn.objects.select_related("organisation", "person", "seat").order_by("valid_from")
    rotas = SeatRota.objects.filter(region=region, ended_at=None).select_related("region").prefetch_related(Prefetch("turns", turns))
    return [_page(rota) for rota in rotas]


def rota_page(rota: SeatRota) -> RotaPage:
    """One statement more than the rota."""
    rotas = SeatRota.objects.filter(pk=rota.pk).select_related("region")
    return _page(rotas.prefetch_related(Prefetch("turns", SeatTurn.objects.select_related("organisation", "person", "seat"))).get())


def _page(rota: SeatRota) -> RotaPage:
    today = timezone.localdate()
    turns = sorted(rota.turns.all(), key=lambda turn: turn.valid_from)
    now = next((turn for turn in turns if turn.valid_from <= today <= turn.valid_until), None)
    coming, past = [turn for turn in turns if turn.valid_from > today], [turn for turn in turns if turn.valid_until < today]
    return RotaPage(rota, now, coming, past[::-1])


def holders_today(region: Region) -> "QuerySet[Seat]":
    """Who has a seat that may go round, by name."""
    seats = Seat.objects.on(timezone.localdate()).filter(region=region, role__in=ROUND, person__deactivated_at=None)
    return seats.select_related("person").order_by(FinnishKey("person__name"), "pk")


def parties_of(region: Region) -> "QuerySet[Organisation]":
    """Organisations that take part in the region today, by name."""
    return Organisation.objects.active().filter(participations__in=region.participations.on(timezone.localdate())).order_by(by_name()).distinct()


def people_around(region: Region) -> "QuerySet[Person]":
    """Those with a seat in the region or in one of its parties, by name."""
    seats = Seat.objects.on(timezone.localdate()).filter(Q(region=region) | Q(organisation__in=parties_of(region).values("pk")))
    return Person.objects.active().filter(pk__in=seats.exclude(role=Role.SHEPHERD).values("person_id")).order_by(FinnishKey("name"), "pk")


def my_due(actor: Actor) -> list[DueThing]:
    """Turns near enough for which nobody is named, and rotas without a next turn: the coordinator's to see to. The head of the organisation
    whose turn it is hears of it too. Two statements, for her who coordinates or leads; none for others."""
    led = {seat.organisation_id for seat in actor.seats if seat.role == Role.ORGANISATION_HEAD and seat.organisation_id is not None}
    kept = coordinated(actor)
    if not led and not kept:
        return []
    rotas = SeatRota.objects.filter(Q(region__in=kept) | Q(turns__organisation__in=led), ended_at=None).select_related("region").distinct()
    turns = Prefetch("turns", SeatTurn.objects.select_related("organisation", "person", "seat"))
    found = [_due(_page(rota), is_kept=rota.region_id in kept, led=led) for rota in rotas.prefetch_related(turns)]
    return sorted((each for each in found if each is not None), key=lambda each: each.day)


def _due(page: RotaPage, *, is_kept: bool, led: set[int]) -> DueThing | None:
    soon = timezone.localdate() + ASKED_BEFORE
    waits = next((turn for turn in (page.now, *page.coming) if turn is not None and not is_named(turn)), None)
    names = {"seat": page.rota.get_role_display(), "region": page.rota.region.name}
    place, url = page.rota.note or page.rota.region.name, reverse("network:rota", args=[page.rota.pk])
    if waits is not None and waits.valid_from <= soon and (is_kept or waits.organisation_id in led):
        return DueThing(waits.valid_from, _("Name who holds the seat next: %(seat)s") % names, place, url)
    last = page.coming[-1] if page.coming else page.now
    if is_kept and waits is None and last is not None and last.valid_until <= soon:
        return DueThing(last.valid_until, _("Agree whose turn is next: %(seat)s") % names, place, url)
    return None


def is_named(turn: SeatTurn) -> bool:
    """Whether somebody who works here holds the seat by this turn, or will. Fetch `person` and `seat` with it."""
    if turn.person is None or turn.person.deactivated_at is not None:
        return False
    return turn.seat is None or turn.seat.valid_until is None or turn.seat.valid_until >= min(turn.valid_until, timezone.localdate())
