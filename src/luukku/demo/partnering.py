"""A partner's own system in the sample network: its key, one that is used no more, and a contact that it has sent by itself."""

from datetime import timedelta

from luukku.core.actor import act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.partner_contact import Sending, take_contact
from luukku.desk.actions.partners import end_key, make_key
from luukku.desk.queries.partners import partner_actor
from luukku.network.access import actor_of_person

PARTNER = "finnvera"
WORDS = "Asiakkaamme haluaa laajentaa puusepänverstastaan ja tarvitsee rahoitusta uuteen koneeseen."


def send_by_system(built: Built) -> None:
    """The administrator makes the keys; the system's contact goes the way of every need."""
    region, partner = built.regions["suupohja"], built.desks["suupohja", PARTNER].organisation
    admin, now = actor_of_person(built.logins["admin"].pk), clock.now()
    with act_as(admin):
        old, _secret = make_key(by=admin, organisation=partner, name="Vanha verkkolomake", at=now - timedelta(days=200))
        end_key(by=admin, key=old, at=now - timedelta(days=30))
        _key, secret = make_key(by=admin, organisation=partner, name="Asiakasrekisteri", at=now - timedelta(days=40))
        found = partner_actor(secret)
    assert found is not None
    system, key_id = found
    need = NeedForm(
        region=region, words=WORDS, language="fi", name="Veikko Verstas", email="veikko.verstas@sample.example", phone="040 555 0188",
        company_name="Verstas Oy",
    )  # fmt: skip
    with act_as(system):
        take_contact(by=system, need=need, sending=Sending(key_id, "demo-0001", WORDS.encode()))
