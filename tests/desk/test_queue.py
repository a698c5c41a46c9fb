from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.remembered import forget_all
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Case, Leg
from luukku.desk.queries.queue import Queue, QueueFilters, queue
from luukku.network.models import Desk, Person
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.counting import sql_count

Send = Callable[..., Case]


def seen(who: Member, **query: str) -> Queue:
    with act_as(who.actor) as actor:
        return queue(actor, QueueFilters.parse(query))


def numbers(found: Queue) -> list[str]:
    return [row.number for row in found.rows]


@pytest.fixture
def three(send: Send) -> list[Case]:
    """Received a week ago, yesterday and now, by Öhman, Aho and Zetterberg."""
    now = timezone.now()
    return [
        send(at=now - timedelta(days=14), name="Örjan Öhman"),
        send(at=now - timedelta(days=7), name="Anna Aho", language="sv"),
        send(at=now, name="Zelma Zetterberg"),
    ]


def test_queue_sorts_by_promise_reception_and_finnish_name(cast: Cast, three: list[Case]) -> None:
    oldest, middle, newest = (case.number for case in three)
    assert numbers(seen(cast.adviser, scope="desk")) == [oldest, middle, newest]
    assert numbers(seen(cast.adviser, scope="desk", sort="received")) == [oldest, middle, newest]
    assert numbers(seen(cast.adviser, scope="desk", sort="customer")) == [middle, newest, oldest]
    assert seen(cast.adviser, scope="desk").rows[0].customer == "Örjan Öhman"


def test_scope_over_the_cap_is_not_counted_again_at_once(cast: Cast, three: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.desk.queries.queue.COUNT_CAP", 2)
    over, settled = {"mine": 0, "desk": 3, "all": 3, "incoming": 0, "sent": 0}, Leg.objects.get(case=three[0])
    assert seen(cast.adviser, scope="desk").counts == over
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=three[1]))
        take_up(by=actor, leg=settled)
        settle(by=actor, case=three[0], outcomes=[OutcomeForm("advice")], words="Valmis")
    assert seen(cast.adviser, scope="desk").counts == over | {"mine": 1}, "what is known to be more is not looked at, the others are"
    assert seen(cast.partner, scope="desk").counts["all"] == 0, "what one reader was told is not told to another"
    assert seen(cast.adviser, scope="desk", language="sv").counts["desk"] == 1, "nor of one narrowing to another"
    forget_all()
    assert seen(cast.adviser, scope="desk").counts == {"mine": 1, "desk": 2, "all": 2, "incoming": 0, "sent": 0}


def test_scopes_and_their_counts(cast: Cast, three: list[Case], need: Callable[..., NeedForm]) -> None:
    with act_as(cast.adviser.actor) as actor:
        take_up(by=actor, leg=Leg.objects.get(case=three[0]))
    with act_as(cast.partner.actor) as actor:
        send_need(by=actor, need=need())
    mine = seen(cast.adviser)
    assert numbers(mine) == [three[0].number]
    assert mine.counts == {"mine": 1, "desk": 4, "all": 4, "incoming": 0, "sent": 0}
    assert seen(cast.partner).counts == {"mine": 0, "desk": 0, "all": 1, "incoming": 0, "sent": 0}
    assert seen(cast.outsider).counts == {"mine": 0, "desk": 0, "all": 0, "incoming": 0, "sent": 0}
    assert not seen(cast.outsider, scope="all").rows
    assert not seen(cast.coordinator, scope="all").rows


