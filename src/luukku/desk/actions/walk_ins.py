"""Somebody walks into a house: her host writes it down and guides her on, through the same actions as everything else."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import record
from luukku.core.translated import by_language
from luukku.customers.enums import ConsentWay
from luukku.desk.access import can_handle, can_log, first_leg, get_case
from luukku.desk.actions.appointments.booking import book_for_case, book_with_need
from luukku.desk.actions.handling import assign, handles, take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.log_contact import Agreed, Contact, log_contact
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.enums import GuideWay, WalkInWay
from luukku.desk.models import Appointment, BookableTimes, Case, Handover, WalkIn
from luukku.desk.queries.reaching import language_of
from luukku.desk.queries.walk_ins import visible_walk_ins
from luukku.network.models import Desk, Person, Premises
from luukku.network.queries.houses import is_host


@dataclass(frozen=True)
class Visit:
    """What the host wrote. `contact` as on the log form; `to_desk` and `person`: to whom she guides; `agrees`: the customer lets her words pass.

    `slot`: published times and the beginning that is booked. `themes`: codes that were ticked, `also` their names for the handler to read.
    """

    premises: Premises
    contact: Contact
    way: str
    person: Person | None = None
    to_desk: Desk | None = None
    agrees: bool = False
    slot: tuple[BookableTimes, datetime] | None = None
    themes: Collection[str] = ()
    also: str = ""
    guide: Service | None = None
    guide_way: str = ""
    was_known: bool = False


def receive_walk_in(*, by: Actor, visit: Visit, submit_key: str | None = None) -> WalkIn:
    """Log the contact, guide the customer as the host chose, and give her the service card. The same `submit_key` does it once.

    Raises TimeTaken, RuleBroken with the field to mend, NotAllowed.
    """
    host_id = by.person_id
    if host_id is None or not can_log(by) or not is_host(by, visit.premises):
        raise NotAllowed
    _check(visit)

    def work_once() -> int:
        case, handover, appointment = _guide(by, visit)
        if visit.also and handover is None and appointment is None:
            add_note(by=by, case=case, body=visit.also)
        if visit.guide is not None and visit.guide_way == GuideWay.LINK:
            _send_card(by, case, visit.guide)
        walk_in = WalkIn.objects.create(
            case=case, premises=visit.premises, host_id=host_id, way=visit.way, person=visit.person, handover=handover, appointment=appointment,
            was_known=visit.was_known, themes=list(visit.themes), guide=visit.guide, guide_way=visit.guide_way if visit.guide else "",
        )  # fmt: skip
        record(
            "walk_in.received", case, by=by, region_id=case.region_id, organisation_id=case.logged_by_id, way=visit.way, house=visit.premises.pk,
            guide=visit.guide.code if visit.guide else None, known=visit.was_known,
        )  # fmt: skip
        return walk_in.pk

    said = (visit.contact.need.words, visit.contact.need.contact, visit.way, visit.person and visit.person.pk)
    with transaction.atomic():
        return WalkIn.objects.select_related("case", "person", "handover").get(pk=once(submit_key, work_once, "walk_in", *said))


def _check(visit: Visit) -> None:
    if visit.way not in WalkInWay.values:
        raise RuleBroken(_("Choose how you guide the customer on."), field="way")
    if visit.way == WalkInWay.WALK and visit.person is None:
        raise RuleBroken(_("Choose to whom you walk over."), field="to")
    if visit.way == WalkInWay.PASS and visit.person is None and visit.to_desk is None:
        raise RuleBroken(_("Choose to whom it goes."), field="to")
    if visit.way == WalkInWay.BOOK and visit.slot is None:
        raise RuleBroken(_("Choose the time that you book."), field="slot")
    if visit.guide is not None and visit.guide_way not in GuideWay.values:
        raise RuleBroken(_("Say how the service card was given."), field="guide_way")
    if visit.guide is not None and visit.guide_way == GuideWay.LINK and not _has_address(visit):
        raise RuleBroken(_("Without an e-mail address no link can be sent. Give the card on paper, or ask for the address."), field="guide_way")


def _has_address(visit: Visit) -> bool:
    contact = visit.contact
    customer = contact.need.customer or (contact.case.customer if contact.case is not None else None)
    return bool(customer.contact.email if customer is not None else contact.need.email)


def _guide(by: Actor, visit: Visit) -> tuple[Case, Handover | None, Appointment | None]:
    contact = visit.contact
    if visit.way == WalkInWay.BOOK:
        appointment = _book(by, visit)
        return appointment.case, None, appointment
    if visit.way in (WalkInWay.DONE, WalkInWay.MINE):
        agreed = Agreed.DONE if visit.way == WalkInWay.DONE else Agreed.MINE
        return log_contact(by=by, contact=replace(contact, agreed=agreed)), None, None
    if visit.person is not None and handles(visit.person.pk, contact.desk.organisation_id):
        return _to_colleague(by, contact, visit.person), None, None
    return _pass(by, visit)


def _to_colleague(by: Actor, contact: Contact, person: Person) -> Case:
    """At one's own desk nothing is handed over: a new matter is hers from the beginning, an open one becomes hers if nobody else has it."""
    if contact.case is None:
        return log_contact(by=by, contact=replace(contact, agreed=Agreed.QUEUE, need=replace(contact.need, give_to=person)))
    handler = first_leg(by, contact.case).handler
    if handler is not None and handler.pk not in (person.pk, by.person_id):
        words = _("%(name)s has this matter already. Guide the customer there, or leave word in the queue.")
        raise RuleBroken(words % {"name": handler.name}, field="to")
    case = log_contact(by=by, contact=replace(contact, agreed=Agreed.QUEUE))
    if handler is None or handler.pk != person.pk:
        assign(by=by, leg=first_leg(by, case), person=person)
    return case


