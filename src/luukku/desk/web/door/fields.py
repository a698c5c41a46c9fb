"""Fields of the public forms that Django has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.errors import RuleBroken
from luukku.core.files import check, drafts
from luukku.core.files.drafts import Draft
from luukku.core.ui.sizes import size_text

MOST_FILES = 5
Upload: TypeAlias = "UploadedFile[Any]"


@dataclass(frozen=True)
class Chosen:
    """Files of one sending: those that came with it, and those kept from an earlier sending of the same form."""

    form_key: str = ""
    uploads: Sequence["Upload"] = ()
    kept: Sequence[Draft] = ()


class ManyFilesInput(forms.ClearableFileInput):
    """The control for choosing files; above it, those that are kept already, each with a box to leave it out."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kept: list[Draft] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Chosen:
        given = super().value_from_datadict(data, files, name)
        uploads = [each for each in (given if isinstance(given, list | tuple) else [given]) if each]
        tokens = data.getlist(f"{name}_kept") if hasattr(data, "getlist") else []
        key = str(data.get("submit_key", ""))
        found = [drafts.find(token, key) for token in tokens[:MOST_FILES]]
        return Chosen(key, uploads, [draft for draft in found if draft is not None])

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        if not self.kept:
            return control
        box = (
            '<div class="govuk-checkboxes__item">'
            '<input class="govuk-checkboxes__input" type="checkbox" name="{0}_kept" value="{1}" id="{0}-kept-{2}" checked>'
            '<label class="govuk-label govuk-checkboxes__label" for="{0}-kept-{2}">{3}</label></div>'
        )
        boxes = format_html_join("", box, ((name, draft.token, at, f"{draft.name}, {size_text(draft.size)}") for at, draft in enumerate(self.kept)))
        words = '<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{}</legend>{}</fieldset>'
        inside = format_html('<div class="govuk-checkboxes govuk-checkboxes--small">{}</div>', boxes)
        return format_html("{}{}", format_html(words, _("These are kept: you need not choose them again"), inside), control)


class ManyFilesField(forms.FileField):
    """Any number of files up to MOST_FILES. What they may be is the file store's rule; `good` are those that it takes, whatever the others."""

    widget = ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Attachments"))
        kwargs.setdefault("help_text", gettext_lazy("PDF, picture, text or office document, at most 10 MB each."))
        super().__init__(required=False, allow_empty_file=True, **kwargs)
        self.good: list[tuple[Upload, Draft | None]] = []
        self.form_key = ""

    def clean(self, data: Any, initial: Any = None) -> "list[Upload]":
        chosen = data if isinstance(data, Chosen) else Chosen()
        self.form_key = chosen.form_key
        refused = [_("Choose %(name)s again: a file waits for a day.") % {"name": draft.name} for draft in chosen.kept if draft.upload is None]
        good: list[tuple[Upload, Draft | None]] = [(draft.upload, draft) for draft in chosen.kept if draft.upload is not None]
        for upload in chosen.uploads:
            try:
                check(upload)
                good.append((upload, None))
            except RuleBroken as broken:
                refused.append(str(broken.message))
        self.good = good[:MOST_FILES]
        if good[MOST_FILES:]:
            names = ", ".join(str(upload.name) for upload, _draft in good[MOST_FILES:])
            refused.append(_("At most %(n)s files go at once. Left out: %(names)s.") % {"n": MOST_FILES, "names": names})
        if refused:
            raise forms.ValidationError(refused)
        return [upload for upload, _draft in self.good]

    def keep(self) -> None:
        """Keep what was chosen for the form's next sending, for browsers forget it."""
        control: Any = self.widget
        control.kept = [draft or drafts.keep(upload, self.form_key) for upload, draft in self.good]


def keep_files(form: forms.Form) -> None:
    """The form comes back: no file that was chosen is lost."""
    for field in form.fields.values():
        if isinstance(field, ManyFilesField):
            field.keep()
