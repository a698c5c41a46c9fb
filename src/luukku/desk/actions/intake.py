"""A need comes in, by the public form or logged by staff, and becomes a case with its clock running."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.catalogue.models import Service
from luukku.core import files as file_store
from luukku.core import mail, trail
from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.secret_links import digest_of, make_token
from luukku.core.submissions import key_of
from luukku.customers.access import company_in_register, get_customer, shepherd_of
from luukku.customers.actions.registering import ContactDetails, check_business_id, check_contact, register_customer
from luukku.customers.enums import Mandate
from luukku.customers.models import Customer
from luukku.desk.access import can_log, can_route
from luukku.desk.actions.case_rows import CaseRows, insert_case
from luukku.desk.actions.handling import handles
from luukku.desk.actions.new_doors import Door, acting_at, case_behind, open_door
from luukku.desk.actions.sent_again import SentAlready, said_key, sent_before
from luukku.desk.actions.work import attach, check_length
from luukku.desk.enums import Channel
from luukku.desk.models import Case, Leg, StatusLink
from luukku.desk.queries.placing import place
from luukku.desk.queries.reaching import Reach, reach_by
from luukku.desk.queries.routing import Need
from luukku.desk.queries.segments import proposed_segment
from luukku.network.access import may
from luukku.network.enums import LanguageCode, Right
from luukku.network.models import Desk, Municipality, Person, Region

# Date of birth, century, three digits and a check letter (Finnish population data law); its check is not counted: a mistyped one is personal too.
IDENTITY_CODE = re.compile(r"\b[0-3]\d[01]\d{3}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Za-z]\b")


SHORTEST = 3  # letters of a need


class Meeting(Protocol):
    """A published time that is booked with a new case, as the intake needs to know it."""

    @property
    def person(self) -> Person: ...

    def step(self, case: Case) -> tuple[str, datetime]:
        """What happens next, and when."""

    def tell(self, case: Case, acting: Actor, at: datetime) -> None:
        """Queue what is told, before the case's number is locked."""

    def write(self, case: Case, leg: Leg, acting: Actor, at: datetime) -> None:
        """Write the meeting of the case that now stands."""


@dataclass(frozen=True)
class NeedForm:
    """A need as it was told. Staff may name a customer they already see instead of contact data, or log one who does not tell who she is."""

    region: Region
    words: str
    language: str
    municipality: Municipality | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    company_name: str = ""
    business_id: str = ""
    needed_by: date | None = None
    channel: str = Channel.WEB
    subject: str = ""
    service: Service | None = None
    desk: Desk | None = None
    own_door: Desk | None = None  # the desk by whose own public page she came: it goes there, whoever sends it
    customer: Customer | None = None
    anonymous: bool = False
    files: "Sequence[UploadedFile[bytes]]" = ()
    way: str = ""  # how she wants to be reached, if she says
    routed: bool = False  # logged at the nation's door: whoever logged it reads no more of it
    take_it: bool = False  # "I take it myself": the logging adviser becomes the handler
    give_to: Person | None = None  # the colleague to whom the logger sends her, past the rules that would name another
    booked: "Meeting | None" = None  # the published time that is booked with it: its adviser handles it at `desk` (actions.appointments)

    @property
    def contact(self) -> ContactDetails:
        return ContactDetails(self.name, self.email, self.phone, self.way)


def send_need(*, by: Actor, need: NeedForm, submit_key: str | uuid.UUID | None = None, at: datetime | None = None, again: bool = True) -> Case:
    """Make the case, tell the customer that it has come, and let matching begin. The same `submit_key` makes one case.

    Without `again`, the same words from the same sender within half an hour raise SentAlready, whatever the form.

    The public acts as the door of the new case itself, so that it sees this case and nothing else (`access.first_token` opens it).
    Raises RuleBroken with the field to mend, NotAllowed.
    """
    check_need(by, need)
    key = _form_key(by, need, submit_key)
    door, earlier = open_door(key)
    if earlier is not None:
        return case_behind(by, earlier)
    said = said_key(by, need.region.pk, need.words, need.contact)
    before = sent_before(said) if said is not None and not again else None
    if before is not None:
        raise SentAlready(before)
    keys = _Keys(key, said)
    try:
        with act_as(acting_at(by, door.principal)) as acting:
            return _make(acting, by, need, keys, door, at or timezone.now())
    except IntegrityError as error:
        if key is None or "form_key" not in str(error):
            raise
    _door, earlier = open_door(key)
    assert earlier is not None
    return case_behind(by, earlier)


