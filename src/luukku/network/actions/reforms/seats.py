"""People's seats go along: the seat in the old organisation ends, the same begins in the new one."""

from django.db.models import Q

from luukku.core import mail
from luukku.network.actions.reforms.moving import Mover
from luukku.network.actions.reforms.spells import end
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat, SeatTurn


def carry_seats(mover: Mover) -> None:
    """Seats of the source that have not ended: of all, or of the chosen people and regions. A role that somebody has in both ends here only.

    Where something stays to be handed over, those who do it keep their seats besides.
    """
    wanted = mover.within(region="region", person="person")
    seats = list(Seat.objects.lasting(mover.day).filter(wanted, organisation=mover.source).order_by("pk"))
    known = {_place(seat): seat.pk for seat in Seat.objects.filter(organisation=mover.target, valid_until=None)}
    for seat in seats:
        if _place(seat) in known:
            mover.tell("network.same_seat")
        else:
            begins = max(mover.day, seat.valid_from) if seat.valid_from else mover.day
            new = Seat(
                person_id=seat.person_id, role=seat.role, organisation=mover.target, region_id=seat.region_id, area_id=seat.area_id,
                valid_from=begins, valid_until=None if seat.valid_until is None else max(begins, seat.valid_until),
            )  # fmt: skip
            mover.make(new)
            known[_place(seat)] = new.pk
        mover.seats[seat.pk] = known[_place(seat)]
    still = _who_hand_over(mover)
    end(mover, Seat.objects.filter(pk__in=[seat.pk for seat in seats if seat.pk not in still]), what="network.seats")
    mover.tell("network.seats_stay", len({seat.person_id for seat in seats if seat.pk in still}))
    for old, instead in mover.seats.items():
        mover.change(SeatTurn.objects.filter(seat=old), seat_id=instead)
    for person in sorted({seat.person_id for seat in seats}):
        mail.queue("network.reformed", mover.move, person=person)


def _who_hand_over(mover: Mover) -> set[int]:
    """Seats of those who handle matters, and of the organisation's head, where a desk stays open."""
    regions = Desk.objects.filter(pk__in=mover.kept).values("region")
    roles = {*roles_with(Right.HANDLE_CASES), *roles_with(Right.EDIT_ORGANISATION)}
    found = Seat.objects.filter(Q(region=None) | Q(region__in=regions), organisation=mover.source, valid_until=None, role__in=roles)
    return set(found.values_list("pk", flat=True)) if mover.kept else set()


def carry_turns(mover: Mover) -> None:
    """Turns that are not over, at seats that go round, become the target's."""
    wanted = mover.within(region="rota__region", person="person")
    turns = SeatTurn.objects.lasting(mover.day).filter(wanted, organisation=mover.source)
    mover.change(turns, what="network.turns", organisation_id=mover.target.pk)


def _place(seat: Seat) -> tuple[int, str, int | None, int | None]:
    return seat.person_id, seat.role, seat.region_id, seat.area_id
