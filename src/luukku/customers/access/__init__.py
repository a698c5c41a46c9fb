"""The one door to customers. Contact data are confidential; companies are as public as the register."""

import hashlib
from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.customers.enums import Mark
from luukku.customers.models import (
    Company,
    Consent,
    ConsentText,
    Contact,
    Customer,
    LegalGround,
    Look,
    Relation,
    SegmentBook,
    Shepherd,
    ShepherdContract,
    ShepherdHours,
)
from luukku.customers.models.consents import ConsentQuerySet
from luukku.customers.models.shepherds import ShepherdQuerySet
from luukku.network.access import is_inside, may
from luukku.network.enums import Right
from luukku.network.models import Absence

CODE_LIFE = timedelta(minutes=10)  # as the window that tries codes counts it
PROOF_KEY = "luukku_address"  # in the session: the secret of a proven address


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The customer who has signed in or proved her address, or None. Loader of the middleware, asked after the network's own: whoever is
    signed in as staff is staff, whatever she has proved in this browser."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return actor_of_user(user.pk)
    token = request.session.get(PROOF_KEY) if hasattr(request, "session") else None
    return actor_of_address(token) if token else None


def actor_of_user(user_id: int) -> Actor | None:
    """The customer with this sign-in, or None."""
    found = Customer.objects.filter(user_id=user_id).values_list("id", "principal").first()
    if found is None:
        return None
    return Actor("customer", (found[1],), customer_ids=(found[0],), user_id=user_id)


def actor_of_address(token: str) -> Actor | None:
    """Every customer whose contact data hold the address that this secret's holder has proved, as one actor, at this moment; None for a
    secret that opens nothing or has run out. She may be no customer (yet)."""
    with connection.cursor() as cursor:
        cursor.execute("select email, customer_id, principal from wall.customers_of_proof(%s)", [token_digest(token)])
        rows = cursor.fetchall()
    if not rows:
        return None
    own = [(pk, principal) for _email, pk, principal in rows if pk is not None]
    return Actor("customer", tuple(principal for _pk, principal in own), customer_ids=tuple(pk for pk, _principal in own), label=rows[0][0])


def has_proven_address(actor: Actor) -> bool:
    """Whether the customer has written in a code that came to the address by which she is known. A sign-in's name was given by the house."""
    return actor.kind == "customer" and actor.user_id is None


def token_digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def visible_contacts(actor: Actor) -> QuerySet[Contact]:
    """Contact data of those customers whose cases the actor may read."""
    if actor.kind == "house":
        return Contact.objects.all()
    if not actor.principals:
        return Contact.objects.none()
    return Contact.objects.filter(readers__overlap=list(actor.principals))


def get_customer(actor: Actor, pk: int) -> Customer:
    """A customer whose contact data the actor may read. Raises NotFound."""
    contact = visible_contacts(actor).select_related("customer").filter(customer_id=pk).first()
    if contact is None:
        raise NotFound
    contact.customer.contact = contact
    return contact.customer


def get_own_customer(actor: Actor, pk: int) -> Customer:
    """A customer of whom the actor's organisation handles a matter, for the network's people. Raises NotFound."""
    contact = own_contacts(actor).select_related("customer").filter(customer_id=pk).first() if is_inside(actor) else None
    if contact is None:
        raise NotFound
    contact.customer.contact = contact
    return contact.customer


def company_in_register(business_id: str) -> Company | None:
    """What the public register says of this company, for anybody; None for one it does not know."""
    return Company.objects.filter(business_id=business_id).first() if business_id else None


def get_company(actor: Actor, business_id: str) -> Company:
    """A company of the register, for the network's people. Raises NotFound."""
    found = Company.objects.select_related("municipality", "parent").filter(business_id=business_id).first() if is_inside(actor) else None
    if found is None:
        raise NotFound
    return found


def can_edit_companies(actor: Actor) -> bool:
    """Whether the actor may write facts of companies beside the register's: those who handle cases."""
    return actor.kind == "house" or (actor.is_staff and may(actor, Right.HANDLE_CASES))


def can_mark(actor: Actor, mark: Mark) -> bool:
    """Whether the actor may give a company this mark: the focus list is the nation's, the others those's who handle cases."""
    if mark == Mark.FOCUS:
        return actor.is_staff and may(actor, Right.EDIT_NETWORK)
    return can_edit_companies(actor)


def can_edit_segment_rules(actor: Actor) -> bool:
    """Whether the actor may change the rules that give companies their segments."""
    return actor.is_staff and may(actor, Right.EDIT_NETWORK)


def get_segment_book(actor: Actor, number: int) -> SegmentBook:
    """A version of the rules, for the network's own people; a draft for those who change it. Raises NotFound."""
    found = SegmentBook.objects.select_related("made_by", "used_by").filter(number=number).first() if is_inside(actor) else None
    if found is None or (found.is_draft and not can_edit_segment_rules(actor)):
        raise NotFound
    return found


