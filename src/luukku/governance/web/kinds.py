"""Kinds of groups: who reads them, when they usually meet, and their agenda, a line for each point."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.errors import RuleBroken
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only, words_field
from luukku.governance.access import can_edit_kind, keepable, keeps_groups
from luukku.governance.actions.kinds import KindForm, Point, save_kind
from luukku.governance.enums import Confidentiality, Source
from luukku.governance.models import GroupKind
from luukku.network.access import can_edit_network, regions_to_edit, require
from luukku.network.access.working import coordinated

NAMES = ("fi", "sv", "en")


class KindFields(forms.Form):
    name_fi = forms.CharField(label=gettext_lazy("Name, in Finnish"), max_length=120, required=False)
    name_sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=120, required=False)
    name_en = forms.CharField(label=gettext_lazy("In English"), max_length=120, required=False)
    confidentiality = forms.ChoiceField(
        label=gettext_lazy("Who reads what such a group does"), choices=Confidentiality.choices, widget=forms.RadioSelect
    )
    most_members = forms.IntegerField(label=gettext_lazy("At most so many members"), min_value=1, max_value=200, required=False)
    months = forms.MultipleChoiceField(
        label=gettext_lazy("Usual months"), choices=[(str(month), name) for month, name in MONTHS.items() if month != 7],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    points = words_field(gettext_lazy("Agenda, a line for each point"), 12)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: GroupKind | None = None) -> None:
        names = ("name_fi", "name_sv", "name_en", "confidentiality", "most_members")
        initial: dict[str, Any] = {name: getattr(kind, name) for name in names} if kind is not None else {"confidentiality": "members"}
        if kind is not None:
            lines = [f"{point.title_fi} | {point.title_sv} | {point.title_en} | {point.source}" for point in kind.points.order_by("position")]
            initial |= {"months": [str(month) for month in kind.months], "points": "\n".join(lines)}
        super().__init__(data, initial=initial)
        told = "; ".join(f"{source.value}: {source.label}" for source in Source)
        words = _(
            "Titles in Finnish, Swedish and English and what fills the point, with an upright line between them; "
            "all but the first may be left out. What fills it: %(sources)s."
        )
        self.fields["points"].help_text = words % {"sources": told}

    def made(self) -> KindForm:
        """What the form says. Call after is_valid(). Raises RuleBroken for a line that cannot be read."""
        given = self.cleaned_data
        points = [_point(line) for line in given["points"].splitlines() if line.strip()]
        names = {code: given[f"name_{code}"] for code in NAMES}
        return KindForm(names, given["confidentiality"], [int(month) for month in given["months"]], points, given["most_members"])


def _point(line: str) -> Point:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > 4 or any(len(part) > 160 for part in parts):
        raise RuleBroken(_("This line cannot be read: %(line)s") % {"line": line.strip()[:60]}, field="points")
    titles, source = parts[:3], parts[3] if len(parts) == 4 and parts[3] else Source.OTHER.value
    return source, dict(zip(NAMES, titles, strict=False))


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(keeps_groups(actor) or can_edit_network(actor))
    kinds = GroupKind.objects.filter(region=None) | GroupKind.objects.filter(region__in=regions_to_edit(actor).values("pk"))
    rows = [(kind, can_edit_kind(actor, kind)) for kind in kinds.select_related("region").prefetch_related("points").order_by("order", "code")]
    return render(request, "governance/kinds.html", {"rows": rows, "adds": bool(coordinated(actor))})


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, kind = actor_of(request), get_object_or_404(GroupKind.objects.select_related("region"), pk=pk)
    require(can_edit_kind(actor, kind))
    form = KindFields(request.POST or None, kind=kind)
    if attempt(form, lambda: save_kind(by=actor, kind=kind, form=form.made())) is not None:
        return saved(request, _("The changes are saved."), reverse("governance:kinds"))
    return form_page(request, form, title=str(kind.name), button=_("Save"), back=reverse("governance:kinds"))


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    """A region's own kind, by its coordinator."""
    actor = actor_of(request)
    region = next((each.region for each in keepable(actor) if each.region is not None), None)
    require(region is not None)
    form = KindFields(request.POST or None)
    if attempt(form, lambda: save_kind(by=actor, region=region, form=form.made())) is not None:
        return saved(request, _("The kind is there: groups of it can be made."), reverse("governance:kinds"))
    return form_page(request, form, title=_("New kind of group"), button=_("Add"), back=reverse("governance:kinds"))
