"""Segments of companies in time: rules, marks and people's word, dated; the database and the rules read aloud agree."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import Event
from luukku.customers.actions.facts import follow_register, state_fact
from luukku.customers.actions.segmenting import end_mark, let_rules_say, mark_company, say_segment, segment_all, segment_anew
from luukku.customers.enums import Export, Mark
from luukku.customers.models import Company, CompanyMark, CompanySegment, SegmentSaid
from luukku.customers.queries.segments import DEFAULTS, Facts, decide
from luukku.customers.queries.segments.books import rules_in_use
from luukku.customers.queries.segments.in_time import segment_on, spells_of
from tests.cast import Cast, Member
from tests.customers.segments.test_rules import MONEY, PERSONS
from tests.factories.customers import CompanyFactory

As = Callable[[Member], AbstractContextManager[Actor]]
TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def company(cast: Cast) -> Company:
    made = CompanyFactory.create(persons=12, turnover=1_400_000, export="seeking", municipality=cast.here.municipality)
    segment_anew([made.pk], timezone.localdate() - timedelta(days=40))
    return made


def _segments(company: Company) -> list[tuple[str, bool]]:
    return [(spell.segment, spell.end_day is None) for spell in spells_of(company.pk)]


@pytest.mark.django_db
def test_rules_that_come_with_us_are_the_ones_in_use() -> None:
    assert rules_in_use() == DEFAULTS


WHOLE_MONEY = MONEY.map(lambda money: int(str(money).split(".")[0]))
FACTS = st.builds(
    Facts,
    persons=st.none() | PERSONS,
    turnover=st.none() | WHOLE_MONEY,
    balance=st.none() | WHOLE_MONEY,
    export=st.sampled_from(Export.values),
    foreign_owned=st.booleans(),
    marks=st.frozensets(st.sampled_from(Mark.values), max_size=2),
)


@given(facts=st.lists(FACTS, min_size=20, max_size=40), rules=st.lists(st.sampled_from(DEFAULTS[1:9]), max_size=5, unique=True))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_the_database_gives_the_segments_that_the_rules_give(facts: list[Facts], rules: list[Any]) -> None:
    with transaction.atomic():
        made = [
            CompanyFactory.create(
                persons=f.persons, turnover=f.turnover, balance=f.balance, export=f.export, is_foreign_owned=f.foreign_owned or None
            )
            for f in facts
        ]
        for each, known in zip(made, facts, strict=True):
            CompanyMark.objects.bulk_create([CompanyMark(company=each, mark=mark, reason="x") for mark in known.marks])
        segment_anew([each.pk for each in made], TODAY)
        assert [segment_on(each.pk, TODAY) for each in made] == [decide(DEFAULTS, each).segment for each in facts]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_segment_is_right_for_its_time(company: Company, cast: Cast, as_: As) -> None:
    today = timezone.localdate()
    with as_(cast.adviser) as actor:
        mark_company(by=actor, company=company, mark="growth-track", reason="Profiled in the spring.")
        assert segment_on(company.pk, today) == "growth-track"
        assert segment_on(company.pk, today - timedelta(days=1)) == "growth-international"
        assert segment_on(company.pk, today - timedelta(days=41)) == ""
        assert _segments(company) == [("growth-track", True), ("growth-international", False)]
        rule = spells_of(company.pk)[1].rule
        assert rule is not None
        assert rule.segment == "growth-international"


@pytest.mark.django_db
def test_a_change_of_the_same_day_corrects_it(company: Company, cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        mark_company(by=actor, company=company, mark="fast-growth", reason="An accelerator took it.")
        end_mark(by=actor, company=company, mark="fast-growth", reason="Another company of the same name.")
        assert [segment for segment, _ in _segments(company)] == ["growth-international", "growth-international"]


@pytest.mark.django_db
def test_what_a_person_says_stands_until_the_rules_decide_again(company: Company, cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        say_segment(by=actor, company=company, segment="domestic-sme", reason="The export plan was given up.")
        state_fact(by=actor, company=company, field="persons", value=400)
        assert segment_on(company.pk, timezone.localdate()) == "domestic-sme"
        stood = spells_of(company.pk)[0].said
        assert stood is not None
        assert stood.reason == "The export plan was given up."
        let_rules_say(by=actor, company=company, reason="It exports again.")
        assert segment_on(company.pk, timezone.localdate()) == "large"
        said = SegmentSaid.objects.get()
        assert (said.ended_by, said.end_reason) == (cast.adviser.person, "It exports again.")
        with pytest.raises(RuleBroken, match="ended already"):
            let_rules_say(by=actor, company=company, reason="Once more.")
    assert list(Event.objects.filter(action__startswith="company.segment").values_list("action", flat=True).order_by("id")) == [
        "company.segment_said",
        "company.segment_by_rules",
    ]


@pytest.mark.django_db
def test_facts_that_change_move_the_company_at_once_and_back(company: Company, cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        state_fact(by=actor, company=company, field="persons", value=250)
        assert segment_on(company.pk, timezone.localdate()) == "large"
        follow_register(by=actor, company=company, field="persons")
        assert segment_on(company.pk, timezone.localdate()) != "large"


@pytest.mark.django_db
def test_who_may_mark_and_say(company: Company, cast: Cast, as_: As) -> None:
    for member in (cast.coordinator, cast.steering, cast.editor, cast.shepherd, cast.founder):
        with as_(member) as actor, pytest.raises(NotAllowed):
            mark_company(by=actor, company=company, mark="growth-track", reason="Because.")
        with as_(member) as actor, pytest.raises(NotAllowed):
            say_segment(by=actor, company=company, segment="large", reason="Because.")
    with as_(cast.adviser) as actor, pytest.raises(NotAllowed):
        mark_company(by=actor, company=company, mark="focus", reason="Because.")
    with as_(cast.national) as actor:
        mark_company(by=actor, company=company, mark="focus", reason="On the list of the year.")
        assert segment_on(company.pk, timezone.localdate()) == "focus"


@pytest.mark.django_db
def test_a_reason_and_a_known_segment_are_asked_for(company: Company, cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        wrong = (("giant", "x", "segment"), ("founder", "x", "segment"), ("large", " ", "reason"), ("large", "x" * 301, "reason"))
        for segment, reason, field in wrong:
            with pytest.raises(RuleBroken) as broken:
                say_segment(by=actor, company=company, segment=segment, reason=reason)
            assert broken.value.field == field
        mark_company(by=actor, company=company, mark="growth-track", reason="Profiled.")
        with pytest.raises(RuleBroken, match="already"):
            mark_company(by=actor, company=company, mark="growth-track", reason="Profiled.")


@pytest.mark.django_db
def test_marks_and_words_are_read_by_the_networks_own_people_alone(company: Company, cast: Cast, as_: As) -> None:
    with as_(cast.adviser) as actor:
        mark_company(by=actor, company=company, mark="growth-track", reason="Profiled.")
        say_segment(by=actor, company=company, segment="large", reason="They told so.")
    for who, rows in ((cast.outsider, 1), (cast.coordinator, 1), (cast.founder, 0), (cast.shepherd, 0)):
        with as_(who):
            assert (CompanyMark.objects.count(), SegmentSaid.objects.count()) == (rows, rows), who.name
            assert CompanySegment.objects.exists() == bool(rows)
    with act_as(PUBLIC):
        assert not CompanyMark.objects.exists()
        assert not CompanySegment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "insert into customers_companysegment (company_id, segment, first_day) values (%(company)s, 'large', now())",
        "update customers_companysegment set segment = 'large'",
        "delete from customers_companymark",
        "select * from wall.customers_segments_by(1, null)",
    ],
)
def test_no_request_writes_a_segment(company: Company, cast: Cast, as_: As, statement: str) -> None:
    with as_(cast.adviser), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, {"company": company.pk})


@pytest.mark.django_db
def test_two_segments_at_a_time_cannot_be(company: Company) -> None:
    with pytest.raises(IntegrityError, match="one_segment_of_a_company"), transaction.atomic():
        CompanySegment.objects.create(
            company=company, segment="large", first_day=timezone.localdate() - timedelta(days=5), end_day=timezone.localdate()
        )


@pytest.mark.django_db
def test_a_company_that_ceases_has_no_segment_from_then_on(company: Company) -> None:
    today = timezone.localdate()
    Company.objects.filter(pk=company.pk).update(status="ceased")
    with act_as_house("test"):
        assert segment_anew([company.pk], today) == 1
        assert segment_on(company.pk, today) == ""
        assert segment_on(company.pk, today - timedelta(days=1)) == "growth-international"


@pytest.mark.django_db
def test_every_company_is_reckoned_and_nothing_moves_twice(company: Company) -> None:
    CompanyFactory.create_batch(3)
    assert segment_all() == (4, 3)
    assert segment_all() == (4, 0)
    assert CompanySegment.objects.count() == 4


@pytest.mark.django_db
def test_no_day_to_come_is_reckoned(company: Company) -> None:
    Company.objects.filter(pk=company.pk).update(persons=300)
    segment_anew([company.pk], timezone.localdate() + timedelta(days=30))
    assert spells_of(company.pk)[0].first_day == timezone.localdate()
