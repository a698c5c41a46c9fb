"""Whoever proved her address finds the complaints she made by the open page among what is held of her, and nobody else does."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.complaints.access import get_complaint
from luukku.complaints.actions.forgetting import forget_of
from luukku.complaints.actions.seeing_to import answer, note
from luukku.complaints.models import Complaint
from luukku.complaints.queries.persons import held_complaints
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.gathering import person_records
from luukku.customers.models import Contact
from tests.cast import Cast
from tests.complaints.conftest import WORDS
from tests.factories.customers import ContactFactory, CustomerFactory
from tests.factories.network import UserFactory

pytestmark = pytest.mark.django_db


def answered(complaint: Complaint, cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as actor:
        found = get_complaint(actor, complaint.pk)
        note(by=actor, complaint=found, words="Vain meille")
        answer(by=actor, complaint=found, words="Hei, pahoittelemme")


def test_complaint_by_the_open_page_is_found_by_its_proven_address(made: Callable[..., Complaint], cast: Cast) -> None:
    answered(made(email="Founder@cast.example", wish="Soittakaa"), cast)
    made()
    with act_as(cast.founder.actor) as actor:
        assert held_complaints(actor) == [
            {
                "day": timezone.localdate(), "organisation": cast.here.organisation.name_fi, "words": WORDS, "wish": "Soittakaa",
                "answer": "Hei, pahoittelemme",
            }
        ]  # fmt: skip


def test_nobody_else_finds_it(made: Callable[..., Complaint], cast: Cast) -> None:
    made(email="founder@cast.example")
    user = UserFactory.create(email="other@customer.example")
    ContactFactory.create(customer=CustomerFactory.create(user=user), email=user.email)
    assert Contact.objects.filter(email="other@customer.example").exists()
    for member in cast.staff:
        with act_as(member.actor) as actor:
            assert held_complaints(actor) == []
    assert held_complaints(PUBLIC) == []


def test_answered_one_is_forgotten_when_she_asks_and_a_waiting_one_is_not(made: Callable[..., Complaint], cast: Cast) -> None:
    old, waiting = made(email="founder@cast.example"), made(email="founder@cast.example", words="Odotan yhä")
    answered(old, cast)
    with act_as_house("she asks"):
        assert person_records["complaints.complaint"].forget is forget_of
        assert forget_of("FOUNDER@cast.example") == 1
    with act_as(cast.founder.actor) as actor:
        assert [row["words"] for row in held_complaints(actor)] == ["Odotan yhä"]
    waiting.refresh_from_db()
    assert waiting.forgotten_at is None
