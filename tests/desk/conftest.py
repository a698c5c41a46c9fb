"""A need that has come in, and who may act on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.models import StoredFile
from luukku.core.remembered import forget_all
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.routing import RuleForm, add_rule, draft_of, remove_rule, take_into_use
from luukku.desk.actions.talking import add_note, write
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Case, Feedback, FollowUp, IncomingMail, Leg, Mailbox, OutcomeCheck, Proposal, RuleBook
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory

Use = Callable[..., RuleBook]
WORDS = "Haluan avata kahvilan Koskimaalle. Mistä saan rahoitusta laitteisiin?"


@pytest.fixture
def need(cast: Cast) -> Callable[..., NeedForm]:
    def make(**fields: Any) -> NeedForm:
        given: dict[str, Any] = {
            "region": cast.here.region, "municipality": cast.here.municipality, "words": WORDS, "language": "fi",
            "name": "Kaisa Kahvila", "email": "kaisa@customer.example", "phone": "040 555 0199",
        }  # fmt: skip
        return NeedForm(**given | fields)

    return make


@pytest.fixture
def send(need: Callable[..., NeedForm]) -> Callable[..., Case]:
    """`send()`: the public form is sent."""

    def sending(at: datetime | None = None, **fields: Any) -> Case:
        with act_as(PUBLIC):
            return send_need(by=PUBLIC, need=need(**fields), at=at)

    return sending


@pytest.fixture
def case(send: Callable[..., Case]) -> Case:
    return send()


@pytest.fixture
def leg(case: Case) -> Leg:
    return Leg.objects.get(case=case)


@pytest.fixture
def holder(case: Case) -> Actor:
    """Who holds the case's status link."""
    with act_as(PUBLIC):
        actor = link_actor(first_token(case))
    assert actor is not None
    return actor


@pytest.fixture
def full(case: Case, leg: Leg, cast: Cast) -> Case:
    """The case with a row in every table."""
    actor = cast.adviser.actor
    with act_as(actor):
        take_up(by=actor, leg=leg)
        write(by=actor, case=case, body="Hei", files=[SimpleUploadedFile("ulos.txt", b"1")])
        add_note(by=actor, case=case, body="Sisäinen", files=[SimpleUploadedFile("sisalla.txt", b"2")])
        wait(by=actor, leg=leg, waiting_for="authority")
        settle(by=actor, case=case, outcomes=[OutcomeForm("advice")], words="Valmis")
    Proposal.objects.create(case=case, leg=leg, service=ServiceFactory.create(), rank=1, score=0.9)
    Feedback.objects.create(case=case, face=4)
    FollowUp.objects.create(case=case, due_at=timezone.now())
    OutcomeCheck.objects.create(case=case, months=6)
    box = Mailbox.objects.create(region=case.region, address="asia@cast.example", host="mail.example", user="asia")
    original = StoredFile.objects.create(name="mail.eml", content_type="message/rfc822", size=1, sha256="0" * 64)
    IncomingMail.objects.create(mailbox=box, uidvalidity=1, uid=1, fate="case", case=case, original=original, arrived_at=case.contacted_at)
    return case


@pytest.fixture
def use(cast: Cast) -> Use:
    """`use(RuleForm(...), ...)`: the coordinator takes these rules of the region into use."""

    def using(*rules: RuleForm) -> RuleBook:
        by = cast.coordinator.actor
        draft = draft_of(by=by, region=cast.here.region)
        for old in draft.rules.all():
            remove_rule(by=by, rule=old)
        for rule in rules:
            add_rule(by=by, draft=draft, rule=rule)
        book = take_into_use(by=by, draft=draft)
        forget_all()
        return book

    return using


@pytest.fixture
def inside(cast: Cast) -> Use:
    """The desk lead takes these rules of her own desk into use."""

    def using(*rules: RuleForm) -> RuleBook:
        draft = draft_of(by=cast.desklead.actor, region=cast.here.region, desk=cast.here.desk)
        for rule in rules:
            add_rule(by=cast.desklead.actor, draft=draft, rule=rule)
        book = take_into_use(by=cast.desklead.actor, draft=draft)
        forget_all()
        return book

    return using
