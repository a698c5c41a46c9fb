"""Leads: given, answered, told of; read by two organisations and nobody else."""

from collections.abc import Callable

import pytest

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.desk.models import Case
from luukku.relations.access import get_lead
from luukku.relations.actions.leads import decline_lead, finish_lead, make_case_of_lead, take_lead
from luukku.relations.models import Lead
from tests.cast import Cast
from tests.relations.conftest import NEED

pytestmark = pytest.mark.django_db


def told(lead: Lead) -> list[tuple[str, int]]:
    rows = OutgoingMail.objects.filter(kind="relations.lead", subject_id=lead.pk).order_by("id").values_list("facts__turn", "facts__person")
    return list(rows)


def test_lead_is_read_by_who_gave_it_and_who_got_it_alone(given: Callable[..., Lead], cast: Cast) -> None:
    lead = given()
    for member in (cast.adviser, cast.desklead, cast.partner):
        with act_as(member.actor) as actor:
            assert get_lead(actor, lead.pk).words == NEED
    for stranger in (cast.outsider, cast.coordinator, cast.national, cast.area):
        with act_as(stranger.actor) as actor, pytest.raises(NotFound):
            get_lead(actor, lead.pk)


def test_giver_is_told_when_it_is_taken_and_what_came_of_it(given: Callable[..., Lead], cast: Cast) -> None:
    lead = given()
    with act_as(cast.partner.actor) as actor:
        take_lead(by=actor, lead=lead)
        with pytest.raises(RuleBroken):
            take_lead(by=actor, lead=lead)
        finish_lead(by=actor, lead=lead, result="helped", words="Rekrytointi alkoi.")
    with act_as(cast.adviser.actor) as actor:
        assert get_lead(actor, lead.pk).answer == "Rekrytointi alkoi."
    adviser, partner = cast.adviser.someone.pk, cast.partner.someone.pk
    assert told(lead) == [("new", partner), ("taken", adviser), ("done", adviser)]


def test_lead_becomes_a_matter_that_the_giver_does_not_read(given: Callable[..., Lead], cast: Cast) -> None:
    lead = given(contact_name="Kalle Kivelä", contact_phone="040 555 0101", agreed=True)
    with act_as(cast.partner.actor) as actor:
        case = make_case_of_lead(by=actor, lead=lead)
        assert (case.company, case.own_words, case.region) == (lead.company, NEED, cast.here.region)
        with pytest.raises(RuleBroken):
            make_case_of_lead(by=actor, lead=lead)
    with act_as(cast.adviser.actor) as actor:
        assert get_lead(actor, lead.pk).state == "case"
        assert not Case.objects.filter(pk=case.pk).exists()


def test_decline_needs_a_reason_and_words_for_another_one(given: Callable[..., Lead], cast: Cast) -> None:
    lead = given()
    with act_as(cast.partner.actor) as actor:
        for reason, field in (("", "reason"), ("other", "words")):
            with pytest.raises(RuleBroken) as broken:
                decline_lead(by=actor, lead=lead, reason=reason)
            assert broken.value.field == field
        decline_lead(by=actor, lead=lead, reason="not-ours")
    assert told(lead)[-1] == ("declined", cast.adviser.someone.pk)


def test_giver_does_not_answer_her_own_lead(given: Callable[..., Lead], cast: Cast) -> None:
    lead = given()
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        take_lead(by=actor, lead=lead)


def test_contact_data_go_along_only_with_that_persons_word(given: Callable[..., Lead]) -> None:
    with pytest.raises(RuleBroken) as broken:
        given(contact_name="Kalle Kivelä")
    assert broken.value.field == "agreed"


def test_named_person_is_told_and_else_the_desks_people(given: Callable[..., Lead], cast: Cast) -> None:
    assert told(given(to_person=cast.partner.someone)) == [("new", cast.partner.someone.pk)]
    assert told(given(to_desk=cast.here.desk)) == [("new", cast.desklead.someone.pk)]
