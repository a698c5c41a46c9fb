"""Whether others of the network know a customer is asked, and those who know her answer. Who they are is told by a yes of theirs alone.

The database answers the check with one word, writes each asking down and ends it after so many a day (migration 0026).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.access import own_contacts
from luukku.customers.access.inquiring import asking_organisation, can_ask_around
from luukku.customers.actions.consenting import BY_HERSELF, Agreement, give_consent
from luukku.customers.enums import ConsentKind, ConsentScope, ConsentWay, GivenBy, InquiryAnswer, Known
from luukku.customers.models import Consent, Contact, Inquiry, InquiryTurn
from luukku.customers.models.identifiers import email_key, phone_key
from luukku.network.access import require
from luukku.network.enums import Role
from luukku.network.models import Organisation, Region, Seat

NOT_ON_A_PAGE = [pair for pair in ConsentWay.choices if pair[0] != ConsentWay.PAGE]


@dataclass(frozen=True)
class Identifiers:
    """By what somebody is known: whole, never a beginning. Names are none, for many share one."""

    email: str = ""
    phone: str = ""
    business_id: str = ""

    @classmethod
    def of(cls, contact: Contact) -> "Identifiers":
        return cls(contact.email, contact.phone)

    def __bool__(self) -> bool:
        return any(self.keys)

    @property
    def keys(self) -> tuple[str, str, str]:
        """As they are looked up."""
        return email_key(self.email) if "@" in self.email else "", phone_key(self.phone), clean_business_id(self.business_id) or ""


def ask_known(*, by: Actor, region: Region, known_by: Identifiers) -> Known:
    """Whether another organisation of the region knows whoever has these. Raises NotAllowed."""
    require(can_ask_around(by))
    organisation_id = asking_organisation(by, region)
    if organisation_id is None:
        raise NotAllowed
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select wall.customers_known(%s, %s, %s, %s, %s, %s)", [*known_by.keys, organisation_id, region.pk, timezone.localdate()])
        answer = Known(cursor.fetchone()[0])
        asker = Organisation(pk=organisation_id)
        trail.record("customer.known_asked", asker, by=by, region_id=region.pk, organisation_id=asker.pk, answer=answer)
    return answer


def inquire(*, by: Actor, customer_id: int, region: Region, way: str, at: datetime | None = None) -> Inquiry:
    """Ask all of the region who know a customer of ours, with her word. Nothing says of whom it was asked, or whether of anybody.

    Raises NotAllowed, RuleBroken with the field to mend.
    """
    require(can_ask_around(by))
    organisation_id = asking_organisation(by, region)
    if organisation_id is None or by.person_id is None or not own_contacts(by).filter(customer_id=customer_id).exists():
        raise NotAllowed
    if way not in dict(NOT_ON_A_PAGE):
        raise RuleBroken(_("Ask the customer first, and choose how they agreed."), field="way")
    now = at or timezone.now()
    try:
        with transaction.atomic():
            made = Inquiry.objects.create(
                customer_id=customer_id, organisation_id=organisation_id, person_id=by.person_id, region=region, way=way, asked_at=now
            )
    except IntegrityError:
        raise RuleBroken(_("You have asked twenty times today. Go on tomorrow.")) from None
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select wall.customers_inquire(%s, %s)", [made.pk, timezone.localdate()])
        trail.record("inquiry.sent", made, by=by, region_id=region.pk, organisation_id=organisation_id, at=now, customer=customer_id, way=way)
        app.configure_task("luukku.customers.tasks.tell_asked").defer(inquiry_id=made.pk)
    return made


def answer_inquiry(*, by: Actor, turn: InquiryTurn, answer: str, way: str = "", at: datetime | None = None) -> InquiryTurn:
    """Yes, with her consent to pass her data on to the asker, which is written down; or no, of which nobody is told.

    Raises NotAllowed, RuleBroken with the field to mend.
    """
    require(can_ask_around(by) and turn.organisation_id in by.organisation_ids)
    if answer not in InquiryAnswer.values:
        raise RuleBroken(_("Choose an answer."), field="answer")
    with transaction.atomic():
        locked = InquiryTurn.objects.select_for_update().get(pk=turn.pk)
        if locked.answer:
            raise RuleBroken(_("This question has been answered already."))
        if answer == InquiryAnswer.YES:
            _agreed(by, locked, way)
        locked.answer, locked.answered_by_id, locked.answered_at = answer, by.person_id, at or timezone.now()
        locked.save(update_fields=["answer", "answered_by", "answered_at"])
        trail.record(
            "inquiry.answered",
            locked,
            by=by,
            region_id=locked.region_id,
            organisation_id=locked.organisation_id,
            at=locked.answered_at,
            answer=answer,
        )
        if answer == InquiryAnswer.YES:
            mail.queue("customers.inquiry_answered", locked)
    return locked


def _agreed(by: Actor, turn: InquiryTurn, way: str) -> None:
    """Her consent to passing on to the asker, beside those that she has named before; none where the whole network reads already."""
    if way not in GivenBy.values or way in BY_HERSELF:
        raise RuleBroken(_("Ask the customer first, and choose how they agreed."), field="way")
    held = Consent.objects.in_force().filter(customer=turn.customer_id, kind=ConsentKind.PASSING, region=turn.region_id, matter=None).first()
    if held is not None and held.scope == ConsentScope.NETWORK:
        return
    named = {turn.asker_organisation_id, *(held.organisations if held is not None else ())}
    parties = Organisation.objects.in_region(turn.region_id).filter(pk__in=named).values_list("pk", flat=True)
    agreement = Agreement(ConsentKind.PASSING, way, ConsentScope.NAMED, sorted(parties), language=turn.customer.language)
    give_consent(by=by, customer_id=turn.customer_id, region=turn.region, agreement=agreement)


def tell_asked(inquiry_id: int) -> int:
    """Mail the desk leads, else the advisers, of those who are asked. Runs as the house; how many mails."""
    told = 0
    for turn in InquiryTurn.objects.filter(inquiry=inquiry_id, answer="").order_by("pk"):
        for person in _who_answers(turn):
            mail.queue("customers.inquiry", turn, person=person)
            told += 1
    return told


def _who_answers(turn: InquiryTurn) -> list[int]:
    seats = Seat.objects.on(timezone.localdate()).filter(organisation=turn.organisation_id, person__deactivated_at=None)
    for role in (Role.DESK_LEAD, Role.ADVISER):
        found = sorted(set(seats.filter(role=role).values_list("person_id", flat=True)))
        if found:
            return found
    return []
