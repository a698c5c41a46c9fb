from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConsentWay(models.TextChoices):
    """How the customer agreed."""

    PAGE = "page", _("On her own page")
    PHONE = "phone", _("On the phone")
    IN_PERSON = "in-person", _("Face to face")
    WRITTEN = "written", _("In writing")


class ContactWay(models.TextChoices):
    """By what a customer wants to be reached; no other way exists here."""

    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")


class Mandate(models.TextChoices):
    """What a customer lets her shepherd do; each is agreed by itself."""

    SEE = "see", _("See her matters")
    ACT = "act", _("Write on her behalf")
    CHASE = "chase", _("Chase late matters on her behalf")


class ShepherdEnd(models.TextChoices):
    """Why a shepherd keeps a customer no more."""

    CUSTOMER = "customer", _("The customer ended it")
    US = "us", _("Ended by us")
    CHANGED = "changed", _("Another took over")
    CONTRACT = "contract", _("The contract ended")


class PriceFor(models.TextChoices):
    WHOLE = "whole", _("For the whole")
    HOUR = "hour", _("An hour")


class Export(models.TextChoices):
    """What a company does or intends abroad. Considering alone leaves it on the domestic market."""

    NONE = "none", pgettext_lazy("export", "None")
    CONSIDERING = "considering", _("Considered")
    SEEKING = "seeking", _("Sought")
    SIGNIFICANT = "significant", _("Significant")


class Mark(models.TextChoices):
    """What a person has found out of a company that no figure tells; named as the segment that it leads to."""

    FOCUS = "focus", _("National focus list")
    GROWTH_TRACK = "growth-track", _("Growth track")
    FAST_GROWTH = "fast-growth", _("Fast growth")
    LARGE_FAST_GROWING = "large-fast-growing", _("Fast-growing small large companies")
