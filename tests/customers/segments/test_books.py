"""Rules of segments as versions: drafted, checked, tried, taken into use; old versions stay."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from django.utils import timezone, translation

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.customers.access import get_segment_book
from luukku.customers.actions.segment_rules import (
    add_segment_rule,
    change_segment_rule,
    discard_segments,
    draft_segments,
    move_segment_rule,
    remove_segment_rule,
    use_segments,
)
from luukku.customers.actions.segmenting import say_segment, segment_anew
from luukku.customers.models import SegmentBook
from luukku.customers.queries.segments import DEFAULTS, Rule
from luukku.customers.queries.segments.books import rule_of, rules_in_use
from luukku.customers.queries.segments.in_time import segment_on
from luukku.customers.queries.segments.trial import try_segments
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory

pytestmark = pytest.mark.django_db
As = Callable[[Member], AbstractContextManager[Actor]]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_a_draft_is_a_copy_that_decides_nothing_until_it_is_used(cast: Cast, as_: As, run_jobs: Callable[..., int]) -> None:
    companies = [CompanyFactory.create(persons=persons) for persons in (3, 15, 30)]
    segment_anew([each.pk for each in companies])
    with as_(cast.national) as actor:
        draft = draft_segments(by=actor)
        assert draft_segments(by=actor) == draft
        small = next(row for row in draft.rules.all() if row.segment == "local-small")
        change_segment_rule(by=actor, rule=small, wanted=replace(rule_of(small), persons_max=19))
        assert rules_in_use() == DEFAULTS
        trial = try_segments(actor, draft)
        assert (trial.tried, trial.moved) == (3, {("domestic-sme", "local-small"): 1})
        use_segments(by=actor, draft=draft)
    run_jobs()
    with as_(cast.adviser):
        assert [segment_on(each.pk, timezone.localdate()) for each in companies] == ["local-small", "local-small", "domestic-sme"]
    past, used = SegmentBook.objects.order_by("number")
    assert past.used_until == used.used_from
    assert [rule_of(row) for row in past.rules.all()] == list(DEFAULTS)


def test_a_company_of_which_a_person_has_said_it_is_not_tried(cast: Cast, as_: As) -> None:
    company = CompanyFactory.create(persons=15)
    with as_(cast.adviser) as actor:
        say_segment(by=actor, company=company, segment="large", reason="Its group is.")
    with as_(cast.national) as actor:
        assert try_segments(actor, draft_segments(by=actor)).tried == 0


def test_rules_are_moved_removed_and_added_before_the_last(cast: Cast, as_: As) -> None:
    with as_(cast.national) as actor:
        draft = draft_segments(by=actor)
        rows = list(draft.rules.all())
        move_segment_rule(by=actor, rule=rows[1], up=True)
        remove_segment_rule(by=actor, rule=rows[5])
        add_segment_rule(by=actor, draft=draft, rule=Rule(segment="local-small", turnover_max=100_000))
        assert [row.segment for row in draft.rules.all()] == [
            "focus", "founder", "foreign-investor", "large-fast-growing", "large", "fast-growth", "growth-international", "local-small", "local-small",
            "domestic-sme",
        ]  # fmt: skip
        assert [row.position for row in draft.rules.all()] == list(range(1, 11))
        with pytest.raises(NotFound):
            remove_segment_rule(by=actor, rule=rows[5])
        discard_segments(by=actor, draft=draft)
        assert not SegmentBook.objects.drafts().exists()
        with pytest.raises(NotFound):
            use_segments(by=actor, draft=draft)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule(segment="giant"), "segment"),
        (Rule(segment="large", marks=("giant",)), "marks"),
        (Rule(segment="large", export=("maybe",)), "export"),
        (Rule(segment="large", persons_min=10, persons_max=9), "persons_max"),
        (Rule(segment="large", turnover_max=-1), "turnover_max"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(cast: Cast, as_: As, rule: Rule, field: str) -> None:
    with as_(cast.national) as actor, pytest.raises(RuleBroken) as broken:
        add_segment_rule(by=actor, draft=draft_segments(by=actor), rule=rule)
    assert broken.value.field == field


def test_rules_that_leave_somebody_out_are_not_taken_into_use(cast: Cast, as_: As) -> None:
    with as_(cast.national) as actor:
        draft = draft_segments(by=actor)
        last = draft.rules.last()
        assert last is not None
        remove_segment_rule(by=actor, rule=last)
        with pytest.raises(RuleBroken, match="for all others"):
            use_segments(by=actor, draft=draft)
        row = add_segment_rule(by=actor, draft=draft, rule=Rule(segment="large"))
        move_segment_rule(by=actor, rule=row, up=True)
        with pytest.raises(RuleBroken, match="for all others"):
            use_segments(by=actor, draft=draft)
        move_segment_rule(by=actor, rule=row, up=False)
        add_segment_rule(by=actor, draft=draft, rule=DEFAULTS[4])
        with pytest.raises(RuleBroken, match="Rules 5 and 10 ask the same"):
            use_segments(by=actor, draft=draft)


def test_only_who_keeps_the_network_changes_rules_and_sees_a_draft(cast: Cast, as_: As) -> None:
    with as_(cast.national) as actor:
        draft = draft_segments(by=actor)
    for member in (cast.adviser, cast.coordinator, cast.area, cast.founder):
        with as_(member) as actor:
            with pytest.raises(NotAllowed):
                use_segments(by=actor, draft=draft)
            with pytest.raises(NotFound):
                get_segment_book(actor, draft.number)
    with as_(cast.adviser) as actor:
        assert get_segment_book(actor, 1).used_from is not None
        with pytest.raises(NotAllowed):
            try_segments(actor, draft)
