"""The form of an ending: what came of it, with its figures, and the words that the customer gets."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.desk.actions.ending import OutcomeForm
from luukku.desk.enums import FIGURE_OF, FinanceKind, OutcomeKind
from luukku.desk.models import Outcome
from luukku.desk.queries.unanswered import Unanswered
from luukku.desk.web.staff.act_forms import ToldForm
from luukku.desk.web.staff.spoken_form import face_field

# field -> kind of outcome, kind of finance
_EUROS = {
    "amount_loan": (OutcomeKind.FINANCE, FinanceKind.LOAN), "amount_grant": (OutcomeKind.FINANCE, FinanceKind.GRANT),
    "amount_guarantee": (OutcomeKind.FINANCE, FinanceKind.GUARANTEE), "amount_equity": (OutcomeKind.FINANCE, FinanceKind.EQUITY),
    "amount_other": (OutcomeKind.FINANCE, FinanceKind.OTHER), "amount_investment": (OutcomeKind.INVESTMENT, ""),
    "amount_export": (OutcomeKind.EXPORT, ""),
}  # fmt: skip
_PEOPLE = {"count_jobs": OutcomeKind.JOBS, "count_recruited": OutcomeKind.RECRUITED}
_SAME, _MORE = "same", "more"


def _euros(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=2_000_000_000)


class SettleForm(ToldForm):
    """Any number of outcomes, some with euros or people; finance by its kind, a start with its business ID when it is known.

    Where another organisation has written down figures of the same kind, it must be said whether these are the same.
    """

    outcomes = forms.MultipleChoiceField(label=_("What came of it"), choices=OutcomeKind.choices, widget=forms.CheckboxSelectMultiple, required=False)
    business_id = forms.CharField(label=_("Business ID, if it is known"), required=False, max_length=12)
    amount_loan = _euros(_("Loan, euros"))
    amount_grant = _euros(_("Grant, euros"))
    amount_guarantee = _euros(_("Guarantee, euros"))
    amount_equity = _euros(_("Equity, euros"))
    amount_other = _euros(_("Other finance, euros"))
    amount_investment = _euros(_("Investment, euros"))
    amount_export = _euros(_("Export in a year, euros"))
    count_jobs = forms.IntegerField(label=_("How many jobs"), required=False, min_value=0, max_value=1_000_000)
    count_recruited = forms.IntegerField(label=_("How many recruited"), required=False, min_value=0, max_value=1_000_000)
    same = forms.ChoiceField(
        label=_("Are these euros or people the same as another organisation has written down?"), required=False, widget=forms.RadioSelect,
        choices=((_SAME, _("Yes, the same: count them once")), (_MORE, _("No, these come in addition"))),
    )  # fmt: skip
    words = words_field(_("Words to the customer: what came of it"), error_messages={"required": _("Tell the customer what came of it.")})

    face = face_field(required=False)
    comment = forms.CharField(label=_("What the customer said of it"), required=False, max_length=5000)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        by_call: bool,
        asks: bool = False,
        others: Sequence[Outcome] = (),
        unanswered: Unanswered | None = None,
    ) -> None:
        super().__init__(data, by_call=by_call, unanswered=unanswered)
        if not asks:
            del self.fields["face"], self.fields["comment"]
        self.others = [each for each in others if each.kind in FIGURE_OF]
        if not self.others:
            del self.fields["same"]
        for name, field in self.fields.items():
            field.says_optional = name == "words"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A figure without its outcome is asked about, never dropped or taken for a choice."""
        given = super().clean() or {}
        chosen = given.get("outcomes", [])
        for name, kind in ({name: kind for name, (kind, _finance) in _EUROS.items()} | _PEOPLE | {"business_id": OutcomeKind.STARTED}).items():
            if given.get(name) not in (None, "") and kind not in chosen:
                self.add_error(name, _("Choose the outcome too, or leave this empty."))
        if given.get("face") and not given.get("is_told"):
            self.add_error("is_told", _("Tick this too: you spoke with the customer, as they told you how it went."))
        if "same" in self.fields and not given.get("same") and {each.kind for each in self.others} & set(chosen):
            self.add_error("same", _("Say whether they are the same, so that nothing is counted twice."))
        return given

    @property
    def face_said(self) -> int | None:
        """The face that she gave on the phone; None where she was not asked."""
        return self.cleaned_data.get("face")

    def chosen(self) -> list[OutcomeForm]:
        """The outcomes with their figures: one for each kind of finance that has euros."""
        given = self.cleaned_data
        same = {_SAME: True, _MORE: False}.get(given.get("same", ""))
        found: list[OutcomeForm] = []
        for kind in given["outcomes"]:
            euros = [(finance, given[name]) for name, (of, finance) in _EUROS.items() if of == kind and given[name] is not None]
            people = next((given[name] for name, of in _PEOPLE.items() if of == kind), None)
            business_id = given["business_id"] if kind == OutcomeKind.STARTED else ""
            said = same if kind in FIGURE_OF else None
            found += [OutcomeForm(kind, amount, finance=finance, same=said) for finance, amount in euros]
            if not euros:
                found.append(OutcomeForm(kind, count=people, business_id=business_id, same=said))
        return found
