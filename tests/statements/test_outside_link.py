"""An organisation outside that is asked for a statement gets its link again, and the asker hears when a mail with it did not get through."""

from collections.abc import Callable

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.mail import heed_failure, mail_kinds
from luukku.core.models import Event, MailState, OutgoingMail
from luukku.customers.models import Contact
from luukku.desk.actions.mail_bounces import send_mails_again
from luukku.desk.models import Case, Leg
from luukku.statements.access import statement_token
from luukku.statements.actions.asking import Giver, Outside
from luukku.statements.actions.links import send_link_again
from luukku.statements.actions.withdrawing import withdraw
from luukku.statements.models import Plan, Statement
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

ClientOf = Callable[[Member], Client]


@pytest.fixture
def bank(asked: Callable[..., Plan]) -> Statement:
    """A bank outside the network has been asked."""
    asked(givers=[Giver(outside=Outside("Lakeuden Pankki", "pankki@wrong.example"))])
    return Statement.objects.get()


def lose(kind: str) -> OutgoingMail:
    """The last mail of a kind left, and has come back."""
    run_jobs("luukku.core.tasks.send_mail")
    sent = OutgoingMail.objects.filter(kind=kind).latest("id")
    sent.state, sent.error = MailState.BOUNCED, "5.1.1"
    sent.save()
    with act_as_house("a bounce"):
        heed_failure(sent)
    return sent


def test_link_that_came_back_is_shown_to_the_asker_and_sent_to_the_right_address(
    bank: Statement, cast: Cast, client: Client, client_of: ClientOf
) -> None:
    old, due = statement_token(bank), bank.due_at
    lose("statements.outside")
    assert Leg.objects.get(pk=bank.leg_id).mail_failed
    turns = OutgoingMail.objects.filter(kind="statements.turn", facts__person=cast.adviser.someone.pk)
    assert [each.facts["turn"] for each in turns] == ["unreached"]
    browser, page = client_of(cast.adviser), f"/lausunnot/{bank.pk}/"
    shown = browser.get(page).content.decode()
    assert "osoitetta ei ole" in shown
    outbox.outbox.clear()
    form = browser.get(f"{page}osoite")
    assert browser.submit(form, {"email": "ei osoite"}).status_code == 422
    assert browser.submit(form, {"email": "pankki@right.example"}).status_code == 302
    run_jobs("luukku.core.tasks.send_mail")
    bank.refresh_from_db()
    letter = next(each for each in outbox.outbox if each.to == ["pankki@right.example"])
    assert f"/l/{statement_token(bank)}/" in str(letter.body)
    assert [client.get(f"/l/{token}/").status_code for token in (old, statement_token(bank))] == [404, 200]
    assert (Leg.objects.get(pk=bank.leg_id).mail_failed, bank.due_at) == (False, due)
    assert "osoitetta ei ole" not in browser.get(page).content.decode()
    assert Event.objects.filter(action__startswith="statement.").latest("id").action == "statement.readdressed"


def test_late_bounce_of_the_first_mail_says_nothing_of_the_second(bank: Statement, cast: Cast) -> None:
    first = OutgoingMail.objects.get(kind="statements.outside")
    with act_as(cast.adviser.actor) as actor:
        send_link_again(by=actor, statement=bank, email="pankki@right.example")
    with act_as_house("a bounce"):
        heed_failure(first)
    assert not Leg.objects.get(pk=bank.leg_id).mail_failed


def test_only_the_asker_sends_it_and_only_outside_and_while_it_is_awaited(bank: Statement, cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        send_link_again(by=actor, statement=bank, email="muu@right.example")
    with act_as(cast.adviser.actor) as actor:
        withdraw(by=actor, statement=bank, reason="Ei tarvita.")
        with pytest.raises(RuleBroken):
            send_link_again(by=actor, statement=bank, email="muu@right.example")
    assert client_of(cast.adviser).get(f"/lausunnot/{bank.pk}/osoite").status_code == 404


def test_address_is_mended_before_the_customer_has_agreed_and_no_link_leaves(asked: Callable[..., Plan], cast: Cast) -> None:
    asked(givers=[Giver(outside=Outside("Lakeuden Pankki", "pankki@wrong.example"))], consent="page", answers={})
    statement = Statement.objects.get()
    with act_as(cast.adviser.actor) as actor:
        send_link_again(by=actor, statement=statement, email="pankki@right.example")
    statement.refresh_from_db()
    assert (statement.outside_email, statement.link_digest) == ("pankki@right.example", None)
    assert not OutgoingMail.objects.filter(kind="statements.outside").exists()


def test_news_that_came_back_marks_the_matter_like_every_mail_to_the_customer(bank: Statement, case: Case, cast: Cast, client_of: ClientOf) -> None:
    lose("statements.news")
    assert Leg.objects.filter(case=case, mail_failed=True).exists()
    assert "osoitetta ei ole" in client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode()
    with act_as(cast.adviser.actor) as actor:
        assert send_mails_again(by=actor, case=case) == 1


def test_news_of_a_statement_is_in_the_language_and_by_the_way_that_the_customer_wishes(bank: Statement, case: Case, cast: Cast) -> None:
    Contact.objects.filter(customer=case.customer).update(wish_language="sv")
    news = OutgoingMail.objects.filter(kind="statements.news").latest("pk")
    content = mail_kinds["statements.news"].build(news)
    assert content is not None
    assert content.language == "sv"
    Contact.objects.filter(customer=case.customer).update(way="phone", phone="040 555 0300")
    assert mail_kinds["statements.news"].build(news) is None
