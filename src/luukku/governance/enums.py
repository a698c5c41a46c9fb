from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.TextChoices):
    """Who reads what a kind of group does, besides its members and the region's coordinator."""

    MEMBERS = "members", _("Its members only")
    ORGANISATIONS = "organisations", _("Its members' organisations too")
    NETWORK = "network", _("The whole network of the region")


class MemberRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    VICE = "vice", _("Vice chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")


class SeatMandate(models.TextChoices):
    """How far a member may bind the organisation for which she speaks."""

    DECIDES = "decides", _("Decides for the organisation")
    LIMITS = "limits", _("Decides within limits")
    CARRIES = "carries", _("Takes matters home to be decided")


class Source(models.TextChoices):
    """What fills a point of the agenda by itself."""

    OTHER = "other", _("Written only")
    LAST = "last", _("Minutes of the last meeting")
    TASKS = "tasks", _("Tasks agreed earlier")
    FIGURES = "figures", _("Figures of the last three months")
    FEEDBACK = "feedback", _("Feedback of customers")
    PLANS = "plans", _("How the plans go")
    REGIONS = "regions", _("Plans, figures and feedback of the regions")
    MORE = "more", _("Other matters: stands last, before the next meeting")
    NEXT = "next", _("The next meeting and what is due until then")
    END = "end", _("The closing: stands last of all")


STANDS_LAST = (Source.MORE, Source.NEXT, Source.END)  # with these an agenda ends, in this order, whatever is added or moved


class Sourced(Protocol):
    source: str


AnyPoint = TypeVar("AnyPoint", bound=Sourced)


def _part(source: str) -> int:
    """The part of an agenda in which a point stands: 0 for what may stand anywhere, then each of those that stand last."""
    return STANDS_LAST.index(Source(source)) + 1 if source in STANDS_LAST else 0


def in_order(points: Iterable[AnyPoint]) -> list[AnyPoint]:
    """Points of an agenda as given, those that stand last last."""
    return sorted(points, key=lambda each: _part(each.source))


def may_rise(before: str, source: str) -> bool:
    """Whether a point may change places with the one before it, by what fills each."""
    return _part(before) == _part(source)


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    INVITED = "invited", _("Invited")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Called off")


class MinutesState(models.TextChoices):
    NONE = "none", _("Not begun")
    DRAFT = "draft", _("Being written")
    OUT = "out", _("With those who were present")
    APPROVED = "approved", _("Approved")


class Answer(models.TextChoices):
    """What somebody says to an invitation."""

    COMING = "coming", _("Will attend")
    REMOTE = "remote", _("Will attend by video")
    DEPUTY = "deputy", _("Deputy attends")
    NO = "no", _("Cannot attend")


class TookPart(models.TextChoices):
    ROOM = "room", _("Present")
    REMOTE = "remote", _("Present by video")
    DEPUTY = "deputy", _("Deputy present")
    ABSENT = "absent", _("Absent")


PRESENT = (TookPart.ROOM, TookPart.REMOTE, TookPart.DEPUTY)


class TextState(models.TextChoices):
    """Where a saved text of a section stands."""

    CURRENT = "current", _("In the minutes")
    BESIDE = "beside", _("Written at the same time")  # by somebody who had an older text before her; waits to be put together
    PAST = "past", _("Earlier text")


class AmendmentState(models.TextChoices):
    OPEN = "open", _("Waits")
    TAKEN = "taken", _("Taken in")
    LEFT = "left", _("Not taken in")


class EntryKind(models.TextChoices):
    """What stands in the year besides meetings."""

    THEME = "theme", _("Theme day")
    NATIONAL = "national", _("National meeting")
    EVENT = "event", _("Customer event")
    CAMPAIGN = "campaign", _("Campaign")
    DUE = "due", _("Something due")


class Nudge(models.TextChoices):
    """Of what of a meeting those who run the group have been reminded."""

    INVITE = "invite", _("Send the invitations")
    MINUTES = "minutes", _("Send the minutes to be approved")
