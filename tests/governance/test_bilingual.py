"""One meeting in two languages: each reads the invitation, the agenda and the minutes in their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from luukku.core.actor import act_as, act_as_house
from luukku.core.mail import mail_kinds
from luukku.core.models import OutgoingMail
from luukku.governance.access import link_token
from luukku.governance.actions.approving import send_out
from luukku.governance.actions.groups import MemberForm, add_member
from luukku.governance.actions.meetings import MeetingForm, invite, mark_present, plan_meeting
from luukku.governance.actions.minutes import begin
from luukku.governance.models import AgendaItem, Attendance, Group, Meeting, Membership
from luukku.governance.queries.protocol import digest_of_minutes
from tests.cast import Cast, Member
from tests.harness.client import Client

COMING = datetime(2027, 1, 13, 9, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.fixture
def swedish(cast: Cast, group: Group) -> Membership:
    """Somebody without a sign-in who reads Swedish."""
    with act_as(cast.coordinator.actor) as by:
        return add_member(by=by, group=group, form=MemberForm(outside_name="Yrsa Yrkare", outside_email="yrsa@firm.example", language="sv"))


@pytest.fixture
def called(cast: Cast, swedish: Membership, planned: Meeting) -> Meeting:
    with act_as(cast.coordinator.actor) as by:
        return invite(by=by, meeting=planned)


def points(meeting: Meeting) -> tuple[list[str], list[str]]:
    """Titles in both languages."""
    rows = AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("title_fi", "title_sv")
    return [fi for fi, _sv in rows], [sv for _fi, sv in rows]


def test_invitation_is_written_in_the_language_of_whoever_gets_it(called: Meeting) -> None:
    heads = {}
    for mail in OutgoingMail.objects.filter(kind="governance.meeting", facts__what="invited"):
        with act_as_house("build the mail"):
            content = mail_kinds["governance.meeting"].build(mail)
        assert content is not None
        heads[content.to] = (content.language, content.context["headline"].partition(":")[0])
    assert heads["yrsa@firm.example"] == ("sv", "Inbjudan")
    assert heads["yrjo@firm.example"] == ("fi", "Kutsu")


def test_agenda_is_read_in_both_languages_at_once(
    called: Meeting, swedish: Membership, client: Client, client_of: Callable[[Member], Client], cast: Cast
) -> None:
    finnish, theirs = points(called)
    assert all(theirs)
    assert theirs != finnish
    page = client.get(f"/k/{link_token(Attendance.objects.get(meeting=called, membership=swedish))}/").content.decode()
    assert [title for title in theirs if title not in page] == []
    own = client_of(cast.coordinator).get(f"/kokoukset/{called.pk}/").content.decode()
    assert [title for title in finnish if title not in own] == []


def test_minutes_are_a_paper_in_the_language_of_whoever_reads_it(
    cast: Cast, called: Meeting, swedish: Membership, client: Client, client_of: Callable[[Member], Client]
) -> None:
    Meeting.objects.filter(pk=called.pk).update(starts_at="2026-01-12T09:00+02:00", ends_at="2026-01-12T11:00+02:00")
    with act_as(cast.coordinator.actor) as by:
        found = Meeting.objects.select_related("group__kind", "group__region").get(pk=called.pk)
        mark_present(by=by, meeting=found, marks=dict.fromkeys(Attendance.objects.filter(meeting=found).values_list("pk", flat=True), "room"))
        plan_meeting(by=by, group=found.group, form=MeetingForm(COMING, COMING + timedelta(hours=1)))
        begin(by=by, meeting=found)
        send_out(by=by, meeting=Meeting.objects.select_related("group__kind", "group__region").get(pk=called.pk))
    finnish, theirs = points(called)
    token = link_token(Attendance.objects.get(meeting=called, membership=swedish))
    papers = client.get(f"/k/{token}/muistio.pdf"), client_of(cast.coordinator).get(f"/kokoukset/{called.pk}/muistio.pdf")
    for answer, titles, language in ((papers[0], theirs, "sv"), (papers[1], finnish, "fi")):
        reader = PdfReader(BytesIO(answer.content))
        words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        assert str(reader.root_object["/Lang"]).startswith(language)
        assert titles[0] in words
        assert {"fi": "ke 13.1.2027 klo 9.00", "sv": "on 13.1.2027 kl. 9.00"}[language] in words, "what the system knew, in the reader's language"
    digest = Meeting.objects.get(pk=called.pk).digest
    item = AgendaItem.objects.get(meeting=called, source="next")
    AgendaItem.objects.filter(pk=item.pk).update(filled_texts=item.filled_texts | {"sv": "Nästa möte hålls inte"})
    assert digest_of_minutes(called) != digest, "the digest holds every language"


def test_point_of_ones_own_has_its_title_in_each_language_that_somebody_writes(
    planned: Meeting, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    browser, url = client_of(cast.coordinator), f"/kokoukset/{planned.pk}/"
    page = browser.get(f"{url}kohta")
    assert browser.submit(page, {"title": "Yhteinen messuosasto", "title_sv": "Gemensam mässavdelning"}).status_code == 302
    item = AgendaItem.objects.get(meeting=planned, title_fi="Yhteinen messuosasto")
    assert (item.title_sv, item.title_en) == ("Gemensam mässavdelning", "")
    edit = browser.get(f"{url}kohta/{item.pk}")
    assert browser.submit(edit, {"title": "Messuosasto", "title_en": "A stand at the fair"}).status_code == 302
    item.refresh_from_db()
    assert (item.title_fi, item.title_sv, item.title_en) == ("Messuosasto", "Gemensam mässavdelning", "A stand at the fair")
