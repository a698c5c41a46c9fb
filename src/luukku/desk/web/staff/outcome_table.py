"""What came of a region's matters, on the page of figures and as a table."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.months import ended_months
from luukku.core.ui.forms import actor_of, chosen, staff_only
from luukku.core.ui.tables import table_file
from luukku.desk.enums import FIGURE_OF, FinanceKind, OutcomeKind
from luukku.desk.models import Outcome
from luukku.desk.queries.outcome_figures import Amounts, OutcomeFigure, outcome_figures
from luukku.desk.queries.outcome_words import figure_words
from luukku.desk.web.staff.figure_parts import MONTHS
from luukku.network.access.figures import figure_regions
from luukku.network.models import Region


@dataclass(frozen=True)
class OutcomeRow:
    figure: OutcomeFigure

    @property
    def what(self) -> str:
        words = str(OutcomeKind(self.figure.kind).label)
        return f"{words}, {str(FinanceKind(self.figure.finance).label).lower()}" if self.figure.finance else words

    @property
    def euros(self) -> int | None:
        return self.figure.euros if FIGURE_OF.get(OutcomeKind(self.figure.kind)) == "amount" else None

    @property
    def people(self) -> int | None:
        return self.figure.people if FIGURE_OF.get(OutcomeKind(self.figure.kind)) == "count" else None

    @property
    def confirmed(self) -> str:
        """`5 matters, 12,000 €`; empty where it may not be told."""
        sure = self.figure.confirmed
        if sure is None:
            return ""
        matters = ngettext("%(n)s matter", "%(n)s matters", sure.matters) % {"n": sure.matters}
        figure = self._of(sure)
        return matters if figure is None else f"{matters}, {figure_words(Outcome(kind=self.figure.kind), figure)}"

    def _of(self, amounts: Amounts) -> int | None:
        return {"amount": amounts.euros, "count": amounts.people}.get(FIGURE_OF.get(OutcomeKind(self.figure.kind), ""))

    @property
    def cells(self) -> list[str]:
        sure = self.figure.confirmed
        figures = (self.figure.matters, self.euros, self.people, sure.matters if sure else None, self._of(sure) if sure else None)
        return [self.figure.organisation or _("The whole region"), self.what, *("" if each is None else str(each) for each in figures)]


def outcome_rows(actor: Actor, region: Region) -> list[OutcomeRow]:
    """Of the last twelve whole months: the region's first, then each organisation's."""
    return [OutcomeRow(each) for each in outcome_figures(actor, region.pk, ended_months(MONTHS))]


@require_safe
@staff_only
def outcomes_table(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    region = chosen(request, "region", figure_regions(actor))
    heads = [_("Organisation"), _("What came of it"), _("Matters"), _("Euros"), _("People"), _("Confirmed, matters"), _("Confirmed, euros or people")]
    rows = [row.cells for row in outcome_rows(actor, region)]
    return table_file(request, f"toteumat-{region.code}-{timezone.localdate().isoformat()}", heads, rows)
