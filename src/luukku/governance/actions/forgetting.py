"""Members from outside the network lose their names when nobody needs them any more; what the group did stays."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from luukku.core import trail
from luukku.core.actor import HOUSE
from luukku.governance.models import Membership


def members_due(before: datetime) -> "QuerySet[Membership]":
    """Members from outside whose term ended before the moment, or whose group did."""
    ended = Q(valid_until__lt=timezone.localdate(before)) | Q(group__ended_at__lt=before)
    return Membership.objects.filter(ended, person=None).exclude(outside_name="", outside_email="", outside_of="")


def forget_members(before: datetime, most: int) -> int:
    """At most so many; as the house. Returns how many."""
    found = list(members_due(before).select_related("group").order_by("id")[:most])
    for member in found:
        member.outside_name = member.outside_email = member.outside_of = ""
        member.save(update_fields=["outside_name", "outside_email", "outside_of"])
        trail.record("member.forgotten", member, by=HOUSE, region_id=member.group.region_id, group=member.group_id)
    return len(found)
