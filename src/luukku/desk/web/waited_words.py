"""How long a part has waited, in plain words for both sides."""

from datetime import datetime

from django.utils.translation import gettext_lazy, ngettext

from luukku.desk.enums import WaitingFor
from luukku.desk.models import Leg
from luukku.desk.queries.waited import Waited, waited

WAITED_FOR = {
    WaitingFor.CUSTOMER: gettext_lazy("for the customer’s answer"),
    WaitingFor.AUTHORITY: gettext_lazy("for an authority"),
    WaitingFor.HEARING: gettext_lazy("for a hearing that the law requires"),
    WaitingFor.APPEAL: gettext_lazy("for the appeal period"),
    WaitingFor.RESOURCES: gettext_lazy("for a free pair of hands"),
    WaitingFor.PART: gettext_lazy("for another part of the matter"),
    WaitingFor.STATEMENT: gettext_lazy("for a statement"),
    WaitingFor.OTHER: gettext_lazy("for somebody else"),
}


def waited_words(leg: Leg, now: datetime) -> list[str]:
    """`4 working days for an authority`, the longest first."""
    return [_words(each) for each in waited(leg, now)]


def _words(each: Waited) -> str:
    words = ngettext("%(n)s working day %(cause)s", "%(n)s working days %(cause)s", each.days)
    return words % {"n": each.days, "cause": WAITED_FOR[WaitingFor(each.cause)]}
