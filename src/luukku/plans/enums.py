from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    COMMENTS = "comments", _("Out for comments")
    FOLLOWED = "followed", _("Approved and followed")
    CLOSED = "closed", _("Over and closed")


OPEN = (PlanState.DRAFT, PlanState.COMMENTS)  # may still be written
STANDING = (PlanState.FOLLOWED, PlanState.CLOSED)  # have been approved


class MeasureState(models.TextChoices):
    PLANNED = "planned", _("Not begun")
    GOING = "going", _("Under way")
    DONE = "done", _("Done")
    NOT_DONE = "not-done", _("Not done")
    DROPPED = "dropped", _("Given up")


ENDED = (MeasureState.DONE, MeasureState.NOT_DONE, MeasureState.DROPPED)


class Light(models.TextChoices):
    """How a measure goes, as facts and dates say, or as somebody has said with a reason."""

    LATE = "late", _("Is late")  # by its day, as tasks are, or as somebody says
    SILENT = "silent", _("Without news")  # nobody has said anything of it for too long: it may go well or badly
    BEHIND = "behind", _("Behind")
    GOOD = "good", _("On course")
    WAITING = "waiting", _("Not begun yet")
    DONE = "done", _("Done")
    MISSED = "missed", _("Not done")
    DROPPED = "dropped", _("Given up")


SAYABLE = (Light.LATE, Light.BEHIND, Light.GOOD)
BAD = (Light.LATE, Light.SILENT, Light.BEHIND)  # what is told first, the worst first


class IndicatorKind(models.TextChoices):
    DONE = "done", _("Done or not done")
    NUMBER = "number", _("A number")
    SHARE = "share", _("Per cent")


class NoteKind(models.TextChoices):
    COMMENT = "comment", _("Comment")
    PROGRESS = "progress", _("How it goes")
    LIGHT = "light", _("Judged otherwise")
    OUTCOME = "outcome", _("Outcome")


class SnapshotKind(models.TextChoices):
    APPROVED = "approved", _("As approved")
    REPORTED = "reported", _("As reported")
    CLOSED = "closed", _("As closed")


class ShareRule(models.TextChoices):
    EQUAL = "equal", _("Equally")
    POPULATION = "population", _("By population")
    CUSTOMERS = "customers", _("By customers")
    AGREED = "agreed", _("As agreed")


class Column(models.TextChoices):
    """What else a row of some kinds of plans says."""

    TARGET_GROUP = "target_group", _("Target group")
    MESSAGE = "message", _("Message")
    CHANNEL = "channel", _("Channel")
    EVENT = "event", _("Event")
    COST = "cost", _("Cost")
    MARK = "mark", _("Where the common mark is shown")


class IdeaFrom(models.TextChoices):
    STAFF = "staff", _("From those who work here")
    CUSTOMER = "customer", _("From a customer")
    TRAINING = "training", _("From a training")


class IdeaState(models.TextChoices):
    NEW = "new", _("New")
    SORTED = "sorted", _("Looked at")
    TAKEN = "taken", _("To be taken up")
    LEFT = "left", _("Not taken up")


class ProposalState(models.TextChoices):
    SENT = "sent", _("Waits for an answer")
    ACCEPTED = "accepted", _("Agreed to")
    PARTLY = "partly", _("Agreed to in part")
    REFUSED = "refused", _("Refused")
