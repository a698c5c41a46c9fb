"""Cases as bare rows, for tests of the database and of reads. What follows a rule is made by the desk's actions instead."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from luukku.desk.enums import CaseState, Channel, ClockKind, Direction
from luukku.desk.models import Case, Leg, Message, Note
from luukku.network.models import Desk
from tests.factories.customers import ContactFactory


class CaseFactory(DjangoModelFactory[Case]):
    """A bare case without a leg: only its customer and its door may read it."""

    class Meta:
        model = Case

    number = Sequence(lambda n: f"T-26-{n:04}")
    subject = "Toiminimen perustaminen"
    own_words = "Haluan perustaa toiminimen."
    language = "fi"
    channel = Channel.WEB


class LegFactory(DjangoModelFactory[Leg]):
    class Meta:
        model = Leg

    case = SubFactory(CaseFactory)
    state = CaseState.NEW
    due_at = LazyFunction(lambda: timezone.now() + timedelta(days=1))
    due_kind = ClockKind.TAKEN_UP


class MessageFactory(DjangoModelFactory[Message]):
    class Meta:
        model = Message

    direction = Direction.IN
    body = "Milloin kuulen asiasta?"


class NoteFactory(DjangoModelFactory[Note]):
    class Meta:
        model = Note

    body = "Soitettu, ei vastannut."


def case_at(desk: Desk, **fields: Any) -> Case:
    """A case with one leg at `desk`, readable by the desk's organisation and the customer. Read back with its readers."""
    if "customer" not in fields:
        fields["customer"] = ContactFactory.create().customer
    case = CaseFactory.create(region=desk.region, **fields)
    LegFactory.create(case=case, desk=desk)
    case.refresh_from_db()
    return case
