"""For everybody, without signing in: what regions have made public of their plans and decisions, and the box of ideas."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.finnish import FinnishKey
from luukku.core.ratelimit import limited
from luukku.core.translated import best
from luukku.core.ui.forms import actor_of, attempt, base_of, form_page, saved, words_field
from luukku.network.models import Region
from luukku.plans.actions.boxes import give_idea_outside
from luukku.plans.queries.overview import public_lists


def _region(request: HttpRequest) -> Region | None:
    """The region of `?region=`, whose site the page then is."""
    found = Region.objects.filter(code=request.GET.get("region", ""), is_live=True).first()
    request.site_region = found  # type: ignore[attr-defined]
    return found


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """By region; of one region alone when the address names it."""
    region = _region(request)
    return render(request, "plans/public_index.html", {"lists": public_lists(region), "region": region, "base": base_of(actor_of(request))})


class IdeaFields(forms.Form):
    region = forms.ModelChoiceField(
        Region.objects.none(), label=gettext_lazy("Region"), empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose the region.")},
    )  # fmt: skip
    words = words_field(gettext_lazy("Your idea"), 5, max_length=4000, error_messages={"required": gettext_lazy("Write your idea.")})
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail, if you want to hear the answer"), required=False,
        help_text=gettext_lazy("The answer is sent there, and then the address is forgotten."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, region: Region | None) -> None:
        super().__init__(data, initial={"region": region})
        found = Region.objects.filter(is_live=True).order_by(FinnishKey(best("name")), "id")
        self.fields["region"].queryset = found  # type: ignore[attr-defined]
        if region is not None:
            self.fields["region"].widget = forms.HiddenInput()


@limited("idea", limit=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def idea(request: HttpRequest) -> HttpResponse:
    """Anybody's idea for the services of a region."""
    actor, region = actor_of(request), _region(request)
    form, key = IdeaFields(request.POST or None, region=region), request.POST.get("submit_key")
    language = get_language() or "fi"
    if attempt(form, lambda: give_idea_outside(by=actor, language=language, submit_key=key, **form.cleaned_data)) is not None:
        to = f"/{region.code}/" if region is not None else "/"
        return saved(request, _("Thank you. Your idea is in the box, and those who run the service read it."), to)
    intro = _("How could the services for businesses be better? Ideas are read, answered and taken up where the region decides.")
    back = f"/{region.code}/" if region is not None else reverse("plans:public")
    return form_page(request, form, title=_("Give an idea"), button=_("Send the idea"), back=back, intro=intro, base=base_of(actor))
