from django.db import models
from django.utils.translation import gettext_lazy as _

from luukku.desk.enums.outcomes import CLAIMS as CLAIMS
from luukku.desk.enums.outcomes import FIGURE_OF as FIGURE_OF
from luukku.desk.enums.outcomes import STANDING as STANDING
from luukku.desk.enums.outcomes import ClaimWord as ClaimWord
from luukku.desk.enums.outcomes import FinanceKind as FinanceKind
from luukku.desk.enums.outcomes import Held as Held
from luukku.desk.enums.outcomes import OutcomeKind as OutcomeKind
from luukku.desk.enums.outcomes import WithoutHelp as WithoutHelp


class CaseState(models.TextChoices):
    NEW = "new", _("New")
    TAKEN_UP = "taken-up", _("Taken up")
    IN_PROGRESS = "in-progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    SETTLED = "settled", _("Settled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_FOR_US = "not-for-us", _("Not for us")
    HANDED_OVER = "handed-over", _("Handed over with care")  # of a leg only: another desk has it, and has contacted the customer
    JOINED = "joined", _("Joined to another matter")  # of a leg: another part of the same desk has it


OPEN_STATES = (CaseState.NEW, CaseState.TAKEN_UP, CaseState.IN_PROGRESS, CaseState.WAITING)
ENDED_STATES = (CaseState.SETTLED, CaseState.WITHDRAWN, CaseState.NOT_FOR_US, CaseState.HANDED_OVER, CaseState.JOINED)


class Channel(models.TextChoices):
    WEB = "web", _("Form")
    PHONE = "phone", _("Phone")
    WALK_IN = "walk-in", _("Walk-in")
    EMAIL = "email", _("E-mail")
    APPOINTMENT = "appointment", _("Appointment")
    VIDEO = "video", _("Video")
    MISSED_CALL = "missed-call", _("Missed call")
    SOCIAL = "social", _("Social media")
    SURVEY = "survey", _("Survey")
    PARTNER = "partner", _("Partner's system")


class WaitingFor(models.TextChoices):
    """Only the customer pauses the kept-informed clock; the others are told to her as they are."""

    CUSTOMER = "customer", _("Customer")
    AUTHORITY = "authority", _("Authority")
    HEARING = "hearing", _("Statutory hearing")
    APPEAL = "appeal", _("Appeal period")
    RESOURCES = "resources", _("Resources")
    PART = "part", _("Another part of the matter")
    STATEMENT = "statement", _("Statement")
    OTHER = "other", _("Other")


class ClockKind(models.TextChoices):
    """The promise's three clocks (see the region's days)."""

    TAKEN_UP = "taken-up", _("Taken up")
    INFORMED = "informed", _("Kept informed")
    GUIDED = "guided", _("Guided, not sent away")
    STATEMENT = "statement", _("Statement")  # no promise of the network: the day by which an opinion was asked for


PROMISES = (ClockKind.TAKEN_UP, ClockKind.INFORMED, ClockKind.GUIDED)

TO_DO = {
    ClockKind.TAKEN_UP: _("Take it up"),
    ClockKind.INFORMED: _("Tell how it stands"),
    ClockKind.GUIDED: _("See that the customer is contacted"),
    ClockKind.STATEMENT: _("See that the statement comes"),
}


class ClockEnd(models.TextChoices):
    MET = "met", _("Met")
    STOPPED = "stopped", _("Stopped")  # the matter ended or was withdrawn before the clock ran out
    REARMED = "rearmed", _("Started again")  # "nobody has contacted me", or she has written and is to be answered
    JOINED = "joined", _("Joined")  # another clock promises the same: this one counts in no figure


class WarningStep(models.TextChoices):
    """Who is warned of a clock, one after another."""

    HANDLER = "handler", _("Handler")
    LEAD = "lead", _("Desk lead")
    COORDINATOR = "coordinator", _("Coordinator")


