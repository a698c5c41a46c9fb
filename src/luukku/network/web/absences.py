"""Staff screens of absences."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, day_field, form_page, saved, staff_only
from luukku.network import access
from luukku.network.actions.absences import change_absence, end_absence, enter_absence
from luukku.network.models import Person
from luukku.network.queries.people import colleagues_of
from luukku.network.web.people import address


class AbsenceForm(forms.Form):
    """From when to when, and who stands in. Why is not asked."""

    first_day = day_field(gettext_lazy("First day away"))
    last_day = day_field(gettext_lazy("Last day away"))
    deputy = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Deputy"), required=False, empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("Sees the open matters meanwhile; customers see who stands in. Without one the desk lead sees to them."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues_of(person)  # type: ignore[attr-defined]
        if begun:
            del self.fields["first_day"]


@staff_only
def new(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    person = access.get_person(actor, pk)
    access.require(access.can_enter_absence(actor, person))
    form = AbsenceForm(request.POST or None, person=person, initial={"deputy": person.deputy_id})
    key = request.POST.get("submit_key")
    if attempt(form, lambda: once(key, lambda: enter_absence(by=actor, person=person, **form.cleaned_data).pk, "absence", person.pk)):
        return saved(request, _("The absence is entered. New matters go to others, and the deputy sees the open ones."), address(person))
    title = _("Absence, %(name)s") % {"name": person.name}
    return form_page(request, form, title=title, button=_("Save"), back=address(person), intro=_("The reason of an absence is not asked or shown."))


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    absence = access.get_absence(actor, pk)
    person = absence.person
    access.require(access.can_enter_absence(actor, person))
    given = {"last_day": absence.last_day, "deputy": absence.deputy_id}
    form = AbsenceForm(request.POST or None, person=person, begun=True, initial=given)
    if attempt(form, lambda: change_absence(by=actor, absence=absence, **form.cleaned_data)):
        return saved(request, _("The changes are saved."), address(person))
    context = {
        "form": form, "title": _("Absence, %(name)s") % {"name": person.name}, "button": _("Save"), "back": address(person),
        "end_url": reverse("network:end-absence", args=[pk]),
    }  # fmt: skip
    return render(request, "network/absence.html", context, status=422 if form.errors else 200)


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    absence = access.get_absence(actor, pk)
    access.require(access.can_enter_absence(actor, absence.person))
    back = address(absence.person)
    return confirm_page(
        request, lambda: end_absence(by=actor, absence=absence), title=_("End the absence"), button=_("Back at work"), back=back,
        text=_("From today on new matters may come to %(name)s again.") % {"name": absence.person.name}, done=_("The absence is over."), ends=False,
    )  # fmt: skip
