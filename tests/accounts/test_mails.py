"""What mails about signing in say, to whom, and that they tell nothing to others."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.core import mail

from luukku.accounts import actions
from luukku.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import _set_up_app
from tests.cast import Cast
from tests.harness.client import Client


def test_a_code_comes_in_her_language_as_text_and_html(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.founder.user.pk).update(language="sv")
    client.post("/account/login/code/", {"email": cast.founder.user.email})
    (letter,) = mail.outbox
    assert letter.subject == "Din inloggningskod"
    assert letter.to == [cast.founder.user.email]
    html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]
    code = next(line.strip() for line in str(letter.body).splitlines() if line.startswith("    "))
    assert code in html
    assert code not in letter.subject
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_an_unknown_address_gets_a_mail_in_the_language_of_the_page(db: None, client: Client) -> None:
    client.cookies.load({"luukku_language": "en"})
    client.post("/account/password/reset/", {"email": "nobody@cast.example"})
    (letter,) = mail.outbox
    assert letter.subject == "Nobody signs in with this address"
    assert "/account/" not in str(letter.body)


def test_an_inactive_user_gets_what_a_stranger_gets(cast: Cast, client: Client) -> None:
    User.objects.filter(pk=cast.founder.user.pk).update(is_active=False)
    client.post("/account/password/reset/", {"email": cast.founder.user.email})
    assert [letter.subject for letter in mail.outbox] == ["Tällä osoitteella ei ole käyttäjää"]


def test_changes_are_told_without_addresses_or_browsers(
    cast: Cast, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    browser = sign_in(cast.adviser, HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    with django_capture_on_commit_callbacks(execute=True):
        _set_up_app(browser)
    new = "aivan toinen salasana 3"
    browser.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [letter.subject for letter in mail.outbox] == ["Todennussovellus lisättiin", "Salasanasi vaihdettiin"]
    for letter in mail.outbox:
        assert "127.0.0.1" not in str(letter.body).replace(settings.LUUKKU_BASE_URL, "")
        assert "Firefox" not in str(letter.body)


def test_a_reset_second_step_is_told_by_the_worker(cast: Cast, run_jobs: Callable[..., int]) -> None:
    actions.reset_second_factor(by=cast.admin.actor, user=cast.adviser.user)
    assert not mail.outbox
    run_jobs()
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Kirjautumisesi toinen vaihe nollattiin", [cast.adviser.user.email])
    assert "/account/login/" in str(letter.body)
