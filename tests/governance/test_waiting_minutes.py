"""The page of a meeting whose minutes are out says what they wait for, and whose silence approves them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.governance.actions.approving import amend, approve_silent, send_out, settle_amendment
from luukku.governance.actions.minutes import write_section
from luukku.governance.models import AgendaItem, Amendment, Meeting
from tests.cast import Cast, Member
from tests.harness.client import Client


@pytest.fixture
def out(cast: Cast, held: Meeting) -> Meeting:
    with act_as(cast.adviser.actor) as by:
        return send_out(by=by, meeting=held)


def _words(browser: Client, path: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get(path).content.decode()).split())


def test_day_by_which_silence_approves_stands_in_a_whole_sentence(cast: Cast, out: Meeting, client_of: Callable[[Member], Client]) -> None:
    words = _words(client_of(cast.coordinator), f"/kokoukset/{out.pk}/")
    assert "Myös se, joka ei ole sanonut mitään viimeistään" in words
    assert ".." not in words
    assert f"{out.group.name}: " in words  # whose meeting it is, beside when


def test_open_change_holds_the_silence_and_the_page_says_so(cast: Cast, out: Meeting, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.steering.actor) as by:
        wanted = amend(by=by, meeting=out, words="Oikein")
    Meeting.objects.filter(pk=out.pk).update(approve_by=timezone.localdate() - timedelta(days=3))
    assert approve_silent(timezone.localdate()) == 0
    keeps, reads = client_of(cast.coordinator), client_of(cast.steering)
    page = f"/kokoukset/{out.pk}/"
    for browser, path in ((keeps, page), (reads, page), (reads, f"{page}muistio/")):
        words = _words(browser, path)
        assert "on mennyt. Korjausehdotus odottaa vastausta" in words
        assert "hyväksy se viimeistään" not in words
    assert f'href="/kokoukset/{out.pk}/muistio/#amendment{wanted.pk}">Vastaa korjausehdotukseen' in keeps.get(page).content.decode()
    assert "Vastaa korjausehdotukseen" not in _words(reads, page)
    with act_as(cast.adviser.actor) as by:
        settle_amendment(by=by, amendment=wanted, taken=False, reply="Ei muutu")
    assert "hyväksytyksi seuraavana aamuna" in _words(reads, page)
    assert approve_silent(timezone.localdate()) == 1


def test_changed_text_waits_to_be_sent_anew(cast: Cast, out: Meeting, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.adviser.actor) as by:
        write_section(by=by, item=AgendaItem.objects.filter(meeting=out)[0], body="Toisin", based_on=0)
    assert "Lähetä se uudelleen" in _words(client_of(cast.coordinator), f"/kokoukset/{out.pk}/")
    reader = client_of(cast.steering).get(f"/kokoukset/{out.pk}/muistio/").content.decode()
    assert "Se tulee uudelleen luettavaksi" in reader
    assert 'id="approve-minutes"' not in reader
    with act_as(cast.adviser.actor) as by:
        send_out(by=by, meeting=out)
    assert 'id="approve-minutes"' in client_of(cast.steering).get(f"/kokoukset/{out.pk}/muistio/").content.decode()


def test_minutes_that_are_out_are_read_first_and_written_when_asked(cast: Cast, out: Meeting, client_of: Callable[[Member], Client]) -> None:
    with act_as(cast.steering.actor) as by:
        item = AgendaItem.objects.filter(meeting=out)[0]
        wanted = amend(by=by, meeting=out, words="Oikein", item=item)
    browser, minutes = client_of(cast.coordinator), f"/kokoukset/{out.pk}/muistio/"
    page = browser.get(minutes)
    shown = page.content.decode()
    assert 'name="body"' not in shown
    assert f'id="answer{wanted.pk}"' in shown  # what is wanted changed is answered beside the text
    assert f'href="{minutes}?muokkaa=1"' in shown
    taken = browser.submit(page, {"reply": "", "do": "take"}, form=f"answer{wanted.pk}")
    assert taken.headers["Location"] == f"{minutes}?muokkaa=1#p{item.pk}"
    assert Amendment.objects.get().state == "taken"
    kept = browser.submit(browser.get(f"{minutes}?muokkaa=1"), {"body": "Toisin"}, form=f"s{item.pk}")
    assert kept.headers["Location"] == f"{minutes}?muokkaa=1#p{item.pk}"
    assert 'id="send-minutes"' in browser.get(minutes).content.decode()  # changed, it must go out anew
    assert 'name="body"' not in client_of(cast.steering).get(f"{minutes}?muokkaa=1").content.decode()


def test_point_is_taken_off_the_agenda_only_after_asking(cast: Cast, planned: Meeting, client_of: Callable[[Member], Client]) -> None:
    browser, item = client_of(cast.coordinator), AgendaItem.objects.filter(meeting=planned)[1]
    asked = browser.get(f"/kokoukset/{planned.pk}/kohta/{item.pk}/pois")
    assert (asked.status_code, str(item.title) in asked.content.decode()) == (200, True)
    assert AgendaItem.objects.filter(pk=item.pk).exists()
    assert f'href="/kokoukset/{planned.pk}/kohta/{item.pk}/pois"' in browser.get(f"/kokoukset/{planned.pk}/").content.decode()
    assert browser.submit(asked).status_code == 302
    assert not AgendaItem.objects.filter(pk=item.pk).exists()
