from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CLOSED = "closed", _("Seen to the end")  # nothing is left to do after it
    CANCELLED = "cancelled", pgettext_lazy("visit", "Called off")


MET = (VisitState.HELD, VisitState.CLOSED)


class VisitWay(models.TextChoices):
    """Where a company is met."""

    SITE = "site", _("At the company")
    ONLINE = "online", _("On a screen")
    PHONE = "phone", _("On the phone")


class LeadState(models.TextChoices):
    NEW = "new", pgettext_lazy("lead", "Waits for an answer")
    TAKEN = "taken", pgettext_lazy("lead", "Taken")
    CASE = "case", _("Became a matter")
    DONE = "done", _("Seen to")
    DECLINED = "declined", pgettext_lazy("lead", "Declined")


OPEN_LEADS = (LeadState.NEW, LeadState.TAKEN)


class LeadSource(models.TextChoices):
    """Where somebody learnt that a company might need something."""

    VISIT = "visit", _("Company visit")
    SURVEY = "survey", _("Survey")
    EVENT = "event", _("Event")
    REGISTER = "register", _("Change in the register")
    OTHER = "other", _("Something else")


class Decline(models.TextChoices):
    NOT_OURS = "not-ours", _("It is not our service")
    NO_ROOM = "no-room", _("We have no room for it now")
    KNOWN = "known", _("We are in contact with the company already")
    NO_NEED = "no-need", _("There seems to be no need")
    OTHER = "other", _("Another reason")


class LeadResult(models.TextChoices):
    """What came of a lead that was taken and became no matter."""

    HELPED = "helped", _("They got what they needed")
    NO_NEED = "no-need", _("They need nothing now")
    LATER = "later", _("They come back to it later")
    NOT_REACHED = "not-reached", _("They could not be reached")
