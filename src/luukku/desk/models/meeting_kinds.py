"""What a series of case meetings, its points, its listed matters and the customer's consent can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Template(models.TextChoices):
    """What a series is for; each has its own standing points (`queries.case_meetings.templates`)."""

    CASES = "cases", _("Customer case meeting")
    ACTIVATION = "activation", _("Activation meeting")
    PARTNERS = "partners", _("Partnership team")


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every other week")
    MONTHLY = "monthly", _("Every month")
    TWO_MONTHLY = "two-monthly", _("Every other month")
    QUARTERLY = "quarterly", _("Every third month")


class Nth(models.IntegerChoices):
    """Which of the weekday's days in a month."""

    FIRST = 1, _("The first")
    SECOND = 2, _("The second")
    THIRD = 3, _("The third")
    FOURTH = 4, _("The fourth")
    LAST = 5, _("The last")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")


class PointKind(models.TextChoices):
    """What a point of the agenda is about; all but the last are filled from data."""

    CASES = "cases", _("Listed matters")
    REGION = "region", _("The region now")
    CHANGES = "changes", _("Lay-offs and growth")
    CUSTOMERS = "customers", _("Customer data")
    VISITS = "visits", _("Next visits")
    GUIDANCE = "guidance", _("How customers are guided on")
    GUIDE = "guide", _("Service guide")
    FACES = "faces", _("Satisfaction")
    SITE = "site", _("Freshness of the pages")
    OTHER = "other", _("Written only")


class MemberRole(models.TextChoices):
    """What somebody is among her organisation's people in a series."""

    LEAD = "lead", _("Leads when it is their organisation's turn")
    DEPUTY = "deputy", _("Deputy")
    MEMBER = "member", _("Takes part")


class CaseMeetingState(models.TextChoices):
    PLANNED = "planned", _("Coming")
    RUNNING = "running", _("Going on")
    CLOSED = "closed", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class ItemState(models.TextChoices):
    LISTED = "listed", _("On the list")
    HANDLED = "handled", _("Discussed")
    POSTPONED = "postponed", _("Moved to the next meeting")
    REMOVED = "removed", _("Taken off the list")


class OpeningState(models.TextChoices):
    """Where the customer's consent to open her matter to a meeting stands."""

    ASKED = "asked", _("Asked")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Not given")
    WITHDRAWN = "withdrawn", _("Taken back")
    ENDED = "ended", _("Its time is over")
