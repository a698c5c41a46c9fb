"""A customer lets a colleague of her firm into one matter: he reads and writes by a link of his own until she ends it, and nothing else is his."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.desk.access.links import first_token, guest_actor, guest_token, link_actor
from luukku.desk.actions.customer import customer_writes, nobody_contacted, withdraw
from luukku.desk.actions.ending import reopen
from luukku.desk.actions.guests import end_guest, invite_guest
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.links import renew_link
from luukku.desk.actions.marks import give_feedback
from luukku.desk.models import Case, CaseGuest, Leg, Message, StatusLink
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

ClientOf = Callable[[Member], Client]
GIVEN = {"name": "Kalle Kollega", "email": "kalle@firm.example", "agreed": True}


@pytest.fixture
def her(case: Case) -> Actor:
    with act_as(PUBLIC):
        found = link_actor(first_token(case))
    assert found is not None
    return found


@pytest.fixture
def guest(case: Case, her: Actor) -> CaseGuest:
    with act_as(her) as by:
        return invite_guest(by=by, case=case, **GIVEN)  # type: ignore[arg-type]


def let_in(guest: CaseGuest) -> Actor | None:
    with act_as(PUBLIC):
        return guest_actor(guest_token(guest.case, guest.invited_at))


def test_customer_invites_on_her_page_and_the_link_comes_by_mail(case: Case, client: Client, cast: Cast, client_of: ClientOf) -> None:
    page = client.get(f"/s/{first_token(case)}/kollega/")
    assert client.submit(page, {"name": "Kalle Kollega", "email": "kalle@firm.example"}, form="invite").status_code == 422  # not agreed
    outbox.outbox.clear()
    assert client.submit(page, {"name": "Kalle Kollega", "email": "kalle@firm.example", "agreed": "on"}, form="invite").status_code == 302
    guest = CaseGuest.objects.get()
    run_jobs("luukku.core.tasks.send_mail")
    letter = next(each for each in outbox.outbox if each.to == ["kalle@firm.example"])
    token = guest_token(case, guest.invited_at)
    assert f"/s/{token}/" in str(letter.body)
    assert case.subject not in str(letter.body)
    his = client.get(f"/s/{token}/").content.decode()
    assert case.subject in his
    for own in ("vaihda-linkki", "/toiveet/", "/peru/", "/kollega/", "/milloin/", "kaisa@customer.example", "account/logout"):
        assert own not in his, own
    assert "Kalle Kollega" in client.get(f"/s/{first_token(case)}/").content.decode()
    assert "kalle@firm.example" in client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode()
    told = Event.objects.get(action="case.guest_invited")
    assert told.facts == {"guest": guest.pk, "version": "guest-1"}


def test_he_writes_for_her_and_all_see_who_wrote(case: Case, guest: CaseGuest, leg: Leg, client: Client, cast: Cast, client_of: ClientOf) -> None:
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
    address = f"/s/{guest_token(case, guest.invited_at)}/"
    assert client.submit(client.get(address), {"body": "Liitän budjetin huomenna."}, form="message").status_code == 302
    message = Message.objects.get()
    assert (message.direction, message.guest_id) == ("in", guest.pk)
    leg.refresh_from_db()
    assert leg.answer_awaited
    for shown in (client.get(f"/s/{first_token(case)}/"), client_of(cast.adviser).get(f"/asia/{case.number}/"), client.get(address)):
        text = shown.content.decode()
        assert "Kalle Kollega" in text
        assert "Liitän budjetin huomenna." in text


@pytest.mark.parametrize("page", ["peru", "avaa", "vaihda-linkki", "toiveet", "kollega", "milloin", "palaute", "hoitaja/lupa", "tiedot", "valitus"])
def test_what_is_her_own_is_not_his(case: Case, guest: CaseGuest, client: Client, page: str) -> None:
    address = f"/s/{guest_token(case, guest.invited_at)}/{page}/"
    assert client.get(address).status_code in (403, 404)
    assert client.post(address).status_code in (403, 404)
    case.refresh_from_db()
    assert case.is_open


def test_actions_that_are_hers_refuse_him(case: Case, guest: CaseGuest) -> None:
    him = let_in(guest)
    assert him is not None
    with act_as(him) as by:
        customer_writes(by=by, case=case, body="Moi")
        nobody_contacted(by=by, case=case)
        for act in (
            lambda: withdraw(by=by, case=case), lambda: reopen(by=by, case=case), lambda: renew_link(by=by, case=case),
            lambda: give_feedback(by=by, case=case, face=1), lambda: invite_guest(by=by, case=case, name="X", email="x@x.example", agreed=True),
            lambda: end_guest(by=by, guest=guest),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                act()


def test_ended_link_opens_nothing_at_once(case: Case, guest: CaseGuest, client: Client, cast: Cast) -> None:
    address = f"/s/{guest_token(case, guest.invited_at)}/"
    assert client.get(address).status_code == 200
    client.submit(client.get(f"/s/{first_token(case)}/"), {}, form=f"guest-{guest.pk}")
    assert client.get(address).status_code == 404
    assert let_in(guest) is None
    assert Event.objects.filter(action="case.guest_ended").count() == 1
    with act_as(cast.outsider.actor) as by, pytest.raises(Exception):  # noqa: B017 (not hers to see)
        end_guest(by=by, guest=guest)


def test_his_link_lives_no_longer_than_hers(case: Case, guest: CaseGuest) -> None:
    StatusLink.objects.filter(case=case).update(expires_at=timezone.now() - timedelta(days=1))
    assert let_in(guest) is None
    StatusLink.objects.filter(case=case).update(expires_at=None)
    assert let_in(guest) is not None


def test_his_link_opens_nothing_of_the_matter_that_hers_was_joined_to(
    case: Case, guest: CaseGuest, leg: Leg, send: Callable[..., Case], cast: Cast
) -> None:
    other = send(words="Toinen sanomani samasta kahvilasta.")
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
        take_up(by=by, leg=Leg.objects.get(case=other))
        join(by=by, case=case, into=other, both_agree=True)
    assert let_in(guest) is None


def test_one_link_for_an_address_and_not_in_an_ended_matter(case: Case, guest: CaseGuest, her: Actor) -> None:
    with act_as(her) as by:
        with pytest.raises(RuleBroken):
            invite_guest(by=by, case=case, **GIVEN | {"email": "KALLE@firm.example"})  # type: ignore[arg-type]
        end_guest(by=by, guest=guest)
        again = invite_guest(by=by, case=case, **GIVEN)  # type: ignore[arg-type]
        withdraw(by=by, case=case)
        with pytest.raises(RuleBroken):
            invite_guest(by=by, case=case, **GIVEN | {"email": "muu@firm.example"})  # type: ignore[arg-type]
    assert let_in(guest) is None
    assert let_in(again) is not None


def test_mail_of_an_ended_link_does_not_leave(case: Case, guest: CaseGuest, her: Actor) -> None:
    with act_as(her) as by:
        end_guest(by=by, guest=guest)
    run_jobs("luukku.core.tasks.send_mail")
    assert OutgoingMail.objects.get(kind="desk.guest").state == "gone"
