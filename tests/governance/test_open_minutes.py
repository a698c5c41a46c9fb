"""While minutes are open, what they say is mended: decisions and tasks too."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import MailState, OutgoingMail
from luukku.governance.actions.agenda import add_paper
from luukku.governance.actions.approving import approve_silent, send_out
from luukku.governance.actions.minutes import decide, edit_task, give_task, reword_decision, strike_decision, strike_task
from luukku.governance.models import AgendaItem, Attendance, Decision, Meeting, Membership, Paper, Task
from luukku.governance.queries.pages import meeting_page
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def decided(cast: Cast, held: Meeting) -> list[Decision]:
    with act_as(cast.adviser.actor) as by:
        return [decide(by=by, meeting=held, words=words, item=AgendaItem.objects.filter(meeting=held)[1]) for words in ("Yksi", "Kaksi", "Kolme")]


@pytest.fixture
def given(cast: Cast, held: Meeting, outside: Membership) -> Task:
    with act_as(cast.adviser.actor) as by:
        return give_task(by=by, meeting=held, words="Selvitä", membership=outside, due_day=timezone.localdate() + timedelta(days=5))


def test_struck_decision_leaves_no_gap_in_the_numbers(cast: Cast, held: Meeting, decided: list[Decision]) -> None:
    with act_as(cast.adviser.actor) as by:
        strike_decision(by=by, decision=decided[0])
    assert list(Decision.objects.filter(meeting=held).values_list("number", "words")) == [(1, "Kaksi"), (2, "Kolme")]


def test_reworded_decision_must_be_read_anew(cast: Cast, held: Meeting, decided: list[Decision]) -> None:
    with act_as(cast.adviser.actor) as by:
        sent = send_out(by=by, meeting=held)
        reword_decision(by=by, decision=decided[1], words="Toisin")
    assert approve_silent(timezone.localdate() + timedelta(days=40)) == 0
    sent.refresh_from_db()
    assert sent.minutes_state == "out"


def test_only_who_runs_the_group_mends_and_only_while_it_is_open(cast: Cast, held: Meeting, decided: list[Decision], given: Task) -> None:
    with pytest.raises(NotAllowed), act_as(cast.steering.actor) as by:
        reword_decision(by=by, decision=decided[0], words="Minä päätin")
    Meeting.objects.filter(pk=held.pk).update(minutes_state="approved", approved_at=timezone.now())
    with act_as(cast.adviser.actor) as by:
        for work in (
            lambda: strike_decision(by=by, decision=decided[0]),
            lambda: strike_task(by=by, task=given),
            lambda: edit_task(by=by, task=given, words="Muu", membership=given.membership, due_day=given.due_day),
        ):
            with pytest.raises(RuleBroken):
                work()
    assert Decision.objects.filter(meeting=held).count() == 3
    assert Task.objects.get().words == "Selvitä"


def test_decision_and_task_are_mended_on_screen(
    cast: Cast, held: Meeting, decided: list[Decision], given: Task, client_of: Callable[[Member], Client]
) -> None:
    browser, minutes = client_of(cast.adviser), f"/kokoukset/{held.pk}/muistio/"
    form = browser.get(f"{minutes}paatos/{decided[0].pk}")
    assert "Yksi" in form.content.decode()
    kept = browser.submit(form, {"words": " "})
    assert kept.status_code == 422
    assert browser.submit(form, {"words": "Yksin"}).status_code == 302
    assert browser.submit(browser.get(f"{minutes}tehtava/{given.pk}"), {"words": "Kysy"}).status_code == 302
    page = browser.get(minutes).content.decode()
    assert "Yksin" in page
    assert "Kysy" in page
    asked = browser.get(f"{minutes}tehtava/{given.pk}/pois")
    assert (asked.status_code, "Kysy" in asked.content.decode(), Task.objects.exists()) == (200, True, True)
    assert browser.submit(asked).status_code == 302
    assert not Task.objects.exists()
    assert client_of(cast.steering).get(f"{minutes}paatos/{decided[0].pk}").status_code in (403, 404)


def test_decision_is_taken_out_only_after_asking(cast: Cast, held: Meeting, decided: list[Decision], client_of: Callable[[Member], Client]) -> None:
    browser, minutes = client_of(cast.adviser), f"/kokoukset/{held.pk}/muistio/"
    url = f"{minutes}paatos/{decided[1].pk}/pois"
    assert f'href="{url}"' in browser.get(minutes).content.decode()
    asked = browser.get(url)
    assert (asked.status_code, decided[1].words in asked.content.decode(), Decision.objects.count()) == (200, True, 3)
    assert client_of(cast.steering).get(url).status_code in (403, 404)
    assert browser.submit(asked).status_code == 302
    assert list(Decision.objects.order_by("number").values_list("pk", "number")) == [(decided[0].pk, 1), (decided[2].pk, 2)]


def test_paper_is_taken_away_only_after_asking(cast: Cast, planned: Meeting, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.coordinator.actor) as by:
        brought = add_paper(by=by, meeting=planned, upload=SimpleUploadedFile("talousarvio.txt", b"Luonnos", "text/plain"))
    browser, url = client_of(cast.coordinator), f"/kokoukset/{planned.pk}/liite/{brought.pk}/pois"
    assert f'href="{url}"' in browser.get(f"/kokoukset/{planned.pk}/").content.decode()
    asked = browser.get(url)
    assert (asked.status_code, "talousarvio.txt" in asked.content.decode(), Paper.objects.count()) == (200, True, 1)
    assert browser.submit(asked).status_code == 302
    assert not Paper.objects.exists()


def test_whoever_runs_the_group_sees_whose_mail_came_back(cast: Cast, invited: Meeting) -> None:
    attendance = Attendance.objects.get(meeting=invited, membership__person=None)
    OutgoingMail.objects.filter(subject_kind="governance.attendance", subject_id=attendance.pk).update(state=MailState.BOUNCED)
    assert [each.pk for each in meeting_page(cast.coordinator.actor, invited.pk).unreached] == [attendance.pk]
    assert meeting_page(cast.steering.actor, invited.pk).unreached == []
