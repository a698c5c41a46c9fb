"""The harness: a real PostgreSQL, people of the cast, a client with a browser's manners. It fails on silence (see tests/harness)."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from luukku.core.actor import Actor, act_as
from luukku.core.remembered import forget_all
from tests.cast import Cast, Member, assemble
from tests.harness import counting, database, jobs, needs, processes, silence
from tests.harness.client import Client


def pytest_collection_finish(session: pytest.Session) -> None:
    """A program that the chosen tests need and this machine has not stops the run before the first of them."""
    fixtures = {name for item in session.items for name in getattr(item, "fixturenames", ())}
    wanting = " ".join(needs.missing(fixtures))
    if wanting and hasattr(session.config, "workerinput"):
        session.shouldstop = wanting  # one of several processes: told to the one that started them
    elif wanting:
        pytest.exit(wanting, returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """A process that is to stop runs nothing more."""
    return True if item.session.shouldstop else None


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's: server, migrated template, one clone for this process."""
    with django_db_blocker.unblock(), database.running_server(), database.own_clone():
        yield


@pytest.fixture(scope="session", autouse=True)
def _committing_tests_get_their_own_database() -> Iterator[None]:
    """A transactional test works on a fresh clone, which is dropped: no flush, which would take reference data along."""
    clones: list[AbstractContextManager[str]] = []

    def enter(cls: type[TransactionTestCase]) -> None:
        clones.append(database.own_clone())
        clones[-1].__enter__()

    def leave(self: TransactionTestCase) -> None:
        clones.pop().__exit__(None, None, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(enter))
        patch.setattr(TransactionTestCase, "_fixture_teardown", leave)
        yield


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    with silence.no_other_hosts():
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_file_store() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="luukku-files-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LUUKKU_FILES", Path(folder))
        yield


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_raise() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings.TEMPLATES[0]["OPTIONS"], "string_if_invalid", silence.UndefinedVariable())
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What the process remembers belongs to the test before."""
    forget_all()
    translation.deactivate()  # what the test before spoke


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody of the cast in two small regions (see tests/cast.py)."""
    return assemble()


@pytest.fixture
def client() -> Client:
    """Nobody in particular, from the street."""
    return Client()


@pytest.fixture
def client_of(db: None) -> Callable[[Member], Client]:
    """`client_of(cast.adviser)`: a browser in which she has signed in."""

    def signed_in(member: Member) -> Client:
        browser = Client()
        browser.sign_in(member.user)
        return browser

    return signed_in


@pytest.fixture
def as_(db: None) -> Callable[[Member | Actor], AbstractContextManager[Actor]]:
    """`with as_(cast.adviser) as actor:` — what she does inside is behind the wall."""

    def acting(who: Member | Actor) -> AbstractContextManager[Actor]:
        return act_as(who.actor if isinstance(who, Member) else who)

    return acting


@pytest.fixture
def sql_count() -> Callable[..., AbstractContextManager[counting.Counted]]:
    """`with sql_count(8):` or `with sql_count(at_most=10) as counted:`."""
    return counting.sql_count


@pytest.fixture
def run_jobs(db: None) -> Callable[..., int]:
    """`run_jobs()` runs what is queued, inside the test's transaction."""
    return jobs.run_jobs


@pytest.fixture
def mail_server() -> Iterator[processes.Mailbox]:
    """A real SMTP server on this machine that keeps what it gets."""
    with processes.mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def real_mail(mail_server: processes.Mailbox, settings: Settings) -> processes.Mailbox:
    """This process sends its mail to `mail_server`."""
    settings.EMAIL_BACKEND = mail_server.env["LUUKKU_MAIL_BACKEND"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


@pytest.fixture
def live(transactional_db: None, tmp_path: Path) -> Iterator[processes.Live]:
    """`luukku serve` over real HTTP on the test's own database, logged in as luukku_web; what the test makes is committed."""
    assert connection.settings_dict["USER"] == "luukku_owner"
    with processes.web_server(tmp_path / "serve.log") as server:
        yield server


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path, mail_server: processes.Mailbox) -> Iterator[Callable[[], processes.Process]]:
    """`worker()` starts a real job worker as luukku_house, which sends to `mail_server`."""
    started: list[processes.Process] = []

    def begin() -> processes.Process:
        started.append(processes.job_worker(tmp_path / f"worker-{len(started)}.log", **mail_server.env))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
