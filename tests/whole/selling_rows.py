"""A row in every table of selling the region, for the attack on the database (every_table.py)."""

from datetime import timedelta

from django.utils import timezone

from luukku.core.actor import act_as
from luukku.vitality.actions.prospects import ProspectForm, begin_prospect, take_on
from luukku.vitality.actions.sites import SiteForm, offer_site, tell_of_site
from tests.cast import Cast


def sell_the_region(cast: Cast) -> None:
    """A prospect of the adviser's organisation, with what was said and a plot that it is offered."""
    soon = timezone.localdate() + timedelta(days=9)
    with act_as(cast.adviser.actor) as by:
        form = ProspectForm("Akku Oy", cast.adviser.someone, "Soitto", soon, contact_name="Aku Akku", contact_email="aku@akku.example")
        prospect = begin_prospect(by=by, desk=cast.here.desk, form=form)
        take_on(by=by, prospect=prospect, stage="contacted", next_step="Käynti", next_on=soon, words="Kiinnostuivat")
        site = tell_of_site(by=by, desk=cast.here.desk, form=SiteForm("plot", "Ratatie 1", cast.here.municipality, 9000))
        offer_site(by=by, prospect=prospect, site=site)
