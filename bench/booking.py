"""Booking under contention: so many customers at once want times of one adviser, each in a transaction of her own, on real connections.

First all of them want the same time (one gets it), then each a time of her own. The connections have served before, as a server's
have: on each of them a booking is rehearsed and undone before the clock starts. The floor is one customer alone on such a connection.
`luukku bench booking [--at-once 50] [--rounds 4]`.
"""

import argparse
import statistics
import threading
import time
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock

from django.db import connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, act_as
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.plan import TimeTaken
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import BookableTimes
from luukku.desk.queries.free import FreeTimes, bookable
from luukku.network.access import actor_of_person
from luukku.network.enums import Right, roles_with
from luukku.network.models import Desk, Seat


@dataclass
class Round:
    booked: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)
    whole: float = 0  # seconds from the first question to the last answer

    @property
    def median(self) -> float:
        """In milliseconds."""
        return statistics.median(self.seconds) * 1000


def main(arguments: list[str]) -> list[str]:
    """Aims: of those who want one time exactly one gets it, and whoever wants a time of her own gets that. Returns what was missed."""
    parser = argparse.ArgumentParser(prog="luukku bench booking")
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args(arguments)
    missed = []
    alone = _add(Round(), *(run_round(publish(0, same=False), 1, same=False) for _ in range(5))).median
    print(f"floor: one customer alone: p50 {alone:.0f} ms")
    for same in (True, False):
        total = Round()
        for number in range(options.rounds):
            _add(total, run_round(publish(number, same), options.at_once, same=same))
        times = sorted(total.seconds)
        p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
        print(
            f"{options.at_once} at once, {'one time' if same else 'a time each'}: {total.booked} booked, {total.refused} told the nearest,"
            f" {len(times) / total.whole:.0f} answers/s, p50 {total.median:.0f} ms ({total.median / alone:.0f} × floor), p95 {p95 * 1000:.0f} ms"
        )
        if total.booked != options.rounds * (1 if same else options.at_once):
            missed.append("one time for one" if same else "a time for each")
    return missed


def publish(number: int, same: bool) -> BookableTimes:
    """Times of ten minutes through a day far ahead that no earlier run has used."""
    desk = Desk.objects.filter(region__is_live=True, deactivated_at=None, is_front=True).select_related("organisation", "region").order_by("pk")[0]
    seat = Seat.objects.filter(role__in=roles_with(Right.HANDLE_CASES), organisation=desk.organisation, valid_until=None).order_by("pk")[0]
    used = BookableTimes.objects.count()
    day = timezone.localdate() + timedelta(days=90 + used % 250)
    with act_as(actor_of_person(seat.person_id)) as by:
        form = TimesForm(
            desk=desk, people=(seat.person,), first_day=day, opens=clock(6), closes=clock(22), length=10, buffer=0, ahead_days=365, place="phone"
        )  # fmt: skip
        made = publish_times(by=by, form=form)
    return bookable(desk.region).get(pk=made.pk)


def run_round(times: BookableTimes, at_once: int, *, same: bool) -> Round:
    starts = [slot.starts_at for slot in FreeTimes([times], now=timezone.now()).all()]
    result, lock, start = Round(), threading.Lock(), 0.0

    def begin() -> None:
        nonlocal start
        start = time.perf_counter()

    gate = threading.Barrier(at_once, action=begin)

    def book(number: int) -> None:
        need = NeedForm(
            region=times.desk.region, words="Mittaus: varaan ajan.", language="fi", name=f"Mittaaja {number}", phone=f"040 777 {number:04}"
        )  # fmt: skip
        mine = starts[0 if same else number % len(starts)]
        _rehearse(times, starts[number % len(starts)], need)
        gate.wait()
        begun = time.perf_counter()
        booked = _book(times, mine, need)
        with lock:
            result.whole = max(result.whole, time.perf_counter() - start)
            result.seconds.append(time.perf_counter() - begun)
            result.booked += booked
            result.refused += not booked
        connection.close()

    threads = [threading.Thread(target=book, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result


def _book(times: BookableTimes, starts_at: datetime, need: NeedForm) -> bool:
    try:
        with act_as(PUBLIC):
            book_with_need(by=PUBLIC, times=copy(times), starts_at=starts_at, need=need)
    except TimeTaken:
        return False
    return True


def _rehearse(times: BookableTimes, starts_at: datetime, need: NeedForm) -> None:
    """The same on this connection, undone."""
    with act_as(PUBLIC), transaction.atomic():
        book_with_need(by=PUBLIC, times=copy(times), starts_at=starts_at, need=need)
        transaction.set_rollback(True)


def _add(total: Round, *more: Round) -> Round:
    for one in more:
        total.booked += one.booked
        total.refused += one.refused
        total.seconds += one.seconds
        total.whole += one.whole
    return total
