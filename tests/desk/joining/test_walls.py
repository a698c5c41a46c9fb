"""Who reads what when two matters become one: the database alone decides, whatever asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import StoredFile
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.undo import undo
from luukku.desk.actions.links import renew_link
from luukku.desk.actions.talking import add_note, write
from luukku.desk.models import Case, Joining, Leg, Message, Note
from luukku.desk.queries.case_page import case_page
from luukku.desk.queries.search import find_cases
from tests.cast import Cast
from tests.desk.joining.test_join import Pair, joined
from tests.desk.test_integrity import complaints

PARTNERS_WORDS = "Kahvila ja ravintola samassa talossa: miten lupa haetaan?"


@pytest.fixture
def mixed(cast: Cast, send: Callable[..., Case]) -> Pair:
    """The older is the adviser's alone; of the newer the partner has a part too, and both have talk and files of their own."""
    now = timezone.now()
    older, newer = send(at=now - timedelta(hours=5)), send(at=now - timedelta(hours=1), words=PARTNERS_WORDS)
    with act_as(cast.adviser.actor) as actor:
        for case in (older, newer):
            leg = take_up(by=actor, leg=Leg.objects.get(case=case))
            write(by=actor, case=case, body=f"Viesti {case.number}", files=[SimpleUploadedFile(f"{case.number}.txt", b"1")])
            add_note(by=actor, case=case, body=f"Sisäinen {case.number}")
        passing = Passing(reason="Osa kuuluu teille", consent="phone", to_desk=cast.partner_desk, beside=True, need="Lupa")
        handover = hand_over(by=actor, leg=leg, passing=passing)
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        write(by=actor, case=newer, body="Kumppanin viesti")
    return older, newer


def reads(actor: Actor) -> dict[str, list[str]]:
    with act_as(actor):
        return {
            "messages": sorted(Message.objects.values_list("body", flat=True)), "notes": sorted(Note.objects.values_list("body", flat=True)),
            "files": sorted(StoredFile.objects.values_list("name", flat=True)),
        }  # fmt: skip


@pytest.mark.parametrize("way", ["older stays", "newer stays"])
def test_partner_reads_no_more_of_the_past_and_all_that_comes(cast: Cast, mixed: Pair, way: str) -> None:
    older, newer = mixed
    stays, gone = mixed if way == "older stays" else (newer, older)
    before, mine = reads(cast.partner.actor), reads(cast.adviser.actor)
    joined(cast, gone, stays)
    assert reads(cast.partner.actor) == before
    assert reads(cast.adviser.actor) == mine
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=stays, body="Yhdistämisen jälkeen")
    assert "Yhdistämisen jälkeen" in reads(cast.partner.actor)["messages"]
    assert complaints() == []


@pytest.mark.parametrize("way", ["older stays", "newer stays"])
def test_first_words_stay_with_those_who_had_a_part(cast: Cast, mixed: Pair, way: str) -> None:
    older, newer = mixed
    stays, gone = mixed if way == "older stays" else (newer, older)
    joined(cast, gone, stays)
    with act_as(cast.partner.actor) as actor:
        page = case_page(actor, stays.number)
        words = [each.words for each in page.ties.joined]
        assert page.words_hidden is (stays == older)
        assert words == ([PARTNERS_WORDS] if stays == older else [])
        assert find_cases(actor, "laitteisiin") == []
        assert find_cases(actor, "ravintola") != []
    with act_as(cast.adviser.actor) as actor:
        page = case_page(actor, stays.number)
        assert not page.words_hidden
        assert page.ties.joined[0].words is not None


def test_undone_each_reads_what_she_read(cast: Cast, mixed: Pair) -> None:
    older, newer = mixed
    before = [reads(actor) for actor in (cast.partner.actor, cast.adviser.actor)]
    joining = joined(cast, newer, older)
    with act_as(cast.adviser.actor) as actor:
        undo(by=actor, joining=joining)
    assert [reads(actor) for actor in (cast.partner.actor, cast.adviser.actor)] == before
    with act_as(cast.partner.actor):
        assert list(Case.objects.values_list("pk", flat=True)) == [newer.pk]
    assert complaints() == []


def test_partner_without_a_part_in_both_cannot_join_them(cast: Cast, mixed: Pair) -> None:
    older, newer = mixed
    joining = joined(cast, newer, older)
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        undo(by=actor, joining=Joining.objects.get(pk=joining.pk))


def test_what_is_handed_over_is_not_joined(cast: Cast, mixed: Pair, send: Callable[..., Case]) -> None:
    third = send()
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=third))
        hand_over(by=actor, leg=leg, passing=Passing(reason="x", consent="phone", to_desk=cast.partner_desk))
        for gone, stays in ((third, mixed[0]), (mixed[0], third)):
            with pytest.raises(RuleBroken, match="siirtämässä"):
                join(by=actor, case=gone, into=stays, both_agree=True)


@pytest.mark.parametrize(
    "statement",
    [
        "update desk_case set joined_into_id = %(foreign)s, state = 'joined', settled_at = now() where id = %(own)s",
        "insert into desk_joining (case_id, into_id, joined_by_id, joined_at, kept, readers) values (%(own)s, %(foreign)s, %(person)s, now(), '{}', '{}')",
        "insert into desk_split (case_id, source_id, split_by_id, split_at, kept, readers) values (%(own)s, %(foreign)s, %(person)s, now(), '{}', '{}')",
    ],
)
def test_forged_joinings_open_nothing(cast: Cast, case: Case, send: Callable[..., Case], statement: str) -> None:
    own = send(region=cast.there.region)
    values = {"own": own.pk, "foreign": case.pk, "person": cast.outsider.someone.pk}
    with act_as(cast.outsider.actor), pytest.raises(DatabaseError, match="one's own"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_readers_of_a_joined_case_cannot_be_chosen(cast: Cast, mixed: Pair) -> None:
    joined(cast, mixed[1], mixed[0])
    before = Case.objects.get(pk=mixed[1].pk).readers
    with act_as(cast.adviser.actor), connection.cursor() as cursor:
        cursor.execute("update desk_case set kept_readers = %s, readers = %s where id = %s", [[1, 2], [1, 2], mixed[1].pk])
    assert Case.objects.get(pk=mixed[1].pk).readers == before


def test_renewed_link_closes_the_joined_ones_too(cast: Cast, mixed: Pair) -> None:
    older, newer = mixed
    joined(cast, newer, older)
    with act_as(cast.adviser.actor) as actor:
        renew_link(by=actor, case=older)
    with act_as(PUBLIC):
        assert link_actor(first_token(newer)) is None


def test_case_joined_twice_over_leads_to_the_last_and_comes_back(cast: Cast, mixed: Pair, send: Callable[..., Case]) -> None:
    older, newer = mixed
    third = send(at=timezone.now() - timedelta(days=1))
    joined(cast, newer, older)
    last = joined(cast, older, third)
    newer.refresh_from_db()
    assert newer.joined_into == third
    with act_as(PUBLIC):
        actor = link_actor(first_token(newer))
    assert actor is not None
    assert third.door_principal in actor.principals
    assert complaints() == []
    with act_as(cast.adviser.actor) as adviser:
        with pytest.raises(RuleBroken):
            undo(by=adviser, joining=Joining.objects.get(case=newer))
        undo(by=adviser, joining=last)
        newer.refresh_from_db()
        assert newer.joined_into == older
        undo(by=adviser, joining=Joining.objects.get(case=newer))
    assert complaints() == []
