"""No page of one's own sign-in, and no mail about it, has English words left in Finnish or Swedish."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation

from luukku.accounts.mails import LETTERS, letter_for
from luukku.accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.totp import code_of
from tests.cast import Cast
from tests.harness.client import Client

Pages = dict[str, str]
SAME = {
    "Luukku",
    "Suomi",
    "Svenska",
    "English",
    "Fanny Founder",
    "PIN",
    "founder@cast.example",
    "x@cast.example",
    "nobody@cast.example",
    "Test Provider",
}
# Pages that lead elsewhere by themselves, or answer only to a POST.
NO_PAGE = {
    "account_landing", "account_language", "usersessions_end", "usersessions_end_others", "mfa_list_webauthn", "mfa_login_webauthn",
    "mfa_download_recovery_codes", "openid_connect_callback", "openid_connect_login", "account_signup", "account_email",
    "account_email_verification_sent", "socialaccount_signup", "socialaccount_connections",
}  # fmt: skip


class _Words(HTMLParser):
    """The sentences of <main>, titles, labels and alternative texts."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.skip = False, 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.skip += tag in ("script", "code", "option")
        if self.inside:
            self.found += [value for name, value in attrs if name in ("alt", "title", "aria-label", "data-label", "placeholder") and value]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.skip -= tag in ("script", "code", "option")

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skip and re.search("[A-Za-z]{2}", data):
            self.found.append(" ".join(data.split()))


def words_of(page: str) -> set[str]:
    parser = _Words()
    parser.feed(page)
    titles = re.findall(r"<title>(.*?) – Luukku", page, re.DOTALL)
    return {word for word in [*parser.found, *(title.strip() for title in titles)] if word and word not in SAME}


def _outside(browser: Client) -> Iterator[tuple[str, str, str]]:
    def get(name: str, path: str) -> tuple[str, str, str]:
        return name, path, browser.get(path).content.decode()

    def post(name: str, path: str, /, **data: str) -> tuple[str, str, str]:
        return f"{name}, refused", path, browser.post(path, data).content.decode()

    yield get("account_login", "/account/login/")
    yield post("account_login", "/account/login/", login="x@cast.example", password="wrong")
    yield post("account_login", "/account/login/", login="x", password="")
    yield get("account_request_login_code", "/account/login/code/")
    yield post("account_request_login_code", "/account/login/code/", email="x")
    yield get("account_reset_password", "/account/password/reset/")
    yield get("account_reset_password_done", "/account/password/reset/done/")
    yield get("account_reset_password_from_key", "/account/password/reset/key/1-x-y/")
    yield get("account_reset_password_from_key_done", "/account/password/reset/key/done/")
    yield get("account_inactive", "/account/inactive/")
    yield get("socialaccount_login_cancelled", "/account/external/cancelled/")
    yield get("socialaccount_login_error", "/account/external/error/")
    browser.post("/account/login/code/", {"email": "nobody@cast.example"})
    yield get("account_confirm_login_code", "/account/login/code/confirm/")
    yield post("account_confirm_login_code", "/account/login/code/confirm/", code="x")