def earlier_case(*, by: Actor, need: NeedForm, submit_key: str | uuid.UUID | None) -> Case | None:
    """The case that this form has made already, if it has been sent before."""
    _door, earlier = open_door(_form_key(by, need, submit_key))
    return case_behind(by, earlier) if earlier is not None else None


def _form_key(by: Actor, need: NeedForm, key: str | uuid.UUID | None) -> uuid.UUID | None:
    return key_of(
        key, "send_need", by.kind, by.person_id, by.customer_id, need.region.pk, need.words.strip(), need.contact, need.company_name, need.business_id
    )


def check_need(by: Actor, need: NeedForm) -> None:
    """Everything that can be wrong with a need. Raises RuleBroken, NotAllowed."""
    words = need.words.strip()
    if len(words) < SHORTEST and not (by.is_staff and need.channel == Channel.MISSED_CALL and not words):
        raise RuleBroken(_("Tell in your own words what you need. A sentence is enough."), field="words")
    check_length(words, field="words")
    if IDENTITY_CODE.search(words):
        raise RuleBroken(_("Take the personal identity code out of the text: we do not need it, and many people read this."), field="words")
    if need.language not in LanguageCode.values:
        raise RuleBroken(_("Choose Finnish, Swedish or English."), field="language")
    if need.channel not in Channel.values:
        raise RuleBroken(_("Choose how the contact came."), field="channel")
    if not need.region.is_live:
        raise RuleBroken(_("This region's door is not open yet. Turn to your own municipality."))
    if need.needed_by is not None and need.needed_by < timezone.localdate():
        raise RuleBroken(_("The day has passed already. Choose a day to come, or leave it empty."), field="needed_by")
    if need.own_door is not None and (not need.own_door.has_door or need.own_door.deactivated_at is not None):
        raise RuleBroken(_("This page is closed. Send your matter by the region's own page."))
    _check_rights(by, need)
    if need.customer is None and by.customer_id is None and not need.anonymous:
        check_contact(need.contact)
    check_business_id(need.business_id)
    for upload in need.files:
        file_store.check(upload)


def _check_rights(by: Actor, need: NeedForm) -> None:
    inside = by.is_staff or by.kind == "house"
    if by.is_staff and not (can_route(by) if need.routed else can_log(by)):
        raise NotAllowed
    if need.routed and (need.customer is not None or need.take_it or need.give_to is not None):
        raise NotAllowed  # whoever routes has no part in any matter
    if not inside and (
        need.customer is not None or need.anonymous or need.take_it or need.give_to is not None or (need.desk is not None and need.booked is None)
    ):
        raise NotAllowed


@dataclass(frozen=True)
class _Keys:
    """By what a sending is known again: its form, and what was said."""

    form: uuid.UUID | None
    said: uuid.UUID | None


