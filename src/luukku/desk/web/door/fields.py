"""Fields of the public forms that Django has not."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_FILES = 5


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files up to MOST_FILES. What they may be is the file store's rule."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Attachments"))
        kwargs.setdefault("help_text", gettext_lazy("PDF, picture, text or office document, at most 10 MB each."))
        super().__init__(required=False, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> "Sequence[UploadedFile[Any]]":
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Send at most %(n)s files at once."), params={"n": MOST_FILES})
        return given


def files_again(form: forms.Form, name: str = "files") -> None:
    """A form that comes back has lost its files: browsers do not keep them. Say so beside the field."""
    lost = [upload.name for upload in form.files.getlist(name) if upload] if hasattr(form.files, "getlist") else []
    if lost:
        form.add_error(name, _("Choose the files again: %(names)s. Everything you wrote is still here.") % {"names": ", ".join(map(str, lost))})
