"""The one door to groups and their meetings: members and deputies while their terms last, the region's coordinator, the area's contact or the
nation's owner, by kind their organisations or the whole network (first wall here, second in the database); by a link who is invited to a meeting."""

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.secret_links import digest_of, make_token
from luukku.governance.enums import PRESENT, Confidentiality, MemberRole, TookPart
from luukku.governance.models import Attendance, ClockEntry, Group, GroupKind, Meeting, Membership, NetworkTalk, TalkStep, Task
from luukku.governance.models.clock import EntryQuerySet
from luukku.governance.models.groups import GroupQuerySet, MembershipQuerySet
from luukku.governance.models.meetings import MeetingQuerySet
from luukku.governance.models.minutes import TaskQuerySet
from luukku.governance.models.whose import Owned, Whose, of_nation
from luukku.network.access import can_edit_network
from luukku.network.access.working import coordinated, inside_seats, working_regions
from luukku.network.enums import Role
from luukku.network.models import Area, Participation, Region
from luukku.network.models.places import RegionArea

SEATED = (Role.STEERING_CHAIR, Role.STEERING_MEMBER, Role.WORKING_CHAIR, Role.WORKING_MEMBER)
TALKERS = (Role.COORDINATOR, Role.AREA_CONTACT, Role.NATIONAL_OWNER)
KEEPERS = (*TALKERS, Role.ADMINISTRATOR, Role.STEERING_CHAIR, Role.STEERING_MEMBER)
_STOOD_IN = Q(took_part=TookPart.DEPUTY, membership__deputy__isnull=False)
WRITERS = (MemberRole.CHAIR, MemberRole.VICE, MemberRole.SECRETARY)


def visible_groups(actor: Actor) -> GroupQuerySet:
    """Those whose doings the actor reads today."""
    if actor.kind == "house":
        return Group.objects.all()
    if not actor.is_staff:
        return Group.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else Group.objects.none()
    terms = Membership.objects.on(timezone.localdate())
    organisations = {seat.organisation_id for seat in inside_seats(actor) if seat.organisation_id is not None}
    mine = Q(pk__in=terms.filter(Q(person=actor.person_id) | Q(deputy=actor.person_id)).values("group"))
    colleagues = Q(kind__confidentiality=Confidentiality.ORGANISATIONS, pk__in=terms.filter(organisation__in=organisations).values("group"))
    network = Q(kind__confidentiality=Confidentiality.NETWORK) & around(actor)
    return Group.objects.filter(mine | kept(actor) | colleagues | network)


def kept(actor: Actor, prefix: str = "") -> Q:
    """Groups and days that are hers to keep: of the regions she coordinates, of her areas, of the nation."""
    test = Q(**{f"{prefix}region__in": coordinated(actor)}) | Q(**{f"{prefix}area__in": contacted(actor)})
    return test | of_nation(prefix) if owns_nation(actor) else test


def around(actor: Actor, prefix: str = "") -> Q:
    """Those of the networks around her: of the regions where she or her organisation works, of their areas, of the nation."""
    inside, today = inside_seats(actor), timezone.localdate()
    if not inside:
        return Q(pk__in=[])
    regions = {seat.region_id for seat in inside if seat.region_id is not None}
    areas = {seat.area_id for seat in inside if seat.area_id is not None}
    organisations = {seat.organisation_id for seat in inside if seat.organisation_id is not None}
    parts = Participation.objects.on(today).filter(organisation__in=organisations).values("region")
    above = RegionArea.objects.on(today).filter(Q(region__in=regions) | Q(region__in=parts)).values("area")
    own = Q(**{f"{prefix}region__in": regions}) | Q(**{f"{prefix}region__in": parts})
    return own | Q(**{f"{prefix}area__in": areas}) | Q(**{f"{prefix}area__in": above}) | of_nation(prefix)


def in_years(actor: Actor, prefix: str = "") -> Q:
    """What stands in the years by which she plans: of the networks around her, and of regions in her area or nation."""
    return around(actor, prefix) | Q(**{f"{prefix}region__in": working_regions(actor)})


def above(whose: Whose, prefix: str = "") -> Q:
    """What it plans by: its own, its area's, and the nation's."""
    test = whose.own(prefix) | of_nation(prefix)
    if whose.region is None:
        return test
    areas = RegionArea.objects.on(timezone.localdate()).filter(region=whose.region).values("area")
    return test | Q(**{f"{prefix}area__in": areas})


def contacted(actor: Actor) -> set[int]:
    """Keys of the areas whose contact she is."""
    return {seat.area_id for seat in actor.seats if seat.role == Role.AREA_CONTACT and seat.area_id is not None}


