"""Case meetings as people use them: the coordinator, who leads, who meets, the customer."""

from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar

from luukku.core.actor import act_as
from luukku.core.mail import mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.access.case_meetings import get_item
from luukku.desk.access.links import first_token
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.case_meetings.running import handle_item, write_item
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, CaseMeeting, Leg, MeetingConsent, MeetingItem, MeetingPoint, MeetingSeries
from luukku.desk.queries.case_meetings.agenda import meeting_page
from luukku.desk.queries.case_meetings.front import series_lines
from tests.cast import Cast, Member
from tests.harness.client import Client, forms_of

Of = Callable[[Member], Client]


def send_form(browser: Client, page: Any, action: str, data: dict[str, Any], *, holding: str = "") -> Any:
    """Send the form of a page that goes to this address, and holds this field if one is named."""
    posts = [each for each in forms_of(page) if each.method == "post" and each.ident != "in-now"]
    place = next(n for n, each in enumerate(posts) if each.action.endswith(action) and (not holding or holding in each.fields))
    return browser.submit(page, data, form=place)


def test_coordinator_makes_a_series_and_says_who_comes(client_of: Of, cast: Cast, third: object) -> None:
    browser = client_of(cast.coordinator)
    page = browser.get("/neuvottelut/uusi/alue-koskimaa/")
    given: dict[str, Any] = {
        "name_fi": "Yhteisneuvottelu", "starts": "9.00", "place": "Talo", "organisations": [cast.here.organisation.pk, cast.partners.pk],
    }  # fmt: skip
    assert browser.submit(page, given | {"place": "", "video_link": ""}).status_code == 422
    assert browser.submit(page, given).status_code == 302
    series = MeetingSeries.objects.get()
    party = series.parties.get(organisation=cast.partners)
    people = browser.get(f"/neuvottelut/sarja/{series.pk}/{party.pk}/vaki")
    assert browser.submit(people, {f"role-{cast.partner.someone.pk}": "lead"}).status_code == 302
    assert "Pekka Partner" in browser.get(f"/neuvottelut/sarja/{series.pk}/").content.decode()


def test_adviser_takes_a_case_to_the_meeting_and_comes_to_the_customers_word(
    client_of: Of, meeting: CaseMeeting, case: Case, leg: Leg, cast: Cast
) -> None:
    with act_as(cast.adviser.actor) as by:
        take_up(by=by, leg=leg)
    browser = client_of(cast.adviser)
    page = browser.get(f"/asia/{case.number}/neuvotteluun")
    named = browser.submit(page, {"question": "Kuka auttaa?", "nameless": "Kaisa Kahvila etsii tiloja"})
    assert named.status_code == 422
    assert "Kuka auttaa?" in named.content.decode()  # nothing typed is lost
    answer = browser.submit(page, {"question": "Kuka auttaa?", "nameless": "Ravintola-alan yritys etsii tiloja"})
    assert answer.status_code == 302
    assert "/suostumus" in answer.headers["Location"]
    shown = browser.get(answer.headers["Location"])
    assert cast.partners.name in shown.content.decode()


