"""Where somebody is signed in, and that ending it ends it."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession

from tests.cast import Cast
from tests.harness.client import Client

PATH = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


def test_sessions_are_shown_in_plain_words_and_keep_no_address(cast: Cast, sign_in: Callable[..., Client]) -> None:
    here = sign_in(cast.founder, HTTP_USER_AGENT=FIREFOX)
    sign_in(cast.founder, HTTP_USER_AGENT=EDGE)
    page = here.get(PATH).content.decode()
    assert "Firefox, Linux" in page
    assert "Edge, Windows" in page
    assert "127.0.0.1" not in page
    assert set(UserSession.objects.values_list("ip", "user_agent")) == {("0.0.0.0", "Firefox, Linux"), ("0.0.0.0", "Edge, Windows")}


def test_ending_one_session_ends_it(cast: Cast, sign_in: Callable[..., Client]) -> None:
    here, there, third = (sign_in(cast.founder) for _ in range(3))
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"{PATH}{other.pk}/end/")
    assert [browser.get("/account/").status_code for browser in (here, there, third)] == [200, 302, 200]


def test_ending_all_others_leaves_this_one(cast: Cast, sign_in: Callable[..., Client]) -> None:
    here, there, third = (sign_in(cast.founder) for _ in range(3))
    here.post(f"{PATH}others/end/")
    assert [browser.get("/account/").status_code for browser in (here, there, third)] == [200, 302, 302]


def test_ending_this_one_signs_out(cast: Cast, sign_in: Callable[..., Client]) -> None:
    here = sign_in(cast.founder)
    mine = UserSession.objects.get()
    here.post(f"{PATH}{mine.pk}/end/")
    assert here.get("/account/").status_code == 302


def test_nobody_ends_the_session_of_another(cast: Cast, sign_in: Callable[..., Client]) -> None:
    victim = sign_in(cast.founder)
    theirs = UserSession.objects.get()
    other = sign_in(cast.adviser)
    assert other.post(f"{PATH}{theirs.pk}/end/").status_code == 404
    assert victim.get("/account/").status_code == 200


def test_ending_needs_a_post(cast: Cast, sign_in: Callable[..., Client]) -> None:
    assert sign_in(cast.founder).get(f"{PATH}others/end/").status_code == 405


def test_a_changed_password_ends_the_others(cast: Cast, sign_in: Callable[..., Client]) -> None:
    from tests.accounts.conftest import PASSWORD

    here, there = sign_in(cast.founder), None
    there = Client()
    there.post("/account/login/", {"login": cast.founder.user.email, "password": PASSWORD})
    new = "aivan toinen salasana 3"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
