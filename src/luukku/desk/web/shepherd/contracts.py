"""Contracts on bought-in shepherds: the list, the form, the end. They name no customer."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, day_field, form_page, saved, staff_only
from luukku.customers.access import get_contract
from luukku.customers.actions.contracts import Terms, agree_contract, change_contract, end_contract
from luukku.customers.enums import PriceFor
from luukku.customers.models import ShepherdContract
from luukku.desk.queries.shepherds import buyers_for, contract_lines, providers, regions_for
from luukku.network.access import may, require
from luukku.network.enums import Right
from luukku.network.models import Organisation, Region


class TermsForm(forms.Form):
    """What is agreed."""

    reference = forms.CharField(
        label=gettext_lazy("Contract number"), max_length=40, error_messages={"required": gettext_lazy("Write the contract's number or name.")}
    )
    first_day = day_field(gettext_lazy("First day"))
    last_day = day_field(gettext_lazy("Last day"))
    hours = forms.DecimalField(label=gettext_lazy("Hours agreed"), min_value=1, max_value=10_000, decimal_places=2, localize=True)
    price = forms.DecimalField(label=gettext_lazy("Price, euros"), min_value=Decimal(0), max_digits=10, decimal_places=2, localize=True)
    price_for = forms.ChoiceField(label=gettext_lazy("The price is"), choices=PriceFor.choices, widget=forms.RadioSelect, initial=PriceFor.HOUR)
    with_vat = forms.ChoiceField(
        label=gettext_lazy("Value added tax"), choices=[("0", gettext_lazy("Is added to the price")), ("1", gettext_lazy("Is in the price"))],
        widget=forms.RadioSelect, initial="0",
    )  # fmt: skip

    def terms(self) -> Terms:
        names = ("reference", "first_day", "last_day", "hours", "price", "price_for")
        return Terms(**{name: self.cleaned_data[name] for name in names}, with_vat=self.cleaned_data["with_vat"] == "1")


class ContractForm(TermsForm):
    """A new one: also who buys of whom, and where."""

    region = forms.ModelChoiceField(Region.objects.none(), label=gettext_lazy("Region"), empty_label=None)
    buyer = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Who buys"), empty_label=gettext_lazy("Choose"))
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Of whom"), empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("Organisations where somebody has the seat of a customer’s shepherd."),
    )  # fmt: skip
    field_order = ("region", "buyer", "provider")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = {"region": regions_for(actor), "buyer": buyers_for(actor), "provider": providers()}
        for name, query in offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = query


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    require(may(actor_of(request), Right.BUY_SHEPHERDS))
    lines = [
        {"line": each, "contract": each.contract, "used": each.contract.minutes_used / 60, "whole": each.contract.minutes / 60}
        for each in contract_lines(actor_of(request))
    ]
    return render(request, "desk/shepherd/contracts.html", {"lines": lines})


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(may(actor, Right.BUY_SHEPHERDS))
    form = ContractForm(request.POST or None, actor=actor)

    def work() -> int:
        given = form.cleaned_data
        return agree_contract(by=actor, region=given["region"], buyer=given["buyer"], provider=given["provider"], terms=form.terms()).pk

    if attempt(form, lambda: once(request.POST.get("submit_key"), work, "shepherd contract", *request.POST.getlist("reference"))):
        return saved(request, _("The contract is kept. Now a shepherd can be given to a customer from the page of their matter."), _list())
    return form_page(request, form, title=_("New contract on shepherds"), button=_("Keep the contract"), back=_list())


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, contract = actor_of(request), _contract(request, pk)
    form = TermsForm(request.POST or None, initial=_initial(contract))
    if attempt(form, lambda: change_contract(by=actor, contract=contract, terms=form.terms())):
        return saved(request, _("The changes are saved."), _list())
    title = _("Contract %(reference)s") % {"reference": contract.reference}
    return form_page(request, form, title=title, button=_("Save the changes"), back=_list())


def _initial(contract: ShepherdContract) -> dict[str, Any]:
    names = ("reference", "first_day", "last_day", "price", "price_for")
    return {name: getattr(contract, name) for name in names} | {
        "hours": Decimal(contract.minutes) / 60,
        "with_vat": "1" if contract.with_vat else "0",
    }


class EndForm(forms.Form):
    last_day = day_field(gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Choose the last day.")})


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, contract = actor_of(request), _contract(request, pk)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if attempt(form, lambda: end_contract(by=actor, contract=contract, last_day=form.cleaned_data["last_day"])):
        return saved(request, _("The contract ends then, and so do its shepherds’ relations."), _list())
    intro = _("After the day its shepherds see nothing of their customers. Hours that have been logged stay.")
    title = _("End contract %(reference)s") % {"reference": contract.reference}
    return form_page(request, form, title=title, button=_("End the contract"), back=_list(), intro=intro)


def _contract(request: HttpRequest, pk: int) -> ShepherdContract:
    return get_contract(actor_of(request), pk)


def _list() -> str:
    return reverse("desk:shepherd_contracts")
