"""Keys of partners' systems: made, renewed and ended by those who keep the organisation's data. The secret is given once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.secret_links import digest_of
from luukku.desk.models import PartnerKey
from luukku.desk.queries.partners import new_secret
from luukku.network.access import can_edit_organisation, require
from luukku.network.models import Organisation

MOST_KEYS = 10


def make_key(*, by: Actor, organisation: Organisation, name: str, at: datetime | None = None) -> tuple[PartnerKey, str]:
    """A new key and its secret, which is stored nowhere. Raises NotAllowed, RuleBroken."""
    require(can_edit_organisation(by, organisation.pk))
    words = " ".join(name.split())
    if not words:
        raise RuleBroken(_("Say which system uses the key, such as Customer register."), field="name")
    if organisation.deactivated_at:
        raise RuleBroken(_("This organisation has left the network."))
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
        if PartnerKey.objects.filter(organisation=organisation, ended_at=None).count() >= MOST_KEYS:
            raise RuleBroken(_("There are ten keys in use already. End one that no system needs any more."))
        secret = new_secret()
        key = PartnerKey.objects.create(
            organisation=organisation, name=words[:80], digest=digest_of(secret), made_by_id=by.person_id, made_at=at or timezone.now()
        )
        _tell("made", key, by, at)
    return key, secret


def renew_key(*, by: Actor, key: PartnerKey, at: datetime | None = None) -> str:
    """A new secret; the old one opens nothing from now on. Raises NotAllowed, RuleBroken for an ended key."""
    require(can_edit_organisation(by, key.organisation_id))
    secret = new_secret()
    with transaction.atomic():
        changed = PartnerKey.objects.filter(pk=key.pk, ended_at=None).update(
            digest=digest_of(secret), made_at=at or timezone.now(), made_by_id=by.person_id
        )
        if not changed:
            raise RuleBroken(_("This key has been ended. Make a new one."))
        _tell("renewed", key, by, at)
    return secret


def end_key(*, by: Actor, key: PartnerKey, at: datetime | None = None) -> None:
    """The system that shows it is let in no more; what it has sent stays. Raises NotAllowed."""
    require(can_edit_organisation(by, key.organisation_id))
    with transaction.atomic():
        if PartnerKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at or timezone.now()):
            _tell("ended", key, by, at)


def _tell(what: str, key: PartnerKey, by: Actor, at: datetime | None) -> None:
    trail.record(f"partner_key.{what}", key, by=by, organisation_id=key.organisation_id, at=at)
