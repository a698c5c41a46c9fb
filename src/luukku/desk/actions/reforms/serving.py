"""How a desk serves goes along: handovers under way, booked and published times, rooms, tablets, meetings, rules of where needs go."""

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luukku.core.reforms import ReformPart
from luukku.desk.actions.parting import decline_all
from luukku.desk.actions.reforms.matters import STAY
from luukku.desk.enums import OPEN_HANDOVER, AppointmentState, BookState, ReportState
from luukku.desk.models import (
    Appointment,
    BookableTimes,
    CaseMeeting,
    EServiceReport,
    Handover,
    Kiosk,
    Mailbox,
    MeetingItem,
    MeetingParty,
    MeetingSeries,
    PartnerKey,
    ReadyText,
    Room,
    Rota,
    Rule,
    RuleBook,
    ServicePoint,
)
from luukku.network.actions.reforms.moving import Mover
from luukku.network.models import Desk

_BOOKS = (BookState.USED, BookState.DRAFT)


def carry_handovers(mover: Mover) -> None:
    """Those under way: the passer of a part that goes along, and whom it lies with. What has been counted of them stays where it was.

    A customer allowed one organisation to read what is handed over: what waits at the source goes back to its passer, unless the target is the
    source's successor in law.
    """
    if not mover.is_legal:
        mover.tell("desk.handovers_back", sum(_give_back(mover, key, mover.desks[key]) for key in _whole(mover)))
    under_way = Handover.objects.filter(state__in=OPEN_HANDOVER)
    if not mover.everything:
        under_way = under_way.filter(Q(leg__desk__in=mover.desks.values()) | Q(to_desk__in=_whole(mover)))
    passed = under_way.filter(from_desk__in=mover.desks)
    mover.change(passed.filter(counted_from=None, leg__desk__organisation=mover.target), counted_from_id=mover.source.pk)
    received = under_way.filter(to_desk__in=_whole(mover)).exclude(received_leg__in=mover.staying.get(STAY, ()))
    mover.change(received.filter(counted_to=None), counted_to_id=mover.source.pk)
    mover.change_by_desk(passed.filter(leg__desk__organisation=mover.target), "from_desk_id", what="desk.handovers")
    for desk in _whole(mover):
        mover.change(received.filter(to_desk=desk), what="desk.handovers", to_desk_id=mover.desks[desk].pk)
        mover.change(Handover.objects.filter(state="declined", next_desk=desk, leg__is_open=True), next_desk_id=mover.desks[desk].pk)


def _give_back(mover: Mover, key: int, new: Desk) -> int:
    """The next door is the desk that goes on; when the reform is undone, the old one again, for it stands once more."""
    back = Handover.objects.filter(pk__in=decline_all(by=mover.by, desk=Desk.objects.get(pk=key), next_desk=new, at=mover.at))
    back.update(next_desk_id=key)
    return len(mover.change(back, next_desk_id=new.pk))


def _whole(mover: Mover) -> list[int]:
    """The source's desks that close: what comes to them comes to those in their place."""
    return [key for key, desk in mover.desks.items() if mover.everything or desk.region_id in mover.move.regions]


def carry_times(mover: Mover) -> None:
    """Booked times to come and published ones of desks that close, and booked times of parts that went along; rooms when everything goes."""
    to_come = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__gt=mover.at)
    gone = Q(case__legs__desk__organisation=mover.target, case__legs__is_open=True)
    for old, new in mover.desks.items():
        mine = Q() if mover.is_legal and old in _whole(mover) else gone
        keys = list(to_come.filter(mine, desk=old).order_by().values_list("pk", flat=True).distinct())
        mover.change(Appointment.objects.filter(pk__in=keys), what="desk.appointments", desk_id=new.pk)
    published = BookableTimes.objects.published(mover.day)
    for old in _whole(mover):
        mover.change(published.filter(desk=old), what="desk.times", desk_id=mover.desks[old].pk)
    if mover.everything:
        names = Room.objects.filter(organisation=mover.target, deactivated_at=None).values("name")
        for room in Room.objects.filter(organisation=mover.source, deactivated_at=None, name__in=names).order_by("pk"):
            mover.change(Room.objects.filter(pk=room.pk), name=f"{room.name[:40]} ({mover.source.name_fi[:36]})")
        mover.change(Room.objects.filter(organisation=mover.source), what="desk.rooms", organisation_id=mover.target.pk)
        mover.change(ServicePoint.objects.filter(keeper=mover.source, deactivated_at=None), what="desk.points", keeper_id=mover.target.pk)


