"""Sample content of the page that shows every part. People, companies and figures are invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    words = forms.CharField(label=_("Your matter"), help_text=_("Write in your own words."), widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    municipality = forms.ChoiceField(label=_("Municipality"), choices=[("", _("Choose")), ("232", "Kauhajoki"), ("301", "Kurikka")])
    company = forms.CharField(label=_("Company"), required=False)
    file = forms.FileField(label=_("File"), required=False)
    who = forms.ChoiceField(
        label=_("What did you agree on"),
        widget=forms.RadioSelect,
        choices=[("done", _("I advised, done")), ("mine", _("I handle it")), ("call", _("We call back"))],
        initial="mine",
    )
    share = forms.MultipleChoiceField(
        label=_("May be shared"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("contact", _("Contact details and the matter")), ("accounts", _("Accounts of three years"))],
        initial=["contact"],
    )
    agree = forms.BooleanField(label=_("I have told the customer"), required=False)


class BrokenForm(forms.Form):
    """Two fields whose content does not do."""

    reach = forms.CharField(label=_("Phone or e-mail"), error_messages={"required": _("Write a phone number or an e-mail address")})
    upload = forms.FileField(label=_("File"), error_messages={"required": _("The file accounts.exe does not do. Save it as PDF")})


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample queue."""

    due: datetime
    what: Any
    number: str
    customer: str
    place: str
    handler: str


def sample_page() -> dict[str, Any]:
    """Everything the page of parts needs; times stand around now, so that each state of the clock is seen."""
    now = timezone.now()
    late, soon, ok = now - timedelta(hours=3), now + timedelta(hours=2), now + timedelta(days=2)
    rows = [
        SampleRow(late, _("A new baker quickly"), "SU-26-0431", "Lähteen Leipomo Ky", "Kauhajoki", ""),
        SampleRow(soon, _("Support for a new planing line"), "SU-26-0418", "Metsä-Hirsi Oy", "Isojoki", "Maarit Ojala"),
        SampleRow(ok, _("A successor for a planing mill"), "SU-26-0412", "Isojoen Höylä Oy", "Isojoki", "Maarit Ojala"),
    ]
    return {
        "now": now,
        "late": late,
        "soon": soon,
        "ok": ok,
        "before": now - timedelta(days=5),
        "earlier": now - timedelta(days=12),
        "form": SampleForm(prefix="s"),
        "broken": BrokenForm({}, prefix="b"),
        "rows": rows,
        "seeds": range(1, 25),
        "icons": ("clock", "late", "tick", "pause", "lock", "phone", "file", "person", "door", "filter", "menu", "mail"),
    }
