"""Doors besides the region's: an organisation's own, and the whole nation's."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luukku.core.actor import PUBLIC, act_as
from luukku.core.errors import RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from luukku.desk.web.rule_words import why
from luukku.network.actions.desks import edit_desk
from luukku.network.models import Region, RegionMunicipality
from tests.cast import Cast
from tests.harness.client import Client

GIVEN = {"words": "Haluan palkata ensimmäisen työntekijäni.", "name": "Kaisa Kahvila", "email": "kaisa@customer.example", "language": "fi"}


@pytest.fixture
def door(cast: Cast) -> str:
    """The address of the partner's own door."""
    desk = cast.partner_desk
    edit_desk(by=cast.coordinator.actor, desk=desk, names={"fi": desk.name_fi}, phone="040 555 7777", has_door=True)
    return f"/{desk.region.code}/{cast.partners.code}/"


def form_of(client: Client, address: str) -> str:
    """The page of the form to which the short address leads."""
    return str(client.get(address)["Location"])


def test_need_by_an_own_door_goes_to_that_desk_with_promise_and_receipt(client: Client, cast: Cast, door: str) -> None:
    page = client.get(form_of(client, door))
    assert cast.partners.name_fi in page.content.decode()
    assert "tel:+358405557777" in page.content.decode()
    sent = client.submit(page, GIVEN | {"municipality": cast.here.municipality.code}, form="sending")
    assert sent.status_code == 302
    leg = Leg.objects.get()
    assert leg.desk == cast.partner_desk
    assert leg.due_kind == "taken-up"
    assert leg.routed["by"] == "door"
    assert why(leg) == ["Asiakas tuli tämän organisaation oman sivun kautta."]
    assert OutgoingMail.objects.filter(kind="desk.receipt").count() == 1
    with act_as(cast.adviser.actor):
        assert not Case.objects.exists()  # the front desk has no part of it


def test_what_was_typed_stays_when_an_own_doors_form_comes_back(client: Client, cast: Cast, door: str) -> None:
    back = client.submit(client.get(form_of(client, door)), GIVEN | {"municipality": ""}, form="sending")
    assert back.status_code == 422
    assert "Haluan palkata" in back.content.decode()
    assert cast.partners.name_fi in back.content.decode()


def test_own_door_is_shown_behind_the_hatch_and_only_while_it_is_open(client: Client, cast: Cast, door: str) -> None:
    hatch = f"/luukun-takana/?region={cast.here.region.code}"
    assert f'href="{door}"' in client.get(hatch).content.decode()
    page = client.get(form_of(client, door))
    edit_desk(by=cast.coordinator.actor, desk=cast.partner_desk, names={"fi": "Tiski"}, phone="", has_door=False)
    assert f'href="{door}"' not in client.get(hatch).content.decode()
    assert client.get(door).status_code == 404
    assert client.submit(page, GIVEN | {"municipality": cast.here.municipality.code}, form="sending").status_code == 409
    cast.partner_desk.refresh_from_db()
    need = NeedForm(region=cast.here.region, words=GIVEN["words"], language="fi", name="K", email=GIVEN["email"], own_door=cast.partner_desk)
    with act_as(PUBLIC), pytest.raises(RuleBroken, match="suljettu"):
        send_need(by=PUBLIC, need=need)


def test_addresses_of_doors_that_are_not_there_are_not_found(client: Client, cast: Cast, door: str) -> None:
    for address in (
        f"/{cast.here.region.code}/{cast.here.organisation.code}/",
        f"/{cast.here.region.code}/nowhere/",
        f"/nowhere/{cast.partners.code}/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/{cast.there.region.code}/{cast.partners.code}/").status_code == 404


def test_nations_door_finds_the_region_of_the_municipality(client: Client, cast: Cast) -> None:
    page = client.get("/tarve/?need=Haluan+palkata")
    assert "Haluan palkata" in page.content.decode()
    sent = client.submit(page, GIVEN | {"municipality": cast.there.municipality.code}, form="sending")
    assert sent.status_code == 302
    case = Case.objects.get()
    assert case.region == cast.there.region
    assert client.get(sent["Location"]).status_code == 200


@pytest.mark.parametrize("closed", [False, True])
def test_nations_door_keeps_everything_and_asks_for_another_door_where_none_serves(client: Client, cast: Cast, closed: bool) -> None:
    place = cast.there.municipality
    if closed:
        Region.objects.filter(pk=cast.there.region.pk).update(is_live=False)
    else:
        RegionMunicipality.objects.filter(municipality=place).delete()
    plan = SimpleUploadedFile("suunnitelma.txt", b"Myymala torin laidalle")
    given = GIVEN | {"municipality": place.code, "phone": "040 555 0199", "company": "Kahvila Oy", "files": plan}
    back = client.submit(client.get("/tarve/"), given, form="sending")
    text = back.content.decode()
    assert (back.status_code, Case.objects.count()) == (422, 0)
    assert str(place.name) in text
    for typed in (*(value for value in GIVEN.values()), "040 555 0199", "Kahvila Oy", "suunnitelma.txt"):
        assert str(typed) in text, typed
    assert f"/?municipality={place.code}" in text
    near = cast.here.region if closed else cast.there.region
    sent = client.submit(back, {"to": near.code}, form="sending")
    case = Case.objects.get()
    assert client.get(sent["Location"]).status_code == 200
    assert (case.region, case.municipality, case.company_name) == (near, place, "Kahvila Oy")
    assert [each.file.name for each in case.attachments.all()] == ["suunnitelma.txt"]


def test_nations_door_offers_no_door_that_is_not_open(client: Client, cast: Cast) -> None:
    Region.objects.update(is_live=False)
    back = client.submit(client.get("/tarve/"), GIVEN | {"municipality": cast.here.municipality.code, "to": cast.here.region.code}, form="sending")
    assert (back.status_code, Case.objects.count()) == (422, 0)
    assert "Haluan palkata" in back.content.decode()
    assert 'name="to"' not in back.content.decode()


def test_nations_door_keeps_what_was_typed_and_asks_for_the_municipality(client: Client, cast: Cast) -> None:
    back = client.submit(client.get("/tarve/"), GIVEN, form="sending")
    assert back.status_code == 422
    assert "Valitse kuntasi" in back.content.decode()
    assert "Haluan palkata" in back.content.decode()


@pytest.mark.parametrize("again", [False, True])
def test_nations_door_takes_the_same_form_once(client: Client, cast: Cast, again: bool, send: Callable[..., Case]) -> None:
    page = client.get("/tarve/")
    given = GIVEN | {"municipality": cast.here.municipality.code}
    client.submit(page, given, form="sending")
    client.submit(page if again else client.get("/tarve/"), given, form="sending")
    assert Case.objects.count() == 1
