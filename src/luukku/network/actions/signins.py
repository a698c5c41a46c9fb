"""Sign-ins of the network's people, kept by administrators: who may is decided here, what is done lies in accounts."""

from django.db import transaction
from django.utils.translation import gettext as _

from luukku.accounts import actions as accounts
from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network import access
from luukku.network.actions.people import PersonDetails, add_person, allow_sign_in
from luukku.network.actions.seats import give_seat
from luukku.network.enums import Role
from luukku.network.models import Person, Seat


def close_sign_in(*, by: Actor, person: Person) -> None:
    """No way in any more, at once; her seats and what she did stay. Raises NotAllowed, RuleBroken."""
    user = _user(by, person)
    if by.user_id == user.pk:
        raise RuleBroken(_("You cannot close your own sign-in. Ask another administrator."))
    with transaction.atomic():
        if person.left_with_sign_in:  # who brought her back opens it no more
            person.left_with_sign_in = False
            person.save(update_fields=["left_with_sign_in"])
        accounts.deactivate_user(by=by, user=user)


def open_sign_in(*, by: Actor, person: Person) -> None:
    """Let her in again. Raises NotAllowed, RuleBroken."""
    user = _user(by, person)
    if person.deactivated_at:
        raise RuleBroken(_("%(name)s has left the network.") % {"name": person.name})
    accounts.reactivate_user(by=by, user=user)


def reset_second_step(*, by: Actor, person: Person) -> None:
    """She has lost what she proves herself with: authenticators go, sessions end, she sets up new ones. Raises NotAllowed, RuleBroken."""
    accounts.reset_second_factor(by=by, user=_user(by, person))


def sign_out_everywhere(*, by: Actor, person: Person) -> int:
    """End all her sessions; returns how many. Raises NotAllowed, RuleBroken."""
    return accounts.end_sessions(by=by, user=_user(by, person))


def make_administrator(*, by: Actor, name: str, email: str) -> tuple[Person, User]:
    """Person, administrator's seat and sign-in for this address; what is there already is kept. Raises NotAllowed, RuleBroken."""
    access.require(access.can_administer(by))
    with transaction.atomic():
        person = Person.objects.filter(user__email=email.strip().lower(), deactivated_at=None).first()
        if person is None:
            person = add_person(by=by, details=PersonDetails(name=name.strip(), email=email.strip().lower()), role=Role.ADMINISTRATOR)
        elif not Seat.objects.filter(person=person, role=Role.ADMINISTRATOR, valid_until=None).exists():
            give_seat(by=by, person=person, role=Role.ADMINISTRATOR)
        return person, allow_sign_in(by=by, person=person)


def _user(by: Actor, person: Person) -> User:
    access.require(access.can_administer(by))
    if person.user is None:
        raise RuleBroken(_("%(name)s does not sign in here.") % {"name": person.name})
    return person.user
