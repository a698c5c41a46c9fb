"""The network watches itself: what is lacking is seen, a start is guided, talks end with a summary, and only those who keep a network read them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core import mail as django_mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from luukku.core.actor import HOUSE, Actor, act_as_house
from luukku.core.errors import NotAllowed
from luukku.core.watching import network_points
from luukku.governance.actions.networks import TalkForm, watch, write_talk
from luukku.governance.models import NetworkTalk, NetworkWatch, TalkStep
from luukku.governance.models.networks import TalkKind
from luukku.governance.queries.networks import network_rows, stage_of, standing
from luukku.network.actions.seats import end_seat
from luukku.network.enums import Role
from luukku.network.models import Seat
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
As = Callable[[Member | Actor], AbstractContextManager[Actor]]
pytestmark = pytest.mark.django_db


def look() -> int:
    with act_as_house("see how networks stand"):
        return watch(by=HOUSE)


def talk(cast: Cast, by: Member | None = None) -> NetworkTalk:
    day = timezone.localdate()
    form = TalkForm(kind=TalkKind.START, day=day, summary="Sovimme alusta.", met=cast.coordinator.someone, steps=[("Kutsu koolle", day), ("", None)])
    return write_talk(by=(by or cast.area).actor, region=cast.here.region, form=form)


def test_stage_is_the_last_before_something_lacks() -> None:
    assert stage_of({}) == 1
    everything = {
        "network.parties", "network.people", "network.coordinator", "network.door", "governance.groups", "governance.year", "governance.meets",
        "plans.begun", "plans.approved", "desk.figures", "governance.assessed",
    }  # fmt: skip
    assert everything <= {key for key, _ in network_points.items()}
    assert stage_of({key: True for key, _ in network_points.items()}) == 5
    assert stage_of({key: key != "desk.figures" for key, _ in network_points.items()}) == 3


def test_empty_seat_of_the_coordinator_is_seen_and_told_to_the_area(cast: Cast, run_jobs: Callable[..., int]) -> None:
    assert look() == 0
    found = NetworkWatch.objects.get(region=cast.here.region)
    assert found.points["network.coordinator"]
    assert not NetworkWatch.objects.get(region=cast.there.region).points["network.coordinator"]
    end_seat(by=cast.admin.actor, seat=Seat.objects.get(person=cast.coordinator.someone))
    assert look() == 1
    found.refresh_from_db()
    assert not found.points["network.coordinator"]
    assert found.since["network.coordinator"] == timezone.localdate().isoformat()
    run_jobs()
    assert [sent.to for sent in django_mail.outbox] == [["area@cast.example"]]
    assert look() == 0
    lacking = [str(line.lacking) for line in standing(cast.here.region, found).lacking]
    assert "Koordinaattorin paikka on tyhjä" in lacking


def test_area_sees_its_own_networks_and_the_nation_all(cast: Cast) -> None:
    look()
    assert [row.standing.region for row in network_rows(cast.area.actor)] == [cast.here.region]
    assert {row.standing.region for row in network_rows(cast.national.actor)} >= {cast.here.region, cast.there.region}
    with pytest.raises(NotAllowed):
        watch(by=cast.national.actor)


def test_table_of_networks_costs_the_same_however_many_there_are(cast: Cast, sql_count: Callable[..., AbstractContextManager[object]]) -> None:
    look()
    actor = cast.national.actor
    with sql_count(at_most=6):
        assert network_rows(actor)


def test_guide_is_read_from_facts_and_leads_to_the_next_step(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.coordinator).get("/verkostot/koskimaa/aloitus").content.decode()
    assert "Tehty: " in page
    assert "/ryhmat/uusi?seutu=koskimaa" in page
    assert client_of(cast.coordinator).get("/verkostot/saarela/aloitus").status_code == 404
    assert client_of(cast.adviser).get("/verkostot/").status_code == 403


def test_regions_page_leads_its_coordinator_to_the_guide_and_says_when_nobody_has_looked(client_of: ClientOf, cast: Cast) -> None:
    address, guide = f"/verkosto/seudut/{cast.here.region.code}/", reverse("governance:network_start", args=[cast.here.region.code])
    seen = client_of(cast.coordinator).get(address).content.decode()
    assert guide in seen
    assert "Ei vielä katsottu" in seen
    assert guide not in client_of(cast.adviser).get(address).content.decode()


def test_guide_leads_to_the_year_and_the_plans_of_a_network_whose_door_is_still_closed(client_of: ClientOf, cast: Cast) -> None:
    region = cast.here.region
    region.is_live = False
    region.save(update_fields=["is_live"])
    national = client_of(cast.national)
    for key in ("governance.year", "plans.begun", "plans.approved"):
        page = national.get(network_points[key].url(region.code))
        assert page.status_code == 200
        assert "Koskimaa" in page.content.decode().partition("<h1")[2]
    assert client_of(cast.coordinator).get("/vuosikello/?seutu=koskimaa").status_code == 200


def test_talk_that_is_sent_twice_is_written_down_once(cast: Cast) -> None:
    form = TalkForm(kind=TalkKind.TALK, day=timezone.localdate(), summary="Sovimme alusta.")
    key = "0e9dd0ae-51a4-4d04-9b4c-0f6f5f5b9a11"
    talks = [write_talk(by=cast.area.actor, region=cast.here.region, form=form, submit_key=key) for _ in range(2)]
    assert talks[0] == talks[1] == NetworkTalk.objects.get()


def test_visit_ends_with_a_summary_and_steps_that_are_ticked(client_of: ClientOf, cast: Cast) -> None:
    look()
    area = client_of(cast.area)
    form = area.get("/verkostot/koskimaa/keskustelu")
    assert area.submit(form, {"kind": "start", "summary": ""}).status_code == 422
    without = {"kind": "start", "summary": "Kolme osapuolta on mukana."}
    assert "askel" in area.submit(form, without).content.decode().partition("error-summary")[2][:900]
    told = {"kind": "start", "summary": "Kolme osapuolta on mukana.", "met": str(cast.coordinator.someone.pk), "step1": "Kutsu ohjausryhmä"}
    assert area.submit(form, told).status_code == 302
    coordinator = client_of(cast.coordinator)
    assert "Kutsu ohjausryhmä" in coordinator.get("/tehtavat/").content.decode()
    page = coordinator.get("/verkostot/koskimaa/")
    assert "Kolme osapuolta on mukana." in page.content.decode()
    assert coordinator.submit(page, form=f"step{TalkStep.objects.get().pk}").status_code == 302
    assert TalkStep.objects.get().done_at is not None
    assert "Kutsu ohjausryhmä" not in coordinator.get("/tehtavat/").content.decode()
    assert "Kolme osapuolta" not in client_of(cast.steering).get("/verkostot/koskimaa/").content.decode()


def test_talk_is_read_by_who_keeps_the_network_today_and_by_nobody_else(cast: Cast, as_: As) -> None:
    found = talk(cast)
    for reader in (cast.area, cast.coordinator, cast.national):
        with as_(reader):
            assert NetworkTalk.objects.filter(pk=found.pk).exists()
            assert TalkStep.objects.count() == 1
    for other in (cast.adviser, cast.steering, cast.outsider, cast.admin, cast.founder):
        with as_(other):
            assert not NetworkTalk.objects.exists()
            assert not TalkStep.objects.exists()
    seat = Seat.objects.get(person=cast.national.someone, role=Role.NATIONAL_OWNER)
    former = cast.national.actor
    end_seat(by=cast.admin.actor, seat=seat)
    with as_(former):
        assert not NetworkTalk.objects.exists()


def test_nobody_writes_of_a_network_that_she_does_not_keep(cast: Cast, as_: As) -> None:
    for other in (cast.outsider, cast.adviser, cast.steering):
        with pytest.raises(NotAllowed):
            talk(cast, by=other)
        with as_(other), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into governance_networktalk (region_id, kind, day, person_id, summary, created_at, readers)"
                " values (%s, 'talk', now(), %s, 'x', now(), '{}')",
                [cast.here.region.pk, other.someone.pk],
            )
