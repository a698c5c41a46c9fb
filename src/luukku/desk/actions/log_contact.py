"""Somebody has called or walked in, and an adviser writes it down: a new case, or more to an open one."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.translated import by_language
from luukku.customers.enums import ConsentWay
from luukku.desk.access import first_leg, own_leg
from luukku.desk.actions.calls import promise_call
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import set_next_step
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.talking import add_note, log_call
from luukku.desk.enums import Channel, OutcomeKind
from luukku.desk.models import Case
from luukku.desk.models.handover import HandoverCause
from luukku.desk.queries.reaching import language_of
from luukku.network.models import Desk


class Agreed(models.TextChoices):
    """What was agreed with the customer at the end of the contact."""

    DONE = "done", gettext_lazy("Advised, done")
    MINE = "mine", gettext_lazy("I handle it")
    CALL = "call", gettext_lazy("I call back")
    HAND = "hand", gettext_lazy("Handed over, the customer agrees")
    QUEUE = "queue", gettext_lazy("To the desk's queue")
    OTHER = "other", gettext_lazy("To another desk")


# How she has agreed, by the way she came; everywhere else on the phone.
_CONSENT = {
    Channel.WALK_IN: ConsentWay.IN_PERSON, Channel.APPOINTMENT: ConsentWay.IN_PERSON,
    Channel.EMAIL: ConsentWay.WRITTEN, Channel.SOCIAL: ConsentWay.WRITTEN,
}  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """A contact as it was logged: the need (of a new case, or what was said on the open `case`) and what was agreed.

    `desk` is the adviser's own; `other_desk` the one it goes to. `advice` is what the customer reads when it was done at once. `when` is the time of
    the next step, or of the call that was promised.
    """

    need: NeedForm
    agreed: str
    desk: Desk
    other_desk: Desk | None = None
    case: Case | None = None
    next_step: str = ""
    when: datetime | None = None
    advice: str = ""


def log_contact(*, by: Actor, contact: Contact, submit_key: str | None = None) -> Case:
    """Write a contact down; the same `submit_key` does it once. Raises RuleBroken with the field to mend, NotAllowed."""
    _check(contact)

    def work_once() -> int:
        return (_more(by, contact, contact.case) if contact.case is not None else _new(by, contact)).pk

    with transaction.atomic():
        return Case.objects.select_related("region").get(
            pk=once(submit_key, work_once, "log_contact", contact.case and contact.case.pk, contact.need.words, contact.need.contact, contact.agreed)
        )


def _check(contact: Contact) -> None:
    if contact.agreed not in Agreed.values:
        raise RuleBroken(_("Choose what you agreed."), field="agreed")
    if contact.agreed == Agreed.CALL and not _phone(contact):
        raise RuleBroken(_("Write the phone number: you promise to call."), field="phone")
    if contact.agreed == Agreed.HAND:
        _check_handed(contact)
    if contact.agreed == Agreed.OTHER:
        if contact.case is not None:
            raise RuleBroken(_("This matter is open already. Write it down here, and pass it on from its own page."), field="agreed")
        if contact.other_desk is None:
            raise RuleBroken(_("Choose the desk it goes to."), field="other_desk")
        if contact.next_step.strip():
            raise RuleBroken(_("The other desk sets its own next step. Write this among the customer's words."), field="next_step")


def _check_handed(contact: Contact) -> None:
    if contact.other_desk is None:
        raise RuleBroken(_("Choose the desk it goes to."), field="other_desk")
    if contact.need.anonymous:
        raise RuleBroken(_("Nobody can help there without a name or number. Write them, or guide the customer on."), field="who")


def _phone(contact: Contact) -> str:
    customer = contact.need.customer or (contact.case.customer if contact.case is not None else None)
    return customer.contact.phone if customer is not None else contact.need.phone


def _new(by: Actor, contact: Contact) -> Case:
    takes = contact.agreed in (Agreed.DONE, Agreed.MINE, Agreed.CALL, Agreed.HAND)
    desk = contact.other_desk if contact.agreed == Agreed.OTHER and contact.other_desk is not None else contact.desk
    case = send_need(by=by, need=replace(contact.need, region=desk.region, desk=desk, take_it=takes))
    _afterwards(by, contact, case)
    return case


def _more(by: Actor, contact: Contact, case: Case) -> Case:
    """More to an open case: a call that the handler sees, and what follows from it."""
    if contact.agreed == Agreed.QUEUE:
        add_note(by=by, case=case, body=contact.need.words)
    else:
        handler = first_leg(by, case).handler
        if contact.agreed == Agreed.MINE and handler is not None and handler.pk != by.person_id:
            words = _("%(name)s has this matter already. Leave it to the desk's queue: they see what you wrote.")
            raise RuleBroken(words % {"name": handler.name}, field="agreed")
        log_call(by=by, case=case, body=contact.need.words)
    _afterwards(by, contact, case)
    return case


def _afterwards(by: Actor, contact: Contact, case: Case) -> None:
    if contact.agreed == Agreed.DONE:
        words = contact.advice.strip() or _default_advice(contact.need.channel, language_of(case))
        settle(by=by, case=case, outcomes=[OutcomeForm(OutcomeKind.ADVICE)], words=words, told=True)
    elif contact.agreed == Agreed.CALL:
        promise_call(by=by, leg=own_leg(by, case), when=contact.when, words=contact.next_step)
    elif contact.agreed == Agreed.HAND:
        _hand_over(by, contact, case)
    elif contact.next_step.strip():
        set_next_step(by=by, leg=first_leg(by, case), text=contact.next_step, when=contact.when)


def _hand_over(by: Actor, contact: Contact, case: Case) -> None:
    """With the consent that she has just given: it is kept with the version of its words, and the one who logs answers until she is contacted."""
    texts = by_language(lambda: str(HandoverCause.TASK.label))
    passing = Passing(
        reason=texts[case.language], reason_texts=texts, cause=HandoverCause.TASK, to_desk=contact.other_desk, service=contact.need.service,
        consent=_CONSENT.get(Channel(contact.need.channel), ConsentWay.PHONE),
    )  # fmt: skip
    hand_over(by=by, leg=own_leg(by, case), passing=passing)


def _default_advice(channel: str, language: str) -> str:
    with translation.override(language):
        return _("You got advice from us on the phone.") if channel == Channel.PHONE else _("You got advice from us.")
