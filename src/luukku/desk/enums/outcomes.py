"""What came of a matter: as its handlers write it down, and as its customer says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutcomeKind(models.TextChoices):
    ADVICE = "advice", _("Advice given")
    STARTED = "started", _("Business started")
    JOBS = "jobs", _("Jobs created or kept")
    FINANCE = "finance", _("Finance obtained")
    EXPORT = "export", _("Export begun or grown")
    INVESTMENT = "investment", _("Investment made")
    LOCATED = "located", _("Located in the region")
    OWNERSHIP = "ownership", _("Change of ownership done")
    RECRUITED = "recruited", _("Recruited")
    REFERRED = "referred", _("Referred elsewhere")
    NOTHING = "nothing", _("Nothing")


class FinanceKind(models.TextChoices):
    """Of finance obtained."""

    LOAN = "loan", _("Loan")
    GRANT = "grant", _("Grant")
    GUARANTEE = "guarantee", _("Guarantee")
    EQUITY = "equity", _("Equity")
    OTHER = "other", _("Other finance")


FIGURE_OF = {
    OutcomeKind.FINANCE: "amount", OutcomeKind.INVESTMENT: "amount", OutcomeKind.EXPORT: "amount",
    OutcomeKind.JOBS: "count", OutcomeKind.RECRUITED: "count",
}  # fmt: skip
# What says something of the company, and so what its customer is asked about: whether it is right.
CLAIMS = (
    OutcomeKind.STARTED, OutcomeKind.JOBS, OutcomeKind.FINANCE, OutcomeKind.EXPORT, OutcomeKind.INVESTMENT, OutcomeKind.LOCATED,
    OutcomeKind.OWNERSHIP, OutcomeKind.RECRUITED,
)  # fmt: skip


class ClaimWord(models.TextChoices):
    """The customer's word on what an adviser has written down as having come of her matter."""

    CONFIRMED = "confirmed", _("It is right")
    CORRECTED = "corrected", _("Not quite")
    REJECTED = "rejected", _("It is not so")


STANDING = (ClaimWord.CONFIRMED, ClaimWord.CORRECTED)


class Held(models.TextChoices):
    """What the customer says months later of the outcome that was written down."""

    AS_TOLD = "as-told", _("Yes, as it was written")
    MORE = "more", _("Yes, and more")
    LESS = "less", _("Partly")
    NOT = "not", _("No, it came to nothing")


class WithoutHelp(models.TextChoices):
    """What would have happened without the network, in the customer's own judgement."""

    SAME = "same", _("The same")
    LATER = "later", _("The same, but later")
    SMALLER = "smaller", _("Less")
    NOTHING = "nothing", _("Nothing")
    UNKNOWN = "unknown", _("I cannot say")
