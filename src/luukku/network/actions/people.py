"""People of the network: who they are, what they help with, and whether the public sees them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.accounts.actions import reactivate_user
from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.trail import record
from luukku.network import access
from luukku.network.actions.holding import check_holds
from luukku.network.actions.photos import drop_photo
from luukku.network.actions.seats import check_another_administrator, check_seat, give_seat
from luukku.network.actions.writing import end_spells, writing
from luukku.network.enums import Role
from luukku.network.models import Area, Organisation, Person, Region, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What a person tells of herself. `languages` are ISO 639 codes, best first."""

    name: str
    title_fi: str = ""
    title_sv: str = ""
    title_en: str = ""
    help_text_fi: str = ""
    help_text_sv: str = ""
    help_text_en: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    deputy: Person | None = None


def add_person(
    *,
    by: Actor,
    details: PersonDetails,
    role: Role,
    organisation: Organisation | None = None,
    region: Region | None = None,
    area: Area | None = None,
    since: date | None = None,
    is_sample: bool = False,
) -> Person:
    """A new person with her first seat, hers from `since` (today): nobody is in the network without one. Raises NotAllowed, RuleBroken."""
    check_seat(by, role, organisation, region, area)
    _check(details)
    with writing("person.add", by=by):
        person = Person.objects.create(is_sample=is_sample, **_columns(details))
        record("person.added", person, by=by, organisation_id=organisation.pk if organisation else None)
        give_seat(by=by, person=person, role=role, organisation=organisation, region=region, area=area, since=since)
    return person


def edit_person(*, by: Actor, person: Person, details: PersonDetails) -> Person:
    """Change what a person tells of herself: she herself may, and those who answer for the seat where she is at home.

    Where others have given her seats too, her address is changed by herself or the administrator. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_edit_person(by, person))
    _check(details, person)
    columns = _columns(details)
    changed = [name for name, value in columns.items() if getattr(person, name) != value]
    if not changed:
        return person
    if "email" in changed and by.person_id != person.pk and not access.can_admit_person(by, person):
        raise RuleBroken(_("This address is for signing in to other organisations too: the person or the administrator changes it."), field="email")
    with writing("person.edit", by=by):
        for name in changed:
            setattr(person, name, columns[name])
        person.save(update_fields=changed)
        record("person.edited", person, by=by, fields=len(changed))
    return person


def publish_person(*, by: Actor, person: Person, published: bool) -> None:
    """Show a person in the public staff directory, or no longer: for those who answer for the seat where she is at home.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_publish_person(by, person))
    if published and not (person.phone or person.email):
        raise RuleBroken(_("Give a telephone number or an e-mail address first: customers see people in the directory in order to reach them."))
    if person.is_published == published:
        return
    with writing("person.publish", by=by):
        person.is_published = published
        person.save(update_fields=["is_published"])
        record("person.published" if published else "person.unpublished", person, by=by)


def deactivate_person(*, by: Actor, person: Person) -> None:
    """She has left: her seats end, sign-in stops, her photo goes, nobody outside sees her; what she did stays hers. The last administrator stays.

    Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_admit_person(by, person))
    if person.deactivated_at:
        return
    if by.person_id == person.pk:
        raise RuleBroken(_("You cannot deactivate yourself. Ask a colleague."))
    check_another_administrator(person)
    check_holds("network.person", person.pk)
    with writing("person.deactivate", by=by):
        ended = end_spells(Seat.objects.filter(person=person))
        person.deactivated_at, person.is_published = timezone.now(), False
        person.left_with_sign_in = person.user is not None and person.user.is_active
        person.save(update_fields=["deactivated_at", "is_published", "left_with_sign_in"])
        drop_photo(person)
        if person.user_id:
            User.objects.filter(pk=person.user_id).update(is_active=False)
        record("person.deactivated", person, by=by, seats=ended)


def reactivate_person(
    *,
    by: Actor,
    person: Person,
    role: Role,
    organisation: Organisation | None = None,
    region: Region | None = None,
    area: Area | None = None,
) -> Person:
    """Somebody who left comes back, with a seat; the sign-in and the public page are given anew. For the administrator, and for those who
    answered for every seat that ended with the stay: what was done then is the same person's. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_bring_back(by, person))
    check_seat(by, role, organisation, region, area)
    if person.deactivated_at is None:
        raise RuleBroken(_("%(name)s is in the network already.") % {"name": person.name})
    with writing("person.reactivate", by=by):
        person.deactivated_at = None
        person.save(update_fields=["deactivated_at"])
        record("person.reactivated", person, by=by, organisation_id=organisation.pk if organisation else None)
        give_seat(by=by, person=person, role=role, organisation=organisation, region=region, area=area)
    return person


def allow_sign_in(*, by: Actor, person: Person) -> User:
    """Let a person sign in with the e-mail address she has here (by code at first), or again after she has come back.

    A sign-in that an administrator has closed is opened by administrators only. Raises NotAllowed, RuleBroken.
    """
    access.require(access.can_admit_person(by, person))
    if person.deactivated_at:
        raise RuleBroken(_("%(name)s has left the network.") % {"name": person.name})
    if person.user is not None:
        return _open_again(by, person, person.user)
    if not person.email:
        raise RuleBroken(_("Give the e-mail address first: it is needed for signing in."), field="email")
    user = User.objects.filter(email=person.email.strip().lower()).first()
    if user is not None and Person.objects.filter(user=user).exists():
        raise RuleBroken(_("Somebody else signs in with this e-mail address."), field="email")
    with writing("person.sign_in", by=by):
        person.user = user or User.objects.create_user(person.email)
        person.save(update_fields=["user"])
        record("person.may_sign_in", person, by=by)
    return person.user


def _open_again(by: Actor, person: Person, user: User) -> User:
    if user.is_active:
        return user
    if not person.left_with_sign_in and not access.can_administer(by):
        raise RuleBroken(_("An administrator has closed this sign-in, and opens it again."))
    with writing("person.sign_in", by=by):
        person.left_with_sign_in = False
        person.save(update_fields=["left_with_sign_in"])
        reactivate_user(by=by, user=user)
    return user


def _check(details: PersonDetails, person: Person | None = None) -> None:
    if details.deputy is not None and person is not None and details.deputy.pk == person.pk:
        raise RuleBroken(_("Choose somebody else as the deputy."), field="deputy")
    if details.deputy is not None and details.deputy.deactivated_at:
        raise RuleBroken(_("The deputy has left the network. Choose somebody else."), field="deputy")


def _columns(details: PersonDetails) -> dict[str, object]:
    columns = {name: getattr(details, name) for name in details.__dataclass_fields__}
    return {**columns, "languages": list(details.languages)}
