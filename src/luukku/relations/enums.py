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
    CALL = "call", _("Phone call")
    WALK_IN = "walk-in", pgettext_lazy("lead", "Walk-in")
    TALK = "talk", _("Other talk with the customer")
    SURVEY = "survey", _("Survey")
    EVENT = "event", _("Event")
    REGISTER = "register", _("Change in the register")
    LAYOFF = "layoff", _("Lay-off notice")
    TENDER = "tender", _("Public tender")
    PLACING = "placing", _("An employer is looked for")  # on behalf of a job seeker, who is not named
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
    PLACED = "placed", _("They took somebody to work")
    NOT_REACHED = "not-reached", _("They could not be reached")


class FactKind(models.TextChoices):
    """What has happened to a company, from which it is guessed that it might need something."""

    REGISTERED = "registered", _("Newly founded")
    GROWTH = "growth", _("Grows fast")
    MOVED = "moved", _("Moved here")
    CLOSED = "closed", _("Ceased")
    SUCCESSION = "succession", _("Changing owners")  # as far as anybody knows: the register tells of no owner's age
    LAYOFF = "layoff", _("Lay-off notice")
    TENDER = "tender", _("Public tender")


ENTERED = (FactKind.LAYOFF, FactKind.TENDER)  # people write these down; the others the register tells
SOURCE_OF = {FactKind.LAYOFF: LeadSource.LAYOFF, FactKind.TENDER: LeadSource.TENDER}


class FactState(models.TextChoices):
    WAITS = "waits", pgettext_lazy("fact", "Waits")
    TAKEN = "taken", pgettext_lazy("fact", "Taken")
    DISMISSED = "dismissed", pgettext_lazy("fact", "Left alone")


class Dismiss(models.TextChoices):
    KNOWN = "known", _("We are in contact with the company already")
    NOT_OURS = "not-ours", _("It is not our service")
    NO_NEED = "no-need", _("There seems to be no need")
    NO_ROOM = "no-room", _("We have no room for it now")
    WRONG = "wrong", _("The fact is not right")
