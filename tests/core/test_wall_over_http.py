"""The second wall over real HTTP: SQL that forgets its scope, on the request's own connection, as luukku_web."""

import json
from typing import Any

import pytest
from django.conf import settings

from luukku.core.models import RateCount
from luukku.desk.models import Case, Message
from tests.cast import Cast, Member, assemble
from tests.factories.desk import MessageFactory, case_at
from tests.harness.client import Client
from tests.harness.processes import Live, web_server

pytestmark = pytest.mark.engine


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def open_wide(cast: Cast, tmp_path: Any) -> Any:
    """A server with views that try to see past the wall, and three cases: two here, one there."""
    for desk in (cast.here.desk, cast.here.desk, cast.there.desk):
        MessageFactory.create(case=case_at(desk))
    with web_server(tmp_path / "log", LUUKKU_TEST_URLS="tests.sample.urls") as live:
        yield live


def as_member(live: Live, path: str, member: Member | None) -> tuple[int, Any]:
    """Status and answer to somebody who has signed in."""
    headers = {}
    if member is not None:
        browser = Client()
        browser.sign_in(member.user)
        name = settings.SESSION_COOKIE_NAME
        headers = {"Cookie": f"{name}={browser.cookies[name].value}"}
    status, answer_headers, body = live.get(path, headers)
    return status, json.loads(body) if "json" in answer_headers.get("content-type", "") else body.decode()


def test_unscoped_reads_give_each_only_her_own(open_wide: Live, cast: Cast) -> None:
    wanted = {cast.adviser: 2, cast.desklead: 2, cast.outsider: 1, cast.partner: 0, cast.coordinator: 0, cast.admin: 0, cast.editor: 0, None: 0}
    for member, cases in wanted.items():
        assert as_member(open_wide, "/sample/raw", member) == (200, {"role": "luukku_web", "login": "luukku_web", "cases": cases}), member


def test_a_page_that_is_rendered_lazily_is_behind_the_wall_and_not_empty(open_wide: Live, cast: Cast) -> None:
    ours = [str(case.pk) for case in Case.objects.filter(region=cast.here.region).order_by("id")]
    assert as_member(open_wide, "/sample/lazily", cast.adviser)[1].split() == ours
    assert as_member(open_wide, "/sample/lazily", cast.partner)[1].split() == []


def test_a_stream_sees_nothing_unless_it_says_who_reads(open_wide: Live, cast: Cast) -> None:
    assert as_member(open_wide, "/sample/streamed", cast.adviser) == (200, "luukku_web 0")
    assert as_member(open_wide, "/sample/streamed-as-actor", cast.adviser) == (200, "luukku_web 2")
    assert as_member(open_wide, "/sample/streamed-as-actor", cast.outsider) == (200, "luukku_web 1")
    assert as_member(open_wide, "/sample/streamed-as-actor", None) == (200, "luukku_web 0")


def test_the_connection_forgets_the_last_actor(open_wide: Live, cast: Cast) -> None:
    for member, cases in ((cast.adviser, 2), (None, 0), (cast.outsider, 1), (None, 0)) * 2:
        assert as_member(open_wide, "/sample/raw", member)[1]["cases"] == cases


def test_no_way_out_is_open(open_wide: Live, cast: Cast) -> None:
    for member in (cast.adviser, cast.admin, None):
        assert as_member(open_wide, "/sample/escapes", member) == (200, {"passed": [], "role": "luukku_web"})
    assert Case.objects.count() == 3


def test_unscoped_writes_reach_no_foreign_row(open_wide: Live, cast: Cast) -> None:
    for member in (cast.partner, cast.coordinator, cast.admin, None):
        assert as_member(open_wide, "/sample/write", member)[1] == {"updated": 0, "deleted": 0, "seen": 0}
    assert not Case.objects.filter(subject="broken into").exists()
    assert Message.objects.count() == 3


def test_a_request_that_fails_or_is_refused_leaves_nothing(open_wide: Live, cast: Cast) -> None:
    assert as_member(open_wide, "/sample/crash", cast.adviser)[0] == 500
    assert as_member(open_wide, "/sample/refuse", cast.adviser)[0] == 403
    assert RateCount.objects.count() == 0


def test_the_log_holds_route_and_place_but_nothing_of_a_person(open_wide: Live, cast: Cast) -> None:
    as_member(open_wide, "/sample/link/very-secret-token?email=fanny@cast.example", cast.founder)
    as_member(open_wide, "/sample/crash", cast.founder)
    as_member(open_wide, "/no-such-page/other-secret-token", None)
    log = open_wide.process.log
    for secret in ("very-secret-token", "other-secret-token", "fanny", "Fanny", "040 555", "127.0.0.1"):
        assert secret not in log.split("Luukku answers on")[1].split("\n", 1)[1], secret
    assert "sample_link" in log
    assert "RuntimeError" in log
    assert "urls.py" in log
