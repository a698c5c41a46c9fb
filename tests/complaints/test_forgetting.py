"""What was said of a complaint goes with its time or its matter; its figures stay, and one that waits for its answer is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.complaints.access import get_complaint
from luukku.complaints.actions import seeing_to
from luukku.complaints.actions.forgetting import complaints_due, forget_complaints
from luukku.complaints.models import Complaint, ComplaintTurn, Correction
from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.core.registries import retention_rules
from luukku.desk.actions.forgetting import forget_cases
from luukku.desk.models import Case
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


def answered(complaint: Complaint, cast: Cast) -> Complaint:
    with act_as(cast.coordinator.actor) as actor:
        found = get_complaint(actor, complaint.pk)
        seeing_to.note(by=actor, complaint=found, words="Veera soitti kolmesti")
        day = timezone.localdate() + timedelta(days=7)
        seeing_to.correct(by=actor, complaint=found, what="Veeralle soitetaan", person=cast.desklead.someone, by_day=day)
        seeing_to.answer(by=actor, complaint=found, words="Hei Veera, pahoittelemme")
    return complaint


def words_left() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from complaints_complaint x where to_jsonb(x)::text ~* 'veera|kolme kertaa')"
            " + (select count(*) from complaints_complaintturn x where to_jsonb(x)::text ~* 'veera')"
            " + (select count(*) from complaints_correction x where to_jsonb(x)::text ~* 'veera')"
        )
        return int(cursor.fetchone()[0])


def test_answered_complaint_loses_its_words_when_its_time_is_over_and_no_figure(made: Callable[..., Complaint], cast: Cast) -> None:
    old, waiting = answered(made(), cast), made(name="Wille Waiting", words="Odotan yhä", email="wille@customer.example")
    Complaint.objects.filter(pk=old.pk).update(answered_at=timezone.now() - timedelta(days=1200))
    assert retention_rules["complaints.complaint"].months == 36
    with act_as_house("try it"):
        before = timezone.now() - timedelta(days=1100)
        assert (complaints_due(before), forget_complaints(before, 10), complaints_due(before)) == (1, 1, 0)
    assert words_left() == 0
    old.refresh_from_db()
    waiting.refresh_from_db()
    assert (old.cause, old.about, old.state, old.first_answered_at is not None) == ("delay", "door", "answered", True)
    assert (ComplaintTurn.objects.filter(complaint=old).count(), Correction.objects.filter(complaint=old).count()) == (2, 1)
    assert (waiting.words, waiting.forgotten_at) == ("Odotan yhä", None)


def test_complaint_goes_with_its_matter_but_not_before_it_is_answered(of_case: Complaint, case: Case, cast: Cast) -> None:
    Case.objects.filter(pk=case.pk).update(state="settled", settled_at=timezone.now())
    with act_as_house("she asks") as house:
        forget_cases(by=house, keys=[case.pk], why="asked")
        assert complaints_due(timezone.now() - timedelta(days=1100)) == 0
    assert words_left() == 1
    answered(of_case, cast)
    with act_as_house("the next night"):
        assert forget_complaints(timezone.now() - timedelta(days=1100), 10) == 1
    assert words_left() == 0


def test_answered_complaint_goes_at_once_when_its_matter_is_forgotten(of_case: Complaint, case: Case, cast: Cast) -> None:
    answered(of_case, cast)
    Case.objects.filter(pk=case.pk).update(state="settled", settled_at=timezone.now())
    with act_as_house("she asks") as house:
        forget_cases(by=house, keys=[case.pk], why="asked")
    assert words_left() == 0


def test_forgotten_complaint_is_told_as_such_and_not_opened_again(
    made: Callable[..., Complaint], cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    complaint = answered(made(), cast)
    with act_as_house("try it"):
        forget_complaints(timezone.now() + timedelta(days=1), 10)
    with act_as(cast.coordinator.actor) as actor, pytest.raises(RuleBroken):
        seeing_to.reopen(by=actor, complaint=complaint, words="Vielä kerran")
    shown = client_of(cast.coordinator).get(f"/valitukset/{complaint.pk}/").content.decode()
    assert "Se, mitä sanottiin, on poistettu" in shown
    assert f"/valitukset/{complaint.pk}/avaa" not in shown


def test_no_request_forgets_what_was_said(made: Callable[..., Complaint], cast: Cast) -> None:
    complaint = answered(made(), cast)
    with act_as(cast.coordinator.actor):
        for rows, fields in (
            (ComplaintTurn.objects.filter(complaint=complaint), {"body": ""}), (Complaint.objects.filter(pk=complaint.pk), {"forgotten_at": timezone.now()})
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**fields)
    with act_as_house("not even the house puts other words there"), pytest.raises(DatabaseError), transaction.atomic():
        ComplaintTurn.objects.filter(complaint=complaint).update(body="Muuta")
