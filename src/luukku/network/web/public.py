"""Public screens: the staff directory, and who stands behind the hatch."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luukku.core.actor import Actor
from luukku.core.paging import Cursor
from luukku.core.registries import people_finders
from luukku.core.ui.forms import actor_of, base_of
from luukku.core.ui.sought import asked
from luukku.network import access
from luukku.network.models import Municipality, Region
from luukku.network.queries.directory import DirectoryFilter, directory, languages_spoken, region_of
from luukku.network.queries.labels import language_name
from luukku.network.queries.organisations import behind_the_hatch
from luukku.network.queries.places import area_of, organisations_in
from luukku.network.queries.regions import municipalities_today


class DirectoryForm(forms.Form):
    """What is looked for: words and language here, place, and whatever higher modules can find people by."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), to_field_name="code", label=_("Municipality"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    words = forms.CharField(label=_("Name, task or organisation"), required=False, max_length=100)

    def __init__(self, *args: object, actor: Actor, region: Region | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = municipalities_today()
        if region is not None:
            places = places.filter(region_spells__region=region, region_spells__valid_until=None)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]
        self.fields["municipality"].empty_label = _("Any")  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Any")), *((code, language_name(code)) for code in languages_spoken(actor))]  # type: ignore[attr-defined]
        for key, finder in sorted(people_finders.items(), key=lambda item: item[1].order):
            common = {"label": finder.label, "help_text": finder.hint, "required": False}
            choices = [("", _("Any")), *finder.choices()] if finder.choices else None
            self.fields[key] = forms.ChoiceField(choices=choices, **common) if choices else forms.CharField(max_length=300, **common)  # type: ignore[arg-type]
        for each in self.fields.values():
            each.says_optional = False  # type: ignore[attr-defined]

    def wanted(self, region: Region | None) -> DirectoryFilter:
        """What was understood; a field that makes no sense counts as empty."""
        found: Mapping[str, object] = getattr(self, "cleaned_data", {})
        municipality = found.get("municipality")
        return DirectoryFilter(
            words=str(found.get("words") or ""),
            region=region,
            municipality=municipality if isinstance(municipality, Municipality) else None,
            language=str(found.get("language") or ""),
            found_by={key: str(found.get(key) or "") for key, _finder in people_finders.items()},
        )


def wanted_people(request: HttpRequest) -> tuple[DirectoryForm, DirectoryFilter]:
    """What the address narrows the directory to, as the form shows it and as the query takes it."""
    actor = actor_of(request)
    region = _region(request, actor)
    form = DirectoryForm(asked(request) or None, actor=actor, region=region)
    form.is_valid()
    return form, form.wanted(region)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The public sees whom organisations publish; the network's own people see everybody who works here."""
    actor = actor_of(request)
    form, wanted = wanted_people(request)
    municipality = wanted.municipality
    found = directory(actor, wanted, Cursor.parse(request.GET))
    context = {
        "base": base_of(actor),
        "form": form,
        "entries": found.page.rows,
        "page": found.page,
        "count": found.count,
        "municipality": municipality,
        "near_first": municipality is not None and not wanted.is_ranked and bool(organisations_in(municipality.pk)),
        "area": area_of(municipality) if municipality is not None and region_of(municipality) is None else None,
        "saves": access.is_inside(actor),
        "searched": any((wanted.words, wanted.municipality, wanted.language, *wanted.found_by.values())),
    }
    return render(request, "network/directory.html", context)


@require_GET
def hatch(request: HttpRequest) -> HttpResponse:
    """The organisations behind a region's hatch, or behind all of them."""
    actor = actor_of(request)
    region = _region(request, actor)
    return render(request, "network/hatch.html", {"organisations": behind_the_hatch(actor, region), "region": region})


def _region(request: HttpRequest, actor: Actor) -> Region | None:
    """The region of `?region=`; also tells the page whose site it is."""
    code = request.GET.get("region")
    region = access.get_region(actor, code) if code else None
    request.site_region = region  # type: ignore[attr-defined]
    return region
