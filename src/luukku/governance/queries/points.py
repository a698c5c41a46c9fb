"""What a region's network has of groups, meetings, its year, and looking at itself."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.watching import NetworkPoint
from luukku.governance.enums import MeetingState
from luukku.governance.models import ClockEntry, Group, Meeting, SelfAssessment
from luukku.network.enums import Role

MEMBERS = 3
SILENT = timedelta(days=183)  # so long without a meeting, and somebody should ask
ASSESSED = timedelta(days=430)


def _steering(regions: Sequence[int]) -> "QuerySet[Group]":
    return Group.objects.active().filter(Q(kind__code="steering") | Q(kind__member_seat=Role.STEERING_MEMBER), region__in=regions)


def _among(regions: Sequence[int], found: "QuerySet[Group] | QuerySet[Meeting] | QuerySet[ClockEntry]", column: str = "region") -> Mapping[int, bool]:
    there = set(found.order_by().values_list(column, flat=True))
    return {region: region in there for region in regions}


def _groups(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    serving = Q(memberships__valid_until=None) | Q(memberships__valid_until__gte=day)
    return _among(regions, _steering(regions).annotate(n=Count("memberships", filter=serving, distinct=True)).filter(n__gte=MEMBERS))


def _year(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    """Something to come in the year's clock, or a meeting."""
    entries = _among(regions, ClockEntry.objects.standing().filter(region__in=regions, first_day__gte=day))
    to_come = Meeting.objects.filter(group__region__in=regions, starts_at__date__gte=day).exclude(state=MeetingState.CANCELLED)
    meetings = _among(regions, to_come, "group__region")
    return {region: entries[region] or meetings[region] for region in regions}


def _meets(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    held = Meeting.objects.filter(group__region__in=regions, starts_at__date__gte=day - SILENT, starts_at__date__lte=day)
    return _among(regions, held.exclude(state=MeetingState.CANCELLED), "group__region")


def _assessed(regions: Sequence[int], day: date) -> Mapping[int, bool]:
    found = SelfAssessment.objects.filter(group__region__in=regions, opened_at__date__gte=day - ASSESSED)
    there = set(found.values_list("group__region", flat=True))
    return {region: region in there for region in regions}


def _clock(code: str) -> str:
    return f"{reverse('governance:clock')}?seutu={code}"


def _all_groups(code: str) -> str:
    return reverse("governance:groups")


def _new_group(code: str) -> str:
    """The steering group's form; of one that is there and has too few members, the form of a member. One statement."""
    begun = Group.objects.active().filter(Q(kind__code="steering") | Q(kind__member_seat=Role.STEERING_MEMBER), region__code=code)
    found = begun.order_by("id").first()
    return reverse("governance:member_new", args=[found.pk]) if found is not None else f"{reverse('governance:group_new')}?seutu={code}"


POINTS: Final = {
    "governance.groups": NetworkPoint(
        40, 2, _("Steering group"), _("There is no steering group with three members yet"), _("Make the steering group"), _groups, _all_groups,
        guide=True, begin=_new_group,
    ),
    "governance.year": NetworkPoint(
        50, 2, _("The year"), _("Nothing is planned in the network's year"), _("Plan the year"), _year, _clock, guide=True,
    ),
    "governance.meets": NetworkPoint(
        70, 3, _("Meetings"), _("No group has met for half a year"), _("Call a meeting"), _meets, _all_groups,
    ),
    "governance.assessed": NetworkPoint(
        90, 5, _("Self-assessment"), _("The steering group has not looked at its own work for over a year"), _("Begin a self-assessment"), _assessed,
        _all_groups,
    ),
}  # fmt: skip
