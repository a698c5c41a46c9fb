"""A contact as a system sent it, as the desk's own need."""

from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core.actor import PUBLIC
from luukku.core.errors import NotFound, RuleBroken
from luukku.desk.actions.intake import NeedForm
from luukku.desk.api.words import ContactIn
from luukku.desk.enums import Channel
from luukku.network.access import get_region
from luukku.network.models import Municipality


def need_of(given: ContactIn) -> NeedForm:
    """Raises RuleBroken for a code that names nothing."""
    try:
        region = get_region(PUBLIC, given.region)
    except NotFound:
        raise RuleBroken(_("There is no region with this code."), field="region") from None
    municipality = Municipality.objects.filter(code=given.municipality).first() if given.municipality else None
    if given.municipality and municipality is None:
        raise RuleBroken(_("There is no municipality with this code."), field="municipality")
    service = Service.objects.active().filter(code=given.service).first() if given.service else None
    if given.service and service is None:
        raise RuleBroken(_("There is no service with this code."), field="service")
    company, business_id = (given.company.name, given.company.business_id) if given.company else ("", "")
    return NeedForm(
        region=region, words=given.words, language=given.language, municipality=municipality, name=given.customer.name,
        email=given.customer.email, phone=given.customer.phone, company_name=company, business_id=business_id,
        service=service, needed_by=given.needed_by, channel=Channel.PARTNER,
    )  # fmt: skip