def test_minutes_written_by_two_come_back_with_both_texts(client_of: Of, running: CaseMeeting, item: MeetingItem, cast: Cast) -> None:
    first, second = client_of(cast.adviser), client_of(cast.partner)
    pages = [browser.get(f"/neuvottelut/{running.pk}/?item={item.pk}") for browser in (first, second)]
    action = f"/neuvottelut/{running.pk}/asia/{item.pk}/kirjaa"
    assert send_form(first, pages[0], action, {"minutes": "Ainon sanat", "do": "save"}).status_code == 302
    refused = send_form(second, pages[1], action, {"minutes": "Pekan sanat", "do": "save"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Ainon sanat" in html
    assert "Pekan sanat" in html
    assert send_form(second, refused, action, {"minutes": "Ainon ja Pekan sanat", "do": "save"}).status_code == 302


def test_partner_sees_a_listed_matter_without_names(client_of: Of, item: MeetingItem, cast: Cast) -> None:
    html = client_of(cast.partner).get(f"/neuvottelut/{item.meeting_id}/").content.decode()
    assert item.nameless in html
    assert not [word for word in ("Kaisa", "KO-26-", "rahoitusta laitteisiin") if word in html]


@pytest.mark.parametrize("name", ["outsider", "steering", "national"])
def test_who_does_not_meet_finds_no_meeting(client_of: Of, item: MeetingItem, cast: Cast, name: str) -> None:
    browser = client_of(getattr(cast, name))
    for path in ("", "muistio", f"asia/{item.pk}/suostumus"):
        assert browser.get(f"/neuvottelut/{item.meeting_id}/{path}").status_code in (403, 404)


def test_customer_answers_on_her_page_and_takes_it_back(client: Client, client_of: Of, item: MeetingItem, case: Case, cast: Cast) -> None:
    handler = client_of(cast.adviser)
    page = handler.get(f"/neuvottelut/{item.meeting_id}/asia/{item.pk}/suostumus")
    assert handler.submit(page, {"do": "ask"}).status_code == 302
    consent = MeetingConsent.objects.get()
    status = f"/s/{first_token(case)}/"
    assert f"neuvottelu/{consent.pk}/" in client.get(status).content.decode()
    asked = client.get(f"{status}neuvottelu/{consent.pk}/")
    assert send_form(client, asked, "", {"do": "yes", "allowed": [cast.partners.pk]}, holding="allowed").status_code == 302
    consent.refresh_from_db()
    assert (consent.state, consent.allowed, consent.written_by_id) == ("given", [cast.partners.pk], None)
    given = client.get(f"{status}neuvottelu/{consent.pk}/")
    assert send_form(client, given, "", {"do": "no"}, holding="allowed").status_code == 302
    consent.refresh_from_db()
    assert consent.state == "withdrawn"
    turns = [mail.facts["turn"] for mail in OutgoingMail.objects.filter(kind="desk.meeting_answer").order_by("id")]
    assert turns == ["agreed", "withdrawn"]


def test_another_customers_link_does_not_answer(client: Client, client_of: Of, item: MeetingItem, send: Callable[..., Case], cast: Cast) -> None:
    browser = client_of(cast.adviser)
    browser.submit(browser.get(f"/neuvottelut/{item.meeting_id}/asia/{item.pk}/suostumus"), {"do": "ask"})
    other = send(name="Toinen", email="toinen@customer.example", words="Muuta")
    assert client.get(f"/s/{first_token(other)}/neuvottelu/{MeetingConsent.objects.get().pk}/").status_code == 404


def test_invitation_is_one_that_calendars_take(meeting: CaseMeeting, cast: Cast) -> None:
    mail = OutgoingMail.objects.filter(kind="desk.case_meeting", facts__person=cast.partner.someone.pk).latest("id")
    content = mail_kinds["desk.case_meeting"].build(mail)
    assert content is not None
    assert content.calendar is not None
    event = Calendar.from_ical(content.calendar.text).walk("VEVENT")[0]
    assert (content.calendar.method, content.to) == ("REQUEST", "partner@cast.example")
    assert str(event["UID"]).startswith(str(meeting.uid))
    assert event.decoded("DTSTART") == meeting.starts_at
    assert str(event["LOCATION"]) == "Seututalo"


def test_mail_to_members_tells_nothing_of_a_matter(item: MeetingItem, running: CaseMeeting, cast: Cast) -> None:
    for mail in OutgoingMail.objects.filter(kind="desk.case_meeting"):
        assert set(mail.facts) == {"person", "what"}
    assert not OutgoingMail.objects.filter(kind="desk.case_meeting", subject_kind="desk.case").exists()


def test_customer_hears_by_mail_what_was_asked_written_down_and_discussed(item: MeetingItem, running: CaseMeeting, allow: Any, cast: Cast) -> None:
    allow(cast.partners)
    with act_as(cast.adviser.actor) as by:
        listed = get_item(by, item.pk)
        write_item(by=by, item=listed, minutes="Salainen muistiinpano", decision="Sovittiin", version=0)
        handle_item(by=by, item=listed)
    mails = list(OutgoingMail.objects.filter(kind__startswith="desk.meeting_").order_by("id"))
    assert [mail.kind for mail in mails] == ["desk.meeting_written", "desk.meeting_discussed"]
    for mail in mails:
        content = mail_kinds[mail.kind].build(mail)
        assert content is not None
        assert content.to == "kaisa@customer.example"
        assert not [
            word
            for word in ("Salainen", "Sovittiin", "Kauppakamari", "Kahvila")
            if word in f"{content.context['headline']} {content.context['words']}"
        ]


def test_page_costs_the_same_whatever_the_number_of_matters(
    item: MeetingItem, meeting: CaseMeeting, send: Callable[..., Case], cast: Cast, sql_count: Callable[..., Any]
) -> None:
    def cost() -> int:
        with act_as(cast.partner.actor) as by, sql_count(at_most=24) as counted:
            meeting_page(by, meeting.pk)
        return int(counted.number)

    before = cost()
    for number in range(3):
        case = send(name=f"Nimi {number}", email=f"nimi{number}@customer.example", words=f"Asia {number}")
        with act_as(cast.adviser.actor) as by:
            take_up(by=by, leg=Leg.objects.get(case=case))
            propose(by=by, case=case, meeting=meeting, question="Miten?", nameless="Yritys, joka muuttaa.")
    assert cost() == before


def test_first_page_costs_six_statements(item: MeetingItem, cast: Cast, sql_count: Callable[..., Any]) -> None:
    with act_as(cast.partner.actor) as by, sql_count(at_most=6):
        (line,) = series_lines(by)
    assert line.matters == 1


def test_point_left_open_is_read_in_the_next_meeting(client_of: Of, running: CaseMeeting, cast: Cast) -> None:
    browser = client_of(cast.adviser)
    point = MeetingPoint.objects.get(meeting=running, kind="other")
    page = browser.get(f"/neuvottelut/{running.pk}/")
    action = f"/neuvottelut/{running.pk}/kohta/{point.pk}"
    assert send_form(browser, page, action, {"minutes": "Iltapäivän päivä auki", "is_open": "on"}).status_code == 302
    close = browser.get(f"/neuvottelut/{running.pk}/paata")
    assert browser.submit(close, {}).status_code == 302
    following = CaseMeeting.objects.coming().get()
    assert "Iltapäivän päivä auki" in browser.get(f"/neuvottelut/{following.pk}/").content.decode()
    assert "Iltapäivän päivä auki" in browser.get(f"/neuvottelut/{running.pk}/muistio").content.decode()
