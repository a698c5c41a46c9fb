from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What kind of answer a question asks for."""

    SCALE = "scale", _("Scale")
    CHOICE = "choice", _("One of several")
    MANY = "many", _("Any of several")
    NUMBER = "number", _("Number")
    TEXT = "text", _("Own words")
    MATRIX = "matrix", _("Several things on one scale")
    RANKING = "ranking", _("Order of importance")


CODED = (Kind.SCALE, Kind.CHOICE, Kind.MANY)  # whose answers can decide whether another question is shown
LISTED = (Kind.CHOICE, Kind.MANY, Kind.RANKING)  # that have options
SCALED = (Kind.SCALE, Kind.MATRIX)


class SurveyState(models.TextChoices):
    DRAFT = "draft", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class ResponseState(models.TextChoices):
    """How far somebody has come whose name is known."""

    DRAFT = "draft", _("Saved for later")  # does not count
    PART = "part", _("First question answered")  # counts
    SENT = "sent", _("Sent")


class Way(models.TextChoices):
    """How an answer came."""

    WEB = "web", _("By link")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By phone")
