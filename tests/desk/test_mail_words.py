"""To whom and why, for what and until when, and what came of it: told in each language, from codes and names of organisations only."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.utils.translation import override

from luukku.core.actor import act_as
from luukku.core.errors import RuleBroken
from luukku.core.ui.times import moment_text
from luukku.desk.access import get_handover
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Case, Handover, Leg
from tests.cast import Cast
from tests.harness.jobs import run_jobs

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
SECRET = "Salainen laskelma"
Send = Callable[..., Case]


def last() -> str:
    outbox.outbox.clear()
    run_jobs("luukku.core.tasks.send_mail")
    message = next(each for each in reversed(outbox.outbox) if each.to == ["kaisa@customer.example"])
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    whole = f"{message.subject}\n{message.body}".replace("\xa0", " ")
    assert SECRET not in whole + html
    return whole


@pytest.fixture
def taken(send: Send, cast: Cast) -> Callable[[str], Leg]:
    def taking(language: str) -> Leg:
        leg = Leg.objects.get(case=send(at=MONDAY, language=language))
        with act_as(cast.adviser.actor) as actor:
            return take_up(by=actor, leg=leg, at=MONDAY)

    return taking


@pytest.mark.parametrize(
    ("language", "asked", "why", "accepted"),
    [
        ("fi", "olemme kysyneet uutta auttajaa, {to}", "He palvelevat sinua omalla kielelläsi.", "{to} ottaa hoitaakseen asiasi"),
        ("sv", "Vi har frågat om {to} kan ta hand om ditt ärende", "De betjänar dig på ditt eget språk.", "{to} tar hand om ditt ärende"),
        ("en", "We have asked {to} to take up your matter", "They serve you in your own language.", "{to} takes up your matter"),
    ],
)
def test_handed_over_tells_to_whom_and_why(taken: Callable[[str], Leg], cast: Cast, language: str, asked: str, why: str, accepted: str) -> None:
    leg = taken(language)
    desk, organisation = cast.partner_desk, cast.partners
    desk.name_fi = desk.name_sv = desk.name_en = "Vientitiski"
    desk.save()
    name = getattr(organisation, f"name_{language}") or organisation.name_fi
    to = f"{name}, Vientitiski"
    with act_as(cast.adviser.actor) as actor:
        handover = hand_over(by=actor, leg=leg, passing=Passing(reason=SECRET, cause="language", consent="phone", to_desk=desk))
    words = last()
    assert asked.format(to=to) in words
    assert why in words
    with act_as(cast.partner.actor) as actor:
        accept(by=actor, handover=get_handover(actor, handover.pk))
    words = last()
    assert accepted.format(to=to) in words
    assert cast.partner.someone.name in words
    assert handover.due_at is not None
    with override(language):
        assert moment_text(handover.due_at).replace("\xa0", " ") in words


def test_cause_that_is_none_is_refused(taken: Callable[[str], Leg], cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        hand_over(by=actor, leg=taken("fi"), passing=Passing(reason="x", cause="mood", consent="phone", to_desk=cast.partner_desk))
    assert broken.value.field == "cause"
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    ("language", "cause", "until"),
    [
        ("fi", "Odotamme viranomaisen vastausta.", "viimeistään pe 18.12."),
        ("sv", "Vi väntar på en myndighets svar.", "senast fr 18.12"),
        ("en", "We are waiting for an authority’s answer.", "on Fri 18 Dec at the latest"),
    ],
)
def test_waiting_tells_for_what_and_until_when(taken: Callable[[str], Leg], cast: Cast, language: str, cause: str, until: str) -> None:
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=taken(language), waiting_for="authority", until=date(2026, 12, 18), words_to_customer=SECRET, at=MONDAY)
    words = last()
    assert cause in words
    assert until in words


@pytest.mark.parametrize(
    ("language", "came"),
    [
        ("fi", "Mitä siitä seurasi: neuvottu, rahoitus saatu (laina)."),
        ("sv", "Vad det ledde till: rådgivning, finansiering beviljad (lån)."),
        ("en", "What came of it: advice given, finance obtained (loan)."),
    ],
)
def test_settled_tells_what_kind_of_thing_came_of_it(taken: Callable[[str], Leg], cast: Cast, language: str, came: str) -> None:
    leg = taken(language)
    outcomes = [OutcomeForm("advice", text=SECRET), OutcomeForm("finance", 12_345, finance="loan")]
    with act_as(cast.adviser.actor) as actor:
        settle(by=actor, case=leg.case, outcomes=outcomes, words=SECRET, at=MONDAY)
    words = last()
    assert came in words
    assert "345" not in words
