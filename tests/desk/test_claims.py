"""What was written down as having come of a matter, and the customer's word on it: hers alone, and told apart in figures."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.core import mail as outbox
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.desk.access.links import first_token
from luukku.desk.actions.claims import Said, answer_claims
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.models import Case, Leg, Outcome
from luukku.desk.queries.outcome_figures import Amounts, outcome_figures, region_outcomes
from luukku.desk.web.staff.outcome_table import outcome_rows
from tests.cast import Cast, Member
from tests.harness.client import Client

Send = Callable[..., Case]
LOAN = OutcomeForm("finance", 20_000, finance="loan")


def settled(case: Case, cast: Cast, *outcomes: OutcomeForm) -> list[Outcome]:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=case))
        settle(by=actor, case=case, outcomes=outcomes, words="Valmis")
    return list(Outcome.objects.filter(case=case).order_by("id"))


def customer_of(case: Case) -> Actor:
    return Actor("link", (case.door_principal,))


def say(case: Case, *said: Said, without_help: str = "") -> None:
    with act_as(customer_of(case)) as customer:
        answer_claims(by=customer, case=case, said=said, without_help=without_help)


def test_customer_confirms_corrects_and_rejects(case: Case, cast: Cast) -> None:
    loan, jobs, started, _advice = settled(case, cast, LOAN, OutcomeForm("jobs", count=3), OutcomeForm("started"), OutcomeForm("advice"))
    say(case, Said(loan.pk, "corrected", 15_000), Said(jobs.pk, "confirmed", 99), Said(started.pk, "rejected"), without_help="later")
    said = Outcome.objects.filter(case=case).order_by("id").values_list("word", "word_figure", "without_help", "amount", "count")
    assert list(said) == [
        ("corrected", 15_000, "later", 20_000, None), ("confirmed", None, "later", None, 3), ("rejected", None, "later", None, None),
        ("", None, "", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "figure", "field"), [("maybe", None, "word"), ("corrected", None, "figure"), ("corrected", -1, "figure"), ("", None, "word")]
)
def test_what_cannot_be_is_refused(case: Case, cast: Cast, word: str, figure: int | None, field: str) -> None:
    (loan,) = settled(case, cast, LOAN)
    with pytest.raises(RuleBroken) as broken:
        say(case, Said(loan.pk, word, figure))
    assert broken.value.field == f"{field}_{loan.pk}"
    assert Outcome.objects.get().word == ""


def test_start_has_no_figure_to_correct_and_advice_is_no_claim(case: Case, cast: Cast) -> None:
    started, advice = settled(case, cast, OutcomeForm("started"), OutcomeForm("advice"))
    with pytest.raises(RuleBroken):
        say(case, Said(started.pk, "corrected", 1))
    with pytest.raises(NotFound):
        say(case, Said(advice.pk, "confirmed"))


def test_nobody_of_the_network_says_it_for_her(case: Case, cast: Cast, send: Send) -> None:
    (loan,) = settled(case, cast, LOAN)
    other = send()
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        answer_claims(by=actor, case=case, said=[Said(loan.pk, "confirmed")])
    with act_as(customer_of(other)) as stranger, pytest.raises(NotFound):
        answer_claims(by=stranger, case=case, said=[Said(loan.pk, "confirmed")])
    with act_as(cast.adviser.actor), pytest.raises(DatabaseError, match="customer alone"), transaction.atomic():
        Outcome.objects.filter(pk=loan.pk).update(word="confirmed", word_at=timezone.now())
    say(case, Said(loan.pk, "confirmed"))
    with act_as(cast.adviser.actor), pytest.raises(DatabaseError, match="customer alone"), transaction.atomic():
        Outcome.objects.filter(pk=loan.pk).update(amount=900_000)


@pytest.mark.parametrize(("anew", "word"), [(20_000, "corrected"), (15_000, "confirmed"), (18_000, "")])
def test_word_goes_with_the_figure_on_which_it_was_given(case: Case, cast: Cast, anew: int, word: str) -> None:
    (loan,) = settled(case, cast, LOAN)
    say(case, Said(loan.pk, "corrected", 15_000), without_help="nothing")
    with act_as(cast.adviser.actor) as actor:
        reopen(by=actor, case=case)
        settle(by=actor, case=case, outcomes=[OutcomeForm("finance", anew, finance="loan")], words="Valmis")
    assert Outcome.objects.get().word == word


def test_handler_hears_of_what_is_not_right(case: Case, cast: Cast, run_jobs: Callable[..., int]) -> None:
    (loan,) = settled(case, cast, LOAN)
    run_jobs("luukku.core.tasks.send_mail")
    outbox.outbox.clear()
    say(case, Said(loan.pk, "confirmed"))
    run_jobs("luukku.core.tasks.send_mail")
    assert not outbox.outbox
    say(case, Said(loan.pk, "rejected"))
    run_jobs("luukku.core.tasks.send_mail")
    (letter,) = outbox.outbox
    assert case.number in letter.subject
    assert "20" not in letter.body.replace(case.number, "")


def test_one_tap_from_the_mail_and_from_the_page(case: Case, cast: Cast, client: Client, run_jobs: Callable[..., int]) -> None:
    settled(case, cast, LOAN, OutcomeForm("jobs", count=3))
    run_jobs("luukku.core.tasks.send_mail")
    place = f"/s/{first_token(case)}/pitaako-paikkansa/"
    body = outbox.outbox[-1].body
    assert f"{place}?oikein=yes" in body
    assert "20 000" not in body.replace("\xa0", " ")
    page = client.get(f"{place}?oikein=yes")
    assert "data-send-now" in page.content.decode()
    assert not Outcome.objects.exclude(word="").exists()  # opening it changes nothing
    assert client.submit(client.get(f"/s/{first_token(case)}/"), {}, form="claims-right").url == place
    assert set(Outcome.objects.values_list("word", flat=True)) == {"confirmed"}
    assert "data-send-now" not in client.get(f"{place}?oikein=yes").content.decode()


def test_correction_is_shown_to_her_and_to_the_handler(case: Case, cast: Cast, client: Client, client_of: Callable[[Member], Client]) -> None:
    (loan,) = settled(case, cast, LOAN)
    place = f"/s/{first_token(case)}/pitaako-paikkansa/"
    wrong = client.submit(client.get(place), {f"word_{loan.pk}": "corrected", "without_help": "later"}, form="claims")
    assert wrong.status_code == 422
    client.submit(client.get(place), {f"word_{loan.pk}": "corrected", f"figure_{loan.pk}": "12000", "without_help": "later"}, form="claims")
    assert 'value="12000"' in client.get(place).content.decode()
    shown = client_of(cast.adviser).get(f"/asia/{case.number}/").content.decode().replace("\xa0", " ")
    assert "Asiakas sanoo: 12 000 €." in shown
    assert "Ilman apua: sama, mutta myöhemmin." in shown


def test_page_without_claims_leads_to_the_matter(case: Case, cast: Cast, client: Client) -> None:
    settled(case, cast, OutcomeForm("advice"))
    assert client.get(f"/s/{first_token(case)}/pitaako-paikkansa/").url == f"/s/{first_token(case)}/"


def test_figures_tell_claimed_and_confirmed_apart(send: Send, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    month = ended_months(12).starts[-1]
    at = timezone.make_aware(datetime.combine(month + timedelta(days=9), time(12)))
    cases = [send() for _ in range(10)]
    claims = [settled(each, cast, OutcomeForm("jobs", count=3))[0] for each in cases]
    for number, (each, claim) in enumerate(zip(cases, claims, strict=True)):
        if number < 4:
            say(each, Said(claim.pk, "confirmed"))
    Outcome.objects.update(created_at=at)
    months, region = ended_months(12), cast.here.region.pk

    def told() -> tuple[int, Amounts | None]:
        with act_as(cast.coordinator.actor):
            (found,) = region_outcomes(region, months)
        return found.people, found.confirmed

    assert told() == (30, None)  # four could be known
    say(cases[4], Said(claims[4].pk, "corrected", 1))
    assert told() == (30, Amounts(5, 0, 13))
    say(cases[5], Said(claims[5].pk, "confirmed"))
    assert told() == (30, None)  # the four others could be reckoned
    for number in range(6, 10):
        say(cases[number], Said(claims[number].pk, "confirmed"))
    assert told() == (30, Amounts(10, 0, 28))
    with act_as(cast.coordinator.actor) as actor:
        assert measures["desk.jobs_confirmed"].compute(region, months) == (28.0, 10)
        assert {each.confirmed for each in outcome_figures(actor, region, months)} == {Amounts(10, 0, 28)}
    with act_as(cast.coordinator.actor) as actor, translation.override("fi"):
        assert {row.confirmed for row in outcome_rows(actor, cast.here.region)} == {"10 asiaa, 28 ihmistä"}
    assert client_of(cast.coordinator).get("/luvut/toteumat.csv").content.decode().count(";10;28\r\n") == 2
