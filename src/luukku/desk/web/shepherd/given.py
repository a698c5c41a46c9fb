"""Who keeps the customer of a case: given, changed, ended by those who handle it."""

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.actor import Actor
from luukku.core.errors import NotFound
from luukku.core.moments import midnight_after, moment_at
from luukku.core.ui.forms import actor_of, attempt, confirm_page, day_field, saved
from luukku.customers.access import shepherd_of
from luukku.customers.enums import ConsentWay, Mandate
from luukku.desk.access import get_case
from luukku.desk.actions.shepherding.giving import Keeping, end_shepherd, give_shepherd
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.shepherds import Keeper, former_shepherds, keepers_for
from luukku.desk.web.staff.frame import desk_only, heard
from luukku.network.enums import Right


class GiveForm(forms.Form):
    who = forms.ChoiceField(label=gettext_lazy("Who keeps the customer"), error_messages={"required": gettext_lazy("Choose who keeps the customer.")})
    mandates = forms.MultipleChoiceField(
        label=gettext_lazy("What the customer lets the shepherd do"),
        choices=Mandate.choices, widget=forms.CheckboxSelectMultiple, initial=[Mandate.SEE],
        error_messages={"required": gettext_lazy("Choose what the customer lets their shepherd do.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=gettext_lazy("How the customer agreed"),
        choices=[pair for pair in ConsentWay.choices if pair[0] != ConsentWay.PAGE], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the customer agreed.")},
    )  # fmt: skip
    agreed_on = day_field(gettext_lazy("On which day the customer agreed"), error_messages={"required": gettext_lazy("Choose the day.")})
    last_day = day_field(gettext_lazy("Last day, if known"), required=False)
    of_company = forms.BooleanField(label=gettext_lazy("Only the matters of this company"), required=False)

    def __init__(self, *args: Any, case: Case, keepers: list[Keeper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keepers = {each.key: each for each in keepers}
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [("", _("Choose")), *((key, _name(each)) for key, each in self.keepers.items())]
        if not case.business_id:
            del self.fields["of_company"]

    def keeping(self) -> Keeping:
        given = self.cleaned_data
        keeper, now = self.keepers[given["who"]], timezone.now()
        agreed = min(now, moment_at(given["agreed_on"], time(12))) if given["agreed_on"] <= timezone.localdate() else None
        return Keeping(
            seat=keeper.seat, contract=keeper.contract, mandates=given["mandates"], way=given["way"],
            agreed_at=agreed or midnight_after(given["agreed_on"]),
            ends_at=midnight_after(given["last_day"]) if given["last_day"] else None, of_company=given.get("of_company", False),
        )  # fmt: skip


def _name(keeper: Keeper) -> str:
    organisation = keeper.seat.organisation.name if keeper.seat.organisation else ""
    words = f"{keeper.seat.person.name}, {organisation}"
    return _("%(who)s (contract %(reference)s)") % {"who": words, "reference": keeper.contract.reference} if keeper.contract else words


@desk_only
def give(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = _case(actor, number)
    form = GiveForm(request.POST or None, case=case, keepers=keepers_for(actor, case), initial={"agreed_on": timezone.localdate()})
    given = attempt(form, lambda: give_shepherd(by=actor, case=case, keeping=form.keeping()))
    if given is not None:
        return saved(
            request, heard(case, _("%(name)s keeps this customer from now on, and has been told.") % {"name": given.person.name}), case_url(number)
        )
    history = former_shepherds(actor, case)
    context = {
        "case": case, "form": form, "back": case_url(number), "history": history,
        "now": next((each for each in history if not each.is_over), None),
    }  # fmt: skip
    return render(request, "desk/shepherd/give.html", context, status=422 if form.errors else 200)


@desk_only
def end(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = _case(actor, number)
    shepherd = shepherd_of(actor, case.customer_id, case.business_id)
    if shepherd is None:
        raise NotFound
    return confirm_page(
        request, lambda: end_shepherd(by=actor, case=case, shepherd=shepherd),
        title=_("Shall %(name)s keep this customer no more?") % {"name": shepherd.person.name},
        text=_("The shepherd sees the customer's matters no more, at once. Both are told. What has been done stays in the history."),
        button=_("End it"), back=case_url(number), done=heard(case, _("The customer has no shepherd now, and the shepherd has been told.")),
    )  # fmt: skip


def _case(actor: Actor, number: str) -> Case:
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    if case.customer_id is None:
        raise NotFound
    return case
