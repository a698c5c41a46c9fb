"""Somebody with a password, and the ways in."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from luukku.accounts.models import User
from tests.cast import Cast, Member, assemble
from tests.harness.client import Client, forms_of

PASSWORD = "kolme pientä luukkua"


@pytest.fixture
def cast(db: None) -> Cast:
    """As they are on their first day: nobody has a second factor yet."""
    everybody = assemble()
    Authenticator.objects.all().delete()
    return everybody


@pytest.fixture
def with_password(cast: Cast) -> Callable[[Member], User]:
    def give(member: Member) -> User:
        if not member.user.check_password(PASSWORD):  # a new hash would end her sessions
            member.user.set_password(PASSWORD)
            member.user.save()
        return member.user

    return give


@pytest.fixture
def sign_in(with_password: Callable[[Member], User]) -> Callable[..., Client]:
    """By the sign-in page, as she would: `sign_in(cast.adviser)`."""

    def enter(member: Member, browser: Client | None = None, **headers: str) -> Client:
        browser = browser or Client()
        with_password(member)
        page = browser.get("/account/login/")
        answer = browser.submit(page, {"login": member.user.email, "password": PASSWORD}, form=_login(page), **headers)
        assert answer.status_code == 302, answer.content
        return browser

    return enter


def _login(page: Any) -> int:
    """The place of the password form among the page's forms."""
    posts = [each for each in forms_of(page) if each.method == "post"]
    return next(place for place, each in enumerate(posts) if each.action == "/account/login/")
