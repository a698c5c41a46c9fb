"""A fixed end comes near: the agreement goes on by annex or by a new one, and nobody is asked for what has been agreed on."""

from collections.abc import Callable

import pytest

from luukku.agreements.actions.signing import sign
from luukku.agreements.actions.sweeping import sweep
from luukku.agreements.models import Agreement, Document, Notice, Party, Signatory
from luukku.core.actor import act_as, act_as_house
from luukku.core.models import OutgoingMail
from luukku.governance.models import ClockEntry
from luukku.network.models import Participation
from tests.agreements.conftest import day, drafted, holder, in_force_now, name_all, sent, sign_all
from tests.cast import Cast, Member
from tests.harness.client import Client

ASKS = "Sopikaa, mitä sopimuksen jälkeen tulee"


def night(days: int) -> dict[str, int]:
    with act_as_house("the night's sweep") as house:
        return sweep(by=house, today=day(days))


@pytest.fixture
def ending(cast: Cast) -> Agreement:
    """In force until sixty days from today."""
    return in_force_now(cast, last_day=day(60), notice_months=1)


def extended(cast: Cast, browser: Client, agreement: Agreement, last_day: str) -> Document:
    made = browser.submit(browser.get(f"/sopimukset/{agreement.pk}/jatka"), {"last_day": last_day})
    assert made.status_code == 302
    document = Document.objects.get(kind="extend")
    name_all(cast.coordinator.actor, document)
    return document


def test_agreement_goes_on_by_a_signed_annex_and_its_parties_stay(cast: Cast, ending: Agreement, client_of: Callable[[Member], Client]) -> None:
    browser = client_of(cast.coordinator)
    early = browser.submit(browser.get(f"/sopimukset/{ending.pk}/jatka"), {"last_day": day(30).isoformat()})
    assert early.status_code == 422
    document = extended(cast, browser, ending, day(400).isoformat())
    ending.refresh_from_db()
    assert ending.last_day == day(60), "nothing changes before all have signed"
    sign_all(sent(cast, document))
    ending.refresh_from_db()
    assert ending.last_day == day(400)
    night(61)
    assert not Party.objects.filter(agreement=ending).exclude(left_at=None).exists()
    assert Participation.objects.on(day(61)).filter(organisation=cast.partners, region=cast.here.region).exists()


def test_agreement_goes_on_until_further_notice(cast: Cast, ending: Agreement, client_of: Callable[[Member], Client]) -> None:
    sign_all(sent(cast, extended(cast, client_of(cast.coordinator), ending, "")))
    ending.refresh_from_db()
    assert ending.last_day is None


def test_end_that_comes_near_is_told_once_a_step_until_something_later_is_signed(cast: Cast, ending: Agreement) -> None:
    assert (night(0)["ending"], night(1)["ending"], night(31)["ending"]) == (1, 0, 1)
    assert set(Notice.objects.filter(agreement=ending).values_list("code", flat=True)) == {
        f"ends-{day(60).isoformat()}-90", f"ends-{day(60).isoformat()}-30",
    }  # fmt: skip
    in_force_now(cast, first_day=day(61))
    assert night(54)["ending"] == 0


@pytest.mark.parametrize("how", ["annex", "anew"])
def test_what_comes_after_is_asked_for_until_it_has_been_agreed_on(
    cast: Cast, ending: Agreement, client_of: Callable[[Member], Client], how: str
) -> None:
    asked = ClockEntry.objects.get(region=cast.here.region, kind="due", title=ASKS, done_at=None)
    if how == "annex":
        sign_all(sent(cast, extended(cast, client_of(cast.coordinator), ending, day(400).isoformat())))
    else:
        in_force_now(cast, first_day=day(61))
    assert ClockEntry.objects.get(pk=asked.pk).done_at is not None
    waits = ClockEntry.objects.standing().filter(region=cast.here.region, title=ASKS, done_at=None)
    assert waits.count() == (1 if how == "annex" else 0), "the new end is asked about in its turn"


def test_who_has_not_signed_is_reminded_each_week_and_who_has_is_not(cast: Cast) -> None:
    document = sent(cast, Document.objects.get(agreement=drafted(cast)))
    first, *others = Signatory.objects.filter(document=document).order_by("pk")
    assert others
    with act_as(holder(first)) as by:
        found = Document.objects.get(pk=document.pk)
        sign(by=by, document=found, digest=found.digest)
    before = OutgoingMail.objects.filter(kind="agreements.sign").count()
    assert [night(each)["unsigned"] for each in (6, 7, 8, 13, 14)] == [0, len(others), 0, 0, len(others)]
    asked = OutgoingMail.objects.filter(kind="agreements.sign").order_by("pk")[before:]
    assert {mail.subject_id for mail in asked} == {each.pk for each in others}
