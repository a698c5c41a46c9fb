"""A customer's contact data, wishes and company are put right; and how a missed call that was returned gets its words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, do_now, words_field
from luukku.customers.actions.registering import ContactDetails
from luukku.customers.models import Contact
from luukku.desk.access import get_case
from luukku.desk.actions.calls import fill_in, told_by_phone
from luukku.desk.actions.correcting import Correction, correct
from luukku.desk.models import Case, NewsCall
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.bounce_words import bounce_words
from luukku.desk.queries.calls import get_call, mail_trouble
from luukku.desk.queries.merged import merging_of
from luukku.desk.web.staff.frame import desk_only, done
from luukku.desk.web.wish_form import WishForm
from luukku.network.enums import LanguageCode, Right


class ContactForm(WishForm):
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=120)
    role = forms.CharField(
        label=gettext_lazy("Role in the company"), required=False, max_length=80, help_text=gettext_lazy("Such as managing director or owner.")
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    email = forms.CharField(label=gettext_lazy("E-mail"), required=False, max_length=254, widget=forms.TextInput(attrs={"inputmode": "email"}))
    company_name = forms.CharField(label=gettext_lazy("Company"), required=False, max_length=200)
    business_id = forms.CharField(label=gettext_lazy("Business ID"), required=False, max_length=12)

    def __init__(self, data: Mapping[str, Any] | None = None, *, contact: Contact, case: Case) -> None:
        told = {name: getattr(contact, name) for name in ("name", "role", "phone", "email")}
        super().__init__(data, contact=contact, initial=told | {"company_name": case.company_name, "business_id": case.business_id})

    def correction(self) -> Correction:
        given = self.cleaned_data
        details = ContactDetails(given["name"], given["email"], given["phone"], role=given["role"])
        return Correction(details, given["company_name"], given["business_id"], self.wishes())


@desk_only
def contact(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    if case.customer is None:
        raise NotFound
    form = ContactForm(request.POST or None, contact=case.customer.contact, case=case)
    changed = attempt(form, lambda: correct(by=actor, case=case, correction=form.correction()))
    trouble = mail_trouble(case)
    if changed is not None:
        if "email" in changed and trouble is not None:
            return done(request, number, _("The changes are saved. The mails that did not get through can now be sent again from this page."))
        return done(request, number, _("The changes are saved."))
    context = {
        "case": case, "form": form, "back": case_url(number), "trouble": bounce_words(trouble) if trouble else "",
        "merged": merging_of(actor, case.pk),
    }  # fmt: skip
    return render(request, "desk/staff/contact.html", context, status=422 if form.errors else 200)


class FillForm(forms.Form):
    words = words_field(
        gettext_lazy("In the customer's words"), rows=3, error_messages={"required": gettext_lazy("Write what it is about. A sentence is enough.")}
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LanguageCode.choices)


@desk_only
def fill(request: HttpRequest, number: str) -> HttpResponse:
    """The missed call was returned: what it is about."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    if case.own_words:
        return redirect(case_url(number))
    form = FillForm(request.POST or None, initial={"language": case.language, "name": case.customer.contact.name if case.customer else ""})
    if attempt(form, lambda: fill_in(by=actor, case=case, **form.cleaned_data)):
        return done(request, number, _("Written down. Choose the service and the next step."))
    context = {"case": case, "form": form, "back": case_url(number), "contact": case.customer.contact if case.customer else None}
    return render(request, "desk/staff/fill_in.html", context, status=422 if form.errors else 200)


@require_POST
@desk_only
def told(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The news was told on the phone."""
    actor = actor_of(request)
    case = get_case(actor, number, need=Right.HANDLE_CASES)
    call: NewsCall = get_call(actor, case, pk)
    return do_now(request, lambda: told_by_phone(by=actor, call=call), done=_("Marked: the customer has been told."), to=case_url(number))
