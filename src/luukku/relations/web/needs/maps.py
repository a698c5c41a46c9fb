"""The editor of maps of needs: names, questions in three languages with the service that helps, and what is asked no more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, do_now, form_page, saved, staff_only
from luukku.network.access import require
from luukku.network.models import Region
from luukku.relations.access import can_edit_maps, keeps_maps, rule_regions, works_with_companies
from luukku.relations.actions import maps as acts
from luukku.relations.models import NeedMap, NeedQuestion
from luukku.relations.queries.maps import every_map, map_page
from luukku.relations.web import fields
from luukku.relations.web.tabs import tabs


def url(pk: int) -> str:
    return reverse("relations:map", args=[pk])


class NamesForm(forms.Form):
    """What a map is called."""

    name_fi = fields.line(gettext_lazy("Name in Finnish"), acts.LONGEST_NAME)
    name_sv = fields.line(gettext_lazy("Name in Swedish"), acts.LONGEST_NAME)
    name_en = fields.line(gettext_lazy("Name in English"), acts.LONGEST_NAME)

    def names(self) -> dict[str, str]:
        """By language. Call after is_valid()."""
        return {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}


class NewForm(NamesForm):
    """And for whom it is."""

    region = forms.ModelChoiceField(Region.objects.none(), label=gettext_lazy("For whom"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, regions: list[Region], whole: bool) -> None:
        super().__init__(data)
        choices = [*([("", _("The whole network"))] if whole else []), *((each.pk, str(each.name)) for each in regions)]
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Region.objects.filter(pk__in=[each.pk for each in regions]).order_by("code")
        field.choices, field.required = choices, not whole


class QuestionForm(forms.Form):
    """One question. `service` is proposed to whoever answers that it is a need."""

    text_fi = fields.line(gettext_lazy("Question in Finnish"), acts.LONGEST_TEXT)
    text_sv = fields.line(gettext_lazy("Question in Swedish"), acts.LONGEST_TEXT)
    text_en = fields.line(gettext_lazy("Question in English"), acts.LONGEST_TEXT)
    service = forms.ModelChoiceField(
        Service.objects.none(), label=gettext_lazy("Service that helps, if it is a need"), required=False, empty_label=gettext_lazy("None")
    )

    def __init__(self, data: Mapping[str, Any] | None, question: NeedQuestion | None) -> None:
        names = ("text_fi", "text_sv", "text_en", "service")
        super().__init__(data, initial={name: getattr(question, name) for name in names} if question is not None else {})
        self.fields["service"].queryset = services_by_name()  # type: ignore[attr-defined]

    def texts(self) -> dict[str, str]:
        """By language. Call after is_valid()."""
        return {language: self.cleaned_data[f"text_{language}"] for language in LANGUAGES}


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(works_with_companies(actor) or keeps_maps(actor))
    return render(request, "relations/needs/maps.html", {"rows": every_map(), "keeps": keeps_maps(actor), "tabs": tabs(actor, "maps")})


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(works_with_companies(actor) or keeps_maps(actor))
    page = map_page(get_object_or_404(NeedMap.objects.select_related("region"), pk=pk))
    return render(request, "relations/needs/map.html", {"page": page, "can_edit": can_edit_maps(actor, page.need_map.region_id)})


@staff_only
def create(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(keeps_maps(actor))
    form = NewForm(request.POST or None, rule_regions(actor), can_edit_maps(actor, None))
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: acts.make_map(by=actor, region=form.cleaned_data["region"], names=form.names(), submit_key=key))
    if made is not None:
        return saved(request, _("The map is made. Write its questions."), url(made.pk))
    return form_page(request, form, title=_("New map of needs"), button=_("Make"), back=reverse("relations:maps"))


def _editable(request: HttpRequest, pk: int) -> NeedMap:
    found = get_object_or_404(NeedMap, pk=pk)
    require(can_edit_maps(actor_of(request), found.region_id))
    return found


@staff_only
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = NamesForm(request.POST or None, initial={f"name_{language}": getattr(found, f"name_{language}") for language in LANGUAGES})
    if attempt(form, lambda: acts.rename_map(by=actor_of(request), need_map=found, names=form.names())) is not None:
        return saved(request, _("The changes are saved."), url(pk))
    return form_page(request, form, title=_("Name of the map"), button=_("Save"), back=url(pk))


@require_POST
@staff_only
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Taken out of use, or into use again with `takaisin`."""
    found, back = _editable(request, pk), "takaisin" in request.POST
    done = _("The map is offered again.") if back else _("The map is offered no more. Its answers stay.")
    return do_now(request, lambda: acts.retire_map(by=actor_of(request), need_map=found, retired=not back), done=done, to=url(pk))


@staff_only
def question(request: HttpRequest, pk: int, which: int | None = None) -> HttpResponse:
    """A new question, or another wording of one."""
    found = _editable(request, pk)
    asked = get_object_or_404(NeedQuestion, pk=which, need_map=found, is_hidden=False) if which is not None else None
    form = QuestionForm(request.POST or None, asked)

    def work() -> NeedQuestion:
        return acts.write_question(by=actor_of(request), need_map=found, texts=form.texts(), service=form.cleaned_data["service"], question=asked)

    if attempt(form, work) is not None:
        return saved(request, _("The question is saved."), url(pk))
    intro = _("Answers that have been given stay with the wording that was asked.") if asked else ""
    return form_page(request, form, title=_("Question"), button=_("Save"), back=url(pk), intro=intro)


@require_POST
@staff_only
def change_order(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    """One place up; with `pois` asked no more."""
    asked = get_object_or_404(NeedQuestion.objects.select_related("need_map"), pk=which, need_map=_editable(request, pk))
    if "pois" in request.POST:
        done = _("It is asked no more. Its answers stay.")
        return do_now(request, lambda: acts.retire_question(by=actor_of(request), question=asked), done=done, to=url(pk))
    return do_now(request, lambda: acts.raise_question(by=actor_of(request), question=asked), done=_("The order is saved."), to=url(pk))
