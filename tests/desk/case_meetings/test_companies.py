"""A company without a matter is taken to a meeting; who may know whose it is follows the same word of the customer as for any matter."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed
from luukku.desk.access.case_meetings import get_item, get_meeting
from luukku.desk.actions.case_meetings.companies import CompanyMatter, propose_company
from luukku.desk.actions.case_meetings.consent import write_down
from luukku.desk.actions.case_meetings.running import add_step, handle_item, open_meeting, write_item
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Case, CaseMeeting, ItemCase, MeetingItem, Note
from luukku.desk.models.meeting_kinds import CaseMeetingState
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client
from tests.harness.jobs import run_jobs

TOLD = {
    "words": "Kone on vanha ja tilaukset kasvavat.", "question": "Kuka auttaisi investoinnissa?",
    "nameless": "Kasvava metallialan yritys, jolla on investointi edessä.",
}  # fmt: skip


def address(meeting: CaseMeeting) -> str:
    return f"/neuvottelut/{meeting.pk}/yritys"


def as_written(browser: Client, meeting: CaseMeeting, name: str = "Uusi Verstas") -> Any:
    """The form about a company that the register does not have: searched for first."""
    found = browser.submit(browser.get(address(meeting)), {"q": name})
    return browser.submit(found, form=1)


def sent_to() -> set[str]:
    """Who has got mail: those who meet have been invited."""
    return {each for mail in outbox.outbox for each in mail.to}


@pytest.fixture
def brought(meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast) -> MeetingItem:
    """The adviser has found it in the register and told of it, with somebody to ask."""
    CompanyFactory.create(business_id="2617416-4", name="Koskimaan Kone Oy", municipality=cast.here.municipality)
    browser = client_of(cast.adviser)
    assert address(meeting) in browser.get(f"/neuvottelut/{meeting.pk}/").content.decode()
    found = browser.submit(browser.get(address(meeting)), {"q": "koskimaan kone"}).content.decode()
    assert "?y=2617416-4" in found
    form = browser.get(f"{address(meeting)}?y=2617416-4")
    who = {"name": "Kaija Kone", "email": "kaija@kone.example", "channel": "phone"}
    named = browser.submit(form, TOLD | who | {"nameless": "Koskimaan Kone kasvaa."})
    assert (named.status_code, "Kone on vanha" in named.content.decode()) == (422, True)
    assert Case.objects.count() == 0  # a matter without its place on the list would be half a deed
    assert browser.submit(form, TOLD | who).status_code == 302
    return MeetingItem.objects.get()


def test_company_gets_a_matter_of_its_proposers_and_its_customer_a_link(brought: MeetingItem, cast: Cast) -> None:
    case = Case.objects.select_related("customer__contact", "sponsor").get()
    assert (case.company_shown, case.business_id, case.municipality) == ("Koskimaan Kone Oy", "2617416-4", cast.here.municipality)
    assert (case.sponsor, case.own_words) == (cast.adviser.someone, TOLD["words"])
    assert case.customer is not None
    run_jobs()
    assert "kaija@kone.example" in sent_to()


def test_others_know_the_company_only_by_the_customers_word_for_their_organisation(
    brought: MeetingItem, meeting: CaseMeeting, cast: Cast, teacher: Member, client_of: Callable[[Member], Client]
) -> None:
    page = client_of(cast.partner).get(f"/neuvottelut/{meeting.pk}/").content.decode()
    assert TOLD["nameless"] in page
    assert "Koskimaan Kone" not in page
    with act_as(cast.adviser.actor) as by:
        write_down(by=by, item=get_item(by, brought.pk), way="phone", allowed=[cast.partners.pk])
    assert "Koskimaan Kone" in client_of(cast.partner).get(f"/neuvottelut/{meeting.pk}/").content.decode()
    assert "Koskimaan Kone" not in client_of(teacher).get(f"/neuvottelut/{meeting.pk}/").content.decode()


def test_what_is_decided_and_done_next_is_kept_on_the_companys_matter(
    brought: MeetingItem, meeting: CaseMeeting, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    with act_as(cast.adviser.actor) as by:
        open_meeting(by=by, meeting=get_meeting(by, meeting.pk))
        item = get_item(by, brought.pk)
        add_step(by=by, item=item, words="Rahoituslaskelma", person=cast.adviser.someone, due=None)
        write_item(by=by, item=item, minutes="Puhuttiin.", decision="Tehdään laskelma.", version=0)
        handle_item(by=by, item=item)
    assert "Tehdään laskelma." in Note.objects.get().body
    assert Case.objects.get().legs.get().next_step == "Rahoituslaskelma"
    assert Case.objects.get().number in client_of(cast.adviser).get("/yritykset/2617416-4/").content.decode()


def test_company_outside_the_register_is_taken_without_anybody_to_ask(
    meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast
) -> None:
    browser = client_of(cast.adviser)
    form = as_written(browser, meeting)
    assert browser.submit(form, TOLD | {"name": "Vesa Verstas"}).status_code == 422
    assert browser.submit(form, TOLD).status_code == 302
    case = Case.objects.get()
    assert (case.company_name, case.customer) == ("Uusi Verstas", None)
    run_jobs()
    assert all(each.endswith("@cast.example") for each in sent_to())
    again = as_written(browser, meeting).content.decode()
    assert case.number in again  # the open matter is offered first


def test_what_is_searched_for_and_written_stands_in_no_address(meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast) -> None:
    """A sole trader's company is called by a person's name: addresses are kept in histories and logs."""
    browser = client_of(cast.adviser)
    found = browser.submit(browser.get(address(meeting)), {"q": "Vesa Verstas"})
    form = browser.submit(found, form=1)
    for page in (found, form, browser.submit(form, TOLD | {"question": ""})):
        assert "Vesa Verstas" in page.content.decode()
        assert page.request["QUERY_STRING"] == ""
        assert not re.search(r'href="[^"]*Verstas', page.content.decode())
    by_address = browser.get(f"{address(meeting)}?nimi=Vesa+Verstas").content.decode()
    assert "Vesa Verstas" not in by_address


def test_companys_page_leads_to_the_coming_meeting_for_those_who_may(
    meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast, teacher: Member
) -> None:
    CompanyFactory.create(business_id="2617416-4", name="Koskimaan Kone Oy", municipality=cast.here.municipality)
    link = f"{address(meeting)}?y=2617416-4"
    browser = client_of(cast.adviser)
    assert link in browser.get("/yritykset/2617416-4/").content.decode()
    assert "Koskimaan Kone Oy" in browser.get(link).content.decode()
    for who in (teacher, cast.coordinator):  # without a desk of her own; without a part in matters
        assert address(meeting) not in client_of(who).get("/yritykset/2617416-4/").content.decode()
    CaseMeeting.objects.filter(pk=meeting.pk).update(state=CaseMeetingState.CANCELLED)
    assert address(meeting) not in browser.get("/yritykset/2617416-4/").content.decode()


def test_form_sent_twice_lists_the_company_once(meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser = client_of(cast.adviser)
    form = as_written(browser, meeting)
    assert [browser.submit(form, TOLD).status_code for _ in range(2)] == [302, 302]
    assert (Case.objects.count(), ItemCase.objects.count()) == (1, 1)


def test_who_does_not_meet_brings_no_company(meeting: CaseMeeting, client_of: Callable[[Member], Client], cast: Cast) -> None:
    assert client_of(cast.outsider).get(address(meeting)).status_code in (403, 404)
    need = NeedForm(region=cast.here.region, words="Kone on vanha.", language="fi", company_name="Uusi Verstas", desk=cast.here.desk)
    with act_as(cast.outsider.actor) as by, pytest.raises(NotAllowed):
        propose_company(by=by, meeting=meeting, matter=CompanyMatter(need, TOLD["question"], TOLD["nameless"]))


def test_matter_is_made_at_a_desk_of_the_proposers_own_alone(meeting: CaseMeeting, cast: Cast) -> None:
    need = NeedForm(region=cast.here.region, words="Kone on vanha.", language="fi", company_name="Uusi Verstas", desk=cast.partner_desk)
    with act_as(cast.adviser.actor) as by, pytest.raises(NotAllowed):
        propose_company(by=by, meeting=get_meeting(by, meeting.pk), matter=CompanyMatter(need, TOLD["question"], TOLD["nameless"]))
