"""Somebody complains."""

from collections.abc import Callable
from typing import Any

import pytest

from luukku.complaints.access import complaint_actor, complaint_token
from luukku.complaints.actions.making import ComplaintForm, complain
from luukku.complaints.models import Complaint
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Case, Leg
from tests.cast import Cast

WORDS = "Soitin kolme kertaa, eikä kukaan vastannut."


@pytest.fixture
def case(cast: Cast) -> Case:
    """A matter in the adviser's hands."""
    need = NeedForm(
        region=cast.here.region, municipality=cast.here.municipality, words="Haluan avata kahvilan.", language="fi", name="Kaisa Kahvila",
        email="kaisa@customer.example", phone="040 555 0199",
    )  # fmt: skip
    with act_as(PUBLIC):
        made = send_need(by=PUBLIC, need=need)
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=made))
    return made


@pytest.fixture
def holder(case: Case) -> Actor:
    with act_as(PUBLIC):
        actor = link_actor(first_token(case))
    assert actor is not None
    return actor


@pytest.fixture
def made(cast: Cast) -> Callable[..., Complaint]:
    """`made()`: a complaint on the public form."""

    def making(by: Actor = PUBLIC, came: str = "form", at: Any = None, **fields: Any) -> Complaint:
        given: dict[str, Any] = {
            "region": cast.here.region, "about": "door", "cause": "delay", "words": WORDS, "name": "Veera Valittaja", "email": "veera@customer.example",
        }  # fmt: skip
        with act_as(by) as actor:
            door = complain(by=actor, form=ComplaintForm(**given | fields), came=came, at=at)
        return Complaint.objects.get(door_principal=door)

    return making


@pytest.fixture
def of_case(made: Callable[..., Complaint], case: Case, holder: Actor) -> Complaint:
    """A complaint about how the adviser handled the matter, made on its status page."""
    with act_as(holder):
        seen = Case.objects.select_related("region").get(pk=case.pk)
    return made(by=holder, came="status", case=seen, about="matter")


def link(complaint: Complaint) -> Actor:
    """Who holds the complaint's own link."""
    with act_as(PUBLIC):
        actor = complaint_actor(complaint_token(complaint.door_principal))
    assert actor is not None
    return actor
