"""The door to case meetings: who sees a series, who runs a meeting, who may make a series. What is behind the wall is asked by its readers."""

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.desk.access.desks import desks_led, handling_organisations, regions_ruled
from luukku.desk.models import CaseMeeting, MeetingConsent, MeetingItem, MeetingMember, MeetingParty, MeetingPoint, MeetingSeries, MeetingStep
from luukku.desk.models.meeting_kinds import CaseMeetingState, MemberRole
from luukku.network.access import may
from luukku.network.enums import Right
from luukku.network.models import Organisation

RELATED = ("series__region", "series__desk", "lead_party__organisation", "lead")


def visible_series(actor: Actor) -> "QuerySet[MeetingSeries]":
    """The series in which the actor or her organisation meets, and those that she keeps: her region's, her own desk's."""
    if actor.kind == "house":
        return MeetingSeries.objects.all()
    if not actor.is_staff:
        return MeetingSeries.objects.none()
    ours = handling_organisations(actor)
    party = MeetingParty.objects.filter(series=OuterRef("pk"))
    mine = MeetingMember.objects.filter(party__series=OuterRef("pk"), person=actor.person_id)
    found = Q(Exists(party.filter(organisation__in=ours))) | Q(Exists(mine)) | Q(desk__in=desks_led(actor).order_by().values("pk"))
    return MeetingSeries.objects.filter(found | Q(region__in=regions_ruled(actor).order_by().values("pk"), desk=None)).select_related(
        "region", "desk__organisation"
    )


def get_series(actor: Actor, pk: int) -> MeetingSeries:
    """Raises NotFound."""
    found = visible_series(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_edit_series(actor: Actor, series: MeetingSeries) -> bool:
    """The region's coordinator; of a desk's own series the desk's lead."""
    if series.desk is not None:
        return may(actor, Right.LEAD_DESK, organisation_id=series.desk.organisation_id)
    return any(seat.region_id == series.region_id and may(actor, Right.EDIT_REGION, region_id=seat.region_id) for seat in actor.seats)


def visible_meetings(actor: Actor) -> "QuerySet[CaseMeeting]":
    if actor.kind == "house":
        return CaseMeeting.objects.all()
    return CaseMeeting.objects.filter(series__in=visible_series(actor).values("pk"))


def get_meeting(actor: Actor, pk: int) -> CaseMeeting:
    """Raises NotFound."""
    found = visible_meetings(actor).select_related(*RELATED).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def can_run(actor: Actor, meeting: CaseMeeting) -> bool:
    """Who leads this time, the other leads and deputies of the organisation whose turn it is, and who keeps the series."""
    if can_edit_series(actor, meeting.series):
        return True
    if actor.person_id is None:
        return False
    if meeting.lead_id == actor.person_id:
        return True
    leads = MeetingMember.objects.filter(party=meeting.lead_party_id, person=actor.person_id, role__in=(MemberRole.LEAD, MemberRole.DEPUTY))
    return meeting.lead_party_id is not None and leads.exists()


def takes_part(actor: Actor, meeting: CaseMeeting) -> bool:
    """Whether the actor is one of those who meet, or handles cases at an organisation that does: she writes, and lists matters."""
    ours = handling_organisations(actor)
    party = MeetingParty.objects.filter(series=meeting.series_id)
    return actor.is_staff and party.filter(Q(organisation__in=ours) | Q(members__person=actor.person_id)).exists()


def visible_items(actor: Actor) -> "QuerySet[MeetingItem]":
    """Listed matters, as far as they were told without names."""
    if actor.kind == "house":
        return MeetingItem.objects.all()
    return MeetingItem.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff else MeetingItem.objects.none()


def get_item(actor: Actor, pk: int) -> MeetingItem:
    """Raises NotFound."""
    found = (
        visible_items(actor).select_related(*(f"meeting__{name}" for name in RELATED), "meeting", "organisation", "proposer").filter(pk=pk).first()
    )
    if found is None:
        raise NotFound
    return found


def visible_points(actor: Actor) -> "QuerySet[MeetingPoint]":
    if actor.kind == "house":
        return MeetingPoint.objects.all()
    return MeetingPoint.objects.filter(readers__overlap=list(actor.principals)) if actor.is_staff else MeetingPoint.objects.none()


def visible_steps(actor: Actor) -> "QuerySet[MeetingStep]":
    """What was agreed on, for those who read it: the customer of the case too."""
    if actor.kind == "house":
        return MeetingStep.objects.all()
    return MeetingStep.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else MeetingStep.objects.none()


def visible_consents(actor: Actor) -> "QuerySet[MeetingConsent]":
    """The customer's words on opening her matter: for her and those with a part in the case."""
    if actor.kind == "house":
        return MeetingConsent.objects.all()
    return MeetingConsent.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else MeetingConsent.objects.none()


def case_door(item: MeetingItem) -> tuple[int, int, tuple[int, ...]] | None:
    """The case and the proposer's part of a listed matter, and the principals by which it is written to; None unless the meeting goes on."""
    with connection.cursor() as cursor:
        cursor.execute("select case_id, leg_id, principals from wall.desk_meeting_door(%s)", [item.pk])
        row = cursor.fetchone()
    return (int(row[0]), int(row[1]), tuple(row[2])) if row else None


def meetings_to_list_on(actor: Actor, region_id: int) -> list[CaseMeeting]:
    """Coming meetings of a region to which the actor's organisations may bring a matter, the nearest first. One statement."""
    ours = handling_organisations(actor)
    party = MeetingParty.objects.filter(series=OuterRef("series"), organisation__in=ours)
    found = CaseMeeting.objects.coming().filter(Exists(party), series__region=region_id, series__ended_at=None)
    return list(found.select_related("series").order_by("starts_at", "id"))


def member_organisations(meeting: CaseMeeting) -> list[Organisation]:
    """The organisations that meet, in the order of their turns. One statement."""
    parties = MeetingParty.objects.filter(series=meeting.series_id).select_related("organisation").order_by("position", "id")
    return [party.organisation for party in parties]


def is_over(meeting: CaseMeeting) -> bool:
    return meeting.state in (CaseMeetingState.CLOSED, CaseMeetingState.CANCELLED)