def _inside(browser: Client, user: User) -> Iterator[tuple[str, str, str]]:
    def get(name: str, path: str, note: str = "") -> tuple[str, str, str]:
        return name + note, path, browser.get(path).content.decode()

    def post(name: str, path: str, /, **data: str) -> tuple[str, str, str]:
        return f"{name}, refused", path, browser.post(path, data, follow=True).content.decode()

    yield get("mfa_index", "/account/2fa/", ", empty")
    page = browser.get("/account/2fa/totp/activate/")
    yield "mfa_activate_totp", "/account/2fa/totp/activate/", page.content.decode()
    yield post("mfa_activate_totp", "/account/2fa/totp/activate/", code="1")
    secret = str(browser.get("/account/2fa/totp/activate/").context["form"].secret)
    done = browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    yield "mfa_view_recovery_codes", "", done.content.decode()
    key = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "PIN", "credential": {}})
    assert WebAuthn(key).name == "PIN"
    yield get("mfa_index", "/account/2fa/")
    yield get("mfa_edit_webauthn", f"/account/2fa/webauthn/keys/{key.pk}/edit/")
    yield get("mfa_remove_webauthn", f"/account/2fa/webauthn/keys/{key.pk}/remove/")
    key.delete()
    yield get("mfa_deactivate_totp", "/account/2fa/totp/deactivate/")
    yield get("mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/")
    yield get("mfa_add_webauthn", "/account/2fa/webauthn/add/")
    yield post("mfa_add_webauthn", "/account/2fa/webauthn/add/", name="x", credential="{}")
    yield get("mfa_reauthenticate", "/account/2fa/reauthenticate/")
    yield post("mfa_reauthenticate", "/account/2fa/reauthenticate/", code="1")
    yield get("account_mine", "/account/")
    yield get("usersessions_list", "/account/sessions/")
    yield get("account_change_password", "/account/password/change/")
    weak = {"password1": "short", "password2": "other"}
    yield post("account_change_password", "/account/password/change/", oldpassword="wrong", **weak)
    yield post("account_change_password", "/account/password/change/", oldpassword="", password1="founder@cast.example", password2="")
    yield get("account_reauthenticate", "/account/reauthenticate/")
    yield post("account_reauthenticate", "/account/reauthenticate/", password="wrong")
    yield get("account_logout", "/account/logout/")
    again = _browser(browser.cookies["luukku_language"].value)
    again.post("/account/login/", {"login": user.email, "password": PASSWORD})
    yield "mfa_authenticate", "", again.get("/account/2fa/authenticate/").content.decode()
    yield "mfa_authenticate, refused", "", again.post("/account/2fa/authenticate/", {"code": "1"}).content.decode()


def _browser(language: str) -> Client:
    browser = Client()
    browser.cookies.load({"luukku_language": language})
    return browser


def _pages(language: str, user: User) -> Pages:
    Authenticator.objects.all().delete()
    browser = _browser(language)
    pages = {f"{place} {name}": page for place, (name, _, page) in enumerate(_outside(browser))}
    browser = _browser(language)  # the other waits for its code
    browser.post("/account/login/", {"login": user.email, "password": PASSWORD})
    pages |= {f"{place} {name}, signed in": page for place, (name, _, page) in enumerate(_inside(browser, user))}
    user.set_unusable_password()
    user.save()
    browser = _browser(language)
    browser.sign_in(user)
    pages["0 account_set_password"] = browser.get("/account/password/set/").content.decode()
    user.set_password(PASSWORD)
    user.save()
    return pages


def _names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for each in patterns:
        found |= _names(each.url_patterns) if isinstance(each, URLResolver) else {each.name or ""}
    return found


@pytest.fixture
def pages(cast: Cast, sign_in: Callable[..., Client]) -> Callable[[str], Pages]:
    sign_in(cast.founder)
    return lambda language: _pages(language, cast.founder.user)


def test_every_page_of_ones_account_is_finnish_in_finnish_and_swedish_in_swedish(pages: Callable[[str], Pages]) -> None:
    english, *others = (pages(language) for language in ("en", "fi", "sv"))
    account = next(each for each in get_resolver().url_patterns if str(each.pattern) == "account/")
    assert isinstance(account, URLResolver)
    seen = {name.split()[1].rstrip(",") for name in english}
    openness = _names(account.url_patterns) - NO_PAGE - {"mfa_reauthenticate_webauthn"}
    assert openness <= seen, f"pages not looked at: {openness - seen}"
    left = {}
    for language, other in zip(("fi", "sv"), others, strict=True):
        assert other.keys() == english.keys()
        for name, page in other.items():
            assert page.strip(), name
            if same := words_of(page) & words_of(english[name]):
                left[f"{language} {name}"] = same
    assert not set().union(*left.values()), left


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_mail_is_in_the_language_of_its_receiver(cast: Cast, kind: str) -> None:
    given = {"code": "ABC-123", "password_reset_url": "http://x/", "at": timezone.now()}
    said = {}
    for language in ("en", "fi", "sv"):
        User.objects.filter(pk=cast.founder.user.pk).update(language=language)
        with translation.override("en"):
            letter = letter_for(kind, cast.founder.user.email, given)
        html = str(letter.alternatives[0][0])
        assert letter.extra_headers["Content-Language"] == language
        assert f'<html lang="{language}"' in html
        assert not re.search(r"%\(|\{\{", f"{letter.subject} {letter.body!s} {html}")
        said[language] = {line.strip() for line in [str(letter.subject), *str(letter.body).splitlines()] if re.search("[a-z]{3} ", line)}
    assert said["en"]
    assert not said["en"] & said["fi"]
    assert not said["en"] & said["sv"]
    assert not said["fi"] & said["sv"]
