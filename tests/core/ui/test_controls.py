"""Controls said in Python are those of Django's templates, letter by letter."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.ui.controls import Renderer
from luukku.core.ui.fields import field_html

PAIRS = [("", "Choose <one>"), ("a&b", gettext_lazy("Finnish")), (3, mark_safe("<b>three</b>")), ("Group", [("x", "X"), ('"y"', "Y")])]
ATTRS = {"class": "govuk-input", "aria-label": "”so” & so", "disabled": True, "hidden": False, "rows": 3, "maxlength": "1000"}
WORDS = ["", "a", "<b>\"&'</b>", mark_safe("<i>"), None]
WIDGETS = [
    forms.TextInput(), forms.EmailInput(), forms.NumberInput(), forms.URLInput(), forms.HiddenInput(), forms.PasswordInput(render_value=True),
    forms.PasswordInput(), forms.Textarea(), forms.DateInput(format="%Y-%m-%d"), forms.TimeInput(), forms.CheckboxInput(), forms.FileInput(),
    forms.ClearableFileInput(), forms.SearchInput(), forms.TelInput(), forms.Select(choices=PAIRS), forms.SelectMultiple(choices=PAIRS),
    forms.RadioSelect(choices=PAIRS), forms.CheckboxSelectMultiple(choices=PAIRS),
]  # fmt: skip


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("value", [*WORDS, "a&b", ["a&b", "x"], 3, date(2026, 11, 26), True])
def test_control_is_djangos_own(widget: forms.Widget, value: Any) -> None:
    for attrs in ({}, ATTRS, {"id": "id_x"}):
        assert widget.render("na<me", value, attrs, Renderer()) == widget.render("na<me", value, attrs, DjangoTemplates())


@settings(deadline=None)
@given(value=st.text(), label=st.text())
def test_whatever_is_typed_is_escaped_as_django_does(value: str, label: str) -> None:
    for widget in (forms.TextInput(), forms.Textarea(), forms.Select(choices=[(value, label), ("", "")])):
        assert widget.render("x", value, {"title": label}, Renderer()) == widget.render("x", value, {"title": label}, DjangoTemplates())


class EveryField(forms.Form):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), help_text="Help & <more>")
    radio = forms.ChoiceField(choices=PAIRS[:3], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=PAIRS[:3], widget=forms.CheckboxSelectMultiple, required=False)
    one = forms.ChoiceField(choices=PAIRS)
    upload = forms.FileField(required=False)
    yes = forms.BooleanField(required=False)


@pytest.mark.parametrize("data", [None, {}, {"words": "<x>", "radio": "3", "several": ["a&b"], "one": "x", "yes": "on"}])
def test_whole_fields_are_the_same_either_way(data: dict[str, Any] | None) -> None:
    ours, djangos = EveryField(data, renderer=Renderer()), EveryField(data, renderer=DjangoTemplates())
    assert [field_html(bound) for bound in ours] == [field_html(bound) for bound in djangos]
    assert [field_html(ours["radio"], look="tiles two")] == [field_html(djangos["radio"], look="tiles two")]
