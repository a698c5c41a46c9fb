"""Contacts by the ways that the year's stories do not use: a video call, social media, a meeting that was agreed on; and a matter opened again."""

from datetime import datetime, timedelta

from luukku.core.actor import Actor, act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.actions.ending import OutcomeForm, reopen, settle
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.enums import Channel
from luukku.desk.models import Case
from luukku.network.access import actor_of_person

VIDEO = "Videolla: verkkokauppa kasvaa, ja hän kysyy, milloin sivutoimesta kannattaa tehdä päätoimi."
SOCIAL = "Kirjoitti Facebookissa: kahvilan tilat vapautuvat keväällä. Löytyykö joku, joka jatkaisi?"
MET = "Tapaamisessa: haluaa ottaa pojan mukaan yritykseen ja kysyy, miten osakkeet siirretään."
AGAIN = "Nyt asia tulikin ajankohtaiseksi: tilauksia on jo enemmän kuin ehdin. Voisimmeko jatkaa?"


def come_by_other_ways(built: Built) -> None:
    """Logged by the adviser in the last weeks."""
    adviser, region = actor_of_person(built.logins["adviser"].pk), built.regions["suupohja"]

    def logged(channel: Channel, words: str, name: str, email: str, at: datetime) -> Case:
        need = NeedForm(
            region=region, words=words, language="fi", name=name, email=email, phone="040 555 0177", channel=channel,
            desk=built.desks["suupohja", "sek"], take_it=channel != Channel.SOCIAL,
        )  # fmt: skip
        with act_as(adviser):
            return send_need(by=adviser, need=need, at=at)

    now = clock.now()
    logged(Channel.SOCIAL, SOCIAL, "Tuula Torikahvio", "tuula.torikahvio@sample.example", now - timedelta(hours=9))
    logged(Channel.APPOINTMENT, MET, "Reino Rautia", "reino.rautia@sample.example", now - timedelta(days=3))
    _opened_again(adviser, logged(Channel.VIDEO, VIDEO, "Viivi Verkkonen", "viivi.verkkonen@sample.example", now - timedelta(days=20)), now)


def _opened_again(adviser: Actor, case: Case, now: datetime) -> None:
    with act_as(adviser):
        advice = "Kävimme läpi, mitä päätoimisuus muuttaa. Palataan, kun asia on ajankohtainen."
        settle(by=adviser, case=case, outcomes=[OutcomeForm("advice")], words=advice, at=now - timedelta(days=15))
    door = Actor("link", (case.door_principal,))
    with act_as(door):
        reopen(by=door, case=case, words=AGAIN, at=now - timedelta(hours=20))
