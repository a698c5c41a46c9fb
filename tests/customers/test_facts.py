"""Own edits of a company's facts beside the register's."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.customers.actions.facts import follow_register, state_fact, state_facts
from luukku.customers.models import Company, CompanyFact
from luukku.network.models import Municipality
from tests.cast import Cast
from tests.factories.customers import CompanyFactory


@pytest.fixture
def company(cast: Cast) -> Company:
    return CompanyFactory.create(website="www.vanha.example", register={"values": {"website": "www.vanha.example", "persons": 4}, "dates": {}})


def test_own_edit_counts_and_the_registers_value_stays_beside(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor:
        made = state_fact(by=actor, company=company, field="website", value="www.uusi.example", source="website")
    company.refresh_from_db()
    assert company.website == "www.uusi.example"
    assert company.register["values"]["website"] == "www.vanha.example"
    assert made is not None
    assert cast.adviser.person is not None
    assert (made.person_id, made.organisation_id) == (cast.adviser.person.pk, cast.here.organisation.pk)
    assert Event.objects.filter(action="company.fact_stated", subject_id=company.pk).exists()


def test_ended_edit_brings_the_registers_value_back(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor:
        for value in (12, 14):
            state_fact(by=actor, company=company, field="persons", value=value)
        assert Company.objects.get().persons == 14
        assert CompanyFact.objects.count() == 2
        assert follow_register(by=actor, company=company, field="persons")
        assert not follow_register(by=actor, company=company, field="persons")
        state_fact(by=actor, company=company, field="export", value="seeking")
        follow_register(by=actor, company=company, field="export")
    company.refresh_from_db()
    assert (company.persons, company.export) == (4, "")


def test_municipality_and_parent_are_said_by_code(cast: Cast, company: Company) -> None:
    parent = CompanyFactory.create()
    place = Municipality.objects.filter(valid_until=None).first() or pytest.fail("the cast has a municipality")
    with act_as(cast.adviser.actor) as actor:
        state_facts(
            by=actor, company=company, values={"municipality": place.code, "parent": parent.business_id, "turnover": 1_400_000},
            source="company", stated_on=date(2026, 6, 30),
        )  # fmt: skip
    company.refresh_from_db()
    assert (company.municipality, company.parent, company.turnover) == (place, parent, 1_400_000)
    with act_as(cast.adviser.actor) as actor:
        follow_register(by=actor, company=company, field="municipality")
        state_fact(by=actor, company=company, field="parent", value=None)
    company.refresh_from_db()
    assert (company.municipality, company.parent) == (None, None)


def test_tags_are_words_once_in_one_spelling_and_taken_back_they_are_none(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor:
        state_fact(by=actor, company=company, field="tags", value="Vihreä  siirtymä, alihankinta,, ALIHANKINTA ")
        assert Company.objects.get().tags == ["alihankinta", "vihreä siirtymä"]
        assert state_fact(by=actor, company=company, field="tags", value=["alihankinta", "Vihreä siirtymä"]) is None
        for wrong in (",".join(f"t{n}" for n in range(13)), "x" * 41):
            with pytest.raises(RuleBroken) as broken:
                state_fact(by=actor, company=company, field="tags", value=wrong)
            assert broken.value.field == "tags"
        state_fact(by=actor, company=company, field="tags", value="")
        assert Company.objects.get().tags == []
        state_fact(by=actor, company=company, field="tags", value="vienti")
        follow_register(by=actor, company=company, field="tags")
    company.refresh_from_db()
    assert company.tags == []


def test_what_is_so_already_is_not_stated_again(cast: Cast, company: Company) -> None:
    assert state_fact(by=cast.adviser.actor, company=company, field="website", value="www.vanha.example") is None
    assert not CompanyFact.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("export", "sometimes"), ("persons", -1), ("municipality", "000"), ("parent", "1234567-8"), ("website", "x" * 201)]
)
def test_wrong_value_is_refused_by_its_field(cast: Cast, company: Company, field: str, value: str | int) -> None:
    with pytest.raises(RuleBroken) as broken:
        state_fact(by=cast.adviser.actor, company=company, field=field, value=value)
    assert broken.value.field == field


def test_fact_of_tomorrow_and_a_company_as_its_own_parent_are_refused(cast: Cast, company: Company) -> None:
    with pytest.raises(RuleBroken, match="tulevaisuudessa"):
        state_fact(by=cast.adviser.actor, company=company, field="persons", value=3, stated_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="emoyhtiönsä"):
        state_fact(by=cast.adviser.actor, company=company, field="parent", value=company.business_id)


def test_facts_are_edited_by_those_who_handle_cases_only(cast: Cast, company: Company) -> None:
    for who in (cast.coordinator, cast.founder, cast.editor):
        with pytest.raises(NotAllowed):
            state_fact(by=who.actor, company=company, field="persons", value=3)
        with pytest.raises(NotAllowed):
            follow_register(by=who.actor, company=company, field="persons")


def test_request_cannot_write_the_company_itself_nor_delete_an_edit(cast: Cast, company: Company) -> None:
    state_fact(by=cast.adviser.actor, company=company, field="persons", value=3)
    with act_as(cast.adviser.actor):
        for write in (lambda: Company.objects.update(persons=1), CompanyFact.objects.all().delete, company.names.all().delete):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                write()
