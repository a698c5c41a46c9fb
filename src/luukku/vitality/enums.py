"""Stages of prospects, what plots are, why a company came or did not."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    NEW = "new", pgettext_lazy("prospect", "Noticed")
    CONTACTED = "contacted", pgettext_lazy("prospect", "Contacted")
    INTERESTED = "interested", pgettext_lazy("prospect", "Interested")
    OFFERED = "offered", pgettext_lazy("prospect", "Offered a place")
    DEAL = "deal", pgettext_lazy("prospect", "Negotiating")
    WON = "won", pgettext_lazy("prospect", "Located here")
    LOST = "lost", pgettext_lazy("prospect", "Did not come")


OPEN_STAGES = (Stage.NEW, Stage.CONTACTED, Stage.INTERESTED, Stage.OFFERED, Stage.DEAL)
# What a seller reckons with until she says otherwise, in per cent.
LIKELY = {Stage.NEW: 5, Stage.CONTACTED: 10, Stage.INTERESTED: 25, Stage.OFFERED: 50, Stage.DEAL: 75}
TONES = {
    Stage.NEW: "grey", Stage.CONTACTED: "yellow", Stage.INTERESTED: "yellow", Stage.OFFERED: "blue", Stage.DEAL: "blue", Stage.WON: "green",
    Stage.LOST: "grey",
}  # fmt: skip


class Wish(models.TextChoices):
    """What a prospect looks for."""

    PLOT = "plot", pgettext_lazy("prospect", "A plot")
    PREMISES = "premises", pgettext_lazy("prospect", "Premises")
    EITHER = "either", _("A plot or premises")
    NEITHER = "neither", _("Neither, or not known yet")


class Reason(models.TextChoices):
    """Why a company came, or did not."""

    PLACE = "place", _("The plot or the premises")
    PEOPLE = "people", _("Skilled people")
    PRICE = "price", _("Price")
    LOGISTICS = "logistics", _("Roads, rail and harbours")
    ENERGY = "energy", _("Energy and networks")
    FINANCE = "finance", _("Finance and support")
    OTHERS = "others", _("Other companies near by")
    PERMITS = "permits", _("Permits and zoning")
    SPEED = "speed", _("How fast it goes")
    SERVICE = "service", _("How they were served")
    DROPPED = "dropped", _("The investment was called off")
    OTHER = "other", _("Another reason")


class SiteKind(models.TextChoices):
    PLOT = "plot", pgettext_lazy("site", "Plot")
    PREMISES = "premises", pgettext_lazy("site", "Premises")


class OfferState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("site", "Offered")
    RESERVED = "reserved", pgettext_lazy("site", "Reserved")
    HANDED = "handed", pgettext_lazy("site", "Handed over")
    RELEASED = "released", pgettext_lazy("site", "Let go")


HOLDS = (OfferState.RESERVED, OfferState.HANDED)


class SituationKind(models.TextChoices):
    LAYOFF = "layoff", _("Big lay-off")
    CLOSURE = "closure", _("A plant or an office is closed")
    CHANGE = "change", _("Sudden change of an industry")
    OTHER = "other", _("Another sudden change")


class CountKind(models.TextChoices):
    """What is counted of people in a situation: numbers only, as somebody has told them on a day."""

    NOTICE = "notice", _("Given notice")
    WORK = "work", _("Found work")
    STUDY = "study", _("Began to study")
    FOUNDER = "founder", _("Founded a company")
    SEEKING = "seeking", _("Seek work")
