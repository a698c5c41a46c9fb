"""A low mark is closed with an answer that the customer reads and rates."""

from collections.abc import Callable

import pytest

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.access.links import first_token
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.follow_ups import finish_follow_up, rate_answer
from luukku.desk.actions.marks import give_feedback
from luukku.desk.models import Case, Feedback, FollowUp
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

ANSWER = "Pahoittelemme viivettä. Muutimme päivystystä."


def her(case: Case) -> Actor:
    return Actor("link", (case.door_principal,))


@pytest.fixture
def low(case: Case, cast: Cast) -> Case:
    """The customer was not content, and may be contacted."""
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    with act_as(her(case)) as by:
        give_feedback(by=by, case=case, face=1, comment="Odotin.", may_contact=True)
    run_jobs()
    return case


def answer(case: Case, cast: Cast, words: str = ANSWER) -> None:
    with act_as(cast.adviser.actor) as by:
        finish_follow_up(by=by, follow_up=FollowUp.objects.get(case=case, done_at=None), words="Soitin.", answer=words)


def test_answer_is_told_by_mail_read_on_her_page_and_rated(low: Case, cast: Cast, client: Client, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    form = browser.get(f"/asia/{low.number}/palaute/{FollowUp.objects.get().pk}")
    assert browser.submit(form, {"words": "Soitin.", "answer": ""}).status_code == 422
    assert browser.submit(form, {"words": "Soitin.", "answer": ANSWER}).status_code == 302
    mail = OutgoingMail.objects.get(kind="desk.mark_answered")
    assert mail.subject_id == low.pk
    page = f"/s/{first_token(low)}/palaute/"
    shown = client.get(page)
    assert ANSWER in shown.content.decode()
    assert "Soitin." not in shown.content.decode()
    assert client.submit(shown, {"answer_face": "4"}, form="answer").status_code == 302
    assert Feedback.objects.get().answer_face == 4
    assert Feedback.objects.get().face == 1
    assert "Asiakkaan arvio vastauksesta" in browser.get(f"/asia/{low.number}/").content.decode()


def test_mail_tells_nothing_of_the_answer(low: Case, cast: Cast) -> None:
    from django.core import mail as outbox

    answer(low, cast)
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    message = outbox.outbox[-1]
    assert ANSWER not in message.body
    assert "/palaute/" in message.body


def test_who_did_not_let_us_contact_her_gets_no_mail_but_reads_it(low: Case, cast: Cast, client: Client) -> None:
    Feedback.objects.update(may_contact=False)
    answer(low, cast)
    assert not OutgoingMail.objects.filter(kind="desk.mark_answered").exists()
    assert ANSWER in client.get(f"/s/{first_token(low)}/palaute/").content.decode()


def test_low_word_on_the_answer_is_told_to_handlers_and_leads_once(low: Case, cast: Cast) -> None:
    answer(low, cast)
    before = OutgoingMail.objects.filter(kind="desk.low_mark").count()
    for _ in range(2):
        with act_as(her(low)) as by:
            rate_answer(by=by, case=low, face=1)
    told = OutgoingMail.objects.filter(kind="desk.low_mark").order_by("id")[before:]
    assert {each.facts["person"] for each in told} == {cast.adviser.someone.pk, cast.desklead.someone.pk}
    assert len(told) == 2


def test_answer_is_rated_by_its_customer_alone_and_when_there_is_one(low: Case, cast: Cast) -> None:
    with act_as(her(low)) as by, pytest.raises(RuleBroken):
        rate_answer(by=by, case=low, face=4)
    answer(low, cast)
    for member in (cast.adviser, cast.outsider):
        with act_as(member.actor) as actor, pytest.raises((NotAllowed, NotFound)):
            rate_answer(by=actor, case=low, face=4)
    assert Feedback.objects.get().answer_face is None


def test_empty_answer_closes_nothing(low: Case, cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        answer(low, cast, " ")
    assert FollowUp.objects.filter(done_at=None).exists()
