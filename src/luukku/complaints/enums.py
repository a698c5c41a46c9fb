from django.db import models
from django.utils.translation import gettext_lazy as _


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked-at", _("Being looked at")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


OPEN = (ComplaintState.RECEIVED, ComplaintState.LOOKED_AT)  # the answer's clock runs


class About(models.TextChoices):
    """What somebody complains about."""

    MATTER = "matter", _("How a matter was handled")
    SERVICE = "service", _("A service")
    DOOR = "door", _("The door: pages, phone, opening hours")


class Cause(models.TextChoices):
    """The causes that come with the product. A region hides, renames and adds its own."""

    DELAY = "delay", _("It took too long")
    NOT_CONTACTED = "not-contacted", _("Nobody contacted me")
    WRONG_GUIDANCE = "wrong-guidance", _("Wrong or missing advice")
    MANNER = "manner", _("How I was treated")
    DECISION = "decision", _("What was decided")
    ACCESSIBILITY = "accessibility", _("I could not use a page or come to a place")
    DATA_PROTECTION = "data-protection", _("How my data were handled")
    OTHER = "other", _("Something else")


class Came(models.TextChoices):
    """How a complaint came."""

    FORM = "form", _("Public form")
    STATUS = "status", _("Status page")
    LOGGED = "logged", _("Logged by staff")


class TurnKind(models.TextChoices):
    WORDS = "words", _("The one who complains")
    ANSWER = "answer", _("The answer")
    NOTE = "note", _("Internal note")  # the owner's and the leads' own
    SHARED = "shared", _("Shared with the handler")
    REPLY = "reply", _("The handler's word")


class Step(models.TextChoices):
    OWNER = "owner", _("Owner")
    LEAD = "lead", _("Desk lead")
    COORDINATOR = "coordinator", _("Coordinator")
