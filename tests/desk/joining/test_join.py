"""A matter that came in twice becomes one, and two again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token, link_actor, link_case
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.undo import undo
from luukku.desk.actions.talking import add_note, write
from luukku.desk.models import Case, Clock, Joining, Leg, Message, Note
from tests.cast import Cast
from tests.desk.test_integrity import complaints

Pair = tuple[Case, Case]


@pytest.fixture
def twice(send: Callable[..., Case]) -> Pair:
    """The same need, the older first."""
    now = timezone.now()
    return send(at=now - timedelta(hours=5)), send(at=now - timedelta(hours=1), words="Kahvilan rahoitus, kuka auttaa?")


def joined(cast: Cast, case: Case, into: Case, **more: object) -> Joining:
    with act_as(cast.adviser.actor) as actor:
        return join(by=actor, case=case, into=into, **{"both_agree": True} | more)  # type: ignore[arg-type]


def test_everything_moves_and_one_part_is_left(cast: Cast, twice: Pair) -> None:
    older, newer = twice
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=newer, body="Hei", files=[SimpleUploadedFile("ulos.txt", b"1")])
        add_note(by=actor, case=newer, body="Sisäinen")
    joined(cast, newer, older)
    newer.refresh_from_db()
    older.refresh_from_db()
    assert (newer.state, newer.joined_into) == ("joined", older)
    assert not Leg.objects.filter(case=newer).exists()
    assert [leg.state for leg in Leg.objects.filter(case=older).order_by("position")] == ["joined", "in-progress"]
    assert set(Message.objects.values_list("case", flat=True)) == set(Note.objects.values_list("case", flat=True)) == {older.pk}
    assert older.attachments.count() == 1
    assert complaints() == []


def test_the_first_contacts_clock_goes_on(cast: Cast, twice: Pair) -> None:
    older, newer = twice
    due = Clock.objects.get(leg__case=older).due_at
    joined(cast, older, newer)
    newer.refresh_from_db()
    running = Clock.objects.get(leg__case=newer, ended_at=None)
    assert (newer.contacted_at, running.due_at) == (older.contacted_at, due)
    assert complaints() == []


def test_link_of_the_joined_one_opens_the_one_that_stays(cast: Cast, twice: Pair) -> None:
    older, newer = twice
    joined(cast, newer, older)
    with act_as(PUBLIC):
        actor = link_actor(first_token(newer))
    assert actor is not None
    with act_as(actor):
        assert link_case(actor).pk == older.pk
        customer_writes(by=actor, case=link_case(actor), body="Tässä vielä lisää")


def test_customer_is_told_once(cast: Cast, twice: Pair) -> None:
    joined(cast, twice[1], twice[0])
    assert OutgoingMail.objects.filter(kind="desk.joined").count() == 1


def test_caller_without_an_address_is_told_where_she_gave_one(cast: Cast, send: Callable[..., Case]) -> None:
    older, call = send(), send(email="", phone="040 555 0199")
    joined(cast, call, older)
    assert OutgoingMail.objects.get(kind="desk.joined").subject_id == older.pk


def test_undone_everything_is_where_it_was(cast: Cast, twice: Pair) -> None:
    older, newer = twice
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=newer))
        write(by=actor, case=newer, body="Hei")
    before = list(Leg.objects.order_by("pk").values("case_id", "position", "state", "handler_id", "due_at", "due_kind", "customer_key"))
    clocks = list(Clock.objects.order_by("pk").values("leg_id", "kind", "due_at", "ended_at", "end", "kept"))
    cases = list(Case.objects.order_by("pk").values("state", "contacted_at", "settled_at", "sponsor_id", "joined_into_id", "readers"))
    joining = joined(cast, newer, older)
    assert list(Leg.objects.order_by("pk").values("case_id", "position", "state", "handler_id", "due_at", "due_kind", "customer_key")) != before
    with act_as(cast.adviser.actor) as actor:
        add_note(by=actor, case=older, body="Tullut liittämisen jälkeen")
        undo(by=actor, joining=joining)
    assert list(Leg.objects.order_by("pk").values("case_id", "position", "state", "handler_id", "due_at", "due_kind", "customer_key")) == before
    assert list(Clock.objects.order_by("pk").values("leg_id", "kind", "due_at", "ended_at", "end", "kept")) == clocks
    assert list(Case.objects.order_by("pk").values("state", "contacted_at", "settled_at", "sponsor_id", "joined_into_id", "readers")) == cases
    assert Message.objects.get().case == newer
    assert Note.objects.get().case == older
    assert complaints() == []


def test_two_customers_are_joined_only_if_they_agree(cast: Cast, send: Callable[..., Case]) -> None:
    one, other = send(), send(name="Eero Erilainen", email="eero@customer.example", phone="040 555 0222")
    with pytest.raises(RuleBroken, match="kaksi asiakasta"):
        joined(cast, other, one, both_agree=False)
    joined(cast, other, one)
    assert OutgoingMail.objects.filter(kind="desk.joined").count() == 2
    assert complaints() == []


def test_an_address_that_was_typed_proves_nobody(cast: Cast, twice: Pair) -> None:
    with pytest.raises(RuleBroken, match="kaksi asiakasta"):
        joined(cast, twice[1], twice[0], both_agree=False)


def test_stranger_joins_nothing(cast: Cast, twice: Pair) -> None:
    for member in (cast.outsider, cast.partner, cast.coordinator):
        with act_as(member.actor) as actor, pytest.raises(NotFound):
            join(by=actor, case=twice[1], into=twice[0], both_agree=True)


def test_link_of_another_is_not_opened_by_a_forged_pointer(cast: Cast, twice: Pair, send: Callable[..., Case]) -> None:
    from django.db import DatabaseError

    foreign = send(region=cast.there.region)
    with act_as(cast.adviser.actor), pytest.raises(DatabaseError, match="one's own"):
        Case.objects.filter(pk=twice[0].pk).update(joined_into=foreign, state="joined", settled_at=timezone.now())
    assert isinstance(Actor("link", ()), Actor)
