"""Prospects: read by their seller alone, from stage to stage, closed with a reason, counted against the target."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event
from luukku.core.paging import Cursor
from luukku.network.models import Seat
from luukku.vitality.access import get_prospect, visible_prospects
from luukku.vitality.actions.forgetting import forget_contact, forget_lost, lost_due
from luukku.vitality.actions.prospects import begin_prospect, lose_prospect, make_case_of_prospect, open_again, take_on, win_prospect
from luukku.vitality.actions.targets import set_target
from luukku.vitality.models import Prospect
from luukku.vitality.queries.due import my_due
from luukku.vitality.queries.prospects import ON_BOARD, Tab, Wanted, board, listed, prospect_page
from luukku.vitality.queries.targets import reached
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.vitality.conftest import form_of, in_days

pytestmark = pytest.mark.django_db
Begun = Callable[..., Prospect]


def test_prospect_is_read_by_its_seller_and_by_nobody_else(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    with act_as(cast.desklead.actor) as lead:
        assert get_prospect(lead, prospect.pk).name == "Nordlicht Batterien GmbH"
    for member in (cast.partner, cast.outsider, cast.coordinator, cast.area, cast.national, cast.editor, cast.founder):
        with act_as(member.actor) as actor:
            with pytest.raises(NotFound):
                get_prospect(actor, prospect.pk)
            assert not Prospect.objects.exists(), member.name  # the database says so, too


def test_nobody_writes_prospects_for_another_organisation(cast: Cast) -> None:
    for member in (cast.partner, cast.coordinator, cast.steering):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            begin_prospect(by=actor, desk=cast.here.desk, form=form_of(cast))


def test_form_sent_twice_makes_one(cast: Cast) -> None:
    key = "5c2f3f0e-3a36-4c79-9b62-1a8f34b8a001"
    with act_as(cast.adviser.actor) as actor:
        first = begin_prospect(by=actor, desk=cast.here.desk, form=form_of(cast), submit_key=key)
        assert begin_prospect(by=actor, desk=cast.here.desk, form=form_of(cast), submit_key=key) == first


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name": " "}, "name"), ({"likely": 101}, "likely"), ({"wish": "moon"}, "wish"), ({"business_id": "1234567-8"}, "business_id"), ({"contact_email": "x"}, "contact_email")],
)  # fmt: skip
def test_what_cannot_be_so_is_told_at_its_field(cast: Cast, fields: dict[str, object], field: str) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        begin_prospect(by=actor, desk=cast.here.desk, form=form_of(cast, **fields))
    assert broken.value.field == field


def test_stage_sets_how_likely_it_is_and_the_seller_may_say_otherwise(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    assert prospect.likely == 5
    with act_as(cast.adviser.actor) as actor:
        moved = take_on(by=actor, prospect=prospect, stage="offered", next_step="Tarjous", next_on=in_days(3), words="Kävivät tontilla")
        assert (moved.stage, moved.likely) == ("offered", 50)
        assert take_on(by=actor, prospect=prospect, stage="deal", next_step="Sopimus", next_on=in_days(9), likely=90).likely == 90
        page = prospect_page(actor, prospect.pk)
        assert [(note.stage, note.words) for note in page.notes] == [("deal", ""), ("offered", "Kävivät tontilla")]
        with pytest.raises(RuleBroken):
            take_on(by=actor, prospect=prospect, stage="won", next_step="x", next_on=in_days(1))


def test_next_step_stands_in_the_tasks_of_whoever_is_responsible_only(begun: Begun, cast: Cast) -> None:
    begun(responsible=cast.desklead.someone)
    begun(responsible=cast.desklead.someone, next_on=in_days(90))
    with act_as(cast.desklead.actor) as lead, sql_count(at_most=3):
        assert [(each.words, each.day) for each in my_due(lead)] == [("Soitetaan johtajalle", in_days(7))]
    for member in (cast.adviser, cast.coordinator):
        with act_as(member.actor) as actor:
            assert my_due(actor) == []


def test_prospect_whose_seller_has_left_waits_for_whoever_sells_for_the_organisation(begun: Begun, cast: Cast) -> None:
    begun(responsible=cast.desklead.someone, next_on=in_days(90))
    Seat.objects.filter(person=cast.desklead.someone).update(valid_until=timezone.localdate() - timedelta(days=1))
    with act_as(cast.adviser.actor) as actor, sql_count(at_most=3):
        (waits,) = my_due(actor)
        assert waits.day == timezone.localdate()
        assert cast.desklead.someone.name in waits.words
    for member in (cast.partner, cast.outsider, cast.coordinator):
        with act_as(member.actor) as actor:
            assert my_due(actor) == []


def test_won_one_is_located_counted_and_can_get_a_matter(begun: Begun, cast: Cast) -> None:
    company, prospect = CompanyFactory.create(municipality=cast.here.municipality), begun()
    begun(jobs=100, likely=30)
    year = timezone.localdate().year
    with act_as(cast.desklead.actor) as lead:
        set_target(by=lead, region=cast.here.region, organisation=cast.here.organisation, year=year, companies=4, jobs=150)
        with pytest.raises(RuleBroken):
            make_case_of_prospect(by=lead, prospect=prospect, desk=cast.here.desk, words="Rekrytointi")
        with pytest.raises(RuleBroken):
            win_prospect(by=lead, prospect=prospect, came_on=in_days(1), jobs=80, reason="people")
        won = win_prospect(by=lead, prospect=prospect, came_on=in_days(0), jobs=80, reason="people", business_id=company.business_id)
        assert (won.stage, won.company, won.likely) == ("won", company, 100)
        (row,) = reached(lead, year)
        assert (row.companies, row.target_companies, row.jobs, row.target_jobs, row.open, row.expected) == (1, 4, 80, 150, 1, 30)
        case = make_case_of_prospect(by=lead, prospect=prospect, desk=cast.here.desk, words="Rekrytointi")
        assert case.region == cast.here.region
        with pytest.raises(RuleBroken):
            take_on(by=lead, prospect=prospect, stage="deal", next_step="x", next_on=in_days(1))
    assert "prospect.won" in set(Event.objects.values_list("action", flat=True))


def test_target_is_set_by_the_lead_or_the_coordinator_and_nobody_else(cast: Cast) -> None:
    aim = {"region": cast.here.region, "organisation": cast.here.organisation, "year": 2026, "companies": 1, "jobs": 2}
    for member in (cast.desklead, cast.coordinator):
        with act_as(member.actor) as actor:
            assert set_target(by=actor, **aim).jobs == 2  # type: ignore[arg-type]
    for member in (cast.adviser, cast.partner, cast.outsider):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            set_target(by=actor, **aim)  # type: ignore[arg-type]


def test_lost_one_has_a_reason_goes_on_again_and_is_forgotten_in_time(begun: Begun, cast: Cast) -> None:
    prospect, now = begun(), timezone.now()
    with act_as(cast.adviser.actor) as actor:
        with pytest.raises(RuleBroken):
            lose_prospect(by=actor, prospect=prospect, reason="")
        with pytest.raises(RuleBroken):
            lose_prospect(by=actor, prospect=prospect, reason="other")
        lose_prospect(by=actor, prospect=prospect, reason="energy", words="Sähkö ei riitä", at=now - timedelta(days=3))
        assert open_again(by=actor, prospect=prospect, next_step="Soitetaan uudestaan", next_on=in_days(3)).is_open
        lose_prospect(by=actor, prospect=prospect, reason="energy", at=now - timedelta(days=2))
    with act_as_house("test"):
        assert lost_due(now - timedelta(days=5)) == 0
        assert (lost_due(now), forget_lost(now, 10), lost_due(now)) == (1, 1, 0)
    prospect.refresh_from_db()
    assert (prospect.name, prospect.contact_name, prospect.contact_email, prospect.reason, prospect.jobs) == ("", "", "", "energy", 120)


def test_contact_goes_when_she_asks(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    with act_as_house("test"):
        assert forget_contact("HANS@nordlicht.example") == 1
    prospect.refresh_from_db()
    assert (prospect.contact_name, prospect.contact_email, prospect.name) == ("", "", "Nordlicht Batterien GmbH")


def test_list_and_board_cost_the_same_however_many_there_are(begun: Begun, cast: Cast) -> None:
    first = begun()
    copies = [
        Prospect(name=f"Yritys {n}", stage="deal" if n % 2 else "new", likely=10, next_step="x", next_on=in_days(n), **_same(first))
        for n in range(60)
    ]
    Prospect.objects.bulk_create(copies)
    with act_as(cast.adviser.actor) as actor:
        assert visible_prospects(actor).count() == 61
        with sql_count(at_most=2):
            page = listed(actor, Wanted(), Cursor())
        assert (len(page.page.rows), page.counts[Tab.OPEN]) == (50, 61)
        with sql_count(at_most=3):
            assert len(listed(actor, Wanted(), Cursor(after=page.page.next)).page.rows) == 11
        with sql_count(at_most=2):
            columns = board(actor, Wanted())
        assert [(each.count, len(each.rows)) for each in columns] == [(31, ON_BOARD), (0, 0), (0, 0), (0, 0), (30, ON_BOARD)]
        assert [each.name for each in listed(actor, Wanted(text="yritys 57"), Cursor()).page.rows] == ["Yritys 57"]


def _same(of: Prospect) -> dict[str, int]:
    return {"region_id": of.region_id, "organisation_id": of.organisation_id, "responsible_id": of.responsible_id, "made_by_id": of.made_by_id}


def test_pages_are_walked_through_from_writing_down_to_winning(client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser = client_of(cast.adviser)
    page = browser.get("/sijoittumiset/uusi")
    said = {"name": "Voima Oy", "responsible": str(cast.adviser.someone.pk), "next_step": "Soitto", "next_on": in_days(2).isoformat(), "jobs": "12"}
    assert browser.submit(page, {**said, "name": ""}).status_code == 422
    assert browser.submit(page, said).status_code == 302
    prospect = Prospect.objects.get()
    for address in ("", "vaiheittain/", "taulukko.csv", "tavoitteet/", f"{prospect.pk}/"):
        answer = browser.get(f"/sijoittumiset/{address}")
        assert answer.status_code == 200, address
        assert address == "tavoitteet/" or "Voima Oy" in answer.content.decode(), address
    assert browser.get("/sijoittumiset/taulukko.csv?as=xlsx").content[:2] == b"PK"
    page = browser.get(f"/sijoittumiset/{prospect.pk}/eteenpain")
    assert browser.submit(page, {"stage": "deal", "next_step": "Sopimus", "next_on": in_days(5).isoformat()}).status_code == 302
    page = browser.get(f"/sijoittumiset/{prospect.pk}/tuli")
    assert browser.submit(page, {"reason": "people", "jobs": "11"}).status_code == 302
    prospect.refresh_from_db()
    assert (prospect.stage, prospect.jobs_came) == ("won", 11)
    assert client_of(cast.partner).get(f"/sijoittumiset/{prospect.pk}/").status_code == 404
    assert client_of(cast.coordinator).get("/sijoittumiset/").status_code == 403
    assert client_of(cast.coordinator).get("/sijoittumiset/luvut/").status_code == 200
