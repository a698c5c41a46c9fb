"""The parties of a region's start, all at once: some are in the network already, others come with the region."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network import access
from luukku.network.actions.organisations import OrganisationDetails, create_organisation, join_region
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Region


def take_in_parties(*, by: Actor, region: Region, known: Sequence[Organisation], new: Mapping[str, OrganisationDetails]) -> list[Organisation]:
    """Organisations of the network join the region, and new ones are made its parties; all or none.

    `new`: by the field of its name. Raises NotAllowed; RuleBroken, with that field, for one whose name the network has already: it would be twice.
    """
    access.require(access.can_edit_region(by, region.pk) or access.can_edit_network(by))
    with writing("region.parties", by=by):
        for organisation in known:
            join_region(by=by, organisation=organisation, region=region)
        made = []
        for field, details in new.items():
            _check_new(details, field)
            made.append(create_organisation(by=by, details=details, region=region))
    return [*known, *made]


def _check_new(details: OrganisationDetails, field: str) -> None:
    name = details.name_fi.strip()
    same = Organisation.objects.active().filter(Q(name_fi__iexact=name) | Q(name_sv__iexact=name) | Q(short_name__iexact=name)).first()
    if same is not None:
        words = _("%(name)s is in the network already. Choose it among those, or open its page and let it join the region.")
        raise RuleBroken(words % {"name": same.name}, field=field)
