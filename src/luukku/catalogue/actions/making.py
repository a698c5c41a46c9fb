"""A new card: an organisation's own or a common one of the network. It begins as a draft, and is published when it is fit."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from luukku.catalogue.access import can_create_service, can_edit_service
from luukku.catalogue.actions.editing import EDITABLE, check_card, check_reach, relate
from luukku.catalogue.actions.providing import provide
from luukku.catalogue.models import Service
from luukku.catalogue.queries.fitness import hindrances
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.core.translated import LANGUAGES
from luukku.network.access import require
from luukku.network.actions.writing import writing
from luukku.network.models import Organisation, Participation

_LOCK = 7_302_611  # of the database, so that two new cards never get one code


def create_service(*, by: Actor, owner: Organisation | None, values: Mapping[str, Any]) -> Service:
    """A new card as a draft, which its editors alone see; the owner gives the service wherever it takes part.

    `values` are those that `edit_service` takes, with a group. Without an owner it is a common card of the network.
    Raises NotAllowed, RuleBroken without a name in any language, without a group, or for an organisation that has left.
    """
    require(can_create_service(by, owner.pk if owner else None))
    if owner is not None and owner.deactivated_at:
        raise RuleBroken(_("The organisation is not in the network any more."), field="owner")
    if values.get("group") is None:
        raise RuleBroken(_("Choose a group."), field="group")
    service = Service(owner=owner, published_at=None, **{name: values[name] for name in EDITABLE if name in values and name != "owner"})
    check_card(service)
    check_reach(service)
    with writing("service.create", by=by):
        service.code = _free_code(service)
        service.save()
        relate(service, values.get("related", ()))
        record("service.created", service, by=by, organisation_id=owner.pk if owner else None)
        if owner is not None:
            for part in Participation.objects.filter(organisation=owner, valid_until=None).select_related("region").order_by("pk"):
                provide(by=by, service=service, organisation=owner, region=part.region)
    return service


def publish_service(*, by: Actor, service: Service) -> None:
    """Show a draft to everybody, and propose it to customers from the next night on; counts as a review.

    Raises NotAllowed, RuleBroken with what it still lacks.
    """
    require(can_edit_service(by, service))
    with writing("service.publish", by=by):
        service = Service.objects.select_for_update(of=("self",), no_key=True).select_related("group").get(pk=service.pk)
        if not service.is_draft:
            raise RuleBroken(_("The card has been published already."))
        if lacking := hindrances(service):
            raise RuleBroken(" ".join(lacking))
        service.published_at = timezone.now()
        service.reviewed_at, service.reviewed_by_id = timezone.localdate(), by.person_id
        service.save(update_fields=["published_at", "reviewed_at", "reviewed_by"])
        record("service.published", service, by=by, organisation_id=service.owner_id)


def _free_code(service: Service) -> str:
    """The card's lasting address, from its name in English, else the first it has."""
    named = [getattr(service, f"name_{lang}") for lang in ("en", *LANGUAGES)]
    base = slugify(next(name for name in named if name.strip()))[:50].strip("-") or "service"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    taken = set(Service.objects.filter(code__startswith=base).values_list("code", flat=True))
    return base if base not in taken else next(code for number in range(2, 10_000) if (code := f"{base}-{number}") not in taken)
