"""For what a matter waits, as its customer is told it: plain words for each coded cause."""

from django.utils.translation import gettext_lazy

from luukku.desk.enums import WaitingFor

WAITING_TOLD = {
    WaitingFor.CUSTOMER: gettext_lazy("We are waiting for your answer"),
    WaitingFor.AUTHORITY: gettext_lazy("We are waiting for an authority’s answer"),
    WaitingFor.HEARING: gettext_lazy("A hearing that the law requires is under way"),
    WaitingFor.APPEAL: gettext_lazy("The time for appeal is running"),
    WaitingFor.RESOURCES: gettext_lazy("We are waiting for a free pair of hands"),
    WaitingFor.PART: gettext_lazy("One part of your matter waits for another"),
    WaitingFor.STATEMENT: gettext_lazy("We are waiting for a statement"),
    WaitingFor.OTHER: gettext_lazy("We are waiting for somebody else"),
}
