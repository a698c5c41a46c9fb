"""Prospects that are open, plots on offer and this year's targets go along when organisations merge or split."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.vitality.models import Prospect, SellingTarget, Site


def carry_selling(mover: Mover) -> None:
    """Where both have a target of a year, the receiver's goes on beside the old one."""
    open_ = Prospect.objects.filter(mover.within(region="region", person="responsible"), organisation=mover.source, ended_at=None)
    mover.change(open_, what="vitality.prospects", organisation_id=mover.target.pk)
    sites = Site.objects.filter(mover.within(region="region"), organisation=mover.source, withdrawn_at=None)
    mover.change(sites, what="vitality.sites", organisation_id=mover.target.pk)
    aims = SellingTarget.objects.filter(mover.within(region="region"), organisation=mover.source, year__gte=mover.day.year)
    for aim in aims.order_by("pk"):
        if not SellingTarget.objects.filter(region=aim.region_id, organisation=mover.target, year=aim.year).exists():
            mover.make(SellingTarget(region_id=aim.region_id, organisation=mover.target, year=aim.year, companies=aim.companies, jobs=aim.jobs))


PARTS: Final = {
    "vitality.selling": ReformPart(
        290,
        ("vitality.Prospect.organisation", "vitality.Site.organisation", "vitality.SellingTarget.organisation"),
        carry_selling,
        {"vitality.prospects": _("Prospects"), "vitality.sites": _("Plots and premises on offer")},
    ),
}
STAYS: Final[dict[str, str]] = {}
