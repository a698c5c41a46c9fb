"""What the system knows of a region's plan by itself, so that nobody types it on the basic page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.governance.access import visible_entries, visible_groups, visible_meetings
from luukku.governance.enums import MemberRole
from luukku.governance.models import ClockEntry, Group, Meeting, Membership
from luukku.network.enums import Role
from luukku.network.models import Organisation, Participation, Seat
from luukku.plans.models import BudgetLine, Plan, Share

STEERING = (Role.STEERING_CHAIR, Role.STEERING_MEMBER)


@dataclass(frozen=True)
class Facts:
    parties: Sequence[Organisation]
    coordinators: Sequence[Seat]
    chairs: Sequence[Seat]
    members: Sequence[Seat]
    steering: Sequence[tuple[Group, Sequence[Membership]]]  # those of them that the reader knows, members without a sign-in too
    working: Sequence[tuple[Group, Sequence[Membership]]]
    meetings: Sequence[Meeting]
    entries: Sequence[ClockEntry]
    budget: Sequence[BudgetLine]
    shares: Sequence[Share]

    @property
    def steers(self) -> list[str]:
        """Names of the steering group: who sits there by a seat, and the other members of its list where the reader knows it."""
        listed = [each for _group, members in self.steering for each in members]
        seats = [(seat.person_id, seat.person.name, chairs) for chairs, each in ((True, self.chairs), (False, self.members)) for seat in each]
        return steering_names(seats, listed)


def steering_names(seats: Sequence[tuple[int, str, bool]], members: Sequence[Membership]) -> list[str]:
    """Of seats (key of the person, name, whether it is the chair's) and of members in order: nobody twice, chairs first. Pure."""
    known = {each.person_id for each in members}
    chairs = [f"{name} ({_('chair')})" for person, name, is_chair in seats if is_chair and person not in known]
    seated = [name for person, name, is_chair in seats if not is_chair and person not in known]
    return [*chairs, *(named(each) for each in in_order(members)), *seated]


def in_order(members: Sequence[Membership]) -> list[Membership]:
    """Chairs, vice chairs, members, and at last who writes the minutes."""
    order = (MemberRole.CHAIR, MemberRole.VICE, MemberRole.MEMBER, MemberRole.SECRETARY)
    return sorted(members, key=lambda each: order.index(MemberRole(each.role)))


def named(member: Membership) -> str:
    """Her name, with her part where it is another than a member's. Fetch `person` with her."""
    return member.who if member.role == MemberRole.MEMBER else f"{member.who} ({str(member.get_role_display()).lower()})"


def facts_of(actor: Actor, plan: Plan) -> Facts:
    """Nine statements at most; groups, their members and meetings as far as the reader reads them. Of a closed plan who was there when it
    closed."""
    closed = timezone.localdate(plan.closed_at) if plan.closed_at is not None else None
    day = closed or timezone.localdate()
    here = Participation.objects.on(day).filter(region=plan.region_id).values("organisation")
    parties = Organisation.objects.filter(pk__in=here).order_by(FinnishKey(best("name")), "id")
    roles = (Role.COORDINATOR, *STEERING)
    seats = Seat.objects.on(day).filter(region=plan.region_id, role__in=roles)
    if closed is None:
        parties, seats = parties.active(), seats.filter(person__deactivated_at=None)
    held = list(seats.select_related("person", "organisation").order_by("person__name", "id"))
    groups = list(visible_groups(actor).active().filter(region=plan.region_id).select_related("kind").order_by("kind__order", "id"))
    members: dict[int, list[Membership]] = {group.pk: [] for group in groups}
    for each in Membership.objects.on(day).filter(group__in=groups).select_related("person").order_by("id"):
        members[each.group_id].append(each)
    meetings = visible_meetings(actor).standing().filter(group__region=plan.region_id, starts_at__year=plan.year, group__kind__code="steering")
    entries = visible_entries(actor).standing().filter(region=plan.region_id, first_day__year=plan.year)
    return Facts(
        list(parties), [each for each in held if each.role == Role.COORDINATOR], [each for each in held if each.role == Role.STEERING_CHAIR],
        [each for each in held if each.role == Role.STEERING_MEMBER],
        [(group, members[group.pk]) for group in groups if group.kind.code == "steering"],
        [(group, members[group.pk]) for group in groups if group.kind.code != "steering"],
        list(meetings.select_related("group").order_by("starts_at", "id")), list(entries.order_by("first_day", "id")),
        list(BudgetLine.objects.filter(plan=plan).order_by("id")),
        list(Share.objects.filter(plan=plan).select_related("organisation").order_by("organisation__name_fi", "id")),
    )  # fmt: skip
