"""Cards that nobody has looked over for long: whose they are, who hears of it and when, and how fresh a region's cards are."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from luukku.catalogue.actions.editing import mark_reviewed
from luukku.catalogue.actions.reviewing import tell_of_reviews
from luukku.catalogue.mails import reviews as build
from luukku.catalogue.models import Service
from luukku.catalogue.queries.reviews import cards_to_review, due_since, months_for, region_reviews, to_look_over
from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.core.months import months_before
from luukku.network.actions.nation import NationDetails, edit_nation
from luukku.network.actions.regions import RegionDetails, edit_region
from luukku.network.models import Region, Seat
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]
LATE = months_before(timezone.localdate(), 7)


def card(cast: Cast, seen: date, **more: object) -> Service:
    return ServiceFactory.create(**({"owner": cast.here.organisation, "reviewed_at": seen, "name_fi": f"Kortti {seen}"} | more))


def told() -> set[tuple[int, str]]:
    with act_as_house("weekly"):
        tell_of_reviews(by=HOUSE)
    return {(mail.subject_id, str(mail.facts["turn"])) for mail in OutgoingMail.objects.filter(kind="catalogue.reviews")}


@pytest.mark.parametrize(("day", "months", "before"), [
    (date(2026, 11, 22), 6, date(2026, 5, 22)), (date(2026, 8, 31), 6, date(2026, 2, 28)), (date(2024, 8, 31), 6, date(2024, 2, 29)), (date(2026, 1, 15), 1, date(2025, 12, 15)),
])  # fmt: skip
def test_months_before_is_the_same_day_or_the_months_last(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_card_is_to_be_looked_over_after_six_months_to_the_day(cast: Cast) -> None:
    due = card(cast, due_since())
    card(cast, due_since() + timedelta(days=1))
    never = card(cast, due_since(), reviewed_at=None, published_at=timezone.now() - timedelta(days=400))
    card(cast, due_since(), reviewed_at=None)
    card(cast, due_since(), published_at=None)
    card(cast, due_since(), deactivated_at=timezone.now())
    card(cast, due_since(), owner=cast.partners)
    assert set(cards_to_review(cast.editor.actor)) == {due, never}
    assert not cards_to_review(cast.adviser.actor).exists()


def test_number_of_months_is_the_nations_and_a_region_decides_otherwise(cast: Cast) -> None:
    ours, theirs = card(cast, due_since(3)), card(cast, due_since(3), owner=cast.there.organisation)

    def due() -> set[Service]:
        return set(Service.objects.filter(to_look_over()))

    assert due() == set()
    edit_nation(by=cast.national.actor, details=NationDetails(review_months=3))
    assert due() == {ours, theirs}
    edit_region(by=cast.coordinator.actor, region=cast.here.region, details=RegionDetails(review_months=12))
    assert due() == {theirs}
    assert (months_for(cast.editor.actor), region_reviews(cast.coordinator.actor)[0].whole.fresh) == (12, 1)
    edit_nation(by=cast.national.actor, details=NationDetails())
    edit_region(by=cast.coordinator.actor, region=Region.objects.get(pk=cast.here.region.pk), details=RegionDetails(review_months=2))
    assert due() == {ours}
    assert list(cards_to_review(cast.editor.actor)) == [ours]


def test_editor_hears_first_and_the_coordinator_a_month_later(cast: Cast) -> None:
    assert told() == set()
    waiting = card(cast, due_since())
    assert told() == {(cast.editor.someone.pk, "editor")}
    Service.objects.filter(pk=waiting.pk).update(reviewed_at=LATE)
    assert told() == {(cast.editor.someone.pk, "editor"), (cast.coordinator.someone.pk, "coordinator")}


def test_nobody_is_told_twice_in_a_week_and_again_in_the_next(cast: Cast) -> None:
    card(cast, due_since())
    told()
    told()
    assert OutgoingMail.objects.filter(kind="catalogue.reviews").count() == 1
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=7))
    told()
    assert OutgoingMail.objects.filter(kind="catalogue.reviews").count() == 2


def test_common_cards_are_the_national_owners_and_an_organisation_without_editor_is_told_by_its_lead(cast: Cast) -> None:
    card(cast, LATE, owner=None)
    assert told() == {(cast.national.someone.pk, "editor")}
    card(cast, due_since())
    Seat.objects.filter(person=cast.editor.someone).delete()
    assert (cast.desklead.someone.pk, "editor") in told()


def test_mail_names_the_cards_and_is_not_sent_when_all_has_been_looked_over(cast: Cast) -> None:
    waiting = [card(cast, due_since(), name_fi=f"Kortti {number:02}") for number in range(12)]
    told()
    mail = OutgoingMail.objects.get(kind="catalogue.reviews")
    assert set(mail.facts) == {"turn"}
    with act_as_house("send"):
        content = build(mail)
        assert content is not None
        assert (content.to, content.context["count"], content.context["more"], len(content.context["lines"])) == (
            cast.editor.someone.email,
            12,
            2,
            10,
        )
        for each in waiting:
            mark_reviewed(by=HOUSE, service=each)
        assert build(mail) is None


def test_card_is_looked_over_today_or_earlier_and_never_on_a_day_to_come(cast: Cast) -> None:
    waiting = card(cast, due_since())
    mark_reviewed(by=cast.editor.actor, service=waiting, on=timezone.localdate() - timedelta(days=3))
    waiting.refresh_from_db()
    assert waiting.reviewed_at == timezone.localdate() - timedelta(days=3)
    with pytest.raises(RuleBroken):
        mark_reviewed(by=cast.editor.actor, service=waiting, on=timezone.localdate() + timedelta(days=1))


def test_only_the_house_tells(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        tell_of_reviews(by=cast.national.actor)


def test_region_is_as_fresh_as_the_cards_of_its_organisations_and_those_given_there(cast: Cast) -> None:
    card(cast, timezone.localdate())
    card(cast, due_since() + timedelta(days=1))
    late = card(cast, LATE)
    given = card(cast, due_since(), owner=None)
    given.providers.create(organisation=cast.partners, region=cast.here.region)
    card(cast, LATE, owner=cast.there.organisation)
    (found,) = region_reviews(cast.coordinator.actor)
    assert (found.whole.fresh, found.whole.cards, found.whole.share) == (2, 4, 50)
    assert {(row.owner, row.fresh, row.cards) for row in found.owners} == {(cast.here.organisation, 2, 3), (None, 0, 1)}
    assert list(found.late) == [late]
    assert region_reviews(cast.editor.actor) == []


def test_editor_says_still_right_in_one_press_and_stays_on_the_list(cast: Cast, client_of: ClientOf, sql_count: SqlCount) -> None:
    waiting = card(cast, due_since())
    browser = client_of(cast.editor)
    assert "/palvelukortit/tarkistettavat" in browser.get("/palvelut/?mine=1").content.decode()
    page = browser.get("/palvelukortit/tarkistettavat")
    assert waiting.name_fi in page.content.decode()
    answer = browser.post(f"/palvelut/{waiting.code}/tarkastettu", {"from": "list"})
    assert answer.headers["Location"] == "/palvelukortit/tarkistettavat"
    waiting.refresh_from_db()
    assert (waiting.reviewed_at, waiting.reviewed_by) == (timezone.localdate(), cast.editor.someone)
    assert f"/palvelut/{waiting.code}/tarkastettu" not in browser.get("/palvelukortit/tarkistettavat").content.decode()
    with sql_count(at_most=9):
        browser.get("/palvelukortit/tarkistettavat")
    for number in range(5):
        card(cast, due_since(), name_fi=f"Kortti {number}")
    with sql_count(at_most=9):
        browser.get("/palvelukortit/tarkistettavat")


def test_list_is_for_those_who_keep_cards_and_coordinators(cast: Cast, client: Client, client_of: ClientOf) -> None:
    card(cast, LATE)
    page = client_of(cast.coordinator).get("/palvelukortit/tarkistettavat", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "0 of 1" in page.replace("\xa0", " ")
    for member in (cast.adviser, cast.steering, cast.outsider, cast.shepherd):
        assert client_of(member).get("/palvelukortit/tarkistettavat").status_code == 403
    assert client.get("/palvelukortit/tarkistettavat").status_code == 302
