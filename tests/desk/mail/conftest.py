"""A real mailbox of the region's door, and mails as people and programs write them."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest

from luukku.core.actor import HOUSE, act_as_house
from luukku.desk.actions.mailboxes import MailboxForm, set_mailbox
from luukku.desk.models import Mailbox
from tests.cast import Cast
from tests.harness import mailstore
from tests.harness.mailstore import PASSWORD, USER, MailStore

ADDRESS = "asia@koskimaa.example"
WORDS = "Hei,\n\nhaluan avata kahvilan Koskimaalle. Mistä saan rahoitusta laitteisiin?\n\nTerveisin\nKaisa Kahvila"
Write = Callable[..., EmailMessage]


@pytest.fixture(scope="session")
def _running_store() -> Iterator[MailStore]:
    with mailstore.mail_store() as store:
        yield store


@pytest.fixture
def store(_running_store: MailStore) -> Iterator[MailStore]:
    """Empty, and as it was set up."""
    yield _running_store
    _running_store.set_password(PASSWORD)
    if _running_store.process is None:
        _running_store.start()
    _running_store.clear()


@pytest.fixture
def box(store: MailStore, cast: Cast) -> Mailbox:
    form = MailboxForm(ADDRESS, "127.0.0.1", store.port, "none", USER, password=PASSWORD)
    with act_as_house("set up a mailbox"):
        return set_mailbox(by=HOUSE, region=cast.here.region, form=form)


@pytest.fixture
def letter() -> Write:
    """`letter("words", subject="…", **{"In-Reply-To": …})`: a mail from Kaisa to the door."""

    def make(words: str = WORDS, *, sender: str = "Kaisa Kahvila <kaisa@customer.example>", to: str = ADDRESS, **headers: Any) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, to
        mail["Subject"] = headers.pop("subject", "Kahvila Koskimaalle")
        mail["Message-ID"] = headers.pop("message_id", None) or make_msgid(domain="customer.example")
        mail["Date"] = "Mon, 16 Nov 2026 10:00:00 +0200"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(words)
        return mail

    return make
