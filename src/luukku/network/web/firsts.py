"""The page on which a region's coordinator names the first person of each organisation that has nobody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.keys import key_of
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only
from luukku.network import access
from luukku.network.access.firsts import can_name_first, left_by_all, waiting_for_first
from luukku.network.actions.firsts import FirstPerson, name_first_people
from luukku.network.enums import LanguageCode
from luukku.network.models import Organisation, Region
from luukku.network.queries.organisations import by_name


class FirstsForm(forms.Form):
    """A name and an address for each organisation; those that are not known yet stay empty."""

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        for each in organisations:
            off = {"autocomplete": "off"}
            self.fields[f"name_{each.pk}"] = forms.CharField(label=_("Name"), max_length=120, required=False, widget=forms.TextInput(attrs=off))
            self.fields[f"email_{each.pk}"] = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs=off))
        self.fields["language"] = forms.ChoiceField(label=_("Language of the invitations"), choices=LanguageCode.choices, initial=get_language())

    def rows(self) -> list[tuple[Organisation, list[forms.BoundField]]]:
        """Each organisation with its two fields."""
        return [(each, [self[f"name_{each.pk}"], self[f"email_{each.pk}"]]) for each in self.organisations]

    def people(self) -> list[FirstPerson]:
        """Those of whom anything has been written."""
        told = self.cleaned_data
        found = [FirstPerson(each, told[f"name_{each.pk}"], told[f"email_{each.pk}"]) for each in self.organisations]
        return [each for each in found if each.name or each.email]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.people():
            raise forms.ValidationError(gettext("Write the name and the e-mail address of one person at least."))
        return told


def _asked(posted: QueryDict) -> list[int]:
    """Keys of the organisations of which something has been written; the action says which of them have somebody by now."""
    return [key for name, words in posted.items() if words and (key := key_of(name.removeprefix("name_").removeprefix("email_")))]


@staff_only
def first_people(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    region = access.get_region(actor, code)
    access.require(can_name_first(actor, region))
    order = by_name()
    waiting = waiting_for_first(region, or_asked=_asked(request.POST)).select_related("type").order_by(order)
    form = FirstsForm(request.POST or None, organisations=list(waiting))
    made = attempt(form, lambda: _name(actor, region, form, request.POST.get("submit_key")))
    if made is not None:
        words = ngettext("%(n)s person is invited by mail and adds the others.", "%(n)s people are invited by mail and add the others.", made)
        return saved(request, words % {"n": made}, reverse("network:region", args=[code]))
    context = {"form": form, "region": region, "left": list(left_by_all(region).order_by(order))}
    return render(request, "network/first_people.html", context, status=422 if form.errors else 200)


def _name(actor: Actor, region: Region, form: FirstsForm, submit_key: str | None) -> int:
    return name_first_people(by=actor, region=region, people=form.people(), language=form.cleaned_data["language"], submit_key=submit_key)
