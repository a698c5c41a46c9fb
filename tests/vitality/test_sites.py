"""Plots: known to the network, for whom to the seller and the owner; never held for two, not by two at once either."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.paging import Cursor
from luukku.vitality.access import get_site, visible_offers
from luukku.vitality.actions.prospects import lose_prospect
from luukku.vitality.actions.sites import hand_over_site, offer_site, release_site, reserve_site, withdraw_site
from luukku.vitality.models import Offer, Prospect, Site
from luukku.vitality.queries.sites import Wanted, listed, site_page
from tests.cast import Cast, Member
from tests.desk.test_races import at_once
from tests.harness.client import Client
from tests.harness.counting import sql_count
from tests.relations.test_races import acting
from tests.vitality.conftest import in_days

Begun = Callable[..., Prospect]


def offered(member: Member, prospect: Prospect, site: Site) -> Offer:
    with act_as(member.actor) as actor:
        return offer_site(by=actor, prospect=prospect, site=site)


@pytest.mark.django_db
def test_network_knows_that_it_is_reserved_and_not_for_whom(begun: Begun, site: Site, cast: Cast) -> None:
    offer = offered(cast.adviser, begun(), site)
    with act_as(cast.adviser.actor) as actor:
        reserve_site(by=actor, offer=offer, until=in_days(30))
    for member in (cast.coordinator, cast.outsider, cast.national):
        with act_as(member.actor) as actor:
            assert get_site(actor, site.pk).reserved_until == in_days(30)
            assert not Offer.objects.exists()
            assert not listed(actor, Wanted(free=True), Cursor()).page.rows
    with act_as(cast.partner.actor) as owner, sql_count(at_most=3):
        page = site_page(owner, site.pk)
        assert ([each.state for each in page.offers], page.can_change) == (["reserved"], True)
    with act_as(cast.partner.actor) as owner:
        assert not Prospect.objects.exists()  # whose the plot is learns that it is held, not of the prospect
        with pytest.raises(NotAllowed):
            reserve_site(by=owner, offer=offer, until=in_days(60))
        assert release_site(by=owner, offer=offer).state == "released"
        assert get_site(owner, site.pk).reserved_until is None


@pytest.mark.django_db
def test_held_plot_is_nobody_elses_until_it_runs_out_or_is_let_go(begun: Begun, site: Site, cast: Cast) -> None:
    mine, theirs = offered(cast.adviser, begun(), site), offered(cast.outsider, begun(by=cast.outsider), site)
    with act_as(cast.adviser.actor) as actor:
        reserve_site(by=actor, offer=mine, until=in_days(10))
    with act_as(cast.outsider.actor) as other:
        with pytest.raises(RuleBroken):
            reserve_site(by=other, offer=theirs, until=in_days(5))
        with pytest.raises(RuleBroken):
            hand_over_site(by=other, offer=theirs, day=in_days(0))
        later = timezone.now() + timedelta(days=11)
        assert reserve_site(by=other, offer=theirs, until=in_days(40), at=later).state == "reserved"  # after the first has run out
        release_site(by=other, offer=theirs)
    with act_as(cast.adviser.actor) as actor:
        assert hand_over_site(by=actor, offer=mine, day=in_days(0)).handed_on == in_days(0)
        with pytest.raises(RuleBroken):
            lose_prospect(by=actor, prospect=mine.prospect, reason="price")
    with act_as(cast.outsider.actor) as other, pytest.raises(RuleBroken):
        reserve_site(by=other, offer=theirs, until=in_days(700), at=timezone.now() + timedelta(days=400))
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=theirs.pk).update(state="reserved", first_day=in_days(1), last_day=in_days(2))


@pytest.mark.django_db
def test_lost_prospect_lets_go_and_withdrawn_plot_is_offered_to_nobody(begun: Begun, site: Site, cast: Cast) -> None:
    prospect = begun()
    offer = offered(cast.adviser, prospect, site)
    with act_as(cast.adviser.actor) as actor:
        reserve_site(by=actor, offer=offer, until=in_days(10))
        lose_prospect(by=actor, prospect=prospect, reason="price")
        assert [each.state for each in visible_offers(actor)] == ["released"]
        assert get_site(actor, site.pk).reserved_until is None
        with pytest.raises(NotAllowed):
            withdraw_site(by=actor, site=site)
    with act_as(cast.coordinator.actor) as actor:
        withdraw_site(by=actor, site=site)
    with pytest.raises(RuleBroken):
        offered(cast.adviser, begun(), site)


@pytest.mark.django_db(transaction=True)
def test_two_sellers_who_reserve_at_once_do_not_both_get_it(begun: Begun, site: Site, cast: Cast) -> None:
    mine, theirs = offered(cast.adviser, begun(), site), offered(cast.outsider, begun(by=cast.outsider), site)
    for _round in range(3):
        results = at_once(
            acting(cast.adviser, lambda a: reserve_site(by=a, offer=mine, until=in_days(10))),
            acting(cast.outsider, lambda a: reserve_site(by=a, offer=theirs, until=in_days(12))),
        )
        assert {type(each) for each in results} == {RuleBroken, Offer}, results
        assert Offer.objects.filter(state="reserved").count() == 1
        Offer.objects.update(state="offered", first_day=None, last_day=None)


@pytest.mark.django_db
def test_pages_are_walked_through_from_telling_to_handing_over(client_of: Callable[[Member], Client], begun: Begun, cast: Cast) -> None:
    browser, prospect = client_of(cast.adviser), begun()
    page = browser.get("/tontit/uusi")
    said = {"kind": "plot", "name": "Ratatie 1", "municipality": str(cast.here.municipality.pk), "area": "40000"}
    assert browser.submit(page, said).status_code == 302
    site = Site.objects.get()
    at = f"/sijoittumiset/{prospect.pk}/"
    assert browser.post(f"{at}tarjoa", {"site": str(site.pk)}).status_code == 302
    offer = Offer.objects.get()
    assert browser.submit(browser.get(f"{at}tontti/{offer.pk}/varaa"), {"until": in_days(20).isoformat()}).status_code == 302
    assert "Ratatie 1" in browser.get(at).content.decode()
    assert browser.submit(browser.get(f"{at}tontti/{offer.pk}/luovuta"), {"day": in_days(0).isoformat()}).status_code == 302
    site.refresh_from_db()
    assert site.handed_on == in_days(0)
    for address in ("/tontit/", f"/tontit/{site.pk}/", "/tontit/taulukko.csv"):
        assert "Ratatie 1" in client_of(cast.coordinator).get(address).content.decode()
