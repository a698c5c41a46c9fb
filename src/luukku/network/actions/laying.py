"""The seats that follow from a rota: each named holder's from the turn's first day until the next named one's.

No job changes anything at the turn of the year: a seat holds on its own dates, wherever it is asked about.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from luukku.network.enums import Role
from luukku.network.models import Seat, SeatRota, SeatTurn


@dataclass(slots=True)
class Stay:
    """Turns one after another by which the same person goes on in one seat, which begins on `start`."""

    turns: list[SeatTurn]
    seat: Seat | None
    start: date


def lay_seats(rota: SeatRota) -> None:
    """Give each stay of today or later its seat, from its day to the day before the next; the last one's is without an end."""
    today = timezone.localdate()
    stays = _stays(rota, today)
    _clear(rota, {stay.seat.pk for stay in stays if stay.seat is not None}, today)
    for at, stay in enumerate(stays):
        following = stays[at + 1].start if at + 1 < len(stays) else None
        if stay.seat is None and following is not None and following <= today:
            continue  # what was before is history: nobody is given a seat afterwards
        _lay(rota, stay, None if following is None else max(stay.start, following - timedelta(days=1)), today)


def take_back(turn: SeatTurn) -> None:
    """Its seat is not by this turn any more: one that has not begun is none, another ends unless other turns go on with it."""
    seat, today = turn.seat, timezone.localdate()
    turn.seat = None
    turn.save(update_fields=["seat"])
    if seat is None or SeatTurn.objects.filter(seat=seat, valid_until__gte=today).exists():
        return
    if seat.valid_from is not None and seat.valid_from > today:
        seat.delete()
    elif turn.valid_from <= today:
        yesterday = today - timedelta(days=1)
        begins = None if seat.valid_from is None else min(seat.valid_from, yesterday)
        Seat.objects.filter(pk=seat.pk).update(valid_from=begins, valid_until=yesterday)


def _stays(rota: SeatRota, today: date) -> list[Stay]:
    turns = (
        rota.turns.filter(person__isnull=False, person__deactivated_at=None).select_related("seat", "person", "organisation").order_by("valid_from")
    )
    stays: list[Stay] = []
    used: set[int] = set()
    for turn in turns:
        own = turn.seat if turn.seat is not None and turn.seat.pk not in used else None
        last = stays[-1] if stays else None
        if last is not None and (last.turns[0].person_id, last.turns[0].organisation_id) == (turn.person_id, turn.organisation_id):
            last.turns.append(turn)
            last.seat = last.seat or own
        else:
            stays.append(Stay([turn], own, max(turn.valid_from, today)))
        if stays[-1].seat is not None:
            used.add(stays[-1].seat.pk)
    for stay in stays:
        if stay.seat is not None and (stay.seat.valid_from is None or stay.seat.valid_from <= today):
            stay.start = stay.seat.valid_from or stay.turns[0].valid_from  # it has begun
    return stays


def _clear(rota: SeatRota, kept: set[int], today: date) -> None:
    """Seats to come that no stay needs any more are none."""
    Seat.objects.filter(turns__rota=rota, valid_from__gt=today).exclude(pk__in=kept).delete()


def _lay(rota: SeatRota, stay: Stay, until: date | None, today: date) -> None:
    first = stay.turns[0]
    assert first.person is not None  # stays are of those who are named
    open_ones = Seat.objects.lasting(today).filter(person=first.person_id, role=rota.role, region=rota.region_id, turns=None)
    seat = stay.seat or open_ones.order_by("valid_from").first()
    if seat is None:
        organisation = None if rota.role == Role.COORDINATOR else first.organisation  # whoever coordinates does so for all
        seat = Seat.objects.create(
            person=first.person, role=rota.role, region=rota.region, organisation=organisation, valid_from=stay.start, valid_until=until
        )
    elif seat.valid_until is None or seat.valid_until >= today:
        begun = seat.valid_from is None or seat.valid_from <= today
        Seat.objects.filter(pk=seat.pk).update(valid_from=seat.valid_from if begun else stay.start, valid_until=until)
    SeatTurn.objects.filter(pk__in=[turn.pk for turn in stay.turns]).update(seat=seat)
