"""Shepherds, wishes and calls of the sample network: two contracts, customers kept by a bought-in shepherd and by an adviser, calls that wait."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from luukku.core.actor import HOUSE, Actor, act_as, act_as_house
from luukku.core.worktime import working_minutes_before
from luukku.customers.actions.contracts import Terms, agree_contract
from luukku.customers.actions.hours import log_hours
from luukku.customers.actions.registering import ContactDetails
from luukku.customers.enums import Mandate
from luukku.customers.models import Shepherd, ShepherdContract
from luukku.demo import clock
from luukku.demo.network import Built, set_demo_password
from luukku.desk.access import visible_cases
from luukku.desk.actions.calls import fill_in, log_missed_call
from luukku.desk.actions.correcting import Correction, correct
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.shepherding.chasing import chase, is_late
from luukku.desk.actions.shepherding.giving import Keeping, end_shepherd, give_shepherd
from luukku.desk.actions.shepherding.warning import warn_of_contracts
from luukku.desk.actions.talking import write
from luukku.desk.actions.wishes import Wishes, set_wishes
from luukku.desk.models import Case, Leg
from luukku.network.access import actor_of_person
from luukku.network.actions.organisations import OrganisationDetails, create_organisation
from luukku.network.actions.people import PersonDetails, add_person, allow_sign_in
from luukku.network.enums import Role
from luukku.network.models import Desk, Organisation, OrganisationType, Person, Seat
from luukku.network.queries.calendars import region_calendar

LOGIN = "shepherd"


def keep(built: Built) -> None:
    """Play it as its people would. The region's lead buys; whoever handles a customer's matter names the shepherd."""
    lead = actor_of_person(built.logins["desklead"].pk)
    provider, person = _provider(built)
    with act_as(lead):
        contracts = _contracts(built, lead, provider)
    kept = _cases(lead)
    for number, case in enumerate(kept[:3]):
        _give(lead, case, person, contracts[0], days=60 - 20 * number, mandates=list(Mandate.values)[: 3 - number])
    if len(kept) > 4:
        _give(lead, kept[3], built.logins["adviser"], None, days=120, mandates=list(Mandate.values))
        _change(lead, kept[4], person, contracts[0])
    _act(person, kept[0] if kept else None)
    _wishes(lead, kept[5:9])
    _calls(built)
    with act_as_house("warn of the sample's contracts"):
        warn_of_contracts()


def _provider(built: Built) -> tuple[Organisation, Person]:
    with act_as_house("bring a private provider into the sample network"):
        kind = OrganisationType.objects.filter(is_private=True).order_by("order", "code")[0]
        details = OrganisationDetails(
            type=kind, name_fi="Asiakkuuspalvelu Rinne Oy", name_sv="Kundtjänst Rinne Ab", name_en="Rinne Customer Care Ltd",
            phone="040 555 0700", email="rinne@asiakkuus.example",
        )  # fmt: skip
        region = built.regions["suupohja"]
        provider = create_organisation(by=HOUSE, details=details, region=region, code="asiakkuuspalvelu-rinne", is_sample=True)
        who = PersonDetails(
            name="Outi Rinne", title_fi="asiakkuuden hoitaja", title_sv="kundansvarig", title_en="customer’s shepherd",
            languages=("fi", "sv"), phone="040 555 0701", email=f"{LOGIN}@demo.example",
        )  # fmt: skip
        person = add_person(by=HOUSE, details=who, role=Role.SHEPHERD, organisation=provider, region=region, is_sample=True)
        set_demo_password(allow_sign_in(by=HOUSE, person=person), "fi")
    return provider, person


def _contracts(built: Built, lead: Actor, provider: Organisation) -> list[ShepherdContract]:
    """One that ends soon, and one that has ended."""
    today = clock.today()
    buyer = built.desks["suupohja", "sek"].organisation
    periods = (("AH-2", -150, 24, Decimal(60), Decimal("85.00"), "hour"), ("AH-1", -520, -155, Decimal(40), Decimal("3200.00"), "whole"))
    return [
        agree_contract(
            by=lead, region=built.regions["suupohja"], buyer=buyer, provider=provider, at=clock.now() + timedelta(days=first),
            terms=Terms(reference, today + timedelta(days=first), today + timedelta(days=last), hours, price, price_for, with_vat=False),
        )
        for reference, first, last, hours, price, price_for in periods
    ]  # fmt: skip


def _cases(lead: Actor) -> list[Case]:
    """Open matters of the lead's own organisation, of customers with a name and both ways to reach them, late ones first; one of each customer."""
    found: dict[int, tuple[bool, Case]] = {}
    with act_as(lead):
        ours = visible_cases(lead).open().filter(legs__desk__organisation__in=lead.organisation_ids, customer__user=None).order_by("pk").distinct()
        for case in ours.exclude(customer__contact__email="").exclude(customer__contact__phone="").select_related("customer__contact"):
            late = any(is_late(leg, clock.now()) for leg in Leg.objects.filter(case=case))
            found.setdefault(case.customer_id or 0, (not late, case))
    return [case for _late, case in sorted(found.values(), key=lambda pair: (pair[0], pair[1].pk))]