def test_filters_narrow_rows_and_counts(cast: Cast, three: list[Case]) -> None:
    with act_as(cast.adviser.actor) as actor:
        leg = take_up(by=actor, leg=Leg.objects.get(case=three[2]))
        wait(by=actor, leg=leg, waiting_for="customer", words_to_customer="Lähetä laskelma.")
    assert numbers(seen(cast.adviser, scope="desk", promise="late")) == [three[0].number, three[1].number]
    assert numbers(seen(cast.adviser, scope="desk", promise="waiting")) == [three[2].number]
    assert numbers(seen(cast.adviser, scope="desk"))[-1] == three[2].number
    assert numbers(seen(cast.adviser, scope="desk", language="sv")) == [three[1].number]
    assert numbers(seen(cast.adviser, scope="desk", text="zel")) == [three[2].number]
    assert numbers(seen(cast.adviser, scope="desk", text=three[0].number)) == [three[0].number]
    assert numbers(seen(cast.adviser, scope="desk", handler="nobody")) == [three[0].number, three[1].number]
    assert numbers(seen(cast.adviser, scope="desk", handler=str(cast.adviser.someone.pk))) == [three[2].number]
    assert numbers(seen(cast.adviser, scope="desk", municipality=str(cast.there.municipality.pk))) == []
    assert seen(cast.adviser, scope="desk", language="sv").counts["desk"] == 1


def test_nonsense_in_the_address_is_left_out() -> None:
    filters = QueueFilters.parse({"scope": "x", "promise": "y", "handler": "²", "sort": "z", "after": "-1", "language": "et", "service": "9" * 40})
    assert filters == QueueFilters()
    assert not filters.are_set


@pytest.mark.parametrize("sort", ["due", "received", "customer"])
def test_pages_follow_each_other_both_ways(cast: Cast, send: Send, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luukku.desk.queries.queue.ROWS", 3)
    now = timezone.now().replace(microsecond=0)
    for number in range(7):
        send(at=now - timedelta(minutes=number // 3), name="Sama Nimi")
    whole: list[str] = []
    page = seen(cast.adviser, scope="desk", sort=sort)
    assert page.previous is None
    pages = [numbers(page)]
    while page.next is not None:
        page = seen(cast.adviser, scope="desk", sort=sort, after=str(page.next))
        pages.append(numbers(page))
    whole = [number for one in pages for number in one]
    assert len(whole) == len(set(whole)) == 7
    back = seen(cast.adviser, scope="desk", sort=sort, before=str(page.previous))
    assert numbers(back) == pages[-2]
    first = seen(cast.adviser, scope="desk", sort=sort, before=str(back.previous))
    assert numbers(first) == pages[0]
    assert first.previous is None


def test_cursor_of_a_foreign_leg_gives_the_first_page(cast: Cast, three: list[Case], send: Send) -> None:
    foreign = Leg.objects.get(case=send(region=cast.there.region))
    assert numbers(seen(cast.adviser, scope="desk", after=str(foreign.pk))) == [case.number for case in three]


@pytest.mark.parametrize("many", [1, 12])
def test_queue_costs_six_statements_whatever_its_length_and_three_once_names_are_known(cast: Cast, send: Send, many: int) -> None:
    for _ in range(many):
        case = send(company_name="Yritys Oy")
    filters = QueueFilters.parse({"scope": "all", "sort": "customer", "after": str(Leg.objects.get(case=case).pk)})
    for statements in (6, 3):
        with act_as(cast.adviser.actor) as actor, sql_count(at_most=statements):
            queue(actor, filters)


def test_names_of_a_row_are_there_at_once_when_they_were_not_known_yet(cast: Cast, send: Send) -> None:
    assert not seen(cast.outsider, scope="all").rows  # names are remembered from here on
    desk = Desk.objects.create(organisation=cast.here.organisation, region=cast.there.region, name_fi="Uusi tiski")
    service = ServiceFactory.create(name_fi="Uusi palvelu")
    Leg.objects.filter(case=send(company_name="Yritys Oy")).update(desk=desk, service=service)
    row = seen(cast.adviser, scope="all").rows[0]
    assert (row.desk, row.service, row.customer, row.organisation_id) == ("Uusi tiski", "Uusi palvelu", "Yritys Oy", cast.here.organisation.pk)


def test_choices_are_colleagues_and_the_regions_municipalities(cast: Cast, three: list[Case]) -> None:
    found = seen(cast.adviser).choices
    assert [name for _, name in found.handlers] == ["Aino Adviser", "Leena Lead"]
    assert [name for _, name in found.municipalities] == ["Koskimaan kunta"]
    assert Person.objects.filter(name="Pekka Partner").exists()