class Direction(models.TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")


class Face(models.IntegerChoices):
    """The one-tap feedback's four faces."""

    ANGRY = 1, _("Poor")
    UNHAPPY = 2, _("Rather poor")
    CONTENT = 3, _("Good")
    HAPPY = 4, _("Very good")


class MeetingPlace(models.TextChoices):
    """Where a booked meeting is held."""

    PREMISES = "premises", _("At our office")
    VISITING = "visiting", _("Visiting desk")  # an adviser comes to another municipality
    REMOTE_POINT = "remote-point", _("Remote service point")  # the customer comes there, the adviser is on a screen
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("Video meeting")


class AppointmentState(models.TextChoices):
    BOOKED = "booked", _("Booked")
    KEPT = "kept", _("Held")
    NO_SHOW = "no-show", _("Customer did not come")
    CANCELLED = "cancelled", _("Cancelled")


class Canceller(models.TextChoices):
    CUSTOMER = "customer", _("By the customer")
    US = "us", _("By us")


LOW_FACES = (Face.ANGRY, Face.UNHAPPY)  # these are followed up


class HandoverState(models.TextChoices):
    """Where a handover stands. Until it has ended the passer answers for the customer."""

    PROPOSED = "proposed", _("Waits for the customer's word")
    SENT = "sent", _("Waits for acceptance")
    ASKED = "asked", _("Asked back")
    ACCEPTED = "accepted", _("Accepted")
    DONE = "done", _("Accepted, and the customer contacted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PENDING_HANDOVER = (HandoverState.PROPOSED, HandoverState.SENT, HandoverState.ASKED)
OPEN_HANDOVER = (*PENDING_HANDOVER, HandoverState.ACCEPTED)
WITH_RECEIVER = (HandoverState.SENT, HandoverState.ASKED)


class PartKind(models.TextChoices):
    """What a package holds. The first two always go along: without them nobody could contact her or know what it is about."""

    CONTACT = "contact", _("Name and contact details")
    SUBJECT = "subject", _("The matter in a line")
    OWN_WORDS = "own-words", _("What the customer wrote first")
    DONE = "done", _("What has been done")
    NEEDED = "needed", _("By when it is needed")
    MESSAGE = "message", _("Messages so far")
    FILE = "file", _("Files")


ALWAYS_PASSED = (PartKind.CONTACT, PartKind.SUBJECT)


class TurnKind(models.TextChoices):
    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Mails to the customer herself: an answer to one of these is hers, and one that does not get through means that she was not reached.
CUSTOMER_MAILS = ("statements.news", *(
    f"desk.{name}"
    for name in (
        "receipt", "taken_up", "message", "waiting", "still_needed", "still_waiting", "settled", "outcome_asked", "session_asked", "mark_answered",
        "reopened", "link", "files_refused", "handover_news", "shepherd", "appointment_booked", "appointment_moved", "appointment_cancelled",
        "appointment_reminder", "meeting_consent", "meeting_written", "meeting_discussed", "joined", "parted", "split", "reformed", "claims_open",
    )
))  # fmt: skip


# The mail that brings an organisation outside its link: who hands over must know when it does not get there.
OUTSIDE_MAIL = "desk.handover_outside"
MAILED_ANYWAY = ("desk.link",)  # she has just asked for it
NOT_CALLED = ("receipt", "session_asked")  # who takes it up calls her; one tap is asked for in writing only


class SpanKind(models.TextChoices):
    """What is measured from beginning to end, in calendar days."""

    TAKEN_UP = "taken-up", _("Taken up")
    LEG = "leg", _("One organisation's part")
    CASE = "case", _("The whole matter")
    CONTACT = "contact", _("Handover to contact")


class BookState(models.TextChoices):
    """Of a version of the routing rules."""

    DRAFT = "draft", _("Draft")
    USED = "used", _("In use")
    PAST = "past", _("Past")


class Whom(models.TextChoices):
    """To whom a routing rule gives a matter at the desk; empty: to nobody yet."""

    PERSON = "person", _("A named person")
    ROTA = "rota", _("Whoever's turn it is")
    LEAST = "least", _("Whoever has the fewest open matters")


class RotaPeriod(models.TextChoices):
    DAY = "day", _("A day")
    WEEK = "week", _("A week")


class WalkInWay(models.TextChoices):
    """How a host guided somebody who walked in."""

    WALK = "walk", _("Walk over with the customer now")
    BOOK = "book", _("Book a time")
    PASS = "pass", _("Hand over: the receiver contacts the customer")
    DONE = "done", _("Advised on the spot")
    MINE = "mine", _("I handle it myself")


class GuideWay(models.TextChoices):
    """How a service card was given to somebody who walked in."""

    PAPER = "paper", _("On paper")
    LINK = "link", _("As a link on the customer's own page")


WEEKS_OF_MONTH = ((1, _("first")), (2, _("second")), (3, _("third")), (4, _("fourth")), (5, _("the last")))  # of a weekday in its month


class HelpHow(models.TextChoices):
    """Who used the e-service."""

    WITH = "with", _("Together with the customer")
    FOR = "for", _("For the customer")


class HelpWent(models.TextChoices):
    """How it went with the e-service."""

    WELL = "well", _("It went well")
    UNCLEAR = "unclear", _("It was unclear")
    BROKEN = "broken", _("It did not work")


class ReportState(models.TextChoices):
    """Where a report to an e-service's owner stands."""

    NEW = "new", _("New")
    SEEN = "seen", _("Seen")
    MENDED = "mended", _("Mended")
