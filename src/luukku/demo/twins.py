"""Matters that came in twice, and one that was two: some wait for somebody to see it, one has been joined, one split."""

from collections.abc import Callable
from datetime import datetime, timedelta

from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.joining.join import join
from luukku.desk.actions.joining.split import Chosen, split
from luukku.desk.actions.talking import write
from luukku.desk.models import Case, Leg
from luukku.network.access import actor_of_person

BAKERY = "Leipomoni uuni hajosi ja uusi maksaa noin 40 000 euroa. Mistä pieni leipomo saa rahoitusta laitteeseen?"
BAKERY_AGAIN = "Pienen leipomoni uuni hajosi. Mistä saan rahoitusta uuteen uuniin, joka maksaa noin 40 000 euroa?"
SAWMILL = "Haluaisin palkata sahalle ensimmäisen työntekijän. Mitä minun pitää tehdä työnantajana?"
SAWMILL_CALL = "Soitti sahalta: palkkaa ensimmäisen työntekijän ja kysyy työnantajan velvollisuuksista."
WEAVER = "Kudon mattoja ja haluan perustaa verkkokaupan. Kuka auttaa alkuun?"
WEAVER_ASIDE = "Ihan toinen juttu: isäni maatila on siirtymässä minulle. Kenen kanssa sukupolvenvaihdoksesta voi puhua?"


def build_twins(built: Built) -> None:
    """In the adviser's own region, in the last days."""
    adviser, region = actor_of_person(built.logins["adviser"].pk), built.regions["suupohja"]

    def days(number: float) -> datetime:
        return clock.now() - timedelta(days=number)

    def sent(words: str, name: str, email: str, phone: str, company: str, at: datetime) -> Case:
        need = NeedForm(region=region, words=words, language="fi", name=name, email=email, phone=phone, company_name=company)
        with act_as(PUBLIC):
            return send_need(by=PUBLIC, need=need, at=at)

    baker = ("Sanna Uunila", "sanna.uunila@leipomo.example", "040 555 7301", "Uunilan Leipomo")
    sent(BAKERY, *baker, days(2))
    sent(BAKERY_AGAIN, *baker, days(0.2))
    sawyer = ("Tauno Lankku", "tauno@lankunsaha.example", "040 555 7302", "Lankun Saha Oy")
    first = sent(SAWMILL, *sawyer, days(3))
    called = NeedForm(
        region=region, words=SAWMILL_CALL, language="fi", name="Tauno Lankku", phone="040 555 7302", company_name="Lankun Saha", channel="phone"
    )
    with act_as(adviser):
        take_up(by=adviser, leg=Leg.objects.get(case=first), at=days(2.5))
        again = send_need(by=adviser, need=called, at=days(1.2))
        join(by=adviser, case=again, into=first, both_agree=True, at=days(1.1))
        write(by=adviser, case=first, body="Hei Tauno! Kokosin työnantajan muistilistan. Käydään se läpi puhelimessa.", at=days(1))
    weaver = sent(WEAVER, "Meri Loimi", "meri.loimi@matot.example", "040 555 7303", "", days(6))
    _aside(adviser, weaver, days)


def _aside(adviser: Actor, case: Case, days: Callable[[float], datetime]) -> None:
    with act_as(adviser):
        take_up(by=adviser, leg=Leg.objects.get(case=case), at=days(5.5))
    with act_as(PUBLIC):
        customer = link_actor(first_token(case))
    assert customer is not None
    with act_as(customer):
        message = customer_writes(by=customer, case=case, body=WEAVER_ASIDE, at=days(3))
    with act_as(adviser):
        chosen = Chosen([message.pk], subject="Maatilan sukupolvenvaihdos", take_it=True)
        split(by=adviser, case=case, chosen=chosen, at=days(2.8))
