"""The page that tells how it went, and the tablets on it."""

import uuid

import pytest

from luukku.core.actor import act_as
from luukku.desk.access.links import kiosk_actor, kiosk_token
from luukku.desk.actions.kiosks import answer_kiosk, set_up_kiosk
from luukku.desk.models import Kiosk
from tests.cast import Cast
from tests.harness.client import Client


@pytest.fixture
def kiosk(cast: Cast) -> Kiosk:
    with act_as(cast.desklead.actor) as lead:
        made = set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")
    visitor = kiosk_actor(kiosk_token(made))
    assert visitor is not None
    with act_as(visitor):
        answer_kiosk(by=visitor, kiosk=made, face=4, key=uuid.uuid4())
    return made


def test_lead_makes_a_tablet_renews_its_address_and_ends_it(client: Client, cast: Cast) -> None:
    client.sign_in(cast.desklead.user)
    assert client.submit(client.get("/palaute/tabletti/"), {"place": "Aula"}).status_code == 302
    kiosk = Kiosk.objects.get()
    old = kiosk_token(kiosk)
    assert old in client.get("/palaute/").content.decode()
    client.post(f"/palaute/tabletti/{kiosk.pk}/osoite")
    kiosk.refresh_from_db()
    assert kiosk_token(kiosk) != old
    client.post(f"/palaute/tabletti/{kiosk.pk}/lopeta")
    kiosk.refresh_from_db()
    assert kiosk.ended_at is not None


def test_missing_place_is_asked_for(client: Client, cast: Cast) -> None:
    client.sign_in(cast.desklead.user)
    assert client.submit(client.get("/palaute/tabletti/"), {"place": ""}).status_code == 422


def test_adviser_reads_the_answers_but_not_the_tablets_address(client: Client, cast: Cast, kiosk: Kiosk) -> None:
    client.sign_in(cast.adviser.user)
    shown = client.get("/palaute/").content.decode()
    assert "Aula" in shown
    assert "/kioski/" not in shown
    assert "4,0" in client.get("/palaute/taulukko.csv").content.decode()
    assert client.get("/palaute/tabletti/").status_code == 403
    assert client.post(f"/palaute/tabletti/{kiosk.pk}/lopeta").status_code == 403


def test_another_organisation_sees_neither(client: Client, cast: Cast, kiosk: Kiosk) -> None:
    client.sign_in(cast.partner.user)
    assert "Aula" not in client.get("/palaute/").content.decode()
    assert client.get(f"/palaute/?organisation={cast.here.organisation.code}").status_code == 403
    assert client.post(f"/palaute/tabletti/{kiosk.pk}/lopeta").status_code == 404


def test_coordinator_without_cases_is_told_no(client: Client, cast: Cast) -> None:
    client.sign_in(cast.coordinator.user)
    assert client.get("/palaute/").status_code == 403
