"""Whatever is joined, parted, split, handed over and settled in whatever order: no message is lost or doubled, and nothing is ownerless."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.customers.models import Contact
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.customer import customer_writes, withdraw
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.handling import release, take_up
from luukku.desk.actions.handover import receiving
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.split import Chosen, split, undo_split
from luukku.desk.actions.joining.undo import undo
from luukku.desk.actions.talking import add_note, write
from luukku.desk.actions.waiting import resume, wait
from luukku.desk.models import Case, Clock, Handover, Joining, Leg, Message, Note, Split
from luukku.desk.queries.network_figures import wrong_counts
from tests.cast import Cast
from tests.desk.test_integrity import START, complaints

ADVICE = [OutcomeForm("advice")]


class World:
    """Some cases, and which of them and of their parts a step means."""

    def __init__(self, cast: Cast, which: int, at: datetime) -> None:
        self.cast, self.which, self.at = cast, which, at
        self.cases = list(Case.objects.order_by("pk"))

    @property
    def case(self) -> Case:
        return self.cases[self.which % len(self.cases)]

    @property
    def other(self) -> Case:
        return self.cases[(self.which + 1 + self.which // len(self.cases)) % len(self.cases)]

    @property
    def leg(self) -> Leg:
        found = Leg.objects.filter(case=self.case).exclude(state="joined").order_by("-is_open", "pk").first()
        if found is None:
            raise NotFound
        return found

    def last(self, rows: object) -> object:
        found = rows.order_by("pk").last()  # type: ignore[attr-defined]
        if found is None:
            raise NotFound
        return found

    def handover(self, by: Actor) -> Handover:
        return get_handover(by, self.last(Handover.objects.all()).pk)  # type: ignore[attr-defined]

    def chosen(self) -> Chosen:
        return Chosen([self.last(Message.objects.filter(case=self.case)).pk], subject="Toinen asia", words="Toinen asia")  # type: ignore[attr-defined]


Step = Callable[[Actor, World], object]
STEPS: dict[str, Step] = {
    "join": lambda by, w: join(by=by, case=w.case, into=w.other, at=w.at, both_agree=True),
    "undo": lambda by, w: undo(by=by, joining=w.last(Joining.objects.filter(undone_at=None)), at=w.at),  # type: ignore[arg-type]
    "split": lambda by, w: split(by=by, case=w.case, chosen=w.chosen(), at=w.at),
    "unsplit": lambda by, w: undo_split(by=by, split=w.last(Split.objects.all()), at=w.at),  # type: ignore[arg-type]
    "take_up": lambda by, w: take_up(by=by, leg=w.leg, at=w.at),
    "release": lambda by, w: release(by=by, leg=w.leg, at=w.at),
    "write": lambda by, w: write(by=by, case=w.case, leg=w.leg, body="Hei", at=w.at),
    "note": lambda by, w: add_note(by=by, case=w.case, leg=w.leg, body="Sisäinen", at=w.at),
    "wait": lambda by, w: wait(by=by, leg=w.leg, waiting_for="customer", words_to_customer="Lähetä", at=w.at),
    "resume": lambda by, w: resume(by=by, leg=w.leg, at=w.at),
    "settle": lambda by, w: settle(by=by, case=w.case, outcomes=ADVICE, words="Valmis", at=w.at),
    "reopen": lambda by, w: reopen(by=by, case=w.case, at=w.at),
    "hand": lambda by, w: hand_over(by=by, leg=w.leg, passing=Passing(reason="Teille", consent="phone", to_desk=w.cast.partner_desk), at=w.at),
    "beside": lambda by, w: hand_over(
        by=by, leg=w.leg, passing=Passing(reason="Osa", consent="phone", to_desk=w.cast.partner_desk, beside=True, need="Osa"), at=w.at
    ),
    "accept": lambda by, w: receiving.accept(by=by, handover=w.handover(by), at=w.at),
    "decline": lambda by, w: receiving.decline(by=by, handover=w.handover(by), reason="Ei", next_words="Muualle", at=w.at),
}
HERS: dict[str, Step] = {
    "writes": lambda by, w: customer_writes(by=by, case=link_case(by), body="Hei", at=w.at),
    "withdraw": lambda by, w: withdraw(by=by, case=link_case(by), at=w.at),
}
OFTEN = ["join"] * 6 + ["undo"] * 4 + ["split", "unsplit", "writes", "writes", "accept", "write"]
ACTS = st.tuples(
    st.sampled_from([*STEPS, *HERS, *OFTEN]), st.sampled_from(["adviser", "adviser", "partner"]), st.integers(0, 8), st.integers(0, 3000)
)


def said() -> dict[str, int]:
    """How many messages and notes there are; every one hangs on a case that stands by itself."""
    for model in (Message, Note):
        assert not model._default_manager.filter(case__joined_into__isnull=False).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from desk_message m join desk_leg l on l.id = m.leg_id where l.case_id <> m.case_id")
        assert cursor.fetchone()[0] == 0
    return {"messages": Message.objects.count(), "notes": Note.objects.count()}


def standing() -> list[object]:
    """Where everything is, who reads it, and how its clocks run."""
    moments = ("due_at", "due_kind", "received_at", "taken_up_at", "settled_at")
    with act_as_house("see where everything is"):
        return [
            list(Case.objects.order_by("pk").values("state", "customer", "contacted_at", "settled_at", "sponsor", "joined_into", "readers")),
            list(
                Leg.objects.order_by("pk").values(
                    "case", "position", "state", "handler", "origin", "waiting_for", "not_contacted", "readers", *moments
                )
            ),
            list(Clock.objects.order_by("pk").values("leg", "kind", "due_at", "paused_at", "ended_at", "end", "kept", "readers")),
            *(list(rows.order_by("pk").values("case", "leg", "withheld", "readers")) for rows in (Message.objects.all(), Note.objects.all())),
            list(Handover.objects.order_by("pk").values("case", "leg", "received_leg", "state", "readers")),
            list(Contact.objects.order_by("pk").values("customer", "readers")),
        ]


def undone_at_once(world: World, by: Actor, before: list[object]) -> None:
    """A joining that is undone has left nothing behind."""
    point = transaction.savepoint()
    with act_as(by):
        undo(by=by, joining=Joining.objects.order_by("pk").last(), at=world.at)  # type: ignore[arg-type]
    for was, is_now in zip(before, standing(), strict=True):
        changed = [(one, other) for one, other in zip(was, is_now, strict=True) if one != other]  # type: ignore[call-overload]
        assert not changed, [{k: (one[k], other[k]) for k in one if one[k] != other[k]} for one, other in changed]
    transaction.savepoint_rollback(point)


def counted() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    with act_as_house("check the counts that the actions have left"):
        return list(wrong_counts())


def test_no_order_of_joining_and_splitting_breaks_a_case(cast: Cast, send: Callable[..., Case]) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, min_size=4, max_size=16))
    @example(
        [("join", "adviser", 0, 5), ("writes", "adviser", 0, 5), ("split", "adviser", 1, 5), ("undo", "adviser", 0, 5), ("unsplit", "adviser", 0, 5)]
    )
    @example(
        [("beside", "adviser", 0, 5), ("accept", "partner", 0, 5), ("write", "partner", 0, 5), ("join", "adviser", 0, 5), ("undo", "adviser", 0, 5)]
    )
    @example(
        [("settle", "adviser", 1, 5), ("join", "adviser", 0, 5), ("undo", "adviser", 0, 5), ("join", "adviser", 0, 5), ("settle", "adviser", 1, 5)]
    )
    @example([("join", "adviser", 0, 5), ("join", "adviser", 1, 5), ("undo", "adviser", 0, 5), ("undo", "adviser", 0, 5), ("join", "adviser", 2, 5)])
    def walk(steps: list[tuple[str, str, int, int]]) -> None:
        point = transaction.savepoint()
        try:
            cases = [send(at=START), send(at=START + timedelta(hours=2)), send(at=START + timedelta(days=3))]
            _walk(cast, cases, steps)
        finally:
            transaction.savepoint_rollback(point)

    walk()


def _walk(cast: Cast, cases: list[Case], steps: list[tuple[str, str, int, int]]) -> None:
    at = START + timedelta(days=3)
    before = said()
    for name, who, which, minutes in steps:
        at += timedelta(minutes=minutes)
        world, here = World(cast, which, at), standing() if name == "join" else []
        try:
            with transaction.atomic():
                _step(cast, cases, world, name, who)
        except (RuleBroken, NotAllowed, NotFound, IntegrityError):
            assert said() == before, (name, who)
            continue
        after = said()
        assert all(after[kind] >= before[kind] for kind in before), (name, who)
        if name in ("join", "undo", "split", "unsplit"):
            assert after == before, name
        if name == "join":
            undone_at_once(world, getattr(cast, who).actor, here)
        before = after
        assert not complaints(), (name, who)
        assert not counted(), (name, who)


def _step(cast: Cast, cases: list[Case], world: World, name: str, who: str) -> None:
    if name in HERS:
        with act_as(PUBLIC):
            by = link_actor(first_token(cases[world.which % len(cases)]))
        if by is None:
            raise NotFound
    else:
        by = getattr(cast, who).actor
    with act_as(by):
        (HERS.get(name) or STEPS[name])(by, world)
