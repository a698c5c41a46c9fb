"""The demo's founder: a customer who signs in and has matters of her own."""

from datetime import timedelta

from luukku.accounts.models import User
from luukku.catalogue.models import Service
from luukku.core.actor import act_as, act_as_house
from luukku.core.worktime import add_working_minutes
from luukku.customers.access import actor_of_user
from luukku.customers.actions.registering import ContactDetails, give_sign_in, register_customer
from luukku.demo import clock
from luukku.demo.network import Built, set_demo_password
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.talking import write
from luukku.desk.models import Leg
from luukku.network.access import actor_of_person
from luukku.network.models import Municipality
from luukku.network.queries.calendars import region_calendar

EMAIL = "founder@demo.example"


def build_founder(built: Built) -> None:
    """A sign-in, contact data and two matters: one settled last spring, one under way with the demo's adviser."""
    user = User.objects.create_user(EMAIL)
    set_demo_password(user, "fi")
    with act_as_house("register the sample network's founder") as house:
        details = ContactDetails(name="Iida Marttila", email=EMAIL, phone="040 555 9001")
        give_sign_in(by=house, customer=register_customer(by=house, details=details, language="fi"), user=user)
    founder = actor_of_user(user.pk)
    assert founder is not None
    adviser = actor_of_person(built.logins["adviser"].pk)
    region = built.regions["suupohja"]
    calendar = region_calendar(region.pk)
    place = Municipality.objects.get(name_fi="Kauhajoki", valid_until=None)
    service = Service.objects.get(code="family-succession")

    def ask(words: str, days: int) -> Leg:
        at = clock.now() - timedelta(days=days) + timedelta(hours=10, minutes=12)
        need = NeedForm(region=region, words=words, language="fi", municipality=place, service=service)
        with act_as(founder):
            case = send_need(by=founder, need=need, at=at)
        leg = Leg.objects.select_related("case").get(case=case)
        with act_as(adviser):
            take_up(by=adviser, leg=leg, at=add_working_minutes(calendar, at, 200))
        return leg

    old = ask("Haluaisin tietää, mitä eroa on toiminimellä ja osakeyhtiöllä, jos alan tehdä keramiikkaa myyntiin.", 210)
    with act_as(adviser):
        at = add_working_minutes(calendar, clock.now() - timedelta(days=208), 120)
        settle(by=adviser, case=old.case, outcomes=[OutcomeForm("advice")], words="Kävimme muodot läpi. Toiminimi riittää aluksi hyvin.", at=at)
    leg = ask("Vuokralla oleva keramiikkapaja on myynnissä ja omistaja tarjoaa sitä minulle. Mistä tiedän, mitä siitä kannattaa maksaa?", 9)
    with act_as(adviser):
        at = add_working_minutes(calendar, clock.now() - timedelta(days=8), 60)
        write(by=adviser, case=leg.case, body="Hei Iida! Lähetä pajan kolme viimeistä tilinpäätöstä, niin lasken arvon suuruusluokan.", at=at)
    with act_as(founder):
        at = clock.now() - timedelta(days=4) + timedelta(hours=17, minutes=40)
        customer_writes(by=founder, case=leg.case, body="Kiitos! Saan paperit omistajalta torstaina.", at=at)
    with act_as(adviser):
        when = add_working_minutes(calendar, clock.now() + timedelta(days=2), 90)
        at = clock.now() - timedelta(days=3) + timedelta(hours=9)
        set_next_step(by=adviser, leg=leg, text="Käy arvonmääritys läpi Iidan kanssa puhelimessa", when=when, at=at)
