"""Common situations in the customer's own voice, each with the group of services that answers it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Situation:
    """A heading, what it leads to, and the need it stands for when it is pressed."""

    title: str | Promise
    text: str | Promise
    group: str

    @property
    def need(self) -> str:
        return f"{self.title}. {self.text}"


SITUATIONS = (
    Situation(_("I am starting a business"), _("Assessing the idea, start-up grant, registration"), "starting"),
    Situation(_("I need finance"), _("Grants, loans, guarantees and calculations"), "finance"),
    Situation(_("I am hiring"), _("Finding people, wage subsidy, training"), "personnel"),
    Situation(_("I buy, sell or hand over a business"), _("Valuation, finding a buyer or a successor"), "ownership-change"),
    Situation(_("I am looking for premises or a plot"), _("Free premises and plots in the region"), "locating"),
    Situation(_("I need a permit"), _("Events, building, food, use of streets"), "permits"),
    Situation(_("I want to sell abroad"), _("Markets, partners, grants for export"), "international"),
    Situation(_("The money does not suffice"), _("Confidential help as soon as you worry"), "closing"),
)
EXAMPLES = (_("I want to sell food at the market"), _("I am hiring my first employee"), _("we need a successor for the company"))
