"""What she takes along holds what hangs on her matter in other modules, as far as she may read it."""

import json
from collections.abc import Callable

import pytest

from luukku.complaints.access import get_complaint
from luukku.complaints.actions import seeing_to
from luukku.complaints.actions.making import ComplaintForm, complain
from luukku.complaints.models import Complaint
from luukku.core.actor import Actor, act_as
from luukku.desk.access.links import first_token
from luukku.desk.actions.guests import invite_guest
from luukku.desk.models import Case
from luukku.statements.access import get_statement
from luukku.statements.actions.giving import accept, sign
from luukku.statements.models import Plan, Statement
from tests.cast import Cast
from tests.harness.client import Client
from tests.statements.conftest import GIVEN, asked, asking, case, holder, mine

pytestmark = pytest.mark.django_db
__all__ = ("asked", "asking", "case", "holder", "mine")


def test_export_holds_complaints_statements_and_guests(client: Client, asked: Callable[..., Plan], case: Case, holder: Actor, cast: Cast) -> None:
    asked()
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, statement=get_statement(actor, Statement.objects.get().pk))
        sign(by=actor, statement=get_statement(actor, Statement.objects.get().pk), draft=GIVEN)
    with act_as(holder) as actor:
        invite_guest(by=actor, case=case, name="Kalle Kumppani", email="kalle@customer.example", agreed=True)
        seen = Case.objects.select_related("region").get(pk=case.pk)
        form = ComplaintForm(region=seen.region, about="matter", cause="delay", words="Kukaan ei soittanut", name="Kaisa", case=seen)
        complain(by=actor, form=form, came="status")
    with act_as(cast.coordinator.actor) as actor:
        complaint = get_complaint(actor, Complaint.objects.get().pk)
        seeing_to.note(by=actor, complaint=complaint, words="Vain meille")
        seeing_to.answer(by=actor, complaint=complaint, words="Pahoittelemme")
    place = f"/s/{first_token(case)}/tietoni/kaikki/"
    found = json.loads(client.get(f"{place}?json=1").content)
    assert [row["words"] for row in found["complaints"]] == ["Kukaan ei soittanut"]
    assert [row["body"] for row in found["complaint answers"]] == ["Pahoittelemme"]
    assert (found["plans"][0]["basics"], "Kahvia kulkijoille" in found["plans"][0]["answers"]) == ("Kahvila, kaksi työpaikkaa.", True)
    assert [row["state"] for row in found["statements"]] == ["given"]
    assert [row["grounds"] for row in found["stated"]] == [GIVEN.grounds]
    assert [row["email"] for row in found["guests"]] == ["kalle@customer.example"]
    assert "Vain meille" not in json.dumps(found)
    page = client.get(place).content.decode()
    assert "Mitä valituksistasi on sanottu" in page
    assert "Kahvia kulkijoille" in page
