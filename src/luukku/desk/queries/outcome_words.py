"""What came of a matter, and the customer's word on it, in words: for her page and for those who handle it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.desk.enums import CLAIMS, FIGURE_OF, ClaimWord, FinanceKind, OutcomeKind, WithoutHelp
from luukku.desk.models import Outcome


def came_words(outcome: Outcome) -> str:
    """`Finance obtained, loan, 12,000 €`, `Business started, 1234567-1`."""
    words = [str(OutcomeKind(outcome.kind).label)]
    if outcome.finance:
        words.append(str(FinanceKind(outcome.finance).label))
    if outcome.business_id:
        words.append(outcome.business_id)
    if outcome.figure is not None:
        words.append(figure_words(outcome, outcome.figure))
    return ", ".join(words)


def figure_words(outcome: Outcome, figure: int) -> str:
    """`12,000 €`, `3 people`."""
    if FIGURE_OF.get(OutcomeKind(outcome.kind)) == "count":
        return ngettext("%(n)s person", "%(n)s people", figure) % {"n": figure}
    return euro_words(figure)


def euro_words(amount: int) -> str:
    """`12,000 €`."""
    return f"{number_format(amount, use_l10n=True, force_grouping=True)}\u00a0€"


def word_on(outcome: Outcome) -> str:
    """What the customer says of it; empty for what she is not asked about."""
    if not outcome.word:
        return _("The customer has not confirmed this yet.") if outcome.kind in CLAIMS else ""
    if outcome.word == ClaimWord.CORRECTED and outcome.word_figure is not None:
        words = _("The customer says: %(figure)s.") % {"figure": figure_words(outcome, outcome.word_figure)}
    else:
        words = _("The customer has confirmed this.") if outcome.stands else _("The customer says that it is not so.")
    if outcome.without_help:
        words += " " + _("Without help: %(what)s.") % {"what": str(WithoutHelp(outcome.without_help).label).lower()}
    return words
