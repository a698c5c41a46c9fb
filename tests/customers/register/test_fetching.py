"""One company from the register's interface: a real server on this machine that answers as the real one has answered."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django import Settings

from luukku.core.actor import HOUSE
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.actions.register.fetching import fetch_company
from luukku.customers.actions.register.importing import fetch_and_apply
from luukku.customers.models import Company, ImportRun
from tests.cast import Cast
from tests.harness.processes import free_port

ANSWER = (Path(__file__).parent / "answer.json").read_bytes()
NONE = b'{"totalResults": 0, "companies": []}'


class _Register(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, bytes]]] = {"0112038-9": (200, ANSWER)}

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        status, body = self.answers.get(parse_qs(asked.query)["businessId"][0], (200, NONE)) if asked.path == "/v3/companies" else (404, b"")
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def register(settings: Settings) -> Iterator[type[_Register]]:
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), _Register)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.LUUKKU_REGISTER_URL = f"http://127.0.0.1:{server.server_port}/v3/"
    yield _Register
    server.shutdown()
    thread.join()
    server.server_close()


def test_company_is_fetched_by_business_id(register: type[_Register]) -> None:
    assert fetch_company("0112038-9") == json.loads(ANSWER)["companies"][0]
    assert fetch_company("0201256-6") is None


@pytest.mark.parametrize("answer", [(500, b""), (200, b"<html>"), (200, b"[]"), (200, b'{"totalResults": 1}')])
def test_register_that_answers_nonsense_does_not_answer(
    register: type[_Register], monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes]
) -> None:
    monkeypatch.setitem(register.answers, "0201256-6", answer)
    with pytest.raises(RuleBroken):
        fetch_company("0201256-6")


def test_register_that_was_asked_too_often_says_when_to_try_again(register: type[_Register], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(register.answers, "0201256-6", (429, b"slow down"))
    with pytest.raises(RuleBroken) as broken:
        fetch_company("0201256-6")
    assert "minuutin" in str(broken.value.message)


def test_register_that_is_not_there_does_not_answer(settings: Settings) -> None:
    settings.LUUKKU_REGISTER_URL = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(RuleBroken):
        fetch_company("0112038-9")


def test_fetched_company_is_brought_in_by_an_import_of_its_own(register: type[_Register], cast: Cast) -> None:
    company = fetch_and_apply(by=HOUSE, business_id="01120389")
    assert (company.name, company.business_id) == ("Nokia Oyj", "0112038-9")
    assert ImportRun.objects.get().report["new"] == 1
    fetch_and_apply(by=HOUSE, business_id="0112038-9")
    assert ImportRun.objects.latest("pk").report["unchanged"] == 1


def test_company_that_cannot_be_had_is_refused(register: type[_Register], cast: Cast) -> None:
    for wrong in ("0112038-8", "Nokia", "0201256-6"):
        with pytest.raises(RuleBroken):
            fetch_and_apply(by=HOUSE, business_id=wrong)
    with pytest.raises(NotAllowed):
        fetch_and_apply(by=cast.adviser.actor, business_id="0112038-9")
    assert not Company.objects.exists()
