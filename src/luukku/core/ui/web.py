"""The page of parts: everything docs/ui.md names, with sample content, to look at and to test."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.translated import LocalText


class SampleForm(forms.Form):
    """One field of every kind."""

    words = forms.CharField(label=_("What do you need?"), help_text=_("Write in your own words."), widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), required=False)
    place = forms.ChoiceField(label=_("Municipality"), choices=[("", _("Choose")), ("a", "Kauhajoki"), ("b", "Teuva")])
    who = forms.ChoiceField(label=_("Who is it?"), choices=[("new", _("New customer")), ("known", "Sanna Kivelä")], widget=forms.RadioSelect)
    kind = forms.MultipleChoiceField(label=_("What came of it?"), choices=[("a", _("Advice")), ("b", _("Finance"))], widget=forms.CheckboxSelectMultiple)
    file = forms.FileField(label=_("Attachment"), required=False)
    agree = forms.BooleanField(label=_("You may contact me"), required=False)


def components(request: HttpRequest) -> HttpResponse:
    """Every part of the look, empty and full, right and wrong."""
    now = timezone.now()
    wrong = SampleForm({"words": "", "email": "sanna(at)example"})
    context: dict[str, Any] = {
        "form": SampleForm(),
        "wrong": wrong,
        "late": now - timedelta(hours=3),
        "very_late": now - timedelta(days=3),
        "soon": now + timedelta(hours=4),
        "running": now + timedelta(days=4),
        "now": now,
        "faces": range(1, 17),
        "stand_in": LocalText("Rådgivning för grundare", "sv", is_fallback=True),
    }
    return render(request, "luukku/components.html", context)
