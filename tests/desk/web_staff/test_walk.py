"""The thinnest walk of an adviser: from the queue to a settled matter, and a call logged."""

from collections.abc import Callable

from luukku.desk.enums import CaseState
from luukku.desk.models import Case, Leg, Message, Note
from tests.cast import Cast, Member
from tests.harness.client import Client


def test_adviser_takes_up_writes_and_settles(cast: Cast, case: Case, leg: Leg, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get("/jono/?scope=desk")
    assert case.subject in page.content.decode()
    answer = browser.submit(page, {"leg": str(leg.pk)}, form="ota")
    assert answer.status_code == 302
    leg.refresh_from_db()
    assert (leg.state, leg.handler_id) == (CaseState.TAKEN_UP, cast.adviser.someone.pk)
    page = browser.get(f"/asia/{case.number}/")
    assert page.status_code == 200
    answer = browser.submit(page, {"body": "Hei Kaisa, soitan huomenna."}, form="kirjoita")
    assert answer.status_code == 302, answer.content.decode()
    assert Message.objects.get(case=case).body == "Hei Kaisa, soitan huomenna."
    page = browser.get(f"/asia/{case.number}/{leg.pk}/ratkaise")
    answer = browser.submit(page, {"outcomes": ["advice", "finance"], "amount_loan": "12000", "words": "Sait rahoituksen."}, form=0)
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.SETTLED
    ended = browser.get(f"/asia/{case.number}/").content.decode()
    assert "12" in ended
    assert "Palvelua ei valittu." in ended
    assert "Palvelua ei ole vielä valittu." not in ended


def test_adviser_logs_a_call(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.adviser)
    page = browser.get("/kirjaa/")
    answer = browser.submit(
        page, {"caller": "040 555 0187", "who": "new", "name": "Sanna Kivelä", "words": "Ruokakärry torille kesäksi", "agreed": "mine"}
    )
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert (case.channel, case.customer.contact.phone) == ("phone", "040 555 0187")  # type: ignore[union-attr]
    assert Leg.objects.get().handler_id == cast.adviser.someone.pk
    assert not Note.objects.exists()
