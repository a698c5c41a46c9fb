"""The table of grounds: who may read what, by law or by consent. A changed cell ends and another begins, so that its history stays."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.customers.enums import FieldGroup, Ground, Purpose
from luukku.customers.models import LegalGround
from luukku.network.access import can_edit_network, require
from luukku.network.models import OrganisationType

ACT = "293/2017"
# Types that give business services by public means, and so are users of the common customer data under the Act.
UNDER_THE_ACT = frozenset({
    "municipality", "municipal-unit", "joint-municipal-authority", "regional-council", "state-regional-office", "employment-authority", "finnvera",
    "business-finland", "national-body",
})  # fmt: skip
MOST_WORDS = 300


def shipped_ground(type_code: str, purpose: str, group: str) -> str:
    """What the product comes with: public actors know by law that a company is a customer; all else needs her consent, and plans see nothing else."""
    if type_code in UNDER_THE_ACT and group == FieldGroup.RELATION:
        return Ground.LAW
    return Ground.CONSENT if purpose == Purpose.SERVICE else Ground.NEVER


def load_grounds(*, by: Actor) -> str:
    """Fill the cells that are missing; what the owner has set is left alone. Raises NotAllowed. Returns a line for the command."""
    require(can_edit_network(by))
    held = set(LegalGround.objects.filter(until=None).values_list("organisation_type_id", "purpose", "group"))
    missing = [
        LegalGround(organisation_type=each, purpose=purpose, group=group, ground=ground, basis=ACT if ground == Ground.LAW else "")
        for each in OrganisationType.objects.order_by("pk")
        for purpose in Purpose.values
        for group in FieldGroup.values
        if (each.pk, purpose, group) not in held
        for ground in [shipped_ground(each.code, purpose, group)]
    ]
    with transaction.atomic():
        LegalGround.objects.bulk_create(missing)
        for each in {row.organisation_type for row in missing}:
            trail.record("ground.loaded", each, by=by)
    return f"legal grounds: {len(missing)} created, {len(held)} unchanged"


def set_ground(*, by: Actor, of_type: OrganisationType, purpose: str, group: str, ground: str, basis: str, at: datetime | None = None) -> LegalGround:
    """What organisations of a type may read from now on, and by which section or decision. By the national owner.

    It holds from everybody's next page on. Raises NotAllowed, RuleBroken with the field to mend.
    """
    require(can_edit_network(by))
    now, words = at or timezone.now(), " ".join(basis.split())
    if purpose not in Purpose.values or group not in FieldGroup.values or ground not in Ground.values:
        raise RuleBroken(_("Choose a ground."), field="ground")
    if purpose == Purpose.PLANNING and ground == Ground.CONSENT:
        raise RuleBroken(_("Customers agree to being served. Planning needs a law, or sees nothing."), field="ground")
    if ground == Ground.LAW and not words:
        raise RuleBroken(_("Say which section of which law."), field="basis")
    if len(words) > MOST_WORDS:
        raise RuleBroken(_("Say it in 300 letters."), field="basis")
    with transaction.atomic():
        OrganisationType.objects.select_for_update().get(pk=of_type.pk)
        former = LegalGround.objects.filter(organisation_type=of_type, purpose=purpose, group=group, until=None).first()
        if former is not None and (former.ground, former.basis) == (ground, words):
            return former
        if former is not None:
            former.until = now
            former.save(update_fields=["until"])
        cell = LegalGround.objects.create(
            organisation_type=of_type, purpose=purpose, group=group, ground=ground, basis=words, set_by_id=by.person_id, since=now
        )
        trail.record("ground.set", cell, by=by, at=now, type=of_type.code, purpose=purpose, group=group, ground=ground)
    return cell
