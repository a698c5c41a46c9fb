"""Prospects that are open, plots on offer, targets of this year and situations that go on go along when organisations merge or split."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.network.actions.reforms.moving import Mover
from luukku.vitality.models import Prospect, SellingTarget, Site, SituationMeasure, SituationParty


def carry_selling(mover: Mover) -> None:
    """Where both have a target of a year, the receiver's goes on beside the old one."""
    open_ = Prospect.objects.filter(mover.within(region="region", person="responsible"), organisation=mover.source, ended_at=None)
    mover.change(open_, what="vitality.prospects", organisation_id=mover.target.pk)
    _carry_sharing(mover)
    sites = Site.objects.filter(mover.within(region="region"), organisation=mover.source, withdrawn_at=None)
    mover.change(sites, what="vitality.sites", organisation_id=mover.target.pk)
    aims = SellingTarget.objects.filter(mover.within(region="region"), organisation=mover.source, year__gte=mover.day.year)
    for aim in aims.order_by("pk"):
        if not SellingTarget.objects.filter(region=aim.region_id, organisation=mover.target, year=aim.year).exists():
            mover.make(SellingTarget(region_id=aim.region_id, organisation=mover.target, year=aim.year, companies=aim.companies, jobs=aim.jobs))


def _carry_sharing(mover: Mover) -> None:
    """Who read an open prospect as a partner reads it in its new organisation; whoever sells it by now is no partner of its own."""
    old, new = mover.source.pk, mover.target.pk
    shared = Prospect.objects.filter(mover.within(region="region"), ended_at=None, shared_with__overlap=[old, new]).order_by("pk")
    for prospect in shared:
        readers = sorted({new if key == old else key for key in prospect.shared_with} - {prospect.organisation_id})
        if readers != prospect.shared_with:
            mover.change(Prospect.objects.filter(pk=prospect.pk), shared_with=readers)


def carry_situations(mover: Mover) -> None:
    """Parts in what goes on, and measures that are not done; where both are parties, the receiver's part goes on beside the old one."""
    parties = SituationParty.objects.filter(mover.within(region="situation__region"), organisation=mover.source, situation__closed_at=None)
    there = SituationParty.objects.filter(organisation=mover.target).values("situation")
    mover.change(parties.exclude(situation__in=there), what="vitality.situations", organisation_id=mover.target.pk)
    measures = SituationMeasure.objects.filter(mover.within(region="situation__region", person="person"), organisation=mover.source, done_at=None)
    mover.change(measures, organisation_id=mover.target.pk)


PARTS: Final = {
    "vitality.selling": ReformPart(
        290,
        ("vitality.Prospect.organisation", "vitality.Site.organisation", "vitality.SellingTarget.organisation"),
        carry_selling,
        {"vitality.prospects": _("Prospects"), "vitality.sites": _("Plots and premises on offer")},
    ),
    "vitality.situations": ReformPart(
        291,
        ("vitality.SituationParty.organisation", "vitality.SituationMeasure.organisation"),
        carry_situations,
        {"vitality.situations": _("Situations in which it is a party")},
    ),
}
STAYS: Final[dict[str, str]] = {}
