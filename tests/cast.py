"""The fixed cast: the same people in every test, in two small regions that know nothing of each other."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from luukku.accounts.models import User
from luukku.core.actor import Actor
from luukku.customers.models import Customer
from luukku.network.access import actor_of_person
from luukku.network.enums import ROLES, Level, Role
from luukku.network.models import Area, Desk, Municipality, Organisation, Person, Region
from tests.factories.customers import ContactFactory, CustomerFactory
from tests.factories.network import (
    AreaFactory,
    DeskFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    RegionFactory,
    SeatFactory,
    UserFactory,
    municipality_of,
)


@dataclass(frozen=True)
class Member:
    """One of the cast: her sign-in, and what she is here (a person of the network, or a customer)."""

    name: str
    user: User
    person: Person | None = None
    customer: Customer | None = None

    @property
    def actor(self) -> Actor:
        """Who she is to the database, as the present seats say."""
        if self.person is not None:
            return actor_of_person(self.person.pk)
        assert self.customer is not None
        return Actor("customer", (self.customer.principal,), customer_ids=(self.customer.pk,), user_id=self.user.pk)

    @property
    def someone(self) -> Person:
        """The person; fails for a customer."""
        assert self.person is not None
        return self.person


@dataclass(frozen=True)
class Place:
    """A region with its area, one municipality, its front organisation and desk."""

    area: Area
    region: Region
    municipality: Municipality
    organisation: Organisation
    desk: Desk


@dataclass(frozen=True)
class Cast:
    """`here` is the region of everybody but the outsider; `partners` and `partner_desk` are the second organisation here.

    `provider` sells the work of `shepherd` and takes part in no region.
    """

    here: Place
    there: Place
    partners: Organisation
    partner_desk: Desk
    adviser: Member
    desklead: Member
    partner: Member
    coordinator: Member
    steering: Member
    area: Member
    national: Member
    editor: Member
    outsider: Member
    founder: Member
    admin: Member
    provider: Organisation
    shepherd: Member

    @property
    def staff(self) -> tuple[Member, ...]:
        """All who work in the network."""
        return (
            self.adviser, self.desklead, self.partner, self.coordinator, self.steering, self.area, self.national, self.editor,
            self.outsider, self.admin, self.shepherd,
        )  # fmt: skip

    @property
    def everybody(self) -> tuple[Member, ...]:
        return (*self.staff, self.founder)


def _place(code: str, name: str, prefix: str, municipality_code: str) -> Place:
    area = AreaFactory.create(code=f"area-{code}", name_fi=f"{name}n alue")
    region = RegionFactory.create(code=code, name_fi=name, name_sv=f"{name} sv", name_en=f"{name} en", prefix=prefix, is_live=True)
    region.area_spells.create(area=area)
    municipality = municipality_of(region, code=municipality_code, name_fi=f"{name}n kunta", area=area)
    organisation = OrganisationFactory.create(code=f"{code}-kehitys", name_fi=f"{name}n Kehitys Oy")
    ParticipationFactory.create(organisation=organisation, region=region)
    desk = DeskFactory.create(organisation=organisation, region=region, name_fi=f"{name}n yrityspalvelut", is_front=True)
    return Place(area, region, municipality, organisation, desk)


def member(
    key: str, name: str, role: Role, *, organisation: Organisation | None = None, region: Region | None = None, area: Area | None = None
) -> Member:
    """Somebody with this role who has signed in at least once."""
    user = UserFactory.create(email=f"{key}@cast.example")
    person = PersonFactory.create(user=user, name=name, email=user.email, is_published=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not read in tests"})
    SeatFactory.create(person=person, role=role, organisation=organisation, region=region, area=area)
    return Member(key, user, person=person)


def _founder() -> Member:
    user = UserFactory.create(email="founder@cast.example")
    customer = CustomerFactory.create(user=user)
    ContactFactory.create(customer=customer, name="Fanny Founder", email=user.email, phone="040 555 0142")
    return Member("founder", user, customer=customer)


def assemble() -> Cast:
    """Make the cast. Run as the database's owner."""
    here = _place("koskimaa", "Koskimaa", "KO", "901")
    there = _place("saarela", "Saarela", "SA", "902")
    partners = OrganisationFactory.create(code="koskimaa-kauppakamari", name_fi="Koskimaan Kauppakamari ry")
    ParticipationFactory.create(organisation=partners, region=here.region)
    partner_desk = DeskFactory.create(organisation=partners, region=here.region, name_fi="Kauppakamarin neuvonta")
    provider = OrganisationFactory.create(code="hoitajat", name_fi="Asiakkuushoitajat Oy")
    home, region = here.organisation, here.region
    return Cast(
        here, there, partners, partner_desk,
        adviser=member("adviser", "Aino Adviser", Role.ADVISER, organisation=home, region=region),
        desklead=member("desklead", "Leena Lead", Role.DESK_LEAD, organisation=home, region=region),
        partner=member("partner", "Pekka Partner", Role.ADVISER, organisation=partners, region=region),
        coordinator=member("coordinator", "Kaisa Coordinator", Role.COORDINATOR, region=region),
        steering=member("steering", "Sten Steering", Role.STEERING_MEMBER, region=region),
        area=member("area", "Arja Area", Role.AREA_CONTACT, area=here.area),
        national=member("national", "Niilo National", Role.NATIONAL_OWNER),
        editor=member("editor", "Eeva Editor", Role.SERVICE_EDITOR, organisation=home, region=region),
        outsider=member("outsider", "Otto Outsider", Role.ADVISER, organisation=there.organisation, region=there.region),
        founder=_founder(),
        admin=member("admin", "Anders Admin", Role.ADMINISTRATOR),
        provider=provider,
        shepherd=member("shepherd", "Sirpa Shepherd", Role.SHEPHERD, organisation=provider, region=region),
    )  # fmt: skip


# Roles that nobody of the cast has, at which level their seats lie, and in which of her organisations.
OTHERS = {
    "head": Role.ORGANISATION_HEAD, "steering-chair": Role.STEERING_CHAIR, "working-chair": Role.WORKING_CHAIR,
    "working-member": Role.WORKING_MEMBER, "process-owner": Role.PROCESS_OWNER, "viewer": Role.VIEWER, "operator": Role.OPERATOR,
}  # fmt: skip


def another(cast: Cast, key: str) -> Member:
    """One of the cast by name, or, made now, somebody of the region or its front organisation with a role that nobody of the cast has."""
    if key not in OTHERS:
        found: Member = getattr(cast, key)
        return found
    role = OTHERS[key]
    level = ROLES[role].level
    organisation = cast.here.organisation if level is Level.ORGANISATION else None
    region = cast.here.region if level is not Level.NATIONAL else None
    return member(key, f"Olli {key.title()}", role, organisation=organisation, region=region)
