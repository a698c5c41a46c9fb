"""A seat of a region that goes round: its turns are planned ahead, and the seats follow from them by their dates alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.access.rotas import ROUND, can_keep_rota
from luukku.network.actions.laying import lay_seats, take_back
from luukku.network.actions.writing import writing
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Region, Seat, SeatRota, SeatTurn

LONGEST = 3660  # days of one turn


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnForm:
    """From a day to a day: the organisation whose turn it is, the person who holds the seat for it as far as she is named, or both."""

    first_day: date
    last_day: date
    organisation: Organisation | None = None
    person: Person | None = None


def make_rota(*, by: Actor, region: Region, role: Role, note: str = "", holder: Seat | None = None) -> SeatRota:
    """From now on the seat goes round. Who holds it today has the first turn, to the end of this year. Raises NotAllowed, RuleBroken."""
    access.require(can_keep_rota(by, region.pk))
    if role not in ROUND:
        raise RuleBroken(_("Only seats of a region go round."), field="role")
    if SeatRota.objects.filter(region=region, role=role, note=note.strip(), ended_at=None).exists():
        raise RuleBroken(_("This seat has a rota already. Say which group's seat this one is."), field="note")
    today = timezone.localdate()
    if holder is not None and not Seat.objects.on(today).filter(pk=holder.pk, region=region, role=role, person__deactivated_at=None).exists():
        raise RuleBroken(_("This person does not hold the seat today."), field="holder")
    with writing("rota.make", by=by):
        rota = SeatRota.objects.create(region=region, role=role, note=note.strip())
        if holder is not None:
            begins = min(today, max(holder.valid_from or date.min, today.replace(month=1, day=1)))
            SeatTurn.objects.create(
                rota=rota, valid_from=begins, valid_until=today.replace(month=12, day=31), organisation=holder.organisation,
                person=holder.person, seat=holder,
            )  # fmt: skip
        record("rota.made", rota, by=by, region_id=region.pk, role=role.value)
    return rota


def plan_turn(*, by: Actor, rota: SeatRota, form: TurnForm) -> SeatTurn:
    """Whose turn it is in a time. A named person gets the seat from its first day, and whoever holds it gives way the day before.

    Raises NotAllowed, RuleBroken.
    """
    access.require(can_keep_rota(by, rota.region_id))
    with writing("rota.turn", by=by):
        _check(_locked(rota), form)
        made = SeatTurn.objects.create(rota=rota, **_columns(form))
        lay_seats(rota)
        record("rota.turn_planned", rota, by=by, region_id=rota.region_id, turn=made.pk, first=form.first_day, last=form.last_day)
    return made


def change_turn(*, by: Actor, turn: SeatTurn, form: TurnForm) -> SeatTurn:
    """Other days, another holder, or now by name. What is over stays as it was. Raises NotAllowed, RuleBroken."""
    rota, today = turn.rota, timezone.localdate()
    access.require(can_keep_rota(by, rota.region_id))
    if turn.valid_until < today:
        raise RuleBroken(_("This turn is over."))
    if turn.valid_from <= today and form.first_day != turn.valid_from:
        raise RuleBroken(_("The turn has begun: its first day stays."), field="first_day")
    if turn.valid_from <= today and turn.seat is not None and form.person is None:
        raise RuleBroken(_("The turn has begun: name the one who takes over."), field="person")
    with writing("rota.turn", by=by):
        _check(_locked(rota), form, turn)
        turn.refresh_from_db()  # somebody else may have changed it while this one waited
        columns = _columns(form)
        changed = [name for name, value in columns.items() if getattr(turn, name) != value]
        if turn.seat is not None and {"person", "organisation"} & set(changed):
            take_back(turn)
        for name in changed:
            setattr(turn, name, columns[name])
        turn.save(update_fields=changed)
        lay_seats(rota)
        record("rota.turn_changed", rota, by=by, region_id=rota.region_id, turn=turn.pk, first=form.first_day, last=form.last_day)
    return turn


def drop_turn(*, by: Actor, turn: SeatTurn) -> None:
    """A turn that has not begun is none; who holds the seat before it goes on. Raises NotAllowed, RuleBroken."""
    access.require(can_keep_rota(by, turn.rota.region_id))
    if turn.valid_from <= timezone.localdate():
        raise RuleBroken(_("The turn has begun. Change it instead."))
    with writing("rota.turn", by=by):
        rota, key = _locked(turn.rota), turn.pk
        if turn.seat is not None:
            take_back(turn)
        turn.delete()
        lay_seats(rota)
        record("rota.turn_dropped", rota, by=by, region_id=rota.region_id, turn=key)


def end_rota(*, by: Actor, rota: SeatRota) -> None:
    """The seat goes round no more: turns to come are none, and who holds it today keeps it until further notice. Raises NotAllowed."""
    access.require(can_keep_rota(by, rota.region_id))
    with writing("rota.end", by=by):
        for turn in _locked(rota).turns.filter(valid_from__gt=timezone.localdate()).select_related("seat"):
            if turn.seat is not None:
                take_back(turn)
            turn.delete()
        lay_seats(rota)
        rota.ended_at = timezone.now()
        rota.save(update_fields=["ended_at"])
        record("rota.ended", rota, by=by, region_id=rota.region_id)


def _locked(rota: SeatRota) -> SeatRota:
    return SeatRota.objects.select_for_update().get(pk=rota.pk)


def _columns(form: TurnForm) -> dict[str, object]:
    return {"valid_from": form.first_day, "valid_until": form.last_day, "organisation": form.organisation, "person": form.person}


def _check(rota: SeatRota, form: TurnForm, turn: SeatTurn | None = None) -> None:
    if form.organisation is None and form.person is None:
        raise RuleBroken(_("Choose the organisation or the person whose turn it is."), field="organisation")
    if form.last_day < form.first_day:
        raise RuleBroken(_("The last day comes before the first."), field="last_day")
    if (form.last_day - form.first_day).days > LONGEST:
        raise RuleBroken(_("A turn lasts ten years at most. Check the days."), field="last_day")
    others = rota.turns.exclude(pk=turn.pk if turn else 0).filter(valid_from__lte=form.last_day, valid_until__gte=form.first_day)
    if taken := others.first():
        after = taken.valid_until + timedelta(days=1)
        day = f"{after.day}.{after.month}.{after.year}"
        raise RuleBroken(_("Another turn lasts on these days. The next one may begin on %(day)s.") % {"day": day}, field="first_day")
    if form.organisation is not None and form.organisation.deactivated_at:
        raise RuleBroken(_("The organisation has left the network."), field="organisation")
    if form.person is not None and form.person.deactivated_at:
        raise RuleBroken(_("%(name)s has left the network.") % {"name": form.person.name}, field="person")
