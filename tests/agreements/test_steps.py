"""The steps by which an agreement comes about: talks and approvals party by party, the check on the national level, what follows by itself."""

from collections.abc import Callable

import pytest

from luukku.agreements.actions.life import do_step
from luukku.agreements.enums import StepCode
from luukku.agreements.models import Agreement, Step
from luukku.agreements.queries.due import my_due
from luukku.agreements.queries.pages import LifeStep, agreement_page
from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from tests.agreements.conftest import day
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def steps_of(cast: Cast, agreement: Agreement) -> dict[str, LifeStep]:
    with act_as(cast.coordinator.actor) as by:
        return {each.code.value: each for each in agreement_page(by, agreement.pk).steps}


@pytest.mark.parametrize("code", ["talks", "approved"])
def test_step_of_parties_is_done_when_every_party_has_had_its_own(cast: Cast, draft: Agreement, client_of: ClientOf, code: str) -> None:
    browser, url = client_of(cast.coordinator), f"/sopimukset/{draft.pk}/vaihe/{code}"
    ours, theirs = cast.here.organisation, cast.partners
    assert browser.submit(browser.get(url), {"organisation": ours.pk, "words": "Kaksi neuvojaa, oma puhelin"}).status_code == 302
    half = steps_of(cast, draft)[code]
    assert (half.done, half.of, [each.pk for each in half.waits]) == (False, 2, [theirs.pk])
    page = browser.get(f"/sopimukset/{draft.pk}/").content.decode()
    assert ("Kaksi neuvojaa, oma puhelin" in page, "1 / 2" in page) == (True, True)
    browser.submit(browser.get(f"{url}?party={theirs.pk}"), {"organisation": theirs.pk, "words": ""})
    whole = steps_of(cast, draft)[code]
    assert (whole.done, whole.waits, len(whole.rows)) == (True, [], 2)


def test_step_of_a_party_that_is_said_again_keeps_the_later_words_and_one_row(cast: Cast, draft: Agreement) -> None:
    with act_as(cast.coordinator.actor) as by:
        for words in ("Ensimmäinen", "Tarkempi"):
            do_step(by=by, agreement=draft, code="talks", day=day(-3), words=words, organisation=cast.partners)
    assert [each.words for each in Step.objects.filter(agreement=draft)] == ["Tarkempi"]


def test_draft_is_checked_by_the_nations_owner_and_nobody_else(cast: Cast, draft: Agreement, client_of: ClientOf) -> None:
    url = f"/sopimukset/{draft.pk}/vaihe/checked"
    for who in (cast.coordinator, cast.area, cast.partner):
        with act_as(who.actor) as by, pytest.raises(NotAllowed):
            do_step(by=by, agreement=draft, code="checked", day=day(0), words="Kunnossa")
        assert url not in client_of(who).get(f"/sopimukset/{draft.pk}/").content.decode()
    assert not steps_of(cast, draft)["checked"].done
    browser = client_of(cast.national)
    page = browser.get(f"/sopimukset/{draft.pk}/").content.decode()
    assert url in page
    assert f"/sopimukset/{draft.pk}/vaihe/talks" not in page, "the talks are the coordinator's to write down"
    browser.submit(browser.get(url), {"words": "Teksti vastaa pohjaa."})
    checked = steps_of(cast, draft)["checked"]
    assert checked.done
    assert checked.last is not None
    assert (checked.last.words, checked.last.person) == ("Teksti vastaa pohjaa.", cast.national.someone)


def test_negotiated_draft_waits_among_the_tasks_of_the_nations_owner_until_it_is_checked(cast: Cast, draft: Agreement) -> None:
    def waits() -> list[tuple[str, str]]:
        with act_as(cast.national.actor) as by:
            return [(str(each.day), each.url) for each in my_due(by)]

    assert waits() == []
    with act_as(cast.coordinator.actor) as by:
        do_step(by=by, agreement=draft, code="negotiation", day=day(-3))
        assert not any(each.words.startswith("Tarkista luonnos") for each in my_due(by))
    assert waits() == [(str(day(11)), f"/sopimukset/{draft.pk}/")]
    with act_as(cast.national.actor) as by:
        do_step(by=by, agreement=draft, code="checked", day=day(0))
    assert waits() == []


def test_whoever_keeps_another_region_or_only_works_here_does_no_step(cast: Cast, draft: Agreement) -> None:
    for who in (cast.partner, cast.desklead, cast.outsider, cast.area):
        with act_as(who.actor) as by, pytest.raises(NotAllowed):
            do_step(by=by, agreement=draft, code="kick-off", day=day(0))


@pytest.mark.parametrize(("code", "days", "party", "field"), [
    ("talks", 0, None, "organisation"),  # of no party
    ("negotiation", 0, "partners", "organisation"),  # of one party, though it is of all
    ("approved", 0, "provider", "organisation"),  # no party
    ("kick-off", 1, None, "day"),
    ("signed", 0, None, "code"),  # follows from the signatures
    ("draft", 0, None, "code"),
    ("nonsense", 0, None, "code"),
])  # fmt: skip
def test_step_that_cannot_be_is_refused_with_what_to_mend(cast: Cast, draft: Agreement, code: str, days: int, party: str | None, field: str) -> None:
    with act_as(cast.coordinator.actor) as by, pytest.raises(RuleBroken) as broken:
        do_step(by=by, agreement=draft, code=code, day=day(days), organisation=getattr(cast, party) if party else None)
    assert broken.value.field == field
    assert not Step.objects.filter(agreement=draft).exists()


def test_steps_that_follow_by_themselves_are_done_by_what_happened(cast: Cast, draft: Agreement, in_force: Agreement) -> None:
    begun, signed = steps_of(cast, draft), steps_of(cast, in_force)
    assert [begun[code].done for code in (StepCode.DRAFT, StepCode.SIGNED, StepCode.MARK)] == [True, False, False]
    assert [signed[code].done for code in (StepCode.DRAFT, StepCode.SIGNED, StepCode.MARK)] == [True, True, False]