def _make(acting: Actor, by: Actor, need: NeedForm, keys: _Keys, door: Door, at: datetime) -> Case:
    business_id = check_business_id(need.business_id) or ""
    company = company_in_register(business_id)
    segment = proposed_segment(company, at)
    placed = place(need.region.pk, _rules_ask(need, segment, at), need.desk, need.own_door)
    if need.give_to is not None:
        placed = replace(placed, person_id=need.give_to.pk, why={"by": "chosen"})
    desk = placed.desk
    if desk is None or desk.region_id != need.region.pk:
        raise RuleBroken(_("This region has no desk that takes needs in yet."))
    customer = _customer(by, acting, need)
    handler_id = by.person_id if need.take_it else None
    if need.booked is not None:
        handler_id = need.booked.person.pk if handles(need.booked.person.pk, desk.organisation_id) else None
    elif handler_id is not None and not may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        raise RuleBroken(_("You can take it yourself only at your own desk."), field="take_it")
    case = Case(
        pk=door.case_id, door_principal=door.principal, region=need.region, municipality=need.municipality, customer=customer,
        company_name=" ".join(need.company_name.split())[:200], business_id=business_id, company=company, segment=segment,
        subject=subject_of(need), own_words=need.words.strip(), language=need.language, channel=need.channel, needed_by=need.needed_by,
        sponsor_id=handler_id, logged_by_id=None if need.routed else _logged_by(by, desk), contacted_at=at, created_at=at, form_key=keys.form,
        said_key=keys.said,
    )  # fmt: skip
    link = StatusLink(case=case, digest=digest_of(make_token(door.principal, at)), created_at=at)
    _tell(case, by, desk, need, handler_id, at)  # before the case: its number is locked only from its insert on
    if need.booked is not None:
        need.booked.tell(case, acting, at)
    step = need.booked.step(case) if need.booked is not None else None
    leg = insert_case(CaseRows(case, desk, need.service, handler_id, link, placed.person_id, placed.why, step), at)
    if need.booked is not None:
        need.booked.write(case, leg, acting, at)
    attach(case, need.files, at=at)
    if need.customer is not None or by.customer_id is not None:
        _tell_shepherd(acting, case)
    return case


def _tell_shepherd(acting: Actor, case: Case) -> None:
    """Whoever keeps the customer hears that she has a new matter."""
    keeper = shepherd_of(acting, case.customer_id, case.business_id)
    if keeper is not None and keeper.may(Mandate.SEE):
        mail.queue("desk.shepherd_new_case", case, person=keeper.person_id, shepherd=keeper.pk)


def _rules_ask(need: NeedForm, segment: str, at: datetime) -> Need:
    """What routing rules go by."""
    place = need.municipality.pk if need.municipality else None
    return Need(need.service.pk if need.service else None, place, need.language, segment, day=timezone.localdate(at))


def _customer(by: Actor, acting: Actor, need: NeedForm) -> Customer | None:
    if need.anonymous:
        return None
    if by.customer_id is not None:
        return get_customer(by, by.customer_id)
    if need.customer is not None:
        return get_customer(by, need.customer.pk)
    return register_customer(by=acting, details=need.contact, language=need.language)


def _logged_by(by: Actor, desk: Desk) -> int | None:
    """The organisation that logged the contact: the desk's own if the actor sits there, else that of her first seat that handles cases.

    For a partner's system, the partner.
    """
    if by.kind == "partner":
        return by.partner_id
    if not by.is_staff or may(by, Right.HANDLE_CASES, organisation_id=desk.organisation_id):
        return desk.organisation_id if by.is_staff else None
    return next((s.organisation_id for s in by.seats if s.organisation_id and may(by, Right.HANDLE_CASES, organisation_id=s.organisation_id)), None)


def subject_of(need: NeedForm) -> str:
    """The given subject, or the beginning of the words: the first sentence, cut between words at 80 letters."""
    text = " ".join((need.subject or need.words).split())
    if need.subject:
        return text[:160]
    first = text
    for mark in (". ", "? ", "! "):
        first = first.split(mark, 1)[0]
    if len(first) <= 80:
        return first.rstrip(".")
    return first[:80].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _tell(case: Case, by: Actor, desk: Desk, need: NeedForm, handler_id: int | None, at: datetime) -> None:
    """The trail's event, the receipt and, when an adviser took it at once, who has it; the matching's job."""
    trail.record(
        "case.received", case, by=by, region_id=case.region_id, organisation_id=case.logged_by_id, at=at,
        channel=case.channel, language=case.language, desk=desk.pk, taken=handler_id is not None,
        municipality=need.municipality.code if need.municipality else None,
    )  # fmt: skip
    contact = case.customer.contact if case.customer is not None else None
    if reach_by(contact) in (Reach.MAIL, Reach.TEXT) and need.booked is None:  # the invitation says all that the receipt would
        mail.queue("desk.receipt", case, handler=handler_id)
    if need.service is None and need.words.strip():
        propose_later(case.pk)


def propose_later(case_id: int) -> None:
    """Matching begins by itself."""
    app.configure_task("luukku.desk.tasks.propose_services", lock=f"case-{case_id}").defer(case_id=case_id)
