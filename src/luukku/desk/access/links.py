"""What opens by an address alone: the customer's link, an outside organisation's, a tablet's, and the tag of a reply. Stored are digests only."""

import base64
import hmac
from datetime import datetime

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.secret_links import digest_of, mac_of, make_token, secret_of
from luukku.desk.access import RELATED, get_case, visible_cases
from luukku.desk.models import Case, Handover, Kiosk, StatusLink

# The status link. Its token is made from the secret key, so a mail that leaves later can make it again; stored is its digest only.


def kiosk_token(kiosk: Kiosk) -> str:
    """The secret of a tablet's address."""
    return secret_of(f"kiosk:{kiosk.principal}:{kiosk.renewed_at.timestamp():.6f}")


def token_of(link: StatusLink) -> str:
    """The token of a link whose case is at hand."""
    return make_token(link.case.door_principal, link.created_at)


def first_token(case: Case) -> str:
    """The token of the link that was made with the case, for the page that thanks its sender."""
    return make_token(case.door_principal, case.created_at)


# The +tag of a case's own reply address. Whoever holds it may add to the case, never read it: another secret than the link's.


def reply_tag(case: Case) -> str:
    """`ko-26-0123.k3v…`: the case's number, and twenty letters that only we can make."""
    words = f"reply:{case.door_principal}:{case.pk}"
    return f"{case.number.lower()}.{base64.b32encode(mac_of(words)).decode().lower()[:20]}"


def case_of_tag(tag: str) -> Case | None:
    """The case whose reply address carries this tag. For the house: a mail that has come says no more than this."""
    case = Case.objects.filter(number=tag.partition(".")[0].upper()).select_related(*RELATED).first()
    return case if case is not None and hmac.compare_digest(reply_tag(case).encode(), tag.lower().encode()) else None


def handover_token(handover: Handover) -> str:
    """The secret of the link by which an organisation outside the network reads a handover."""
    made = handover.link_made_at or handover.sent_at
    assert made is not None
    return make_token(handover.door_principal, made)


def outside_actor(token: str) -> Actor | None:
    """Who holds an outside organisation's link: an actor who reads one handover; None for one that is unknown, closed or has run out."""
    return _through("desk_handover_link", token)


def link_actor(token: str) -> Actor | None:
    """Who holds this link: an actor who can read one case; None for a link that is unknown, revoked or has run out."""
    return _through("desk_open_link", token)


def guest_token(case: Case, invited_at: datetime) -> str:
    """The secret of the link of a colleague whom the customer let in at this moment."""
    return secret_of(f"guest:{case.door_principal}:{invited_at.timestamp():.6f}")


def guest_actor(token: str) -> Actor | None:
    """Whom a customer has let into her matter: he reads it by its door, and does what `require_party` lets him; None for a link that has ended."""
    with connection.cursor() as cursor:
        cursor.execute("select guest_id, principal from wall.desk_guest_link(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("guest", (row[1],), guest_id=row[0]) if row else None


def status_actor(token: str) -> Actor | None:
    """Who stands before a status page: the customer, or whom she has let in."""
    return link_actor(token) or guest_actor(token)


def expired_link_actor(token: str) -> Actor | None:
    """Who holds a link that has run out: good for one thing only, asking for a new one (see `actions.links`)."""
    return _through("desk_expired_link", token)


def kiosk_actor(token: str) -> Actor | None:
    """Who stands at the tablet with this address: good for answering there, and nothing else. None for an unknown address."""
    return _through("desk_open_kiosk", token)


def actors_kiosk(actor: Actor) -> Kiosk:
    """The tablet of an actor who stands at one. Raises NotFound."""
    kiosk = Kiosk.objects.select_related("desk__organisation", "desk__region").filter(principal__in=actor.principals).first()
    if actor.kind != "link" or kiosk is None:
        raise NotFound
    return kiosk


def _through(window: str, token: str) -> Actor | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select principal from wall.{window}(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("link", (row[0],)) if row else None


def link_case(actor: Actor) -> Case:
    """The one case of a link's actor. Raises NotFound."""
    if actor.kind != "link":
        raise NotFound
    case = visible_cases(actor).select_related(*RELATED).filter(door_principal__in=actor.principals).first()
    if case is None:
        raise NotFound
    return case


def require_customer(actor: Actor, case: Case) -> None:
    """Raise NotAllowed unless the actor is the case's customer, by link or sign-in."""
    if actor.kind == "link" and case.door_principal in actor.principals:
        return
    if actor.kind == "customer" and case.customer_id in actor.customer_ids:
        return
    raise NotAllowed


def require_party(actor: Actor, case: Case) -> None:
    """Raise NotAllowed unless the actor is the case's customer or somebody whom she has let into it."""
    if not (actor.kind == "guest" and case.door_principal in actor.principals):
        require_customer(actor, case)


def case_of_customer(actor: Actor, number: str = "") -> Case:
    """The customer's own case: that of her link, or of this number when she has signed in. Raises NotFound, NotAllowed."""
    case = get_case(actor, number) if number else link_case(actor)
    require_customer(actor, case)
    return case
