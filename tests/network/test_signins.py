"""Sign-ins in the hands of administrators, and of nobody else."""

import re
from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.utils import timezone

from luukku.accounts.models import User
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.network.access import actor_of_user
from luukku.network.actions import signins
from luukku.network.enums import Role
from luukku.network.models import Person, Seat
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]
LIST = "/verkosto/kirjautumiset/"


def page_of(member: Member) -> str:
    return f"{LIST}{member.someone.pk}/"


def test_the_list_shows_who_signs_in_and_who_lacks_a_second_step(cast: Cast, client_of: ClientOf, sql_count: SqlCount) -> None:
    Authenticator.objects.filter(user=cast.partner.user).delete()
    browser = client_of(cast.admin)
    page = browser.get(LIST).content.decode()
    assert all(member.user.email in page for member in cast.staff)
    assert cast.founder.user.email not in page
    weak = browser.get(f"{LIST}?state=weak").content.decode()
    assert cast.partner.user.email in weak
    assert cast.adviser.user.email not in weak
    with sql_count(at_most=8):
        browser.get(f"{LIST}?q=aino")


@pytest.mark.parametrize("path", ["", "{}/", "{}/sulje", "{}/nollaa"])
def test_only_administrators_come_in(cast: Cast, client_of: ClientOf, client: Client, path: str) -> None:
    place = LIST + path.format(cast.partner.someone.pk)
    for member in (*cast.staff, cast.founder):
        expected = 200 if member is cast.admin else 403
        assert client_of(member).get(place).status_code == expected, member.name
    assert client.get(place).status_code == 302


def test_only_administrators_act(cast: Cast) -> None:
    for member in cast.staff:
        if member is cast.admin:
            continue
        for act in (signins.close_sign_in, signins.open_sign_in, signins.reset_second_step, signins.sign_out_everywhere):
            with pytest.raises(NotAllowed):
                act(by=member.actor, person=cast.outsider.someone)
        with pytest.raises(NotAllowed):
            signins.make_administrator(by=member.actor, name="I", email=member.user.email)


def test_closing_ends_sessions_at_once_and_opening_lets_in_again(cast: Cast, client_of: ClientOf) -> None:
    hers, browser = client_of(cast.adviser), client_of(cast.admin)
    assert hers.get("/account/").status_code == 200
    browser.submit(browser.get(page_of(cast.adviser) + "sulje"), form=_act("sulje", browser, cast.adviser))
    assert hers.get("/account/").status_code == 302
    assert Event.objects.filter(action="user.deactivated", person_id=cast.admin.someone.pk, subject_id=cast.adviser.user.pk).exists()
    browser.post(page_of(cast.adviser) + "avaa")
    assert User.objects.get(pk=cast.adviser.user.pk).is_active


def _act(name: str, browser: Client, member: Member) -> int:
    """The place of the page's own form, after those of the frame."""
    from tests.harness.client import forms_of

    posts = [each for each in forms_of(browser.get(page_of(member) + name)) if each.method == "post"]
    return next(place for place, each in enumerate(posts) if "setlang" not in each.action and "logout" not in each.action)


def test_resetting_removes_everything_she_proved_herself_with(cast: Cast, client_of: ClientOf) -> None:
    assert Authenticator.objects.filter(user=cast.adviser.user).exists()
    UserSession.objects.create(user=cast.adviser.user, ip="0.0.0.0", session_key="x" * 32)
    client_of(cast.admin).post(page_of(cast.adviser) + "nollaa")
    assert not Authenticator.objects.filter(user=cast.adviser.user).exists()
    assert not UserSession.objects.filter(user=cast.adviser.user).exists()
    assert set(Event.objects.filter(subject_id=cast.adviser.user.pk).values_list("action", flat=True)) >= {
        "user.second_factor_reset",
        "user.sessions_ended",
    }


def test_nobody_closes_her_own_sign_in_nor_opens_that_of_somebody_who_has_left(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        signins.close_sign_in(by=cast.admin.actor, person=cast.admin.someone)
    Person.objects.filter(pk=cast.partner.someone.pk).update(deactivated_at=timezone.now())
    with pytest.raises(RuleBroken):
        signins.open_sign_in(by=cast.admin.actor, person=Person.objects.get(pk=cast.partner.someone.pk))


def _command(name: str, email: str) -> str:
    out = StringIO()
    call_command("administrator", name, email, stdout=out)
    return out.getvalue().strip()


def test_the_command_makes_an_administrator_who_sets_her_password_by_the_link(db: None, client: Client) -> None:
    link = _command("Anna Admin", "Anna@Cast.example")
    found = re.fullmatch(r"http://127\.0\.0\.1:8000(/account/password/reset/key/\S+)", link)
    assert found
    page = client.get(found.group(1), follow=True)
    new = "oikein pitkä salasana 9"
    client.post(str(page.request["PATH_INFO"]), {"password1": new, "password2": new})
    user = User.objects.get(email="anna@cast.example")
    assert user.check_password(new)
    actor = actor_of_user(user.pk)
    assert actor is not None
    assert [seat.role for seat in actor.seats] == [Role.ADMINISTRATOR]


def test_the_command_twice_makes_one_administrator(db: None) -> None:
    _command("Anna Admin", "anna@cast.example")
    assert _command("Anna Admin", "ANNA@cast.example").startswith("http")
    assert Seat.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert Person.objects.filter(name="Anna Admin").count() == 1


def test_the_command_gives_the_seat_to_somebody_who_works_here(cast: Cast) -> None:
    _command("Aino Adviser", cast.adviser.user.email)
    assert Seat.objects.filter(person=cast.adviser.someone, role=Role.ADMINISTRATOR, valid_until=None).exists()


def test_the_command_refuses_what_is_no_address(db: None) -> None:
    with pytest.raises(CommandError):
        _command("Anna", "anna")
