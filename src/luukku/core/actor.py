"""Who acts. Every statement on confidential rows runs for an actor, and the database checks it (see core.walls)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

from django.db import connection, transaction

Kind = Literal["public", "person", "customer", "link", "house", "partner", "guest"]


@dataclass(frozen=True)
class ActorSeat:
    """One seat of a person: a role at a level, and where it fits, for an organisation."""

    id: int
    role: str
    organisation_id: int | None = None
    organisation_principal: int | None = None
    region_id: int | None = None
    area_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts, as ids only.

    `principals` are what the database lets her read by: her own, her organisations' (where a seat reads cases), a customer's link.
    """

    kind: Kind = "public"
    principals: tuple[int, ...] = ()
    person_id: int | None = None
    customer_ids: tuple[int, ...] = ()  # of one person, who has proved an address or a sign-in: the newest first
    user_id: int | None = None
    partner_id: int | None = None  # the organisation whose system acts
    guest_id: int | None = None  # whom a customer has let into her matter, with its door's principal
    seats: tuple[ActorSeat, ...] = field(default=())
    label: str = ""  # shown on screen only; never stored or logged
    houses: tuple[int, ...] = ()  # shared premises in which she sits
    keeps: bool = False  # whether she keeps customers: some of her principals are their doors
    places: tuple[str, ...] = ()  # names of what her seats are for, in the page's language; shown on screen only

    @property
    def customer_id(self) -> int | None:
        """The customer as whom she asks for something new; None for whoever is no customer yet."""
        return self.customer_ids[0] if self.customer_ids else None

    @property
    def is_staff(self) -> bool:
        return self.kind == "person"

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(s.organisation_id for s in self.seats if s.organisation_id is not None)

    @property
    def seat_id(self) -> int | None:
        return self.seats[0].id if self.seats else None


PUBLIC = Actor()
HOUSE = Actor(kind="house")


@dataclass(frozen=True)
class _State:
    role: str
    actor: Actor


_state: ContextVar[_State | None] = ContextVar("luukku_actor", default=None)


def current_actor() -> Actor:
    """The actor of the transaction we are in, or PUBLIC."""
    state = _state.get()
    return state.actor if state else PUBLIC


def _tell_database(state: _State | None) -> None:
    role = state.role if state else "none"
    actor = state.actor if state else PUBLIC
    principals = "{" + ",".join(str(p) for p in actor.principals) + "}"
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('role', %s, true), set_config('luukku.principals', %s, true), set_config('luukku.person', %s, true)",
            [role, principals, str(actor.person_id or "")],
        )


@contextmanager
def _acting(state: _State) -> Iterator[Actor]:
    previous = _state.get()
    with transaction.atomic():
        nested = len(connection.savepoint_ids) > 0 or previous is not None
        _tell_database(state)
        token = _state.set(state)
        try:
            yield state.actor
        finally:
            _state.reset(token)
        # A rollback restores the outer actor by itself; releasing a savepoint would keep ours.
        if nested and not connection.needs_rollback:
            _tell_database(previous)


@contextmanager
def act_as(actor: Actor) -> Iterator[Actor]:
    """One transaction in which the database sees `actor` and nobody else. Nests; the outer actor is put back."""
    with _acting(_State("luukku_web", actor)) as acting:
        yield acting


@contextmanager
def act_as_house(why: str) -> Iterator[Actor]:
    """One transaction for the whole network's own work (sweeps, mail, training). `why` names it in the code; the worker's login only."""
    if not why:
        raise ValueError("say why the house acts")
    with _acting(_State("luukku_house", HOUSE)) as acting:
        yield acting
