"""How it went, as the customer says it to whoever speaks with her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luukku.core.ui.forms import words_field
from luukku.desk.enums import Face

_FACES = [(face.value, face.label) for face in reversed(Face)]


def face_field(*, required: bool = True) -> forms.TypedChoiceField:
    """The four faces in words; where it may be left out, that is a choice too."""
    choices: list[tuple[Any, Any]] = _FACES if required else [*_FACES, ("", _("Not asked"))]
    return forms.TypedChoiceField(
        label=_("How did it go? In the customer's own opinion"),
        coerce=int, empty_value=None, choices=choices, required=required, widget=forms.RadioSelect,
        initial=None if required else "", error_messages={"required": _("Choose one of the four faces.")},
    )  # fmt: skip


class SpokenForm(forms.Form):
    """One face, her words if she says some, and whether she may be called about it."""

    face = face_field()
    comment = words_field(_("What the customer said of it"), 3, required=False)
    may_contact = forms.BooleanField(label=_("The customer may be contacted about this"), required=False)