def owns_nation(actor: Actor) -> bool:
    """Whether the nation's groups and days are hers to keep."""
    return any(seat.role == Role.NATIONAL_OWNER for seat in actor.seats)


def keepable(actor: Actor) -> list[Whose]:
    """Whose groups she may make: those of the nation and of areas first. Two statements."""
    nation = [Whose()] if owns_nation(actor) else []
    areas = [Whose(area=each) for each in Area.objects.filter(pk__in=contacted(actor)).order_by("code")]
    return [*nation, *areas, *(Whose(each) for each in Region.objects.filter(pk__in=coordinated(actor)).order_by("code"))]


def years_around(actor: Actor) -> list[Whose]:
    """Whose years she plans by: her regions', then their areas' and the nation's; of whoever keeps an area or the nation, that first.

    Two statements.
    """
    regions, today = working_regions(actor), timezone.localdate()
    own = {seat.area_id for seat in inside_seats(actor) if seat.area_id is not None}
    spells = RegionArea.objects.on(today).filter(region__in=regions).values("area")
    areas = [Whose(area=each) for each in Area.objects.filter(Q(pk__in=own) | Q(pk__in=spells)).order_by("code")] if regions or own else []
    found = [*(Whose(each) for each in regions), *areas, *([Whose()] if regions or own else [])]
    mine = {each.code for each in keepable(actor) if each.region is None}
    return sorted(found, key=lambda each: each.code not in mine)


def get_group(actor: Actor, pk: int) -> Group:
    """Raises NotFound."""
    found = visible_groups(actor).select_related("kind", "region", "area").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_meetings(actor: Actor) -> MeetingQuerySet:
    """Those of the groups that the actor reads; of a link, the one meeting to which it is."""
    if actor.kind == "link":
        return Meeting.objects.filter(readers__overlap=list(actor.principals))
    return Meeting.objects.filter(group__in=visible_groups(actor).values("pk"))


def get_meeting(actor: Actor, pk: int) -> Meeting:
    """Raises NotFound."""
    found = visible_meetings(actor).select_related("group__kind", "group__region", "group__area").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def visible_tasks(actor: Actor) -> TaskQuerySet:
    """Those of the groups that the actor reads; of a link, her own."""
    if actor.kind == "link":
        return Task.objects.filter(membership__attendances__principal__in=actor.principals)
    return Task.objects.filter(group__in=visible_groups(actor).values("pk"))


def get_task(actor: Actor, pk: int) -> Task:
    """Raises NotFound."""
    found = visible_tasks(actor).select_related("group__region", "group__area", "meeting", "membership__person").filter(pk=pk).distinct().first()
    if found is None:
        raise NotFound
    return found


def keeps_groups(actor: Actor) -> bool:
    """Whether she coordinates a region, is an area's contact or owns the nation's matters."""
    return actor.is_staff and (bool(coordinated(actor) or contacted(actor)) or owns_nation(actor))


def in_groups(actor: Actor) -> bool:
    """Whether groups are her daily work: she coordinates, or her seat is in one."""
    return keeps_groups(actor) or (actor.is_staff and any(seat.role in SEATED for seat in actor.seats))


def placed(actor: Actor) -> bool:
    """Whether a seat of hers is somewhere in the network, or answers for all of it."""
    seats = inside_seats(actor)
    return actor.is_staff and any(each.region_id or each.organisation_id or each.area_id or each.role == Role.NATIONAL_OWNER for each in seats)


def has_clock(actor: Actor) -> bool:
    """Whether she plans by a region's year, though groups are not her daily work."""
    return not in_groups(actor) and placed(actor)


def own_memberships(actor: Actor) -> MembershipQuerySet:
    """The actor's own terms of today."""
    if actor.kind == "link":
        return Membership.objects.filter(attendances__principal__in=actor.principals)
    return Membership.objects.on(timezone.localdate()).filter(person=actor.person_id or 0)


def attended(actor: Actor) -> "QuerySet[Attendance]":
    """Meetings in which the actor took part herself: as a member, or as the deputy of one. Hers are their minutes to approve."""
    own = Q(membership__in=own_memberships(actor))
    if actor.kind == "link":
        return Attendance.objects.filter(own & ~_STOOD_IN, took_part__in=PRESENT)
    for_another = Membership.objects.on(timezone.localdate()).filter(deputy=actor.person_id or 0)
    return Attendance.objects.filter((own & ~_STOOD_IN) | (_STOOD_IN & Q(membership__in=for_another)), took_part__in=PRESENT)


def visible_entries(actor: Actor) -> EntryQuerySet:
    """What stands in the years around her besides meetings."""
    if actor.kind == "house":
        return ClockEntry.objects.all()
    return ClockEntry.objects.filter(in_years(actor))


