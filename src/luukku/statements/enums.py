from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementState(models.TextChoices):
    """Where a statement stands: from the asking to what was given."""

    PROPOSED = "proposed", _("Waits for the customer's word")
    SENT = "sent", _("Asked for")
    ACCEPTED = "accepted", _("Being written")
    GIVEN = "given", _("Given")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


AWAITED = (StatementState.SENT, StatementState.ACCEPTED)
OPEN = (StatementState.PROPOSED, *AWAITED)
CLOSED = (StatementState.DECLINED, StatementState.WITHDRAWN)


class Stance(models.TextChoices):
    """What the one who gives a statement thinks of the plan."""

    FOR = "for", _("For")
    CONDITIONS = "conditions", _("For, with conditions")
    AGAINST = "against", _("Against")


class FieldKind(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("A number")
    YES_NO = "yes-no", _("Yes or no")
    CHOICE = "choice", _("Choice")


class Filler(models.TextChoices):
    """Who answers a question of a form."""

    CUSTOMER = "customer", _("The customer, for all")
    GIVER = "giver", _("Whoever gives the statement")


class WarnedOf(models.TextChoices):
    """What a giver has been reminded of."""

    SOON = "soon", _("Due soon")
    LATE = "late", _("Late")
