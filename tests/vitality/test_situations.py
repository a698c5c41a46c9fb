"""Situations: led by the coordinator and the area's contact, read by invited parties alone, measures in people's tasks, closed with a summary."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.paging import Cursor
from luukku.desk.queries.case_meetings.filling import figures_of
from luukku.vitality.access import get_situation
from luukku.vitality.actions.forgetting import forget_situations, situations_due
from luukku.vitality.actions.situations import (
    SituationForm,
    add_measure,
    close_situation,
    finish_measure,
    invite_party,
    leave_out,
    open_situation,
    write_company,
    write_count,
    write_note,
)
from luukku.vitality.models import Situation, SituationNote
from luukku.vitality.queries.due import my_due
from luukku.vitality.queries.situations import listed, situation_page
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.vitality.conftest import in_days

pytestmark = pytest.mark.django_db
FORM = SituationForm("layoff", "Tehdas vähentää", "Neuvottelut alkoivat.")


@pytest.fixture
def opened(cast: Cast) -> Situation:
    """By the coordinator, with the adviser's organisation as a party."""
    with act_as(cast.coordinator.actor) as by:
        found = open_situation(by=by, region=cast.here.region, form=FORM)
        invite_party(by=by, situation=found, organisation=cast.here.organisation, person=cast.adviser.someone)
    return found


def test_case_meeting_is_told_of_open_situations_by_those_who_read_them(opened: Situation, cast: Cast) -> None:
    for member, known in ((cast.adviser, 1), (cast.partner, 0)):
        with act_as(member.actor) as actor:
            found = figures_of(actor, cast.here.region, ["changes"])["changes"]
        assert [each.n for each in found if each.key == "situations.open"] == [1] * known


def test_only_who_leads_the_region_opens_one(cast: Cast) -> None:
    with act_as(cast.area.actor) as by:
        assert open_situation(by=by, region=cast.here.region, form=FORM).name == "Tehdas vähentää"
        with pytest.raises(NotAllowed):
            open_situation(by=by, region=cast.there.region, form=FORM)
    for member in (cast.adviser, cast.national, cast.steering, cast.admin):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            open_situation(by=actor, region=cast.here.region, form=FORM)


def test_parties_read_it_from_their_invitation_until_they_are_left_out(opened: Situation, cast: Cast) -> None:
    for member in (cast.coordinator, cast.area, cast.adviser, cast.desklead):
        with act_as(member.actor) as actor:
            assert get_situation(actor, opened.pk).name == "Tehdas vähentää"
    for member in (cast.partner, cast.outsider, cast.national, cast.steering, cast.admin, cast.founder):
        with act_as(member.actor) as actor:
            with pytest.raises(NotFound):
                get_situation(actor, opened.pk)
            assert not Situation.objects.exists(), member.name
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        invite_party(by=actor, situation=opened, organisation=cast.partners)
    with act_as(cast.coordinator.actor) as by:
        invite_party(by=by, situation=opened, organisation=cast.partners)
    with act_as(cast.partner.actor) as actor:
        write_note(by=actor, situation=opened, words="Meiltä kaksi neuvojaa")
    with act_as(cast.coordinator.actor) as by:
        leave_out(by=by, situation=opened, organisation=cast.partners)
        assert [each.words for each in situation_page(by, opened.pk).timeline if each.words] == ["Meiltä kaksi neuvojaa"]
    with act_as(cast.partner.actor) as actor:
        assert not SituationNote.objects.exists()
    assert OutgoingMail.objects.filter(kind="vitality.situation").count() == 1


