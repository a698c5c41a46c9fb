"""Who is reached by phone or text is asked how it went there: a face said on the phone is written down by staff and marked as that."""

from collections.abc import Callable

import pytest
from django.db import connection

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.marks import feedback_spoken, give_feedback
from luukku.desk.models import AskedKey, Case, Feedback, FollowUp, Leg
from luukku.desk.queries.asked import keys_of, may_be_asked
from tests.cast import Cast, Member
from tests.desk.mail.test_texts import gateway, leave
from tests.harness.client import Client
from tests.harness.gateway import Gateway
from tests.harness.jobs import run_jobs

__all__ = ("gateway",)
Send = Callable[..., Case]
ClientOf = Callable[[Member], Client]
BY_PHONE = {"email": "", "phone": "06 555 0199"}


def settled(send: Send, by: Member, **fields: str) -> Case:
    case = send(**BY_PHONE | fields)
    with act_as(by.actor) as actor:
        return settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis", told=True)


def test_face_said_on_the_phone_is_written_down_with_who_wrote_it(send: Send, cast: Cast, client_of: ClientOf) -> None:
    case = settled(send, cast.adviser)
    browser = client_of(cast.adviser)
    shown = browser.get(f"/asia/{case.number}/").content.decode()
    address = f"/asia/{case.number}/{Leg.objects.get(case=case).pk}/palaute"
    assert address in shown
    assert browser.submit(browser.get(address), {"face": "4", "comment": "Hyvin neuvottu."}).status_code == 302
    given = Feedback.objects.get()
    assert (given.face, given.comment, given.recorded_by_id) == (4, "Hyvin neuvottu.", cast.adviser.someone.pk)
    shown = browser.get(f"/asia/{case.number}/").content.decode()
    assert f"kirjannut {cast.adviser.someone.name}" in shown
    assert address not in shown


def test_settling_on_the_phone_asks_and_writes_down_in_one_go(send: Send, cast: Cast, client_of: ClientOf) -> None:
    case = send(**BY_PHONE)
    leg = Leg.objects.get(case=case)
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{case.number}/{leg.pk}/ratkaise")
    assert "Kysy: miten asiointi sujui" in page.content.decode()
    refused = browser.submit(page, {"outcomes": ["advice"], "words": "Valmis", "face": "1", "comment": "Kesti kauan"})
    assert refused.status_code == 422  # a face without a talk
    assert "Kesti kauan" in refused.content.decode()
    sent = browser.submit(page, {"outcomes": ["advice"], "words": "Valmis", "face": "1", "comment": "Kesti kauan", "is_told": "on"})
    assert sent.status_code == 302
    assert Feedback.objects.get().recorded_by_id == cast.adviser.someone.pk
    run_jobs()
    assert FollowUp.objects.filter(case=case, done_at=None).exists()


def test_who_is_written_to_is_not_asked_on_the_phone_form(send: Send, cast: Cast, client_of: ClientOf) -> None:
    leg = Leg.objects.get(case=send())
    page = client_of(cast.adviser).get(f"/asia/{leg.case.number}/{leg.pk}/ratkaise").content.decode()
    assert 'name="face"' not in page


def test_whoever_was_asked_on_the_phone_is_asked_by_nobody_else(send: Send, cast: Cast) -> None:
    case = settled(send, cast.adviser)
    with act_as(cast.adviser.actor) as actor:
        assert may_be_asked(case)
        feedback_spoken(by=actor, case=case, face=3)
    run_jobs()
    assert AskedKey.objects.count() == 1
    elsewhere = {"region": cast.there.region, "municipality": cast.there.municipality}
    again = settled(send, cast.outsider, words="Toinen asia on tämä.", email="muu@customer.example", **elsewhere)  # type: ignore[arg-type]
    with act_as(cast.outsider.actor):
        assert not may_be_asked(again)
    run_jobs()
    assert OutgoingMail.objects.get(kind="desk.settled", subject_id=again.pk).facts["asked"] == 0


def test_whether_she_may_be_asked_is_told_only_to_who_reads_the_matter(send: Send, cast: Cast) -> None:
    case = settled(send, cast.adviser)
    assert case.customer is not None
    keys = keys_of(case.customer.contact)
    with act_as(cast.outsider.actor), connection.cursor() as cursor:
        cursor.execute("select wall.desk_rested(%s, %s)", [case.pk, keys])
        assert cursor.fetchone()[0] is False


def test_her_own_answer_is_never_written_over_and_hers_replaces_ours(send: Send, cast: Cast) -> None:
    case = settled(send, cast.adviser)
    with act_as(cast.adviser.actor) as actor:
        feedback_spoken(by=actor, case=case, face=4)
    from luukku.core.actor import Actor

    with act_as(Actor("link", (case.door_principal,))) as her:
        give_feedback(by=her, case=case, face=2)
    assert Feedback.objects.get().recorded_by_id is None
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken):
        feedback_spoken(by=actor, case=case, face=4)
    assert Feedback.objects.get().face == 2


def test_nobody_writes_it_down_before_the_end_or_for_anothers_matter(send: Send, cast: Cast) -> None:
    case = send(**BY_PHONE)
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken):
        feedback_spoken(by=actor, case=case, face=4)
    ended = settled(send, cast.adviser, words="Toinen asia on tämä.")
    with act_as(cast.outsider.actor) as actor, pytest.raises((NotAllowed, NotFound)):
        feedback_spoken(by=actor, case=ended, face=4)


def test_who_is_reached_by_text_is_asked_by_text_once(gateway: Gateway, send: Send, cast: Cast, client: Client) -> None:
    first, second = send(email="", phone="040 555 0199"), send(email="", phone="040 555 0199", words="Toinen asia on tämä.")
    for case in (first, second):
        with act_as(cast.adviser.actor) as actor:
            settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis.")
        leave()
    said = [each["text"] for each in gateway.taken if "ratkaistu" in each["text"]]
    assert ["/palaute/" in words for words in said] == [True, False]
    assert all(len(words) < 320 for words in said)
    page = client.get(f"/s/{first_token(first)}/palaute/")
    assert client.submit(page, {"face": "4"}, form="feedback").status_code == 302
    assert Feedback.objects.get().recorded_by_id is None