def _book(by: Actor, visit: Visit) -> Appointment:
    assert visit.slot is not None
    times, starts_at = visit.slot
    if visit.contact.case is not None:
        return book_for_case(by=by, case=visit.contact.case, times=times, starts_at=starts_at)
    return book_with_need(by=by, times=times, starts_at=starts_at, need=_with_themes(visit))


def _with_themes(visit: Visit) -> NeedForm:
    """What came up besides goes with the words: at another organisation's desk the host writes no notes."""
    need = visit.contact.need
    return replace(need, words=f"{need.words}\n\n{visit.also}") if visit.also else need


def _pass(by: Actor, visit: Visit) -> tuple[Case, Handover, None]:
    """To another organisation: the host answers for the customer until the receiver has met or contacted her."""
    if visit.to_desk is None:
        raise RuleBroken(
            _("That person's organisation has no desk in this region. Guide the customer there, and choose that you advised."), field="to"
        )
    if not visit.agrees:
        raise RuleBroken(_("Ask the customer first: may their name and what they told be passed on?"), field="agrees")
    case = log_contact(by=by, contact=replace(visit.contact, agreed=Agreed.MINE))
    texts = by_language(lambda: _("The customer came to %(house)s and was guided to you.") % {"house": visit.premises.name})
    to_person = visit.person if visit.person is not None and handles(visit.person.pk, visit.to_desk.organisation_id) else None
    passing = Passing(
        reason=texts[case.language], reason_texts=texts, to_desk=visit.to_desk, to_person=to_person, service=visit.contact.need.service,
        done=visit.also, consent=ConsentWay.IN_PERSON
    )  # fmt: skip
    return case, hand_over(by=by, leg=first_leg(by, case), passing=passing), None


def _send_card(by: Actor, case: Case, card: Service) -> None:
    """On her page, behind her own link: a mail says only that there is a message."""
    if not can_handle(by, case):
        raise RuleBroken(_("The matter goes to another organisation at once, so you cannot write on it. Give the card on paper."), field="guide_way")
    with translation.override(language_of(case)):
        words = _("The service card that we talked about: %(name)s\n%(url)s")
        write(by=by, case=case, body=words % {"name": card.name, "url": settings.LUUKKU_BASE_URL + reverse("catalogue:service", args=[card.code])})


def meet_walk_in(*, by: Actor, walk_in: WalkIn, at: datetime | None = None) -> Case:
    """She stands before me: the one to whom she was walked over takes the matter up at once, and the host is told. Twice does nothing more.

    Raises RuleBroken when it has gone another way meanwhile, NotAllowed.
    """
    if by.person_id is None or walk_in.person_id != by.person_id:
        raise NotAllowed
    with transaction.atomic():
        locked = visible_walk_ins(by).select_for_update(of=("self",)).select_related("handover__to_desk").filter(pk=walk_in.pk).first()
        if locked is None:
            raise NotFound
        if locked.met_at is not None:
            return get_case(by, locked.case_id)
        leg = None
        if locked.handover is not None:
            leg = accept(by=by, handover=locked.handover, at=at).received_leg
        case = get_case(by, locked.case_id)
        if leg is None:
            leg = take_up(by=by, leg=first_leg(by, case), at=at)
        with translation.override(language_of(case)):
            log_call(by=by, case=case, body=_("We met in the house."), leg=leg, at=at)
        locked.met_at = at or timezone.now()
        locked.save(update_fields=["met_at"])
        record("walk_in.met", case, by=by, region_id=case.region_id, house=locked.premises_id)
    return case
