"""The tablet's page without scripts, and what a script is told."""

import uuid

import pytest

from luukku.core.actor import act_as
from luukku.desk.access.links import kiosk_token
from luukku.desk.actions.kiosks import end_kiosk, set_up_kiosk
from luukku.desk.models import Kiosk, KioskAnswer
from tests.cast import Cast
from tests.harness.client import Client

SCRIPT = {"X-Requested-With": "kiosk"}


@pytest.fixture
def kiosk(cast: Cast) -> Kiosk:
    with act_as(cast.desklead.actor) as lead:
        return set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")


@pytest.fixture
def address(kiosk: Kiosk) -> str:
    return f"/kioski/{kiosk_token(kiosk)}/"


def test_page_asks_in_three_languages_and_thanks(client: Client, address: str) -> None:
    shown = client.get(address)
    assert {"fi", "sv", "en"} <= {lang for lang in ("fi", "sv", "en") if f'<span lang="{lang}">' in shown.content.decode()}
    answer = client.submit(shown, {"face": "3"})
    assert answer.url == f"{address}kiitos/"
    assert KioskAnswer.objects.get().face == 3
    assert "Kiitos" in client.get(answer.url).content.decode()


def test_script_is_told_when_an_answer_is_kept_and_when_the_tablet_is_closed(client: Client, address: str, kiosk: Kiosk, cast: Cast) -> None:
    said = {"key": str(uuid.uuid4()), "face": "1", "given_at": "2026-11-20T10:00:00Z"}
    for _ in range(2):
        assert client.post(address, said, headers=SCRIPT, csrf=False).status_code == 204
    assert KioskAnswer.objects.count() == 1
    with act_as(cast.desklead.actor) as lead:
        end_kiosk(by=lead, kiosk=kiosk)
    assert client.post(address, said, headers=SCRIPT, csrf=False).status_code == 410
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("said", [{}, {"face": "9"}, {"face": "x"}, {"key": "no"}, {"given_at": "2026-99-99T10:00:00Z"}])
def test_nonsense_is_no_answer(client: Client, address: str, said: dict[str, str]) -> None:
    full = {"key": str(uuid.uuid4()), "face": "1"} | said if said else {}
    assert client.post(address, full, headers=SCRIPT, csrf=False).status_code == 400
    assert client.post(address, full, csrf=False).status_code == 200
    assert not KioskAnswer.objects.exists()


def test_unknown_address_shows_nothing_of_any_tablet(client: Client, kiosk: Kiosk) -> None:
    shown = client.get(f"/kioski/{'x' * 43}/")
    assert shown.status_code == 404
    assert "Aula" not in shown.content.decode()


def test_tablets_address_opens_no_case(client: Client, address: str) -> None:
    assert client.get(address.replace("/kioski/", "/s/")).status_code == 404


def test_worker_script_lies_under_the_tablets_address(client: Client) -> None:
    script = client.get("/kioski/tyontekija.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert b"fetch" in script.content
