"""The question months later, on the customer's page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.secret_links import make_token
from luukku.desk.actions.outcome_checks import ask_all
from luukku.desk.models import Case, OutcomeCheck, StatusLink
from tests.harness.client import Client


@pytest.fixture
def asked(settled: Case) -> str:
    """The address of the question."""
    long_ago = timezone.now() - timedelta(days=190)
    Case.objects.update(settled_at=long_ago)
    assert settled.customer is not None
    settled.customer.feedback_asked_at = None
    settled.customer.save()
    assert ask_all() == 1
    link = StatusLink.objects.order_by("-id")[0]
    return f"/s/{make_token(settled.door_principal, link.created_at)}/mita-seurasi/"


def test_choice_is_enough_and_is_shown_again(client: Client, asked: str) -> None:
    answer = client.submit(client.get(asked), {"held": "less", "without_help": "nothing", "words": "Asiakkaita oli vähän."}, form="outcome")
    assert answer.url == asked
    check = OutcomeCheck.objects.get()
    assert (check.held, check.without_help, check.words) == ("less", "nothing", "Asiakkaita oli vähän.")
    assert "Asiakkaita oli vähän." in client.get(asked).content.decode()


def test_missing_choice_is_asked_for_and_words_are_kept(client: Client, asked: str) -> None:
    answer = client.submit(client.get(asked), {"words": "Sanon vain."}, form="outcome")
    assert answer.status_code == 422
    assert "Sanon vain." in answer.content.decode()
    assert OutcomeCheck.objects.get().answered_at is None


def test_question_that_nobody_asked_leads_to_the_matter(client: Client, settled: Case, page: str) -> None:
    assert client.get(f"{page}mita-seurasi/").url == page