def test_whom_the_others_ask_reads_it_while_she_works_there(opened: Situation, cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as by:
        invite_party(by=by, situation=opened, organisation=cast.here.organisation, person=cast.editor.someone)
        write_note(by=by, situation=opened, words="Kokous perjantaina")
    with act_as(cast.editor.actor) as actor:
        assert get_situation(actor, opened.pk).pk == opened.pk
        assert SituationNote.objects.get().words == "Kokous perjantaina"
    cast.editor.someone.seats.update(organisation=cast.partners)
    with act_as(cast.editor.actor) as actor:
        with pytest.raises(NotFound):
            get_situation(actor, opened.pk)
        assert not Situation.objects.exists()
        assert not SituationNote.objects.exists()
    cast.editor.someone.seats.update(organisation=cast.here.organisation, valid_until=timezone.localdate() - timedelta(days=1))
    with act_as(cast.editor.actor) as actor:
        assert not Situation.objects.exists()


def test_measure_stands_in_the_tasks_of_whoever_sees_to_it_until_it_is_done(opened: Situation, cast: Cast) -> None:
    who = f"{cast.here.organisation.pk}-{cast.desklead.someone.pk}"
    with act_as(cast.adviser.actor) as actor:
        measure = add_measure(by=actor, situation=opened, words="Infotilaisuus", who=who, by_day=in_days(4))
        for nobody in (f"{cast.partners.pk}-{cast.partner.someone.pk}", f"{cast.here.organisation.pk}-{cast.partner.someone.pk}", "x-1", ""):
            with pytest.raises(RuleBroken):
                add_measure(by=actor, situation=opened, words="Muu", who=nobody, by_day=in_days(4))
        assert my_due(actor) == []
    with act_as(cast.coordinator.actor) as by:
        add_measure(by=by, situation=opened, words="Koota", who=f"0-{cast.coordinator.someone.pk}", by_day=in_days(2))
        assert [each.words for each in my_due(by)] == ["Koota"]
    with act_as(cast.desklead.actor) as lead:
        assert [(each.words, each.day) for each in my_due(lead)] == [("Infotilaisuus", in_days(4))]
        finish_measure(by=lead, situation=opened, pk=measure.pk, outcome="38 tuli")
        assert my_due(lead) == []


def test_companies_and_counts_add_up_and_matters_are_told_in_steps_of_five(opened: Situation, cast: Cast) -> None:
    one, two = CompanyFactory.create(), CompanyFactory.create()
    with act_as(cast.adviser.actor) as actor:
        write_company(by=actor, situation=opened, business_id=one.business_id, affected=30)
        write_company(by=actor, situation=opened, business_id=one.business_id, affected=45)
        write_company(by=actor, situation=opened, business_id=two.business_id, affected=8)
        with pytest.raises(RuleBroken):
            write_company(by=actor, situation=opened, business_id="1234567-8", affected=8)
        write_count(by=actor, situation=opened, kind="work", people=3, day=in_days(-3))
        write_count(by=actor, situation=opened, kind="work", people=12, day=in_days(0))
        with pytest.raises(RuleBroken):
            write_count(by=actor, situation=opened, kind="work", people=12, day=in_days(1))
        with sql_count(at_most=9):
            page = situation_page(actor, opened.pk)
        assert (page.affected, [(each.people, each.day) for _label, each in page.newest]) == (53, [(12, in_days(0))])
        assert (page.cases, page.leads, page.can_lead) == (0, 0, False)
        with sql_count(at_most=5):
            (row,) = listed(actor, Cursor(), over=False).page.rows
        assert (row.affected, row.touched) == (53, 2)  # type: ignore[attr-defined]


def test_closed_one_is_read_and_not_written_and_forgotten_in_time(opened: Situation, cast: Cast) -> None:
    now = timezone.now()
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        close_situation(by=actor, situation=opened, summary="Valmis")
    with act_as(cast.coordinator.actor) as by:
        with pytest.raises(RuleBroken):
            close_situation(by=by, situation=opened, summary=" ")
        close_situation(by=by, situation=opened, summary="40 työllistyi", at=now - timedelta(days=1))
    with act_as(cast.adviser.actor) as actor:
        assert get_situation(actor, opened.pk).summary == "40 työllistyi"
        with pytest.raises(RuleBroken):
            write_note(by=actor, situation=opened, words="Vielä")
    with act_as_house("test"):
        assert (situations_due(now), forget_situations(now, 5), situations_due(now)) == (1, 1, 0)
    opened.refresh_from_db()
    assert (opened.summary, opened.words) == ("", "")


def test_pages_are_walked_through_from_opening_to_closing(client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser, company = client_of(cast.coordinator), CompanyFactory.create()
    page = browser.get("/tilanteet/uusi")
    assert browser.submit(page, {"kind": "layoff", "name": "Lomautukset"}).status_code == 302
    found = Situation.objects.get()
    at = f"/tilanteet/{found.pk}/"
    assert cast.partners.code in browser.get(f"{at}kutsu").content.decode()
    assert browser.submit(browser.get(f"{at}kutsu?org={cast.partners.code}"), {"person": str(cast.partner.someone.pk)}).status_code == 302
    party = client_of(cast.partner)
    assert party.submit(party.get(f"{at}yritys"), {"business_id": company.business_id, "affected": "12"}).status_code == 302
    who = f"{cast.partners.pk}-{cast.partner.someone.pk}"
    assert party.submit(party.get(f"{at}toimi"), {"words": "Info", "who": who, "by_day": in_days(3).isoformat()}).status_code == 302
    assert party.submit(party.get(f"{at}luku"), {"kind": "notice", "people": "12", "day": in_days(0).isoformat()}).status_code == 302
    assert party.submit(party.get(f"{at}kirjaa"), {"words": "Neuvottelut ohi"}).status_code == 302
    shown = party.get(at).content.decode()
    assert all(each in shown for each in ("Info", "Neuvottelut ohi", company.name))
    measure = found.measures.get()
    assert party.submit(party.get(f"{at}toimi/{measure.pk}/tehty"), {"outcome": "Hyvin"}).status_code == 302
    assert "Lomautukset" in party.get("/tilanteet/").content.decode()
    assert party.get(f"{at}paata").status_code == 403
    assert browser.submit(browser.get(f"{at}paata"), {"summary": "Kaikki hyvin"}).status_code == 302
    assert "Lomautukset" in browser.get("/tilanteet/?paattyneet=1").content.decode()
    assert client_of(cast.adviser).get(at).status_code == 404
