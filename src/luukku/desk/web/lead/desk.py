"""The desk lead's view of her desk."""

from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.translated import LocalText
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only
from luukku.desk.actions.giving import give_many
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.desk_load import DeskLoad, Loose, desk_load
from luukku.desk.web.staff.phrases import Clocks
from luukku.network.models import Person


class Row(NamedTuple):
    """A leg that needs the lead; `desk` only where she leads several."""

    leg: Loose
    url: str
    clock: SafeString | str
    under: str
    desk: LocalText | None
    chosen: bool


class GiveForm(forms.Form):
    """Chosen legs, and who gets them."""

    legs = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Matters"),
        coerce=int,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("One of these has moved on. Choose again.")},
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Give the chosen to"), empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose to whom.")},
    )  # fmt: skip

    def __init__(self, data: object = None, *, load: DeskLoad) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["legs"].choices = [(leg.pk, leg.number) for leg in load.loose]  # type: ignore[attr-defined]
        here = [person.pk for person in load.people]
        away = {each.person.pk for each in load.loads if each.away is not None}
        field = self.fields["person"]
        field.queryset = Person.objects.filter(pk__in=here).order_by("name")  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: f"{each.name} ({_('away')})" if each.pk in away else each.name  # type: ignore[attr-defined]


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    load = desk_load(actor, timezone.now())
    return _page(request, load, GiveForm(load=load))


@require_POST
@staff_only
def give(request: HttpRequest) -> HttpResponse:
    """Give the chosen matters to one person."""
    actor: Actor = actor_of(request)
    load = desk_load(actor, timezone.now())
    form = GiveForm(request.POST, load=load)
    done = attempt(form, lambda: give_many(by=actor, leg_ids=form.cleaned_data["legs"], person=form.cleaned_data["person"]))
    if done:
        words = ngettext("%(n)s matter is given to %(name)s.", "%(n)s matters are given to %(name)s.", done)
        return saved(request, words % {"n": done, "name": form.cleaned_data["person"].name}, reverse("desk:desk_load"))
    return _page(request, load, form, status=422)


def _page(request: HttpRequest, load: DeskLoad, form: GiveForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    chosen = set(form.data.getlist("legs")) if form.is_bound else set()  # type: ignore[attr-defined]
    clocks = Clocks(now)
    names = {desk.pk: desk.name for desk in load.desks} if len(load.desks) > 1 else {}
    rows = [Row(leg, case_url(leg.number), clocks.clock(leg), clocks.under(leg), names.get(leg.desk_id), str(leg.pk) in chosen) for leg in load.loose]
    context = {"load": load, "form": form, "rows": rows, "now": now}
    return render(request, "desk/lead/desk.html", context, status=status)
