"""A row in every table behind the wall, of people and matters of one organisation: what an attack on the database must not get at.

A new table behind the wall gets its row here: through an action where one makes it, else by the model. The test that walks the catalogue
of the database (test_walls_of_every_table.py) names the table that has none.
"""

import hashlib
import uuid
from datetime import timedelta

from django.utils import timezone

from luukku.catalogue.models import ConfirmedAnswer, UnmetNeed
from luukku.core.actor import act_as
from luukku.customers.models import Contact
from luukku.desk.access import get_handover
from luukku.desk.actions.appointments.booking import agree
from luukku.desk.actions.appointments.feeds import make_feed
from luukku.desk.actions.appointments.plan import Plan
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import ask
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.kiosks import set_up_kiosk
from luukku.desk.actions.partners import make_key
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import Breach, Case, Clock, ClockWarning, KioskAnswer, Leg, SentContact, WalkIn
from luukku.network.actions.presence import mark_presence
from luukku.network.models import Premises
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory


def fill(cast: Cast, ended: Case, going: Case) -> None:
    """`ended` has a row in every table of the first walk (tests/desk/conftest.py: full); `going` is new and goes on from here."""
    now = timezone.now()
    _hand_over_and_meet(cast, going)
    _watch(cast, ended)
    with act_as(cast.desklead.actor) as lead:
        kiosk = set_up_kiosk(by=lead, desk=cast.here.desk, place="Aula")
    KioskAnswer.objects.create(kiosk=kiosk, key=uuid.uuid4(), face=1, given_at=now)
    with act_as(cast.admin.actor) as admin:
        key, _secret = make_key(by=admin, organisation=cast.here.organisation, name="Customer register")
    digest = hashlib.sha256(b"x").digest()
    SentContact.objects.create(
        key=key, organisation=cast.here.organisation, case=ended, idempotency_digest=digest, body_digest=digest, gave_link=False
    )
    with act_as(cast.adviser.actor) as adviser:
        mark_presence(by=adviser, state="in")
        make_feed(by=adviser, full=True)
    house = Premises.objects.create(organisation=cast.here.organisation, name="Yritystalo", municipality=cast.here.municipality)
    WalkIn.objects.create(case=going, premises=house, host=cast.adviser.someone, way="walk")
    ConfirmedAnswer.objects.create(
        service=ServiceFactory.create(), language="fi", text="sanat", source_kind="desk.leg", source_id=1, was_proposed=True
    )
    UnmetNeed.objects.create(text="mitä vain", language="fi", region=cast.here.region, day=now.date())
    for contact in Contact.objects.filter(customer=ended.customer):
        contact.phone = "040 555 0123"
        contact.save()  # its history


def _hand_over_and_meet(cast: Cast, going: Case) -> None:
    start = timezone.now() + timedelta(days=3)
    plan = Plan(
        cast.here.desk,
        (cast.adviser.someone,),
        start,
        start + timedelta(hours=1),
        start + timedelta(hours=1),
        start,
        MeetingPlace.PHONE,
    )
    with act_as(cast.adviser.actor) as adviser:
        leg = take_up(by=adviser, leg=Leg.objects.get(case=going))
        agree(by=adviser, case=going, plan=plan)
        passing = Passing(reason="Asia kuuluu muualle.", to_desk=cast.partner_desk, consent="phone")
        handover = hand_over(by=adviser, leg=leg, passing=passing)
    with act_as(cast.partner.actor) as partner:
        ask(by=partner, handover=get_handover(partner, handover.pk), words="Mitä on tehty?")


def _watch(cast: Cast, ended: Case) -> None:
    clock, now = Clock.objects.filter(leg__case=ended)[0], timezone.now()
    ClockWarning.objects.create(clock=clock, step="handler", due_at=now, person=cast.adviser.someone, at=now)
    Breach.objects.create(clock=clock, kind=clock.kind, desk=cast.here.desk, due_at=now, noticed_at=now)
