"""The whole product as it runs: a region with its services, a web server, a job worker, a mail server, a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from playwright.sync_api import Browser

from luukku.catalogue.actions.load_catalogue import load_catalogue
from luukku.catalogue.actions.providing import provide
from luukku.catalogue.models import Service
from luukku.core.actor import act_as_house
from luukku.core.remembered import forget_all
from tests.cast import Cast, Member, assemble
from tests.harness.browser import chromium
from tests.harness.processes import Live, Mailbox, Process

PASSWORD = "kolme pientä luukkua"
GIVEN = ("financing-advice", "microfinance", "founding-advice")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module. Its driver keeps a loop in this thread, which Django would take for asynchronous code."""
    with pytest.MonkeyPatch.context() as patch, chromium() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield running


@dataclass(frozen=True)
class House:
    """Everything at once, and its people."""

    live: Live
    mail: Mailbox
    cast: Cast
    secret: str  # of the adviser's authenticator app


def standing_cast() -> Cast:
    """The cast in a region that gives the product's own services."""
    cast = assemble()
    with act_as_house("a catalogue for the whole walk") as house:
        load_catalogue(by=house)
        for service in Service.objects.filter(code__in=GIVEN):
            provide(by=house, service=service, organisation=cast.here.organisation, region=cast.here.region, person=cast.adviser.someone)
    forget_all()
    return cast


def secret_of(member: Member) -> str:
    """Give her a password and an authenticator app; the app's secret."""
    secret: str = generate_totp_secret()
    Authenticator.objects.filter(user=member.user).update(data={"secret": get_adapter().encrypt(secret)})
    member.user.set_password(PASSWORD)
    member.user.save()
    return secret


@pytest.fixture
def house(transactional_db: None, live: Live, mail_server: Mailbox, worker: Callable[[], Process], monkeypatch: pytest.MonkeyPatch) -> House:
    """The adviser may sign in by password and code."""
    cast = standing_cast()
    monkeypatch.setenv("LUUKKU_BASE_URL", live.url)
    worker()
    return House(live, mail_server, cast, secret_of(cast.adviser))
