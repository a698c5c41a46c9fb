"""What an organisation means to reach in a year by selling the region."""

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.network.models import Organisation, Region
from luukku.vitality.access import can_set_target
from luukku.vitality.models import SellingTarget


def set_target(*, by: Actor, region: Region, organisation: Organisation, year: int, companies: int, jobs: int) -> SellingTarget:
    """Companies to locate in the region, and their jobs. Raises RuleBroken, NotAllowed."""
    if not can_set_target(by, region.pk, organisation.pk):
        raise NotAllowed
    for field, value in (("companies", companies), ("jobs", jobs)):
        if not 0 <= value <= 100_000:
            raise RuleBroken(_("Write a number from 0 to %(most)s.") % {"most": 100_000}, field=field)
    with transaction.atomic():
        aim = {"companies": companies, "jobs": jobs}
        made, _is_new = SellingTarget.objects.update_or_create(region=region, organisation=organisation, year=year, defaults=aim)
        trail.record("selling.target", made, by=by, region_id=region.pk, organisation_id=organisation.pk, year=year, companies=companies, jobs=jobs)
    return made