def _give(by: Actor, case: Case, person: Person, contract: ShepherdContract | None, *, days: int, mandates: list[str]) -> Shepherd:
    at = clock.now() - timedelta(days=days)
    seat = Seat.objects.filter(person=person).order_by("pk")[0]
    with act_as(by):
        return give_shepherd(by=by, case=case, keeping=Keeping(seat, mandates, "phone", at, contract), at=at)


def _change(by: Actor, case: Case, person: Person, contract: ShepherdContract) -> None:
    """One who was kept and is no more, so that there is a history."""
    given = _give(by, case, person, contract, days=90, mandates=[Mandate.SEE])
    with act_as(by):
        end_shepherd(by=by, case=case, shepherd=given, at=clock.now() - timedelta(days=12))


def _act(person: Person, case: Case | None) -> None:
    """He writes for her, chases if her matter is late, and logs his hours."""
    shepherd = actor_of_person(person.pk)
    if case is None:
        return
    today = clock.today()
    with act_as(shepherd):
        kept = Shepherd.objects.in_force().filter(customer=case.customer)[0]
        words = "Hei, laitan asiakkaan puolesta: hän on tavoitettavissa ensi viikolla aamupäivisin, paperit ovat valmiina."
        customer_writes(by=shepherd, case=case, body=words, at=clock.now() - timedelta(days=1))
        yesterday = clock.now() - timedelta(days=1)
        if any(is_late(leg, yesterday) for leg in Leg.objects.filter(case=case)):
            chase(by=shepherd, case=case, at=yesterday)
        for days, hours, what in ((40, "2", "Aloituskeskustelu"), (21, "1.5", "Tapaaminen yrityksessä"), (2, "0.75", "Puhelu ja viesti neuvojalle")):
            log_hours(by=shepherd, shepherd=kept, day=today - timedelta(days=days), hours=Decimal(hours), words=what)


def _wishes(by: Actor, cases: list[Case]) -> None:
    """How some want to be reached; a message to the first, who wants the phone, becomes a call. One address is put right."""
    wishes = (Wishes("phone", "", (1, 2, 3), time(9), time(11)), Wishes("email", "sv"), Wishes("", "", (0, 4), time(13), time(16)))
    for case, wish in zip(cases, wishes, strict=False):
        with act_as(by):
            set_wishes(by=by, case=case, wishes=wish)
    if cases:
        with act_as(by):
            write(by=by, case=cases[0], body="Rahoittajan lista tuli: kolme paperia puuttuu vielä. Soitan sinulle ja käydään ne läpi.")
    for case in cases[3:4]:
        contact = case.customer.contact if case.customer else None
        if contact is not None:
            details = ContactDetails(contact.name, contact.email.replace("@", ".uusi@"), contact.phone, role="Toimitusjohtaja")
            with act_as(by):
                correct(by=by, case=case, correction=Correction(details, case.company_name, case.business_id, Wishes()))


def _calls(built: Built) -> None:
    """Missed calls: two wait, one was returned and has its words."""
    adviser, desk = actor_of_person(built.logins["adviser"].pk), Desk.objects.get(pk=built.desks["suupohja", "sek"].pk)
    now = clock.now()
    calendar = region_calendar(desk.region_id)

    def minutes_ago(minutes: int) -> datetime:
        return working_minutes_before(calendar, now, minutes)

    with act_as(adviser):
        log_missed_call(by=adviser, desk=desk, phone="040 555 9101", at=minutes_ago(75))
        log_missed_call(by=adviser, desk=desk, phone="044 555 9102", at=minutes_ago(20))
        log_missed_call(by=adviser, desk=desk, phone="044 555 9102", at=minutes_ago(5))
        returned = log_missed_call(by=adviser, desk=desk, phone="050 555 9103", at=minutes_ago(200))
        words = "Haluan laajentaa autokorjaamoa ja tarvitsen toisen hallin. Kuka auttaa tonttiasiassa?"
        fill_in(by=adviser, case=returned, words=words, language="fi", name="Jorma Ketola", at=minutes_ago(90))
