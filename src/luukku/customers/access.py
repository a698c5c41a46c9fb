"""The one door to customers. Contact data are confidential; companies are as public as the register."""

from django.db.models import QuerySet
from django.http import HttpRequest

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.customers.models import Company, Contact, Customer


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The customer who has signed in, or None. Loader of the middleware, asked after the network's own."""
    user = getattr(request, "user", None)
    return actor_of_user(user.pk) if user is not None and user.is_authenticated else None


def actor_of_user(user_id: int) -> Actor | None:
    """The customer with this sign-in, or None."""
    found = Customer.objects.filter(user_id=user_id).values_list("id", "principal").first()
    if found is None:
        return None
    return Actor("customer", (found[1],), customer_id=found[0], user_id=user_id)


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


def company_in_register(business_id: str) -> Company | None:
    """What the public register says of this company, for anybody; None for one it does not know."""
    return Company.objects.filter(business_id=business_id).first() if business_id else None
