"""Staff screens of visiting desks and remote points."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.finnish import FinnishKey
from luukku.core.submissions import once
from luukku.core.translated import best
from luukku.core.ui.forms import actor_of, attempt, confirm_page, form_page, saved, staff_only
from luukku.desk.actions.points import LANGUAGES, PointForm, close_point, edit_point, open_point
from luukku.desk.models import ServicePoint
from luukku.desk.models.points import KINDS
from luukku.desk.queries.points import can_keep_point, get_point, points_of
from luukku.network.access import may, regions_to_edit
from luukku.network.enums import Right
from luukku.network.models import Municipality, Participation

_RIGHTS = (Right.HANDLE_CASES, Right.EDIT_ORGANISATION)


class PlaceForm(forms.Form):
    """A visiting desk or a remote point. A new one also tells whose it is and where; the rest can be changed."""

    part = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Kept by"), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("What kind"), choices=[(kind.value, kind.label) for kind in KINDS], widget=forms.RadioSelect)
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=gettext_lazy("Municipality"), empty_label=gettext_lazy("Choose"))
    name = forms.CharField(label=gettext_lazy("Name of the place"), max_length=120, help_text=gettext_lazy("Such as Town hall, or Library."))
    address = forms.CharField(label=gettext_lazy("Address"), max_length=160, required=False)
    directions_fi = forms.CharField(label=gettext_lazy("How to find there, in Finnish"), max_length=200, required=False)
    directions_sv = forms.CharField(label=gettext_lazy("How to find there, in Swedish"), max_length=200, required=False)
    directions_en = forms.CharField(label=gettext_lazy("How to find there, in English"), max_length=200, required=False)

    def __init__(self, *args: Any, parts: Sequence[Participation] = (), point: ServicePoint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point = point
        if point is not None:
            for name in ("part", "kind", "municipality"):
                del self.fields[name]
            return
        chosen = Participation.objects.filter(pk__in=[part.pk for part in parts]).select_related("organisation", "region")
        self.fields["part"].queryset = chosen  # type: ignore[attr-defined]
        self.fields["part"].label_from_instance = lambda part: f"{part.organisation.name}, {part.region.name}"  # type: ignore[attr-defined]
        self.fields["municipality"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            region_spells__valid_until=None, region_spells__region__in={part.region_id for part in parts}
        ).order_by(FinnishKey(best("name"))).distinct()  # fmt: skip

    def told(self) -> PointForm:
        """What the actions take. Call after is_valid()."""
        given, point = self.cleaned_data, self.point
        return PointForm(
            point.kind if point else given["kind"], point.municipality if point else given["municipality"], given["name"], given["address"],
            {language: given[f"directions_{language}"] for language in LANGUAGES},
        )  # fmt: skip


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """The points of my regions."""
    actor = actor_of(request)
    parts = _parts(actor)
    points = list(points_of(actor, sorted({part.region_id for part in parts})))
    mine = {point.pk for point in points if can_keep_point(actor, point.keeper_id, point.region_id)}
    return render(request, "desk/staff/points.html", {"points": points, "mine": mine, "can_open": bool(parts)})


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    parts = _parts(actor)
    if not parts:
        raise NotAllowed
    form = PlaceForm(request.POST or None, parts=parts, initial={"kind": KINDS[0].value, "part": parts[0].pk})
    if attempt(form, lambda: once(request.POST.get("submit_key"), lambda: _open(actor, form), "point")):
        return saved(request, _("The place is open. Publish times there next."), reverse("desk:publish_times"))
    return form_page(request, form, title=_("New visiting desk or remote point"), button=_("Save"), back=reverse("desk:points"))


def _open(actor: Actor, form: PlaceForm) -> int:
    part: Participation = form.cleaned_data["part"]
    return open_point(by=actor, keeper=part.organisation, region=part.region, form=form.told()).pk


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, point = actor_of(request), _mine(request, pk)
    names = ("name", "address", *(f"directions_{language}" for language in LANGUAGES))
    form = PlaceForm(request.POST or None, point=point, initial={name: getattr(point, name) for name in names})
    if attempt(form, lambda: edit_point(by=actor, point=point, form=form.told())):
        return saved(request, _("The changes are saved."), reverse("desk:points"))
    return form_page(request, form, title=point.name, button=_("Save"), back=reverse("desk:points"))


@staff_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor, point = actor_of(request), _mine(request, pk)
    return confirm_page(
        request, lambda: close_point(by=actor, point=point), title=_("Take %(name)s out of use?") % {"name": point.name},
        text=_("It is shown to nobody any more. What has been booked there stays as it was told."), button=_("Take out of use"),
        back=reverse("desk:points"), done=_("The place is out of use."),
    )  # fmt: skip


def _mine(request: HttpRequest, pk: int) -> ServicePoint:
    point = get_point(actor_of(request), pk)
    if not can_keep_point(actor_of(request), point.keeper_id, point.region_id):
        raise NotAllowed
    return point


def _parts(actor: Actor) -> list[Participation]:
    """Where the actor may open points: her organisations in their regions, and everybody's in regions that she coordinates."""
    own = {
        seat.organisation_id for seat in actor.seats
        if seat.organisation_id and any(may(actor, right, organisation_id=seat.organisation_id) for right in _RIGHTS)
    }  # fmt: skip
    today = Participation.objects.filter(valid_until=None, region__is_live=True, organisation__deactivated_at=None)
    found = today.filter(organisation__in=own) | today.filter(region__in=regions_to_edit(actor).order_by().values("pk"))
    return list(found.select_related("organisation", "region").order_by("region", "organisation__name_fi", "pk")[:200])
