"""Calls to customers: news told on the phone, a missed call returned."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.turns import take_turns
from luukku.customers.access import visible_contacts
from luukku.customers.models import Contact
from luukku.customers.models.identifiers import phone_key
from luukku.desk.access import first_leg, get_case, visible_cases
from luukku.desk.actions.handling import put_next_step, set_next_step
from luukku.desk.actions.intake import IDENTITY_CODE, NeedForm, propose_later, send_need, subject_of
from luukku.desk.actions.news import CALL_BACK, close_calls, proposed_call
from luukku.desk.actions.talking import in_touch, spoke
from luukku.desk.actions.work import Work, check_length, checked_words, require_open, work_on
from luukku.desk.enums import Channel
from luukku.desk.models import Case, Leg, NewsCall
from luukku.desk.queries.doors import work_calendar
from luukku.desk.queries.reaching import contact_of, language_of
from luukku.network.models import Desk


def told_by_phone(*, by: Actor, call: NewsCall, at: datetime | None = None) -> None:
    """The customer has heard this news on the phone. Telling twice does nothing more. Raises NotAllowed."""
    with work_on(call.case_id, by=by, at=at) as work:
        mine = work.leg(call.leg)
        if close_calls(work.case, work.legs, by=by, at=work.at, only=call):
            in_touch(work, mine, spoken=True)
            work.save(*work.legs)
            work.record("case.news_told", leg=mine, news=call.news)


def promise_call(*, by: Actor, leg: Leg, when: datetime | None, words: str = "", at: datetime | None = None) -> NewsCall:
    """A call is promised: it stands among the calls to make by its hour, and is the next step that the customer reads.

    Without `when` it is the first moment in her hours at which the desk is open. A promise anew moves the one that waits.
    Raises RuleBroken for a time that has passed or an ended part, NotAllowed.
    """
    with work_on(leg.case_id, by=by, at=at) as work:
        mine = work.leg(leg)
        require_open(mine)
        moment = when or proposed_call(contact_of(work.case), work_calendar(mine.desk), work.at)
        if moment < work.at:
            raise RuleBroken(_("The time has passed already. Choose one to come."), field="day")
        waiting = NewsCall.objects.filter(case=work.case, leg=mine, news=CALL_BACK, done_at=None).first()
        call = waiting or NewsCall(case=work.case, leg=mine, news=CALL_BACK, made_at=work.at)
        call.call_at = moment
        call.save()
        mine.call_waits = True
        with translation.override(language_of(work.case)):
            put_next_step(work, mine, " ".join(words.split())[:200] or _("We call you"), moment)
        return call


def log_missed_call(*, by: Actor, desk: Desk, phone: str, submit_key: str | None = None, at: datetime | None = None) -> Case:
    """Somebody called and nobody answered: a case without words whose first next step is to call back; the clock runs.

    A number whose missed call already waits at the desk adds to that one. Raises RuleBroken for what is no number, NotAllowed.
    """
    if not phone_key(phone):
        raise RuleBroken(_("Check the phone number: write it with digits, for example 040 123 4567."), field="missed")

    def work_once() -> int:
        take_turns(f"missed call {desk.pk} {phone_key(phone)}")  # two who log the same call make one matter
        waiting = visible_cases(by).open().filter(
            channel=Channel.MISSED_CALL, own_words="", customer__contact__phone_key=phone_key(phone), legs__desk=desk
        ).first()  # fmt: skip
        return (_again(by, waiting, at) if waiting is not None else _new(by, desk, phone, at)).pk

    with transaction.atomic():
        return get_case(by, once(submit_key, work_once, "missed call", desk.pk, phone_key(phone)))


def _again(by: Actor, case: Case, at: datetime | None) -> Case:
    with work_on(case.pk, by=by, at=at) as work:
        work.record("case.called_again", leg=work.legs[0])
        return work.case


def _new(by: Actor, desk: Desk, phone: str, at: datetime | None) -> Case:
    language = (get_language() or "fi")[:2]
    need = NeedForm(
        region=desk.region, words="", subject=_("Missed call"), language=language, phone=phone.strip(), channel=Channel.MISSED_CALL, desk=desk
    )
    case = send_need(by=by, need=need, at=at)
    leg = first_leg(by, case)
    when = proposed_call(_known_as(by, phone), work_calendar(leg.desk), at or timezone.now())
    with translation.override(language):
        set_next_step(by=by, leg=leg, text=_("Call back"), when=when, at=at)
    return case


def _known_as(by: Actor, phone: str) -> Contact | None:
    """Whoever is known to the desk by this number and has said when calls suit: the latest, for the same number may stand on several records."""
    wishing = visible_contacts(by).filter(phone_key=phone_key(phone)).exclude(call_days=[], call_from=None)
    return wishing.order_by("-pk").first()


def fill_in(*, by: Actor, case: Case, words: str, language: str, name: str = "", at: datetime | None = None) -> Case:
    """The caller was reached: what it is about, in her words. Services are matched now. Raises RuleBroken once it has words, NotAllowed."""
    said = checked_words(words, field="words")
    check_length(said, field="words")
    if IDENTITY_CODE.search(said):
        raise RuleBroken(_("Take the personal identity code out of the text: we do not need it, and many people read this."), field="words")
    with work_on(case.pk, by=by, at=at) as work:
        mine = work.leg()
        if work.case.own_words:
            raise RuleBroken(_("It stands on the matter already what it is about."), field="words")
        work.case.own_words, work.case.language = said, language
        work.case.subject = subject_of(NeedForm(region=work.case.region, words=said, language=language))
        work.case.save(update_fields=["own_words", "subject", "language"])
        _name(work, name)
        spoke(work, mine)
        mine.next_step, mine.next_step_at = "", None
        work.save(*work.legs)
        work.record("case.filled_in", leg=mine)
        propose_later(work.case.pk)
        return work.case


def _name(work: Work, name: str) -> None:
    customer = work.case.customer
    if name.strip() and customer is not None and not customer.contact.name:
        customer.contact.name = " ".join(name.split())[:120]
        customer.contact.save(update_fields=["name"])
