"""Pages of selling the region, of situations and of placements hold axe-core and a phone's width when they are full: a crawl meets them empty."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.models import Company
from luukku.relations.actions.leads import take_lead
from luukku.relations.models import Lead
from luukku.vitality.actions.sites import reserve_site
from luukku.vitality.models import Offer, Prospect, Site, Situation
from tests.cast import Cast, Member
from tests.harness.client import Client
from tests.relations.conftest import company, given
from tests.whole.company_rows import meet_a_lay_off, sell_the_region
from tests.whole.crawl import Shown
from tests.whole.test_accessibility import Examine, examine, page, shown_pages

__all__ = ("company", "examine", "given", "page", "shown_pages")
pytestmark = pytest.mark.django_db


def test_full_pages_of_selling_and_situations_are_accessible(
    client_of: Callable[[Member], Client], cast: Cast, company: Company, given: Callable[..., Lead], examine: Examine
) -> None:
    sell_the_region(cast)
    meet_a_lay_off(cast, company)
    lead = given(source="placing", words="Hitsaaja, hakee kokoaikatyötä.")
    with act_as(cast.partner.actor) as partner:
        take_lead(by=partner, lead=lead)
    with act_as(cast.adviser.actor) as adviser:
        reserve_site(by=adviser, offer=Offer.objects.get(), until=timezone.localdate())
    prospect, site, offer = f"/sijoittumiset/{Prospect.objects.get().pk}", Site.objects.get().pk, Offer.objects.get().pk
    situation = f"/tilanteet/{Situation.objects.get().pk}"
    of_adviser = [
        "/sijoittumiset/",
        "/sijoittumiset/vaiheittain/",
        "/sijoittumiset/uusi",
        f"{prospect}/",
        f"{prospect}/eteenpain",
        f"{prospect}/tuli",
    ]
    of_adviser += [f"{prospect}/ei-tule", f"{prospect}/tontti/{offer}/varaa", "/tontit/", f"/tontit/{site}/", "/tontit/uusi", f"{situation}/"]
    of_adviser += ["/sijoittumiset/tavoitteet/", f"{situation}/toimi", f"{situation}/luku"]
    of_coordinator = ["/sijoittumiset/luvut/", "/tilanteet/", "/tilanteet/uusi", f"{situation}/", f"{situation}/kutsu", f"{situation}/paata"]
    of_partner = [f"/vihjeet/{lead.pk}/valmis"]
    asked = ((cast.adviser, of_adviser), (cast.coordinator, of_coordinator), (cast.partner, of_partner))
    shown = [Shown(path, "", client_of(member).get(path).content.decode()) for member, paths in asked for path in paths]
    assert [fault for each in shown for width in (1280, 390) for fault in examine(each, width)] == []
