"""The photo of a person: the file itself, and the form that puts it up."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.files.pictures import Part
from luukku.core.ui.forms import actor_of, attempt, do_now, saved, staff_only
from luukku.network import access
from luukku.network.access.photos import get_photo
from luukku.network.actions.photos import remove_photo, set_photo
from luukku.network.web.people import address

PUBLIC_SECONDS = 3600  # so long others may keep a photo that is taken down


class PhotoForm(forms.Form):
    """The file, and which part of it."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPG, PNG or WebP, at most 10 MB. The face is seen best when it fills most of the picture."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": gettext_lazy("Choose a picture."), "empty": gettext_lazy("The file is empty. Choose another one.")},
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Which part is cut out as a square"), choices=Part.choices, initial=Part.MIDDLE, widget=forms.RadioSelect
    )


@require_safe
def photo(request: HttpRequest, pk: int, version: str) -> HttpResponse:
    """The file. An address names one version, so a new photo is seen at once; one that only colleagues see is kept by nobody else."""
    found = get_photo(actor_of(request), pk, version)
    answer = HttpResponse(bytes(found.picture), content_type="image/jpeg")
    answer["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if found.person.is_published else f"private, max-age={PUBLIC_SECONDS}"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    access.require(access.can_edit_person(actor, found))
    form = PhotoForm(request.POST or None, request.FILES or None)
    if attempt(form, lambda: set_photo(by=actor, person=found, upload=form.cleaned_data["photo"], part=Part(form.cleaned_data["part"]))):
        return saved(request, _("The photo is in its place."), address(found))
    context = {"form": form, "person": found, "back": address(found)}
    return render(request, "network/photo.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_person(actor, pk)
    return do_now(request, lambda: remove_photo(by=actor, person=found), done=_("The photo is gone."), to=address(found))
