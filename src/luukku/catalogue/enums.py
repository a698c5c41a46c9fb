from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.TextChoices):
    """For whom a service is; segments of customers themselves are data of a network, these are the guide's shelves."""

    FOUNDER = "founder", _("Founders and inventors")
    LOCAL_SMALL = "local-small", _("Locally operating small companies")
    DOMESTIC_SME = "domestic-sme", _("Companies on the domestic market")
    GROWTH = "growth-international", _("Companies seeking growth abroad")
    LARGE = "large", _("Large companies")


class Price(models.TextChoices):
    FREE = "free", _("Free of charge")
    PAID = "paid", _("Has a price")
    PARTLY = "partly", _("Partly free")


class WordKind(models.TextChoices):
    KEYWORD = "keyword", _("Keyword")
    PHRASE = "phrase", _("Everyday phrase")


class Validity(models.TextChoices):
    NATIONAL = "national", _("Whole country")
    AREA = "area", _("Area")
    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Municipality")


class Stage(models.TextChoices):
    """Where a business is in its life."""

    IDEA = "idea", _("Idea")
    STARTING = "starting", _("Starting")
    OPERATING = "operating", _("Running")
    GROWING = "growing", _("Growing")
    CHANGING = "changing", _("Changing")
    CLOSING = "closing", _("Closing")


class ServiceChannel(models.TextChoices):
    E_SERVICE = "e-service", _("E-service")
    PHONE = "phone", _("Phone")
    E_MAIL = "e-mail", _("E-mail")
    VISIT = "visit", _("Visit")
    APPOINTMENT = "appointment", _("Appointment")
    VIDEO = "video", _("Video")
