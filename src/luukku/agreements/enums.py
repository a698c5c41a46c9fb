from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(models.TextChoices):
    """What is drafted and signed: the agreement itself, or an annex by which it changes."""

    AGREEMENT = "agreement", _("Agreement")
    JOIN = "join", _("Annex: a party joins")
    LEAVE = "leave", _("Annex: a party leaves")
    EXTEND = "extend", _("Annex: the agreement goes on")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Being drafted")
    OUT = "out", _("To be signed")
    SIGNED = "signed", _("Signed")
    DROPPED = "dropped", _("Given up")


class Visibility(models.TextChoices):
    """Who reads a signed agreement besides its parties."""

    PARTIES = "parties", _("Its parties only")
    PUBLIC = "public", _("Everybody")


class CostSharing(models.TextChoices):
    NONE = "", _("Not agreed yet")
    EQUAL = "equal", _("Equal shares")
    POPULATION = "population", _("By population")
    CUSTOMERS = "customers", _("By customers")
    AGREED = "agreed", _("As agreed in the text")


class Chapter(models.TextChoices):
    """The parts of the text."""

    FRAME = "frame", _("Purpose and parties")
    ORGANISING = "organising", _("I Organising")
    RESOURCES = "resources", _("II Resources")
    FOLLOW_UP = "follow-up", _("III Follow-up")
    PROCESSES = "processes", _("IV Processes")
    BRAND = "brand", _("Common brand and communications")
    VALIDITY = "validity", _("Validity and annexes")


class StepCode(models.TextChoices):
    """How an agreement comes about, in this order."""

    KICK_OFF = "kick-off", _("Kick-off")
    TALKS = "talks", _("Assessment talks")
    NEGOTIATION = "negotiation", _("Negotiation")
    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked on the national level")
    APPROVED = "approved", _("Approved by the parties")
    SIGNED = "signed", _("Signed")
    MARK = "mark", _("Right to the common mark")


BY_PARTY = (StepCode.TALKS, StepCode.APPROVED)  # done once for each party
BY_ITSELF = (StepCode.DRAFT, StepCode.SIGNED, StepCode.MARK)  # follow from what has been done


class AttachmentKind(models.TextChoices):
    """What rests under the agreement."""

    PLAN = "plan", _("Action plan")
    MATRIX = "matrix", _("Service matrix")
    STRATEGY = "strategy", _("Business strategy of the region")
    CUSTOMER_STRATEGY = "customer-strategy", _("Customer strategy of a party")
    OTHER = "other", _("Other")


class PromiseKind(models.TextChoices):
    """What a party promises."""

    PEOPLE = "people", _("People")
    TOOLS = "tools", _("Tools")
    MONEY = "money", _("Money")
    MARK = "mark", _("Mark and communications")
    WAYS = "ways", _("Ways of working")


class PromiseState(models.TextChoices):
    OPEN = "open", _("Not looked at yet")
    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Kept in part")
    BROKEN = "broken", _("Not kept")


class Criterion(models.TextChoices):
    """What the right to the common mark asks for."""

    ORGANISED = (
        "organised",
        _("Service is organised: a municipality or development company, the employment office and the state's regional office at least"),
    )
    WHOLE = "whole", _("A whole of services is agreed: advice and development, founding advice and the state's products at least")
    COORDINATED = "coordinated", _("Somebody coordinates")
    STEERED = "steered", _("A small steering group of at most ten, led by somebody from business")
    NAMED = "named", _("Each party has named its people")
    SHARED = "shared", _("The costs are divided")
    FOLLOWED = "followed", _("The minimum set of follow-up is in place")
    ONE_VOICE = "one-voice", _("The network communicates as one, or has decided how it will")


class Judgement(models.TextChoices):
    OPEN = "", _("Not judged yet")
    MET = "met", pgettext_lazy("a criterion", "Met")
    PARTLY = "partly", _("Met in part")
    UNMET = "unmet", _("Not met")


class MarkState(models.TextChoices):
    APPLIED = "applied", _("Applied for")
    PREPARED = "prepared", _("Prepared")
    PRESENTED = "presented", _("Presented")
    GRANTED = "granted", _("Granted")
    CONDITIONAL = "conditional", _("Granted with conditions")
    RETURNED = "returned", _("Returned")


MARK_STEPS = {  # who acts next, by what a rule calls it
    MarkState.APPLIED: "prepares", MarkState.PREPARED: "presents", MarkState.PRESENTED: "decides", MarkState.CONDITIONAL: "decides",
}  # fmt: skip
HELD = (MarkState.GRANTED, MarkState.CONDITIONAL)
DECIDED = (*HELD, MarkState.RETURNED)


class UseKind(models.TextChoices):
    """Where the mark is shown."""

    PREMISES = "premises", _("Signs and premises")
    FORMS = "forms", _("Forms and letters")
    WEB = "web", _("Web pages")
    ADVERTS = "adverts", _("Adverts")
    FAIRS = "fairs", _("Fairs and events")


class Stage(models.TextChoices):
    """Where a region stands with its agreement, as area and nation see it."""

    NONE = "none", _("No agreement")
    DRAFTING = "drafting", _("Being drafted")
    SIGNING = "signing", _("Being signed")
    COMING = "coming", _("Signed, begins later")
    IN_FORCE = "in-force", _("In force")
    ENDED = "ended", _("Has ended")
