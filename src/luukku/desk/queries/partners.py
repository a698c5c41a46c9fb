"""Partners' systems: which keys an organisation has, who comes with one, and what became of what it has sent."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of
from luukku.desk.access import first_leg
from luukku.desk.models import Case, PartnerKey, SentContact
from luukku.network.access import can_edit_organisation
from luukku.network.models import Organisation

PREFIX = "luukku_"  # so that programs which look for lost secrets know one


def new_secret() -> str:
    """50 letters, 256 bits of them by chance."""
    return PREFIX + secrets.token_urlsafe(32)


def partner_actor(secret: str) -> tuple[Actor, int] | None:
    """The partner whose system shows this secret, and the key's id; None for an unknown or ended one. Marks the key as used."""
    with connection.cursor() as cursor:
        cursor.execute("select id, organisation_id, principal from wall.desk_open_partner(%s)", [digest_of(secret)])
        row = cursor.fetchone()
    return (Actor("partner", (row[2],), partner_id=row[1]), row[0]) if row else None


def keys_of(actor: Actor, organisation: Organisation) -> "QuerySet[PartnerKey]":
    """An organisation's keys, in the order in which they were made; none for whoever may not keep them."""
    if not can_edit_organisation(actor, organisation.pk):
        return PartnerKey.objects.none()
    return PartnerKey.objects.filter(organisation=organisation).select_related("made_by").order_by("id")


def get_key(actor: Actor, organisation: Organisation, pk: int) -> PartnerKey:
    """Raises NotFound."""
    found = keys_of(actor, organisation).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def keys_in_use(actor: Actor, organisation: Organisation) -> dict[str, object] | None:
    """For the organisation's page: how many keys are in use; None for whoever may not keep them."""
    if organisation.deactivated_at or not can_edit_organisation(actor, organisation.pk):
        return None
    return {"organisation": organisation} | keys_of(actor, organisation).filter(ended_at=None).aggregate(n=Count("pk"))


@dataclass(frozen=True)
class Standing:
    """How a case stands that a partner has sent: nothing of what was said on it."""

    case: Case
    promised_at: datetime | None
    taken_up_at: datetime | None
    organisation: str


def standing_of(actor: Actor, number: str) -> Standing:
    """Raises NotFound for a case that this partner's system has not sent."""
    sent = _sent(actor).filter(case__number=number.upper()).first()
    if sent is None:
        raise NotFound
    if sent.case.joined_into_id is not None:  # it goes on as part of one that the partner may not know
        return Standing(sent.case, sent.promised_at, None, "")
    leg = first_leg(actor, sent.case)
    return Standing(sent.case, sent.promised_at, leg.taken_up_at, str(leg.desk.organisation.name))


def sent_earlier(actor: Actor, idempotency_digest: bytes) -> SentContact | None:
    """What this partner has sent by this key of its own, if it has."""
    return _sent(actor).filter(idempotency_digest=idempotency_digest).first()


def _sent(actor: Actor) -> "QuerySet[SentContact]":
    if actor.partner_id is None:
        return SentContact.objects.none()
    mine = SentContact.objects.filter(organisation_id=actor.partner_id, readers__overlap=list(actor.principals))
    return mine.select_related("case__region", "case__customer__contact")