def visible_shepherds(actor: Actor) -> ShepherdQuerySet:
    """Who keeps whom: of those whose contact data the actor reads, whom she keeps herself, and whom her organisation has bought for."""
    found = Shepherd.objects.select_related("person", "organisation").prefetch_related("mandates")
    if actor.kind == "house":
        return found
    return found.filter(readers__overlap=list(actor.principals)) if actor.principals else found.none()


def kept_by(actor: Actor) -> ShepherdQuerySet:
    """The relations that the actor keeps now: her own, and those of a colleague who is away and for whom she stands in."""
    if not actor.is_staff or actor.person_id is None:
        return Shepherd.objects.none()
    away = Absence.objects.on(timezone.localdate()).filter(person=OuterRef("person"), deputy=actor.person_id)
    return visible_shepherds(actor).in_force().filter(Q(person_id=actor.person_id) | Exists(away), principal__in=actor.principals)


def get_kept(actor: Actor, pk: int) -> Shepherd:
    """A relation that the actor keeps now. Raises NotFound."""
    found = kept_by(actor).select_related("contract").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def keeping(actor: Actor, customer_id: int | None, business_id: str, what: str) -> Shepherd | None:
    """By which relation the actor may do this (a Mandate) for a customer in a matter of this company; None for none."""
    if customer_id is None:
        return None
    found = kept_by(actor).filter(customer_id=customer_id, business_id__in={"", business_id})
    return next((each for each in found if each.may(what)), None)


def shepherd_of(actor: Actor, customer_id: int | None, business_id: str) -> Shepherd | None:
    """Who keeps this customer now in matters of this company, as far as the actor may know."""
    if customer_id is None:
        return None
    return visible_shepherds(actor).in_force().filter(customer_id=customer_id, business_id__in={"", business_id}).first()


def can_keep(actor: Actor) -> bool:
    """Whether the actor's role keeps customers."""
    return actor.is_staff and may(actor, Right.KEEP_CUSTOMERS)


def can_buy(actor: Actor, *, buyer_id: int, region_id: int) -> bool:
    """Whether the actor agrees on bought-in shepherds for this buyer: its leads and head, and the region's coordinator."""
    return may(actor, Right.BUY_SHEPHERDS, organisation_id=buyer_id, region_id=region_id)


def visible_contracts(actor: Actor) -> QuerySet[ShepherdContract]:
    """Contracts that the actor keeps."""
    found = ShepherdContract.objects.select_related("buyer", "provider", "region")
    if actor.kind == "house":
        return found
    seats = [seat for seat in actor.seats if actor.is_staff]
    buyers = {
        each.organisation_id for each in seats if each.organisation_id and may(actor, Right.BUY_SHEPHERDS, organisation_id=each.organisation_id)
    }
    regions = {each.region_id for each in seats if each.region_id and may(actor, Right.BUY_SHEPHERDS, region_id=each.region_id)}
    return found.filter(Q(buyer__in=buyers) | Q(region__in=regions))


def get_contract(actor: Actor, pk: int) -> ShepherdContract:
    """Raises NotFound."""
    found = visible_contracts(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_hours(actor: Actor, shepherd: Shepherd) -> QuerySet[ShepherdHours]:
    """What was done for a customer, for the shepherd and the buyer. Newest first."""
    return ShepherdHours.objects.filter(shepherd=shepherd, readers__overlap=list(actor.principals))


def own_contacts(actor: Actor) -> QuerySet[Contact]:
    """Contact data that the actor reads because she is that customer or her organisation handles a matter of hers, not because it was passed on."""
    if actor.kind == "house":
        return Contact.objects.all()
    own = [principal for principal in actor.principals if principal > 0]
    return Contact.objects.filter(readers__overlap=own) if own else Contact.objects.none()


def visible_relations(actor: Actor) -> QuerySet[Relation]:
    """That somebody, or her company, is a customer: of one's own, and of others' as far as consent or the law lets one know it."""
    if actor.kind == "house":
        return Relation.objects.all()
    return Relation.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Relation.objects.none()


def visible_consents(actor: Actor) -> ConsentQuerySet:
    """Consents of those customers whom the actor is or handles."""
    if actor.kind == "house":
        return Consent.objects.all()
    return Consent.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Consent.objects.none()


def get_consent(actor: Actor, pk: int) -> Consent:
    """Raises NotFound."""
    found = visible_consents(actor).select_related("text", "region", "recorded_by", "withdrawal_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def looks_at(actor: Actor, customer_id: int) -> QuerySet[Look]:
    """Who has looked at a customer's data, for herself alone. Newest first."""
    found = Look.objects.filter(customer=customer_id).select_related("person", "organisation")
    return found if actor.kind == "house" else found.filter(readers__overlap=list(actor.principals))


def consent_text(kind: str) -> ConsentText:
    """The words that are agreed to from now on: the newest version."""
    return ConsentText.objects.filter(kind=kind).order_by("-version")[0]


def grounds_today() -> QuerySet[LegalGround]:
    """The cells of the table of grounds as it stands. Everybody may read it."""
    return LegalGround.objects.filter(until=None).select_related("organisation_type", "set_by")
