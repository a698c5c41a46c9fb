"""A row in every table, of the second organisation of the region: what the first one and everybody else come upon by guessing an address."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from luukku.catalogue.models import ServiceProvider
from luukku.complaints.models import ComplaintRule
from luukku.core.actor import act_as
from luukku.core.models import StoredFile
from luukku.customers.models import Company, Establishment
from luukku.desk.actions.intake import send_need
from luukku.desk.models import BusyTime, Case, EServiceReport, FollowUp, IncomingMail, Mailbox, ReadyText, Room, ServicePoint
from luukku.governance.models import ClockEntry
from luukku.network.enums import Role
from luukku.network.models import Absence, ClosingDay, Representation, SeatRota, SeatTurn
from luukku.relations.models import AccountPlan, Lead, VisitNeed
from tests.cast import Cast, member
from tests.factories.catalogue import ServiceFactory
from tests.whole.every_table import fill
from tests.whole.full_world import house, rules_and_times
from tests.whole.world import SECRETS, need


def fill_foreign(cast: Cast, done: Case) -> None:
    """`done` is a settled case of the second organisation. What only its people read of companies holds the secret words."""
    lead = member("partnerlead", "Paula Partnerlead", Role.DESK_LEAD, organisation=cast.partners, region=cast.here.region)
    theirs = replace(
        cast, here=replace(cast.here, organisation=cast.partners, desk=cast.partner_desk), partners=cast.here.organisation,
        partner_desk=cast.here.desk, adviser=cast.partner, partner=cast.adviser, desklead=lead,
    )  # fmt: skip
    words = {"name": "Toinen Asiakas", "email": "toinen@customer.example", "company_name": "", "business_id": ""}
    with act_as(cast.partner.actor) as by:
        going = send_need(by=by, need=need(cast, "Miten saan vientiapua?", desk=cast.partner_desk, **words))
    fill(theirs, done, going)
    _open_rows(theirs, Company.objects.latest("pk"))
    FollowUp.objects.create(case=done, due_at=timezone.now())
    box = Mailbox.objects.create(region=cast.here.region, address="asia@cast.example", host="127.0.0.1", port=1, user="asia")
    original = StoredFile.objects.create(name="mail.eml", content_type="message/rfc822", size=1, sha256="0" * 64)
    IncomingMail.objects.create(mailbox=box, uidvalidity=1, uid=1, fate="case", case=done, original=original, arrived_at=timezone.now())
    VisitNeed.objects.update(words=SECRETS.note)
    Lead.objects.update(words=SECRETS.note)
    AccountPlan.objects.update(aims=SECRETS.note)


def _open_rows(cast: Cast, company: Company) -> None:
    """Of tables that are open to the network: nothing secret, but each has its pages."""
    today, now, region, person = timezone.localdate(), timezone.now(), cast.here.region, cast.partner.someone
    rules_and_times(cast)
    house(cast)
    service = ServiceFactory.create(code="rahoitusneuvonta")
    ServiceProvider.objects.create(service=service, organisation=cast.partners, region=region, person=person)
    Absence.objects.create(person=person, first_day=today + timedelta(days=30), last_day=today + timedelta(days=40))
    ClosingDay.objects.create(desk=cast.partner_desk, day=today + timedelta(days=50))
    Representation.objects.create(representative=cast.here.organisation, represented=cast.partners, valid_from=today)
    Establishment.objects.create(company=company, name="Torikioski", organisation=cast.partners)
    ClockEntry.objects.create(region=region, kind="theme", title="Yrittäjän päivä", first_day=today, last_day=today)
    ComplaintRule.objects.create(region=region, organisation=cast.partners)
    EServiceReport.objects.create(owner=cast.partners, region=region, name="Asiointi", went="broken", reported_by=cast.partners)
    BusyTime.objects.create(person=person, starts_at=now, ends_at=now + timedelta(hours=1))
    Room.objects.create(organisation=cast.partners, name="Sininen huone")
    ReadyText.objects.create(desk=cast.partner_desk, name="Aluksi", body_fi="Kiitos yhteydenotosta.")
    rota = SeatRota.objects.create(region=region, role=Role.STEERING_CHAIR, note="Kiertävä")
    SeatTurn.objects.create(rota=rota, valid_from=today, valid_until=today + timedelta(days=300), organisation=cast.partners)
    ServicePoint.objects.create(kind="visiting", region=region, municipality=cast.here.municipality, keeper=cast.partners, name="Kirjasto")
