"""The one form by which a handler writes on a case: to the customer, among ourselves, or that they spoke."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.desk.models import Case
from luukku.desk.queries.texts import open_places
from luukku.desk.web.door.fields import ManyFilesField

CUSTOMER, NOTE, CALL = "customer", "note", "call"
_CHOICES = [(CUSTOMER, _("Message to the customer")), (NOTE, _("Internal note")), (CALL, _("We spoke: log it"))]


class TalkForm(forms.Form):
    to = forms.ChoiceField(
        label=_("To whom you write"),
        choices=_CHOICES,
        widget=forms.RadioSelect,
        initial=CUSTOMER,
    )
    body = forms.CharField(
        label=_("What you write"), widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Write something first.")}
    )
    advised = forms.BooleanField(label=_("Advice was given: ask the customer how it went"), required=False)
    files = ManyFilesField()  # type: ignore[assignment]  # Django keeps fields apart from the uploads of this name

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        if case.customer_id is None:
            to.choices = _CHOICES[1:]
            to.initial = NOTE

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to") == CUSTOMER and (left := open_places(given.get("body", ""))):
            self.add_error("body", _("Write what belongs in place of %(words)s.") % {"words": ", ".join(left)})
        if given.get("to") == CALL and given.get("files"):
            self.add_error("files", _("Send files with a message or keep them with a note; a call holds none."))
        return given
