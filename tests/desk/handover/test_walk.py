"""A handover from desk to desk, as far as the customer's first word from the new helper."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.access import get_case, get_handover
from luukku.desk.actions.ending import OutcomeForm, not_for_us, settle
from luukku.desk.actions.handling import release
from luukku.desk.actions.handover.passing import answer, take_back
from luukku.desk.actions.handover.receiving import accept, ask, decline
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.legs import add_leg
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.enums import CaseState, HandoverState
from luukku.desk.models import Case, Clock, Handover, HandoverPart, HandoverTurn, Leg, Message, Note
from luukku.desk.queries.case_page import case_page
from luukku.desk.queries.package import package_of
from tests.cast import Cast


def turns_told(person_id: int) -> list[str]:
    mails = OutgoingMail.objects.filter(kind="desk.handover_turn", facts__person=person_id).order_by("id")
    return [mail.facts["turn"] for mail in mails]


def news() -> list[str]:
    return [mail.facts["turn"] for mail in OutgoingMail.objects.filter(kind="desk.handover_news").order_by("id")]


def test_passer_answers_until_the_receiver_has_contacted_the_customer(accepted: Handover, case: Case, mine: Leg, cast: Cast) -> None:
    case.refresh_from_db()
    assert (accepted.state, case.sponsor_id) == (HandoverState.ACCEPTED, cast.adviser.someone.pk)
    received = Leg.objects.get(came_by=accepted)
    assert (received.desk_id, received.handler_id, received.state) == (cast.partner_desk.pk, cast.partner.someone.pk, CaseState.TAKEN_UP)
    assert received.due_kind == "guided"
    mine.refresh_from_db()
    assert mine.is_open
    with act_as(cast.partner.actor) as actor:
        log_call(by=actor, case=get_case(actor, case.number), body="Sovittiin tapaaminen.")
    accepted.refresh_from_db()
    case.refresh_from_db()
    mine.refresh_from_db()
    assert (accepted.state, case.sponsor_id, mine.state) == (HandoverState.DONE, cast.partner.someone.pk, CaseState.HANDED_OVER)
    assert Clock.objects.get(kind="guided").kept is True
    assert not Clock.objects.filter(leg=mine, ended_at=None).exists()
    assert turns_told(cast.adviser.someone.pk) == ["accepted", "contacted"]
    assert turns_told(cast.partner.someone.pk) == ["came"]
    assert news() == ["sent", "accepted"]


def test_customers_clock_is_never_reset_by_a_handover(accepted: Handover, case: Case, mine: Leg) -> None:
    before = case.contacted_at
    case.refresh_from_db()
    assert case.contacted_at == before
    assert Clock.objects.filter(leg__case=case, kind="taken-up").count() == 1
    guided = Clock.objects.get(kind="guided")
    assert guided.started_at == accepted.sent_at
    assert guided.leg_id == accepted.received_leg_id


def test_receiver_sees_the_package_before_accepting_and_nothing_else(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Olen yhteydessä huomenna.")
        add_note(by=actor, case=case, body="Sisäinen huomio.")
    handover = hand(done="Käyty läpi laskelma.", leave_out=["message"])
    with act_as(cast.partner.actor) as actor:
        assert get_handover(actor, handover.pk).pk == handover.pk
        kinds = list(HandoverPart.objects.order_by("position").values_list("kind", flat=True))
        assert kinds == ["contact", "subject", "own-words", "done"]
        assert not Case.objects.exists()
        assert not Leg.objects.exists()
        assert not Message.objects.exists()
        with pytest.raises(NotFound):
            get_case(actor, case.number)
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotFound):
        get_handover(actor, handover.pk)


def test_receiver_reads_of_the_past_only_what_was_passed(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        write(by=actor, case=case, body="Ennen siirtoa.")
        add_note(by=actor, case=case, body="Sisäinen huomio.")
    handover = hand(leave_out=["message"])
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        assert get_case(actor, case.number).pk == case.pk
        assert not Message.objects.exists()
        assert not Note.objects.exists()
        write(by=actor, case=case, body="Hei, jatkan asiaasi.")
        assert [message.body for message in Message.objects.all()] == ["Hei, jatkan asiaasi."]
    with act_as(cast.adviser.actor):
        assert Message.objects.count() == 2
        assert Note.objects.count() == 1


def test_declined_receiver_names_the_next_door_and_loses_sight(hand: Callable[..., Handover], case: Case, mine: Leg, cast: Cast) -> None:
    handover = hand()
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(RuleBroken) as broken:
            decline(by=actor, handover=handover, reason="Ei meidän alaa.")
        assert broken.value.field == "next_desk"
        with pytest.raises(RuleBroken):
            decline(by=actor, handover=handover, reason="Ei meidän alaa.", next_desk=cast.here.desk)
        decline(by=actor, handover=handover, reason="Ei meidän alaa.", next_words="Finnvera, Seinäjoki")
        with pytest.raises(NotFound):
            get_handover(actor, handover.pk)
        assert not HandoverPart.objects.exists()
        assert not HandoverTurn.objects.exists()
    mine.refresh_from_db()
    case.refresh_from_db()
    assert (mine.is_open, mine.due_kind, mine.handler_id, case.sponsor_id) == (True, "informed", cast.adviser.someone.pk, cast.adviser.someone.pk)
    assert turns_told(cast.adviser.someone.pk) == ["declined"]
    assert news()[-1] == "returned"
    with act_as(cast.adviser.actor):
        assert HandoverTurn.objects.get().body == "Ei meidän alaa."
    hand(to_desk=cast.there.desk)  # and the next door is tried


def test_question_goes_back_to_the_passer_and_its_answer_to_the_receiver(hand: Callable[..., Handover], cast: Cast) -> None:
    handover = hand(to_person=cast.partner.someone)
    with act_as(cast.partner.actor) as actor:
        ask(by=actor, handover=handover, words="Onko Y-tunnus jo?")
    with act_as(cast.adviser.actor) as actor:
        assert get_handover(actor, handover.pk).state == HandoverState.ASKED
        answer(by=actor, handover=handover, words="On.")
    with act_as(cast.partner.actor) as actor:
        assert [turn.body for turn in HandoverTurn.objects.all()] == ["Onko Y-tunnus jo?", "On."]
        assert accept(by=actor, handover=handover).state == HandoverState.ACCEPTED
    assert turns_told(cast.partner.someone.pk) == ["came", "answered"]
    assert turns_told(cast.adviser.someone.pk) == ["asked", "accepted"]


def test_part_that_is_handed_over_is_neither_settled_nor_released(hand: Callable[..., Handover], case: Case, mine: Leg, cast: Cast) -> None:
    handover = hand()
    with act_as(cast.adviser.actor) as actor:
        for act in (
            lambda: settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis"),
            lambda: release(by=actor, leg=mine),
        ):
            with pytest.raises(RuleBroken):
                act()
        take_back(by=actor, handover=handover)
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED


def test_accepted_handover_is_not_taken_back(accepted: Handover, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken):
        take_back(by=actor, handover=accepted)


def test_only_the_receivers_desk_answers(hand: Callable[..., Handover], cast: Cast) -> None:
    handover = hand()
    for member in (cast.adviser, cast.outsider, cast.coordinator):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            accept(by=actor, handover=handover)


def test_trail_holds_what_the_matrix_counts(accepted: Handover, cast: Cast) -> None:
    sent, taken = Event.objects.filter(action__startswith="handover.").order_by("id")
    assert (sent.action, taken.action) == ("handover.sent", "handover.accepted")
    assert taken.facts["from_org"] == cast.here.organisation.pk
    assert taken.facts["to_org"] == cast.partners.pk
    assert taken.facts["minutes"] >= 0
    assert (taken.facts["warm"], taken.facts["part"], taken.facts["outside"]) == (False, False, False)
    assert taken.person_id == cast.partner.someone.pk
    assert taken.at <= timezone.now()


def test_received_part_goes_on_only_after_the_customer_has_been_contacted(accepted: Handover, case: Case, cast: Cast) -> None:
    """Else the first passer would answer for the customer for ever: nobody would be left to contact her in his place."""
    received = Leg.objects.get(came_by=accepted)
    onward = Passing(reason="Kuuluu muualle.", to_desk=cast.here.desk, consent="phone")
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(RuleBroken, match="Koskimaan Kehitys"):
            hand_over(by=actor, leg=received, passing=onward)
        log_call(by=actor, case=get_case(actor, case.number), body="Sovittiin.")
        hand_over(by=actor, leg=received, passing=onward)


def test_words_kept_from_a_receiver_stay_kept_when_she_adds_a_part_or_passes_on(hand: Callable[..., Handover], case: Case, cast: Cast) -> None:
    handover = hand(leave_out=["own-words"])
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
        log_call(by=actor, case=get_case(actor, case.number), body="Sovittiin.")
        received = Leg.objects.select_related("case__customer__contact", "desk").get(came_by=handover)
        assert case.own_words not in [draft.body for draft in package_of(received)]
        add_leg(by=actor, leg=received, need="Toinen osa")
        assert case_page(actor, case.number).words_hidden
        assert case.own_words not in [draft.body for draft in package_of(received)]


@pytest.mark.parametrize(("helped", "turn"), [(True, "settled"), (False, "not-theirs")])
def test_passer_hears_how_it_ended(accepted: Handover, cast: Cast, helped: bool, turn: str) -> None:
    with act_as(cast.partner.actor) as actor:
        write(by=actor, case=accepted.case, body="Hei, autan tästä eteenpäin.")
        if helped:
            settle(by=actor, case=accepted.case, outcomes=[OutcomeForm("advice")], words="Vienti alkoi.")
        else:
            not_for_us(by=actor, case=accepted.case, guidance="Kysy tullista.")
    mail = OutgoingMail.objects.get(kind="desk.handover_turn", facts__turn=turn)
    assert mail.facts["person"] == cast.adviser.someone.pk