def feed_person(token: str) -> int | None:
    """The key of the person whose year an address gives; None for an address that opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id from wall.governance_feed(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def can_keep(actor: Actor, of: Owned) -> bool:
    """Groups, their members and terms, and days of the year: a region's coordinator, an area's contact, the nation's owner."""
    if actor.kind == "house":
        return True
    if of.region_id is not None:
        return of.region_id in coordinated(actor)
    return of.area_id in contacted(actor) if of.area_id is not None else owns_nation(actor)


def can_run(actor: Actor, group: Group) -> bool:
    """Calling meetings, writing minutes, giving tasks: the coordinator, and the group's chair, vice chair and secretary. One statement at most."""
    return can_keep(actor, group) or own_memberships(actor).filter(group=group, role__in=WRITERS).exists()


def can_do_task(actor: Actor, task: Task) -> bool:
    """Whoever does it, and who runs the group."""
    return own_memberships(actor).filter(pk=task.membership_id).exists() or can_run(actor, task.group)


def can_do_entry(actor: Actor, entry: ClockEntry) -> bool:
    """Whoever sees to a day of the year, and whoever keeps the year."""
    return can_keep(actor, entry) or (actor.person_id is not None and entry.person_id == actor.person_id)


def can_answer_seat(actor: Actor, membership: Membership) -> bool:
    """What is agreed of a member's time and mandate: she herself while her term goes on, and the coordinator."""
    return can_keep(actor, membership.group) or own_memberships(actor).filter(pk=membership.pk).exists()


def can_edit_kind(actor: Actor, kind: GroupKind) -> bool:
    """The common ones are the network's keepers', a region's own its coordinator's."""
    return can_edit_network(actor) if kind.region_id is None else can_keep(actor, Whose(kind.region))


def link_token(attendance: Attendance) -> str:
    """The secret of the link by which somebody without a sign-in comes to one meeting."""
    made: datetime | None = attendance.link_made_at
    assert made is not None
    return make_token(attendance.principal, made)


def link_actor(token: str) -> Actor | None:
    """Who holds this link; None for one that is unknown or has run out."""
    with connection.cursor() as cursor:
        cursor.execute("select principal from wall.governance_link(%s)", [digest_of(token)])
        row = cursor.fetchone()
    return Actor("link", (row[0],)) if row else None


def keeps_networks(actor: Actor) -> bool:
    """Whether it is her work to see how networks stand: her region's, her area's, or all."""
    return actor.is_staff and any(seat.role in KEEPERS for seat in actor.seats)


def networks_of(actor: Actor) -> "QuerySet[Region]":
    """The regions whose standing is hers to see."""
    today = timezone.localdate()
    regions = Region.objects.on(today)
    if actor.kind == "house" or can_edit_network(actor) or any(seat.role == Role.NATIONAL_OWNER for seat in actor.seats):
        return regions
    areas = {seat.area_id for seat in actor.seats if seat.role == Role.AREA_CONTACT}
    own = {seat.region_id for seat in actor.seats if seat.role in (Role.COORDINATOR, Role.STEERING_CHAIR, Role.STEERING_MEMBER)}
    of_area = RegionArea.objects.on(today).filter(area__in=areas).values("region")
    return regions.filter(Q(pk__in=own) | Q(pk__in=of_area))


def get_network(actor: Actor, code: str) -> Region:
    """Raises NotFound for a region whose standing is not hers to see."""
    found = networks_of(actor).filter(code=code).first() if actor.is_staff else None
    if found is None:
        raise NotFound
    return found


def can_keep_network(actor: Actor, region_id: int) -> bool:
    """Writes down talks with the network: its coordinator, its area's contact, the nation's owner."""
    if not any(seat.role in TALKERS for seat in actor.seats):
        return False
    own = region_id in coordinated(actor)
    wider = any(seat.role in (Role.AREA_CONTACT, Role.NATIONAL_OWNER) for seat in actor.seats)
    return own or (wider and networks_of(actor).filter(pk=region_id).exists())


def visible_talks(actor: Actor) -> "QuerySet[NetworkTalk]":
    """Those whose reader she is."""
    if actor.kind == "house":
        return NetworkTalk.objects.all()
    return NetworkTalk.objects.filter(readers__overlap=list(actor.principals)) if actor.principals else NetworkTalk.objects.none()


def get_step(actor: Actor, pk: int) -> TalkStep:
    """Raises NotFound."""
    found = TalkStep.objects.filter(talk__in=visible_talks(actor).values("pk")).select_related("talk__region").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