def carry_desk_things(mover: Mover) -> None:
    """Tablets, series of meetings, rules of where needs go, whose turn it is, ready texts, the mailbox. What the new desk has of these it keeps."""
    for old in _whole(mover):
        new = mover.desks[old]
        mover.change(Kiosk.objects.filter(desk=old, ended_at=None), what="desk.kiosks", desk_id=new.pk)
        mover.change(MeetingSeries.objects.filter(desk=old, ended_at=None), what="desk.series", desk_id=new.pk)
        mover.change(Rule.objects.filter(to_desk=old, book__state__in=_BOOKS), what="desk.rules", to_desk_id=new.pk)
        has = set(RuleBook.objects.filter(desk=new, state__in=_BOOKS).values_list("state", flat=True))
        taken = set(RuleBook.objects.filter(desk=new).values_list("number", flat=True))
        books = RuleBook.objects.filter(desk=old, state__in=_BOOKS).exclude(state__in=has).exclude(number__in=taken)
        mover.change(books, desk_id=new.pk)
        names = ReadyText.objects.filter(desk=new).values("name")
        mover.change(ReadyText.objects.filter(desk=old).exclude(name__in=names), what="desk.texts", desk_id=new.pk)
        if not Mailbox.objects.filter(desk=new).exists():
            mover.change(Mailbox.objects.filter(desk=old), what="desk.mailboxes", desk_id=new.pk)
        rota = Rota.objects.filter(desk=old).first()
        if rota is not None and not Rota.objects.filter(desk=new).exists():
            mover.make(Rota(desk=new, period=rota.period, starts_on=rota.starts_on, people=rota.people))


def carry_meetings(mover: Mover) -> None:
    """Whom a series of meetings of several organisations invites, when everything goes; and what was listed for meetings to come."""
    if not mover.everything:
        return
    there = MeetingParty.objects.filter(organisation=mover.target).values("series")
    parties = MeetingParty.objects.filter(organisation=mover.source, series__ended_at=None)
    mover.tell("desk.both_meet", parties.filter(series__in=there).count())
    mover.change(parties.exclude(series__in=there), what="desk.parties", organisation_id=mover.target.pk)
    coming = CaseMeeting.objects.coming() if mover.is_legal else CaseMeeting.objects.none()  # what is listed of customers is told to the source
    mover.change(MeetingItem.objects.filter(organisation=mover.source, meeting__in=coming), organisation_id=mover.target.pk)


def carry_e_services(mover: Mover) -> None:
    """Who mends a fault of an e-service that is still open."""
    if mover.everything:
        new = EServiceReport.objects.filter(state=ReportState.NEW)
        mover.change(new.filter(owner=mover.source), what="desk.reports", owner_id=mover.target.pk)
        mover.change(new.filter(reported_by=mover.source), reported_by_id=mover.target.pk)


def end_keys(mover: Mover) -> None:
    """A partner's system was let in by the old organisation's word: the new one gives its own keys."""
    if mover.everything:
        ended = mover.change(PartnerKey.objects.filter(organisation=mover.source, ended_at=None), ended_at=mover.at)
        mover.tell("desk.keys_end", len(ended))


PARTS: Final = {
    "desk.handovers": ReformPart(
        110,
        ("desk.Handover.from_desk", "desk.Handover.to_desk", "desk.Handover.next_desk", "desk.Handover.counted_from", "desk.Handover.counted_to"),
        carry_handovers,
        {"desk.handovers": _("Handovers under way")},
        {
            "desk.handovers_back": _(
                "Handovers that wait go back to their passers: their customers have allowed the old one only. They stay back if this is undone"
            )
        },
    ),
    "desk.times": ReformPart(
        120,
        ("desk.Appointment.desk", "desk.BookableTimes.desk", "desk.Room.organisation", "desk.ServicePoint.keeper"),
        carry_times,
        {
            "desk.appointments": _("Booked times"),
            "desk.times": _("Published times"),
            "desk.rooms": _("Rooms"),
            "desk.points": _("Visiting desks and remote points"),
        },
    ),
    "desk.things": ReformPart(
        130,
        (
            "desk.Kiosk.desk",
            "desk.MeetingSeries.desk",
            "desk.Rule.to_desk",
            "desk.RuleBook.desk",
            "desk.Rota.desk",
            "desk.Mailbox.desk",
            "desk.ReadyText.desk",
        ),
        carry_desk_things,
        {
            "desk.kiosks": _("Tablets"),
            "desk.series": _("Series of meetings"),
            "desk.rules": _("Rules of where needs go"),
            "desk.mailboxes": _("Mailboxes of own doors"),
            "desk.texts": _("Ready texts"),
        },
    ),
    "desk.meetings": ReformPart(
        140,
        ("desk.MeetingParty.organisation", "desk.MeetingItem.organisation"),
        carry_meetings,
        {"desk.parties": _("Places in series of meetings")},
        {"desk.both_meet": _("Both meet in the same series: the receiver's place stays, and its people are invited as before")},
    ),
    "desk.e_services": ReformPart(
        150,
        ("desk.EServiceReport.owner", "desk.EServiceReport.reported_by"),
        carry_e_services,
        {"desk.reports": _("Open faults of e-services")},
    ),
    "desk.keys": ReformPart(
        160,
        ("desk.PartnerKey.organisation",),
        end_keys,
        {},
        {"desk.keys_end": _("Keys of partners' systems end: the receiver makes its own")},
    ),
}
