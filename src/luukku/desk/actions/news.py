"""How a customer hears of news: by mail or text message, or, if she wants to be called or has given no e-mail, by a call that her handler makes."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import HOUSE, Actor
from luukku.core.models import OutgoingMail
from luukku.core.moments import midnight_after, moment_at
from luukku.core.worktime import NeverOpens, WorkCalendar, next_opening
from luukku.customers.models import Contact
from luukku.desk.access import visible_cases
from luukku.desk.enums import CUSTOMER_MAILS, MAILED_ANYWAY, NOT_CALLED, Channel
from luukku.desk.models import Case, Leg, NewsCall
from luukku.desk.queries.doors import work_calendar
from luukku.desk.queries.reaching import TEXTED, Reach, contact_of, reach_of

CALL_BACK = "call_back"  # among the news that wait to be told: a call that was promised
_FAR = 28  # days; by then each weekday has come four times


def tell_customer(
    kind: str, case: Case, legs: Sequence[Leg], *, by: Actor, at: datetime | None = None, **facts: int | str | None
) -> OutgoingMail | None:
    """Queue the mail, or note the call; None when no mail leaves.

    `legs` are the case's; those whose handlers must call are marked. What she does herself on her page she is not called about.
    """
    reached = reach_of(case)
    if reached == Reach.MAIL or (reached == Reach.CALL and kind in MAILED_ANYWAY) or (reached == Reach.TEXT and kind in TEXTED):
        return mail.queue(kind, case, **facts)
    if reached in (Reach.CALL, Reach.TEXT) and legs and not _is_she(by, case):
        _note(case, legs, kind, at or timezone.now(), facts.get("leg"))
    return None


def call_instead(unsent: OutgoingMail) -> None:
    """A mail to the customer found nobody to go to: if that is because she is to be called, the handler gets the call to make."""
    case = visible_cases(HOUSE).filter(pk=unsent.subject_id).first()
    if unsent.kind not in CUSTOMER_MAILS or case is None:
        return
    reached = reach_of(case)
    if reached != Reach.CALL and not (reached == Reach.TEXT and unsent.kind not in TEXTED):
        return
    legs = list(Leg.objects.select_related("desk").filter(case=case).order_by("position"))
    _note(case, legs, unsent.kind, timezone.now(), unsent.facts.get("leg"))


def must_call(by: Actor, case: Case) -> bool:
    """Whether the customer has not heard of what `by` does until somebody calls her."""
    return reach_of(case) == Reach.CALL and not _is_she(by, case)


def _is_she(by: Actor, case: Case) -> bool:
    """Whether the customer herself acts: signed in, unknown yet, or by her own link alone. An outside organisation's link reads more than hers."""
    return by.kind in ("customer", "public") or (by.kind == "link" and tuple(by.principals) == (case.door_principal,))


def _note(case: Case, legs: Sequence[Leg], kind: str, at: datetime, leg_id: int | str | None) -> None:
    """One call that waits for each kind of news of a part, however often it has come; whoever has the part makes it.

    A missed call whose matter nobody knows yet is called back anyway.
    """
    news = kind.removeprefix("desk.")
    contact = contact_of(case)
    if contact is None or kind in MAILED_ANYWAY or news in NOT_CALLED or (case.channel == Channel.MISSED_CALL and not case.own_words):
        return
    mine = next((leg for leg in legs if leg.pk == leg_id), None) or next((leg for leg in legs if leg.settled_at is None), legs[-1])
    if not NewsCall.objects.filter(case=case, leg=mine, news=news, done_at=None).exists():
        NewsCall.objects.create(case=case, leg=mine, news=news, made_at=at, call_at=proposed_call(contact, work_calendar(mine.desk), at))
    mine.call_waits = True
    Leg.objects.filter(pk=mine.pk).update(call_waits=True)


def close_calls(case: Case, legs: Sequence[Leg], *, by: Actor, at: datetime, only: NewsCall | None = None) -> int:
    """Calls that waited are made, all of them or one; the marks of these legs are taken away in memory. Returns how many."""
    waiting = NewsCall.objects.filter(case=case, done_at=None)
    done = (waiting.filter(pk=only.pk) if only is not None else waiting).update(done_at=at, done_by_id=by.person_id)
    if done:
        still = set(waiting.values_list("leg", flat=True))
        for leg in legs:
            leg.call_waits = leg.pk in still
    return done


def move_calls(customer_id: int, *, at: datetime | None = None) -> int:
    """The customer has said anew how she is reached: calls that wait are proposed for when they suit, or become a letter where she wants no calls.

    One that was promised stays. As the house. Returns how many.
    """
    now, moved = at or timezone.now(), 0
    waiting = NewsCall.objects.select_for_update(of=("self",)).filter(case__customer=customer_id, done_at=None).exclude(news=CALL_BACK)
    calls = list(waiting.select_related("case", "leg__desk").order_by("pk"))
    if calls and reach_of(calls[0].case) in (Reach.MAIL, Reach.TEXT):
        return _write_instead(calls, now)
    for call in calls:
        if call.leg is not None:
            call.call_at = proposed_call(contact_of(call.case), work_calendar(call.leg.desk), now)
            call.save(update_fields=["call_at"])
            moved += 1
    return moved


def _write_instead(calls: Sequence[NewsCall], now: datetime) -> int:
    """One letter for each part: that there is something new on her page, where all of it stands."""
    legs = {call.leg_id: call.case for call in calls if call.leg_id is not None}
    for leg_id, case in legs.items():
        mail.queue("desk.message", case, leg=leg_id)
    NewsCall.objects.filter(pk__in=[call.pk for call in calls]).update(done_at=now)
    still = NewsCall.objects.filter(leg__in=legs, done_at=None).values("leg")
    Leg.objects.filter(pk__in=legs).exclude(pk__in=still).update(call_waits=False)
    return len(calls)


def proposed_call(contact: Contact | None, calendar: WorkCalendar, now: datetime) -> datetime:
    """The first moment from now on in the hours that she has asked for at which the desk is open; if there is none, the first of her hours."""
    hers = _windows(contact, now)
    for opens, closes in hers:
        try:
            found = next_opening(calendar, opens)
        except NeverOpens:
            break
        if found < closes:
            return found
    return hers[0][0] if hers else now


def _windows(contact: Contact | None, now: datetime) -> list[tuple[datetime, datetime]]:
    """From when to when she may be called, day by day; what is left of today first."""
    days, first, last = (contact.call_days, contact.call_from, contact.call_until) if contact is not None else ([], None, None)
    today, found = timezone.localdate(now), []
    for day in (today + timedelta(days=offset) for offset in range(_FAR)):
        opens = max(now, moment_at(day, first or time.min))
        closes = moment_at(day, last) if last else midnight_after(day)
        if opens < closes and (not days or day.weekday() in days):
            found.append((opens, closes))
    return found
