"""Who signs in, and how well guarded, for administrators."""

from typing import Any

from django.db.models import Q, QuerySet

from luukku.accounts.models import User
from luukku.accounts.queries import sign_ins
from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.finnish import FinnishKey
from luukku.network import access


def sign_in_list(actor: Actor, words: str = "", state: str = "") -> "QuerySet[User]":
    """Users of the network's people with `person`, `second_factor`, `external` and `open_sessions`, by name.

    `state`: open, closed, or weak (open, but without a second factor or a workplace's sign-in). Raises NotAllowed.
    """
    access.require(access.can_administer(actor))
    found: QuerySet[Any] = sign_ins(User.objects.filter(person__isnull=False)).select_related("person")
    for word in words.split():
        found = found.filter(Q(person__name__icontains=word) | Q(email__icontains=word))
    if state in ("open", "closed"):
        found = found.filter(is_active=state == "open")
    if state == "weak":
        found = found.filter(is_active=True, second_factor=False, external=False)
    return found.order_by(FinnishKey("person__name"), "pk")


def sign_in_of(actor: Actor, person_id: int) -> User:
    """One of them, by the person's id. Raises NotAllowed, NotFound."""
    user = sign_in_list(actor).filter(person__pk=person_id).first()
    if user is None:
        raise NotFound
    return user
