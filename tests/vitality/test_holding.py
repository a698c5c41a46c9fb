"""Selling the region holds whoever ends its seller's part, without a word of to whom it sells."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from luukku.agreements.queries.opened import also_open
from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import RuleBroken
from luukku.network.actions.organisations import leave_region
from luukku.network.models import Desk, Participation
from luukku.network.queries.holding import what_holds
from luukku.vitality.actions.prospects import lose_prospect
from luukku.vitality.models import Prospect
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_seller_leaves_the_region_only_when_nothing_is_open_and_nobody_is_named(begun: Callable[..., Prospect], cast: Cast) -> None:
    prospect, seller, region = begun(), cast.here.organisation, cast.here.region
    with act_as_house("test"):
        Desk.objects.filter(organisation=seller).update(deactivated_at=timezone.now(), is_front=False)
        (said,) = also_open(seller.pk, region.pk)
        assert what_holds("network.organisation", seller.pk)[-1:] == [said]
        assert also_open(cast.partners.pk, region.pk) == []
    assert prospect.name not in said
    with act_as(cast.coordinator.actor) as actor, pytest.raises(RuleBroken):
        leave_region(by=actor, organisation=seller, region=region)
    with act_as(cast.adviser.actor) as actor:
        lose_prospect(by=actor, prospect=prospect, reason="price", words="")
    with act_as(cast.coordinator.actor) as actor:
        leave_region(by=actor, organisation=seller, region=region)
        assert not Participation.objects.filter(organisation=seller, region=region, valid_until=None).exists()


def test_house_ends_a_part_that_the_agreement_has_ended_all_the_same(begun: Callable[..., Prospect], cast: Cast) -> None:
    begun()
    with act_as_house("test") as house:
        Desk.objects.filter(organisation=cast.here.organisation).update(deactivated_at=timezone.now(), is_front=False)
        leave_region(by=house, organisation=cast.here.organisation, region=cast.here.region)
