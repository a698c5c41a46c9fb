"""How a customer hears of news: by mail, or, if she wants to be called, by a call that her handler is asked to make."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from luukku.core import mail
from luukku.core.actor import Actor
from luukku.core.models import OutgoingMail
from luukku.core.worktime import NeverOpens, WorkCalendar, next_opening
from luukku.customers.enums import ContactWay
from luukku.customers.models import Contact
from luukku.desk.enums import MAILED_ANYWAY, NOT_CALLED
from luukku.desk.models import Case, Leg, NewsCall
from luukku.desk.queries.doors import work_calendar

_FAR = 28  # days; by then each weekday has come four times


def tell_customer(
    kind: str, case: Case, legs: Sequence[Leg], *, by: Actor, at: datetime | None = None, **facts: int | str | None
) -> OutgoingMail | None:
    """Queue the mail, or note the call; None when no mail leaves. Whether she has an address is seen when the mail is made.

    `legs` are the case's; those whose handlers must call are marked. What she does herself on her page she is not called about.
    """
    if case.customer_id is None:
        return None
    if kind in MAILED_ANYWAY or _way(case) != ContactWay.PHONE:
        return mail.queue(kind, case, **facts)
    news = kind.removeprefix("desk.")
    contact = Contact.objects.filter(customer_id=case.customer_id).first()
    if contact is not None and news not in NOT_CALLED and not _is_she(by, case) and legs:
        _note(case, legs, news, contact, at or timezone.now(), facts.get("leg"))
    return None


def _is_she(by: Actor, case: Case) -> bool:
    """Whether the customer herself acts: signed in, unknown yet, or by her own link alone. An outside organisation's link reads more than hers."""
    return by.kind in ("customer", "public") or tuple(by.principals) == (case.door_principal,)


def way_of_case() -> Subquery:
    """An annotation `contact_way` that spares a statement wherever a case is locked to be worked on."""
    return Subquery(Contact.objects.filter(customer=OuterRef("customer")).values("way")[:1])


def _way(case: Case) -> str | None:
    if hasattr(case, "contact_way"):
        return str(case.contact_way or "")
    return Contact.objects.filter(customer_id=case.customer_id).values_list("way", flat=True).first() if case.customer_id else None


def _note(case: Case, legs: Sequence[Leg], news: str, contact: Contact, at: datetime, leg_id: int | str | None) -> None:
    """One call that waits for each kind of news, however often it has come; whoever has the part makes it."""
    mine = next((leg for leg in legs if leg.pk == leg_id), None) or next((leg for leg in legs if leg.settled_at is None), legs[-1])
    if not NewsCall.objects.filter(case=case, news=news, done_at=None).exists():
        NewsCall.objects.create(case=case, leg=mine, news=news, made_at=at, call_at=proposed_call(contact, work_calendar(mine.desk), at))
    mine.call_waits = True
    Leg.objects.filter(pk=mine.pk).update(call_waits=True)


def close_calls(case: Case, legs: Sequence[Leg], *, by: Actor, at: datetime, only: NewsCall | None = None) -> int:
    """Calls that waited are made, all of them or one; the legs' marks are taken away in memory. Returns how many."""
    waiting = NewsCall.objects.filter(case=case, done_at=None)
    done = (waiting.filter(pk=only.pk) if only is not None else waiting).update(done_at=at, done_by_id=by.person_id)
    if done and not waiting.exists():
        for leg in legs:
            leg.call_waits = False
    return done


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
        opens = max(now, timezone.make_aware(datetime.combine(day, first or time.min)))
        closes = (
            timezone.make_aware(datetime.combine(day, last)) if last else timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        )
        if opens < closes and (not days or day.weekday() in days):
            found.append((opens, closes))
    return found
