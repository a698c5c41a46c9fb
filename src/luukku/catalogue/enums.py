from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.TextChoices):
    """The one list of kinds of customers: whom a service is for, what a matter's customer is, and what rules make of a company's facts."""

    FOUNDER = "founder", _("Founders and inventors")
    LOCAL_SMALL = "local-small", _("Locally operating small companies")
    DOMESTIC_SME = "domestic-sme", _("Companies on the domestic market")
    GROWTH = "growth-international", _("Companies seeking growth abroad")
    GROWTH_TRACK = "growth-track", _("Growth track")
    FAST_GROWTH = "fast-growth", _("Fast growth")
    LARGE = "large", _("Large companies")
    LARGE_FAST_GROWING = "large-fast-growing", _("Fast-growing small large companies")
    FOREIGN_INVESTOR = "foreign-investor", _("Foreign investors")
    FOCUS = "focus", _("National focus list")

    @property
    def shelf(self) -> "Segment":
        """The broad segment within which it lies; itself when it is one."""
        return _WITHIN.get(self, self)

    @classmethod
    def shelves(cls) -> list["Segment"]:
        """The broad ones, by which services are looked for."""
        return [each for each in cls if each not in _WITHIN]

    @classmethod
    def on_shelf(cls, code: str) -> list[str]:
        """A segment and those that lie within it; none for an unknown code."""
        return [each.value for each in cls if code in (each.value, each.shelf.value)]


_WITHIN = {
    Segment.GROWTH_TRACK: Segment.GROWTH, Segment.FAST_GROWTH: Segment.GROWTH,
    Segment.LARGE_FAST_GROWING: Segment.LARGE, Segment.FOREIGN_INVESTOR: Segment.LARGE, Segment.FOCUS: Segment.LARGE,
}  # fmt: skip


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


class Industry(models.TextChoices):
    """Of which industries a service is; without any, of all. The letters are sections of the classification of industries, some together."""

    PRIMARY = "a", _("Farming, forestry, fishing")
    MANUFACTURING = "c", _("Manufacturing")
    ENERGY = "de", _("Energy, water, waste")
    CONSTRUCTION = "f", _("Construction")
    TRADE = "g", _("Trade")
    TRANSPORT = "h", _("Transport and storage")
    HOSPITALITY = "i", _("Hotels, restaurants, tourism")
    DIGITAL = "j", _("Information and communication")
    EXPERT = "klmn", _("Finance, property, expert and support services")
    CARE = "pq", _("Education, health, social services")
    CULTURE = "rs", _("Culture, sports, personal services")


class ServiceChannel(models.TextChoices):
    E_SERVICE = "e-service", _("E-service")
    PHONE = "phone", _("Phone")
    E_MAIL = "e-mail", _("E-mail")
    VISIT = "visit", _("Visit")
    APPOINTMENT = "appointment", _("Appointment")
    VIDEO = "video", _("Video")


ON_THE_NET = (ServiceChannel.E_SERVICE, ServiceChannel.APPOINTMENT, ServiceChannel.VIDEO)  # whose place is an address on the net
