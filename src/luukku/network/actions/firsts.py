"""The first people of organisations at a network's start: each becomes the head of an organisation that had nobody, and is invited by mail."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luukku.accounts.models import User
from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import record
from luukku.network import access
from luukku.network.access.firsts import can_name_first, waiting_for_first
from luukku.network.actions.seats import seated
from luukku.network.actions.writing import writing
from luukku.network.enums import LanguageCode, Role
from luukku.network.models import Organisation, Person, Region


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Who answers for the organisation from now on; its other people are added by that person."""

    organisation: Organisation
    name: str
    email: str


def name_first_people(
    *, by: Actor, region: Region, people: Sequence[FirstPerson], language: str = LanguageCode.FI, submit_key: str | None = None
) -> int:
    """Each gets a head's seat and a sign-in, and is invited in the language. Somebody who works in the network already gets the seat besides.

    Returns how many; the same `submit_key` invites them once. Nobody makes herself the head of another organisation so. Raises NotAllowed;
    RuleBroken with the field `name_<organisation>` or `email_<organisation>`.
    """
    access.require(can_name_first(by, region))
    if language not in LanguageCode.values:
        raise RuleBroken(_("Choose a language."), field="language")
    with writing("person.first", by=by):
        said = [(each.organisation.pk, each.name, each.email) for each in people]
        return once(submit_key, lambda: len([_named(by, region, each, language) for each in people]), "first_people", region.pk, said)


def _named(by: Actor, region: Region, first: FirstPerson, language: str) -> Person:
    key, name, email = first.organisation.pk, first.name.strip(), first.email.strip().lower()
    if not name:
        raise RuleBroken(_("Write the name too."), field=f"name_{key}")
    if not email:
        raise RuleBroken(_("Write the e-mail address too: the invitation goes there, and it is used for signing in."), field=f"email_{key}")
    organisation = Organisation.objects.select_for_update().get(pk=key)  # who comes second waits here, and is told
    if not waiting_for_first(region).filter(pk=key).exists():
        words = _("%(name)s has somebody by now, or is no party of the region. Its own people add others.")
        raise RuleBroken(words % {"name": organisation.name}, field=f"name_{key}")
    person = _person(by, name, email, language, field=f"email_{key}")
    record("person.first", person, by=by, region_id=region.pk, organisation_id=key)
    seated(by, person, Role.ORGANISATION_HEAD, organisation=organisation)
    mail.queue("network.first_person", person, person=person.pk, organisation=key, region=region.pk)
    return person


def _person(by: Actor, name: str, email: str, language: str, *, field: str) -> Person:
    """Who signs in with the address, as found or as made."""
    user = User.objects.filter(email=email).first()
    found = Person.objects.filter(user=user).first() if user is not None else None
    if (found is not None and found.deactivated_at is not None) or (user is not None and not user.is_active):
        raise RuleBroken(_("Whoever signs in with this address has left the network. The administrator brings them back."), field=field)
    if found is None:
        user = user or User.objects.create_user(email, language=language)
        found = Person.objects.create(name=name, email=email, user=user)
        record("person.added", found, by=by)
        record("person.may_sign_in", found, by=by)
    elif found.pk == by.person_id:
        raise RuleBroken(_("This is your own address. Name somebody of the organisation; the administrator adds you."), field=field)
    return found
