"""The nation's operator: logs, routes, and has only a number left."""

from collections.abc import Callable

import pytest
from django.db import connection

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.customers.models import Contact
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from luukku.network.enums import Role
from luukku.network.models import RegionMunicipality, Seat
from tests.cast import Cast, Member, member
from tests.harness.client import Client

GIVEN = {"who": "new", "name": "Kaisa Kahvila", "phone": "040 555 0199", "words": "Haluan palkata ensimmäisen työntekijäni.", "language": "fi"}


@pytest.fixture
def operator(cast: Cast) -> Member:
    return member("operator", "Outi Operator", Role.OPERATOR)


def test_operator_lands_on_the_log_screen_and_routes_by_municipality(client_of: Callable[[Member], Client], operator: Member, cast: Cast) -> None:
    browser = client_of(operator)
    assert browser.get("/account/landing/")["Location"] == "/kirjaa/"
    done = browser.submit(browser.get("/kirjaa/"), GIVEN | {"municipality": cast.there.municipality.code})
    assert done.status_code == 302
    leg = Leg.objects.select_related("case").get()
    assert (leg.case.region, leg.desk, leg.due_kind) == (cast.there.region, cast.there.desk, "taken-up")
    told = browser.get(done["Location"]).content.decode()
    assert leg.case.number in told
    assert leg.case.logged_by_id is None
    with act_as(cast.outsider.actor):
        assert Case.objects.get().own_words == GIVEN["words"]


def test_after_routing_nothing_but_the_number_is_left(client_of: Callable[[Member], Client], operator: Member, cast: Cast) -> None:
    browser = client_of(operator)
    browser.submit(browser.get("/kirjaa/"), GIVEN | {"municipality": cast.here.municipality.code})
    case = Case.objects.get()
    for address in (f"/asia/{case.number}/", f"/omat/{case.number}/"):
        assert browser.get(address).status_code in (403, 404), address
    with act_as(operator.actor), connection.cursor() as cursor:
        for model in (Case, Leg, Contact):
            assert not model._default_manager.exists()
        for table in ("desk_message", "desk_statuslink", "desk_clock", "desk_proposal", "core_event where subject_kind = 'desk.case'"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0, table
    assert "Kaisa" not in browser.get("/haku?q=Kahvila").content.decode()


def test_operator_chooses_another_region_than_the_callers_own(client_of: Callable[[Member], Client], operator: Member, cast: Cast) -> None:
    browser = client_of(operator)
    browser.submit(browser.get("/kirjaa/"), GIVEN | {"municipality": cast.here.municipality.code, "region": cast.there.region.code})
    case = Case.objects.get()
    assert (case.region, case.municipality) == (cast.there.region, cast.here.municipality)


def test_where_no_region_serves_the_screen_says_so_and_keeps_the_words(client_of: Callable[[Member], Client], operator: Member, cast: Cast) -> None:
    RegionMunicipality.objects.filter(municipality=cast.there.municipality).delete()
    browser = client_of(operator)
    for place in ("", cast.there.municipality.code):
        back = browser.submit(browser.get("/kirjaa/"), GIVEN | {"municipality": place})
        assert back.status_code == 422
        assert GIVEN["words"] in back.content.decode()
    assert not Case.objects.exists()


def test_routing_is_the_operators_and_handling_is_not(operator: Member, cast: Cast) -> None:
    need = NeedForm(region=cast.here.region, words=GIVEN["words"], language="fi", name="Kaisa", phone="040 555 0199", channel="phone")
    with act_as(operator.actor) as actor:
        for fields in ({}, {"routed": True, "take_it": True}):
            with pytest.raises(NotAllowed):
                send_need(by=actor, need=NeedForm(**need.__dict__ | fields))
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        send_need(by=actor, need=NeedForm(**need.__dict__ | {"routed": True}))
    with act_as(cast.national.actor) as actor, pytest.raises(NotAllowed):
        send_need(by=actor, need=NeedForm(**need.__dict__ | {"routed": True}))


def test_adviser_who_is_operator_too_gets_no_part_of_what_she_routes(client_of: Callable[[Member], Client], operator: Member, cast: Cast) -> None:
    Seat.objects.create(person=cast.adviser.someone, role=Role.OPERATOR)
    browser = client_of(cast.adviser)
    browser.submit(browser.get("/kirjaa/?maa"), GIVEN | {"municipality": cast.there.municipality.code})
    with act_as(cast.adviser.actor):
        assert not Case.objects.exists()


def test_others_do_not_reach_the_nations_screen(client_of: Callable[[Member], Client], cast: Cast) -> None:
    assert client_of(cast.national).get("/kirjaa/").status_code == 403
    assert "koko maan" not in client_of(cast.adviser).get("/kirjaa/?maa").content.decode()
