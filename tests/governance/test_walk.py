"""From a group to approved minutes, as people use it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import Actor
from luukku.governance.models import AgendaItem, Amendment, Attendance, Group, GroupKind, Meeting, SectionText, Task
from tests.cast import Cast, Member
from tests.governance.conftest import at
from tests.harness.client import Client
from tests.harness.papers import check_accessible


def test_coordinator_makes_the_steering_group_and_its_seats_are_members(client_of: Callable[[Member], Client], cast: Cast) -> None:
    browser = client_of(cast.coordinator)
    assert "Ei vielä ryhmiä" in browser.get("/ryhmat/").content.decode()
    form = browser.get("/ryhmat/uusi")
    failed = browser.submit(form, {"kind": str(GroupKind.objects.get(code="steering").pk), "purpose": "Ohjaa"})
    assert failed.status_code == 422
    assert "Ohjaa" in failed.content.decode()
    sent = browser.submit(form, {"kind": str(GroupKind.objects.get(code="steering").pk), "name_fi": "Ohjausporukka"})
    assert sent.status_code == 302
    page = browser.get(sent.headers["Location"]).content.decode()
    assert "Sten Steering" in page
    assert "Ohjausporukka" in client_of(cast.steering).get("/ryhmat/").content.decode()
    assert client_of(cast.outsider).get(sent.headers["Location"]).status_code == 404


def test_meeting_is_planned_with_its_agenda_and_invited(client_of: Callable[[Member], Client], cast: Cast, group: Group) -> None:
    browser = client_of(cast.adviser)
    form = browser.get(f"/ryhmat/{group.pk}/kokous")
    day = at(10).date().isoformat()
    assert browser.submit(form, {"day": day, "starts": "12:00", "ends": "10:00"}).status_code == 422
    sent = browser.submit(form, {"day": day, "starts": "09:00", "ends": "11:00"})
    page = browser.get(sent.headers["Location"])
    assert "Sovitut tehtävät" in page.content.decode()
    assert browser.submit(page, form="invite").status_code == 302
    steering = client_of(cast.steering)
    invited = steering.get(sent.headers["Location"])
    assert "Tuletko" in invited.content.decode()
    assert steering.submit(invited, {"answer": "remote"}, form="answer").status_code == 302
    assert Attendance.objects.get(membership__person=cast.steering.someone).answer == "remote"


def test_minutes_are_written_approved_by_link_and_tasks_follow(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, held: Meeting, link_of: Callable[[Meeting], tuple[str, Actor]]
) -> None:
    browser = client_of(cast.adviser)
    item = AgendaItem.objects.filter(meeting=held)[1]
    page = browser.get(f"/kokoukset/{held.pk}/muistio/")
    assert browser.submit(page, {"body": "Puhuttiin luvuista."}, form=f"s{item.pk}").status_code == 302
    assert browser.submit(page, {"words": "Jatketaan syksyllä."}, form=f"decide{item.pk}").status_code == 302
    task = browser.get(f"/kokoukset/{held.pk}/muistio/{item.pk}/tehtava")
    who = Attendance.objects.get(meeting=held, membership__person=None).membership_id
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert browser.submit(task, {"words": "Selvitä tila", "membership": str(who), "due_day": day}).status_code == 302
    page = browser.get(f"/kokoukset/{held.pk}/muistio/")
    assert browser.submit(page, form="send-minutes").status_code == 302
    token, _actor = link_of(held)
    own = client.get(f"/k/{token}/")
    assert "Puhuttiin luvuista." in own.content.decode()
    assert client.submit(own, form="approve-minutes").status_code == 302
    done = client.get(f"/k/{token}/tehtava/{Task.objects.get().pk}/")
    assert client.submit(done, {"outcome": "Tila löytyi"}, form="finish").status_code == 302
    assert Task.objects.get().outcome == "Tila löytyi"
    for member in (cast.adviser, cast.steering):
        reader = client_of(member)
        reader.submit(reader.get(f"/kokoukset/{held.pk}/muistio/"), form="approve-minutes")
    held.refresh_from_db()
    assert held.minutes_state == "approved"
    paper = browser.get(f"/kokoukset/{held.pk}/muistio.pdf")
    words = check_accessible(paper.content, held.group.name_fi)
    assert "Jatketaan syksyllä." in words
    assert held.digest in words
    assert client.get(f"/k/{token}/muistio.pdf").content == paper.content


def test_words_that_are_refused_are_kept_with_what_to_mend(
    client: Client, client_of: Callable[[Member], Client], held: Meeting, cast: Cast, link_of: Callable[[Meeting], tuple[str, Actor]]
) -> None:
    browser = client_of(cast.adviser)
    item = AgendaItem.objects.filter(meeting=held)[1]
    page = browser.get(f"/kokoukset/{held.pk}/muistio/")
    long = browser.submit(page, {"words": "Päätettiin. " * 3000}, form=f"decide{item.pk}")
    assert (long.status_code, "Päätettiin. Päätettiin." in long.content.decode()) == (422, True)
    assert browser.submit(long, {"words": "Päätettiin."}).status_code == 302
    browser.submit(browser.get(f"/kokoukset/{held.pk}/muistio/"), form="send-minutes")
    own = client.get(f"/k/{link_of(held)[0]}/")
    empty = client.submit(own, {"words": " ", "item": str(item.pk)}, form="amend")
    assert (empty.status_code, empty.context["form"]["item"].value()) == (422, str(item.pk))
    assert client.submit(empty, {"words": "Puhuttiin myös muusta."}, form="form").status_code == 302
    refused = browser.submit(browser.get(f"/kokoukset/{held.pk}/muistio/"), {"reply": " ", "do": "leave"}, form=f"answer{Amendment.objects.get().pk}")
    assert (refused.status_code, refused.context["form"]["do"].value()) == (422, "leave")
    assert browser.submit(refused, {"reply": "Se kuuluu toiseen kohtaan."}).status_code == 302
    assert Amendment.objects.get().state == "left"


def test_two_secretaries_who_write_at_once_lose_nothing(client_of: Callable[[Member], Client], cast: Cast, held: Meeting) -> None:
    item = AgendaItem.objects.filter(meeting=held)[0]
    one, two = client_of(cast.adviser), client_of(cast.coordinator)
    first, second = one.get(f"/kokoukset/{held.pk}/muistio/"), two.get(f"/kokoukset/{held.pk}/muistio/")
    one.submit(first, {"body": "Avattiin klo 9."}, form=f"s{item.pk}")
    two.submit(second, {"body": "Puheenjohtaja avasi."}, form=f"s{item.pk}")
    page = two.get(f"/kokoukset/{held.pk}/muistio/")
    text = page.content.decode()
    assert "Avattiin klo 9." in text
    assert "Puheenjohtaja avasi." in text
    assert two.submit(page, {"body": "Puheenjohtaja avasi klo 9."}, form=f"s{item.pk}").status_code == 302
    item.refresh_from_db()
    assert item.body == "Puheenjohtaja avasi klo 9."
    assert sorted(SectionText.objects.filter(item=item).values_list("number", "state")) == [(1, "past"), (2, "past"), (3, "current")]
