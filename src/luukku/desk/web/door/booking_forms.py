"""The form of a booked time: which one, who, and what it is about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.times import moment_text
from luukku.desk.queries.free import Slot
from luukku.desk.web.door.forms import SendForm


class BookForm(SendForm):
    """A need in a few fields, with the chosen time. When that one has been taken, the nearest free ones stand in its place."""

    slot = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What would you like to talk about?")
        self.fields["words"].widget.attrs["rows"] = 3
        for name in ("needed_by", "files"):
            del self.fields[name]

    @property
    def has_more(self) -> bool:
        return self.is_bound and any(self.data.get("company", "") or self.errors.get(name) for name in ("company", "language"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return {"needed_by": None, "files": ()} | given

    def offer(self, slots: Sequence[Slot]) -> None:
        """Let her choose among these instead of the hidden one."""
        if slots:
            choices = [(slot.key, f"{moment_text(slot.starts_at)} · {slot.who}") for slot in slots]
            self.fields["slot"] = forms.ChoiceField(label=_("Nearest free times"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0])
            self.data = {**self.data.dict(), "slot": choices[0][0]} if isinstance(self.data, QueryDict) else self.data
