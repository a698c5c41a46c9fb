"""A prospect shared with a partner: read and written to the history there, changed and shared by its seller alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from luukku.core.actor import HOUSE, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import OutgoingMail
from luukku.network.actions.organisations import join_region, leave_region
from luukku.network.actions.reforms import carrying_out
from luukku.network.actions.reforms.deciding import undo
from luukku.network.models import Organisation
from luukku.vitality.access import get_prospect
from luukku.vitality.actions.prospects import lose_prospect, note_prospect, share_prospect
from luukku.vitality.actions.sites import offer_site
from luukku.vitality.models import Offer, Prospect, ProspectNote, Site
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, ParticipationFactory
from tests.harness.client import Client
from tests.network.reforms.test_merging import merge

pytestmark = pytest.mark.django_db
Begun = Callable[..., Prospect]


def share(prospect: Prospect, cast: Cast, *organisations: Organisation) -> None:
    with act_as(cast.adviser.actor) as actor:
        share_prospect(by=actor, prospect=prospect, organisations=organisations)


def test_partner_reads_and_adds_to_the_history_until_it_is_shared_no_more(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    share(prospect, cast, cast.partners)
    assert OutgoingMail.objects.filter(kind="vitality.prospect", facts__turn="shared").exists()
    with act_as(cast.partner.actor) as actor:
        note_prospect(by=actor, prospect=get_prospect(actor, prospect.pk), words="Pankki on mukana")
    assert OutgoingMail.objects.get(facts__turn="noted").facts["person"] == cast.adviser.someone.pk
    with act_as(cast.adviser.actor):
        assert ProspectNote.objects.get(prospect=prospect).words == "Pankki on mukana"
    for stranger in (cast.outsider, cast.coordinator):
        with act_as(stranger.actor) as actor, pytest.raises(NotFound):
            get_prospect(actor, prospect.pk)
    share(prospect, cast)
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(NotFound):
            note_prospect(by=actor, prospect=prospect, words="Vielä")
        assert not Prospect.objects.exists()  # the database says so, too
        assert not ProspectNote.objects.exists()


def test_partner_changes_nothing_in_action_or_database(begun: Begun, site: Site, cast: Cast) -> None:
    prospect = begun()
    ParticipationFactory.create(region=cast.here.region, organisation=cast.there.organisation)
    share(prospect, cast, cast.there.organisation)
    with act_as(cast.adviser.actor) as actor:
        offer = offer_site(by=actor, prospect=prospect, site=site)
    with act_as(cast.outsider.actor) as actor:
        with pytest.raises(NotAllowed):
            lose_prospect(by=actor, prospect=prospect, reason="place")
        with pytest.raises(NotAllowed):
            share_prospect(by=actor, prospect=prospect, organisations=[])
        assert Offer.objects.get().pk == offer.pk  # what was offered is read
        for rows, fields in (
            (Prospect.objects.filter(pk=prospect.pk), {"shared_with": [cast.partners.pk]}), (Offer.objects.filter(pk=offer.pk), {"state": "released"})
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**fields)


def test_prospect_is_shared_with_nobody_outside_the_regions_network(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as told:
        share_prospect(by=actor, prospect=prospect, organisations=[cast.partners, cast.there.organisation])
    assert told.value.field == "organisations"
    with act_as(cast.outsider.actor):
        assert not Prospect.objects.exists()
    with act_as_house("test"):
        assert Prospect.objects.get(pk=prospect.pk).shared_with == []


def test_partner_that_leaves_the_region_reads_nothing_more_and_not_again_when_it_comes_back(
    begun: Begun, site: Site, cast: Cast, client_of: Callable[[Member], Client]
) -> None:
    prospect, there = begun(), cast.there.organisation
    ParticipationFactory.create(region=cast.here.region, organisation=there)
    share(prospect, cast, there, cast.partners)
    with act_as(cast.outsider.actor) as actor:
        note_prospect(by=actor, prospect=prospect, words="Pankki on mukana")
    with act_as(cast.adviser.actor) as actor:
        offer_site(by=actor, prospect=prospect, site=site)
    with act_as(cast.coordinator.actor) as actor:  # who reads no prospect herself
        leave_region(by=actor, organisation=there, region=cast.here.region)
    with act_as(cast.outsider.actor) as actor:
        with pytest.raises(NotFound):
            get_prospect(actor, prospect.pk)
        assert not Prospect.objects.exists()
        assert not ProspectNote.objects.exists()
        assert not Offer.objects.exists()
    shown = client_of(cast.adviser).get(f"/sijoittumiset/{prospect.pk}/").content.decode()
    assert str(cast.partners.name) in shown
    assert f"<dd>{cast.partners.name}</dd>" in shown  # and nobody else is told as a partner
    with act_as(cast.coordinator.actor) as actor:
        join_region(by=actor, organisation=there, region=cast.here.region)
    with act_as(cast.outsider.actor):
        assert not Prospect.objects.exists()
    with act_as(cast.partner.actor) as actor:
        assert get_prospect(actor, prospect.pk).pk == prospect.pk
    share(prospect, cast, there, cast.partners)
    with act_as(cast.outsider.actor) as actor:
        assert get_prospect(actor, prospect.pk).pk == prospect.pk


def test_sharing_follows_when_the_partner_merges_and_goes_back_when_that_is_undone(begun: Begun, cast: Cast) -> None:
    prospect, new = begun(), OrganisationFactory.create(code="uusi-kamari", name_fi="Uusi Kamari ry")
    share(prospect, cast, cast.partners)
    reform = merge(cast, cast.partners, new)
    with act_as(cast.partner.actor) as actor:
        assert actor.organisation_ids == frozenset({new.pk})
        assert get_prospect(actor, prospect.pk).name == prospect.name
    with act_as_house("test"):
        assert Prospect.objects.get(pk=prospect.pk).shared_with == [new.pk]
    undo(by=cast.national.actor, reform=reform)
    assert carrying_out.undo_reform(by=HOUSE, reform_id=reform.pk)
    with act_as_house("test"):
        assert Prospect.objects.get(pk=prospect.pk).shared_with == [cast.partners.pk]


def test_seller_that_merges_into_its_partner_sells_alone(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    share(prospect, cast, cast.partners)
    merge(cast, cast.here.organisation, cast.partners)
    with act_as_house("test"):
        prospect.refresh_from_db()
    assert (prospect.organisation_id, prospect.shared_with) == (cast.partners.pk, [])


def test_seller_shares_on_screen_and_partner_writes(begun: Begun, cast: Cast, client_of: Callable[[Member], Client]) -> None:
    prospect, seller, partner = begun(), client_of(cast.adviser), client_of(cast.partner)
    page = f"/sijoittumiset/{prospect.pk}/"
    assert partner.get(page).status_code == 404
    assert seller.submit(seller.get(f"{page}jaa"), {"organisations": str(cast.partners.pk)}).status_code == 302
    assert f"{page}jaa" not in partner.get(page).content.decode()
    assert partner.get(f"{page}jaa").status_code == 403
    assert partner.submit(partner.get(f"{page}kuultua"), {"words": "Kävivät tontilla"}).status_code == 302
    assert "Kävivät tontilla" in seller.get(page).content.decode()
    assert seller.post(f"{page}jaa", {}).status_code == 302
    assert partner.get(page).status_code == 404


def test_partner_rewrites_no_words_and_writes_in_nobody_elses_name_even_past_the_first_wall(begun: Begun, cast: Cast) -> None:
    prospect = begun()
    with act_as(cast.adviser.actor) as actor:
        note = note_prospect(by=actor, prospect=prospect, words="Soitin johtajalle")
    share(prospect, cast, cast.partners)
    with act_as(cast.partner.actor):
        mine = ProspectNote.objects.create(prospect=prospect, person=cast.partner.someone, stage=prospect.stage, words="Pankki on mukana")
        for row, fields in ((note, {"words": "Ei kiinnosta"}), (note, {"at": note.at - timedelta(days=9)}), (mine, {"person": cast.adviser.someone})):
            with pytest.raises(DatabaseError), transaction.atomic():
                ProspectNote.objects.filter(pk=row.pk).update(**fields)
        with pytest.raises(DatabaseError), transaction.atomic():
            ProspectNote.objects.create(prospect=prospect, person=cast.adviser.someone, stage=prospect.stage, words="Olen mukana")
    with act_as_house("test"):
        assert ProspectNote.objects.get(pk=note.pk).words == "Soitin johtajalle"
