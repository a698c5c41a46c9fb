"""Answers in own words and their themes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.ui.forms import actor_of, attempt, confirm_page, saved, staff_only
from luukku.surveys.access import get_theme, themes_of
from luukku.surveys.actions.themes import remove_theme, save_theme
from luukku.surveys.models import Survey, Theme
from luukku.surveys.queries.themes import open_question, texts_of
from luukku.surveys.web.surveys import kept_survey


class ThemeFields(forms.Form):
    """A name, and the answers that stand under it."""

    name = forms.CharField(label=gettext_lazy("Name of the theme"), max_length=80, help_text=gettext_lazy("Such as: information comes too late."))
    texts = forms.MultipleChoiceField(
        label=gettext_lazy("Answers that stand under it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One answer may stand under several themes. Who gave it is not shown here either."),
    )  # fmt: skip
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, texts: Mapping[str, str], others: Mapping[str, list[str]], theme: Theme | None) -> None:
        ticked = [mark for mark in texts if theme is not None and mark in theme.marks]
        super().__init__(data, initial={"name": theme.name if theme is not None else "", "texts": ticked, "was": " ".join(ticked)})
        both = _("%(text)s (under: %(names)s)")
        labels = [(mark, both % {"text": text, "names": ", ".join(others[mark])} if mark in others else text) for mark, text in texts.items()]
        self.fields["texts"].choices = labels  # type: ignore[attr-defined]

    def made(self) -> dict[str, Any]:
        """For the action. Call after is_valid()."""
        given = self.cleaned_data
        return {"name": given["name"], "chosen": frozenset(given["texts"]), "was": frozenset(given["was"].split())}


def _results(survey: Survey) -> str:
    return reverse("surveys:results", kwargs={"pk": survey.pk})


@staff_only
def theme(request: HttpRequest, pk: int, key: str, which: int | None = None) -> HttpResponse:
    actor, survey = actor_of(request), kept_survey(request, pk)
    question, found = open_question(survey, key), get_theme(survey, which) if which is not None else None
    others: dict[str, list[str]] = {}
    for each in themes_of(survey).filter(variable=key).exclude(pk=which or 0):
        for mark in each.marks:
            others.setdefault(mark, []).append(each.name)
    form = ThemeFields(request.POST or None, texts=texts_of(survey, key), others=others, theme=found)
    if attempt(form, lambda: save_theme(by=actor, survey=survey, variable=key, theme=found, **form.made())) is not None:
        return saved(request, _("The theme is saved. Results count the answers under it."), _results(survey))
    title = _("Theme: %(name)s") % {"name": found.name} if found is not None else _("New theme")
    context = {"form": form, "title": title, "back": _results(survey), "question": question, "survey": survey, "theme": found}
    return render(request, "surveys/theme.html", context, status=422 if form.errors else 200)


@staff_only
def remove(request: HttpRequest, pk: int, key: str, which: int) -> HttpResponse:
    actor, survey = actor_of(request), kept_survey(request, pk)
    found = get_theme(survey, which)
    return confirm_page(
        request, lambda: remove_theme(by=actor, survey=survey, theme=found), title=_("Remove the theme %(name)s?") % {"name": found.name},
        text=_("The answers stay, without this theme."), button=_("Remove the theme"), back=_results(survey), done=_("The theme is gone."),
    )  # fmt: skip
