"""A matter in the adviser's hands, and statements asked on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Attachment, Case, Leg
from luukku.statements.actions.asking import Asking, Giver, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.actions.giving import TextDraft
from luukku.statements.models import Plan, Statement
from tests.cast import Cast

CUSTOMER_ANSWERS = {"start": "Keväällä", "trade": "Kahvia kulkijoille", "need": "12000", "full-time": "yes"}
GIVEN = TextDraft(
    stance="for", grounds="Suunnitelma on huolellinen.", answers={"skill": "good", "market": "yes", "lasting": "yes", "months": "6"}
)  # fmt: skip


@pytest.fixture
def case(cast: Cast) -> Case:
    """The café's matter, with her business plan."""
    need = NeedForm(
        region=cast.here.region, municipality=cast.here.municipality, words="Haluan avata kahvilan ja hakea starttirahaa.", language="fi",
        name="Kaisa Kahvila", email="kaisa@customer.example", phone="040 555 0199",
    )  # fmt: skip
    with act_as(PUBLIC):
        return send_need(by=PUBLIC, need=need)


@pytest.fixture
def holder(case: Case) -> Actor:
    with act_as(PUBLIC):
        actor = link_actor(first_token(case))
    assert actor is not None
    return actor


@pytest.fixture
def mine(case: Case, cast: Cast, holder: Actor) -> Leg:
    """The case's part, taken up by the adviser; the customer has sent her business plan."""
    with act_as(holder) as actor:
        customer_writes(by=actor, case=case, body="Tässä suunnitelma", files=[SimpleUploadedFile("suunnitelma.txt", b"Kahvila torin laidalle")])
    with act_as(cast.adviser.actor) as actor:
        return take_up(by=actor, leg=Leg.objects.get(case=case))


@pytest.fixture
def asking(cast: Cast, mine: Leg) -> Callable[..., Asking]:
    def make(**fields: Any) -> Asking:
        with act_as(cast.adviser.actor) as actor:
            form = take_ready_made(by=actor, region=cast.here.region, code="start-up-grant")
        given: dict[str, Any] = {
            "form": form, "title": "Kahvila torin laidalla", "basics": "Kahvila, kaksi työpaikkaa.", "asks": "Puollatteko starttirahaa?",
            "givers": [Giver(cast.partner_desk)], "consent": "phone", "answers": CUSTOMER_ANSWERS,
            "attachments": list(Attachment.objects.filter(case=mine.case_id).values_list("pk", flat=True)),
        }  # fmt: skip
        return Asking(**given | fields)

    return make


@pytest.fixture
def asked(mine: Leg, cast: Cast, asking: Callable[..., Asking]) -> Callable[..., Plan]:
    """`asked()`: the adviser has asked the partner for a statement, agreed on the phone."""

    def work(at: Any = None, **fields: Any) -> Plan:
        with act_as(cast.adviser.actor) as actor:
            return ask(by=actor, leg=mine, asking=asking(**fields), at=at)

    return work


@pytest.fixture
def statement(asked: Callable[..., Plan]) -> Statement:
    return Statement.objects.select_related("from_desk", "to_desk").get(plan=asked())
