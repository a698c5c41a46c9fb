"""The desk lead's screens of ready texts."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.errors import NotAllowed
from luukku.core.translated import LANGUAGES
from luukku.core.ui.forms import actor_of, attempt, confirm_page, form_page, saved, staff_only, words_field
from luukku.desk.access.desks import desks_led
from luukku.desk.actions.texts import remove_text, set_text
from luukku.desk.models import ReadyText
from luukku.desk.queries.texts import get_text_led, languages_of, texts_led
from luukku.network.models import Desk

_HELP = gettext_lazy("Filled in from the matter: {asiakas}, {hoitaja}, {päivä} (day of the next step), {numero}; in English {customer} and so on.")


class TextForm(forms.Form):
    """A name and the words in each language; the desk too, where she leads several and the text is new."""

    desk = forms.ModelChoiceField(Desk.objects.none(), label=gettext_lazy("Desk"), empty_label=None)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("Advisers choose it by this. Customers do not see it."))
    body_fi = words_field(gettext_lazy("In Finnish"), rows=6, required=False, help_text=_HELP)
    body_sv = words_field(
        gettext_lazy("In Swedish"), rows=6, required=False, help_text=gettext_lazy("In braces also {kund}, {handläggare}, {dag}, {nummer}.")
    )
    body_en = words_field(gettext_lazy("In English"), rows=6, required=False)

    def __init__(self, *args: Any, desks: list[Desk], text: ReadyText | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = text.desk if text is not None else desks[0] if len(desks) == 1 else None
        if self.only is not None:
            del self.fields["desk"]
        else:
            self.fields["desk"].queryset = Desk.objects.filter(pk__in=[each.pk for each in desks])  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the action takes. Call after is_valid()."""
        given = self.cleaned_data
        bodies = {language: given[f"body_{language}"] for language in LANGUAGES}
        return {"desk": self.only or given["desk"], "name": given["name"], "bodies": bodies}


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    _desks(request)
    return render(request, "desk/lead/texts.html", {"rows": [(each, languages_of(each)) for each in texts_led(actor)]})


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = TextForm(request.POST or None, desks=_desks(request))
    if attempt(form, lambda: set_text(by=actor, **form.told())):
        return saved(request, _("The text is saved. Advisers choose it when they write to a customer."), reverse("desk:ready_texts"))
    return form_page(request, form, title=_("New ready text"), button=_("Save"), back=reverse("desk:ready_texts"))


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, text = actor_of(request), get_text_led(actor_of(request), pk)
    names = ("name", *(f"body_{language}" for language in LANGUAGES))
    form = TextForm(request.POST or None, desks=[], text=text, initial={name: getattr(text, name) for name in names})
    if attempt(form, lambda: set_text(by=actor, text=text, **form.told())):
        return saved(request, _("The changes are saved."), reverse("desk:ready_texts"))
    return form_page(request, form, title=text.name, button=_("Save"), back=reverse("desk:ready_texts"))


@staff_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor, text = actor_of(request), get_text_led(actor_of(request), pk)
    return confirm_page(
        request, lambda: remove_text(by=actor, text=text), title=_("Remove the text %(name)s?") % {"name": text.name},
        text=_("Nobody is offered it any more. What has been written with it stays."), button=_("Remove"),
        back=reverse("desk:ready_texts"), done=_("The text is removed."),
    )  # fmt: skip


def _desks(request: HttpRequest) -> list[Desk]:
    """Those that she leads. Raises NotAllowed for who leads none."""
    found = list(desks_led(actor_of(request)))
    if not found:
        raise NotAllowed
    return found
