from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luukku.core.mail.texts import texts_are_on


class ConsentWay(models.TextChoices):
    """How the customer agreed."""

    PAGE = "page", _("On the customer's own page")
    PHONE = "phone", _("On the phone")
    IN_PERSON = "in-person", _("Face to face")
    WRITTEN = "written", _("In writing")


class ContactWay(models.TextChoices):
    """By what a customer wants to be reached; no other way exists here."""

    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")
    TEXT = "text", _("By text message")  # offered only where the installation sends them

    @classmethod
    def offered(cls) -> list[tuple[str, str]]:
        """What one may choose here, now."""
        return [(way.value, str(way.label)) for way in cls if way is not cls.TEXT or texts_are_on()]


class Mandate(models.TextChoices):
    """What a customer lets her shepherd do; each is agreed by itself."""

    SEE = "see", _("See the customer's matters")
    ACT = "act", _("Write for the customer")
    CHASE = "chase", _("Chase late matters for the customer")


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


class CompanyStatus(models.TextChoices):
    """How a company stands in the public register."""

    ACTIVE = "active", _("Active")
    RESTRUCTURING = "restructuring", _("In company restructuring")
    LIQUIDATION = "liquidation", _("In liquidation")
    BANKRUPT = "bankrupt", _("Bankrupt")
    CEASED = "ceased", _("Ceased")


class IndustrySystem(models.TextChoices):
    """By which classification an industry's code is meant: the same digits mean another thing in another."""

    TOL1995 = "tol1995", _("TOL 1995")
    TOL2002 = "tol2002", _("TOL 2002")
    TOL2008 = "tol2008", _("TOL 2008")
    TOL2025 = "tol2025", _("TOL 2025")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Name")
    PARALLEL = "parallel", _("Name in another language")
    AUXILIARY = "auxiliary", _("Auxiliary name")
    FORMER = "former", _("Former name")


class Growth(models.TextChoices):
    """Where a company is heading, by its own word."""

    DECLINING = "declining", _("Getting smaller")
    STEADY = "steady", _("Stays as it is")
    GROWING = "growing", _("Grows")
    FAST = "fast", _("Grows fast")


class LifeStage(models.TextChoices):
    STARTING = "starting", pgettext_lazy("stage of a company", "Starting")
    ESTABLISHED = "established", _("Established")
    GROWING = "growing", pgettext_lazy("stage of a company", "Growing")
    RENEWING = "renewing", _("Renewing itself")
    SUCCESSION = "succession", _("Changing owners")
    CLOSING = "closing", _("Closing down")


class FactSource(models.TextChoices):
    """On what an organisation's own edit of a company's fact stands."""

    COMPANY = "company", _("The company told")
    ACCOUNTS = "accounts", _("Published accounts")
    WEBSITE = "website", _("The company’s website")
    OTHER = "other", _("Another public source")


class FactField(models.TextChoices):
    """Facts of a company that organisations may edit; the register's own value is kept beside."""

    MUNICIPALITY = "municipality", _("Municipality")
    VISITING_ADDRESS = "visiting_address", _("Visiting address")
    POSTAL_ADDRESS = "postal_address", _("Postal address")
    INDUSTRY = "industry", _("Industry")
    INDUSTRY_SYSTEM = "industry_system", _("Classification of the industry")
    WEBSITE = "website", _("Website")
    PARENT = "parent", _("Parent company")
    PERSONS = "persons", _("Persons")
    TURNOVER = "turnover", _("Turnover, euros")
    BALANCE = "balance", _("Balance sheet, euros")
    FIGURES_YEAR = "figures_year", _("Year of the figures")
    IS_FOREIGN_OWNED = "is_foreign_owned", _("Foreign-owned")
    EXPORT = "export", _("Sales abroad")
    GROWTH = "growth", _("Growth")
    STAGE = "stage", _("Stage of life")
    TAGS = "tags", _("Tags")


class ImportState(models.TextChoices):
    READING = "reading", _("Being read")
    CHECKED = "checked", _("Looked through")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", pgettext_lazy("an import", "Taken back")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Dropped")


class RowProblem(models.TextChoices):
    """Why a row of the register's file cannot be taken in."""

    NOT_JSON = "not-json", _("it is not JSON")
    CUT_OFF = "cut-off", _("the file breaks off here, or the rest of it is not JSON and cannot be read")
    NO_ID = "no-id", _("it has no business ID")
    WRONG_ID = "wrong-id", _("the business ID is wrong: its form, or its last digit")
    TWICE = "twice", _("the business ID stands in the file already, on an earlier line")
    NO_NAME = "no-name", _("it has no name")
    NOT_THE_FORM = "form", _("it is not in the register’s form")
    NO_DAY = "day", _("it holds a day that does not exist")
    TOO_LONG = "too-long", _("a text in it is too long")
    LETTERS = "letters", _("it holds letters that are no text")


class ConsentKind(models.TextChoices):
    """Two switches that never stand for each other."""

    PASSING = "passing", _("Passing on, so that others can serve the customer too")
    STATISTICS = "statistics", _("Use in figures that name nobody")


class ConsentScope(models.TextChoices):
    """To whom she lets her data be passed on."""

    NETWORK = "network", _("The region's whole network")
    NAMED = "named", _("Organisations that the customer names")
    MATTER = "matter", _("This matter only, the region's network")


class GivenBy(models.TextChoices):
    """How a consent came, and how it was taken back."""

    LINK = "link", _("On the customer's page, by a link")
    PAGE = "page", _("On the customer's page, signed in")
    FORM = "form", _("On a form")
    PHONE = "phone", _("On the phone")
    PAPER = "paper", _("On paper")
    IN_PERSON = "in-person", _("Face to face")


class Purpose(models.TextChoices):
    """For what an organisation reads data of customers whom it does not handle."""

    SERVICE = "service", _("Serving the customer")
    PLANNING = "planning", _("Planning whom to visit and contact")


class FieldGroup(models.TextChoices):
    """Data of one legal ground; each lies in a table of its own, so that a row's readers are enough."""

    RELATION = "relation", _("That a company is a customer")
    CONTACT = "contact", _("Name and contact data")
    SUMMARY = "summary", _("What the matters are about and how they stand")
    OUTCOMES = "outcomes", _("What came of the matters")


class Ground(models.TextChoices):
    """Why an organisation of a type may read a group of data, or that it may not."""

    LAW = "law", _("By law")
    CONSENT = "consent", _("By the customer's consent")
    NEVER = "never", _("Never")


class LookedAt(models.TextChoices):
    """What of a customer somebody opened."""

    MATTER = "matter", _("Your matter and contact data")
    PASSED = "passed", _("What was passed on about you")
    KNOWN = "known", _("Whether the network knows you")


class Known(models.TextChoices):
    """What whoever asks may learn of others knowing a customer."""

    YES = "yes", _("Another organisation of the network knows this customer")
    NO = "no", _("Nobody else of the network is known to know this customer")
    HIDDEN = "hidden", _("It may not be told whether others know this customer")
    MOST = "most", _("You have asked very often today, so it is not told before tomorrow")


class InquiryAnswer(models.TextChoices):
    """What an organisation that knows a customer says to another that asks."""

    YES = "yes", _("The customer agrees: share what they let be passed on")
    NO = "no", _("No: nothing is told")
