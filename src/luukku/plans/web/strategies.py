"""Lines of the parties' own strategies: told, mended, and no longer offered."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.network.access import require
from luukku.network.models import Organisation
from luukku.plans.access import can_begin, can_tell_strategy, heads, visible_lines
from luukku.plans.actions.strategies import LineForm, change_strategy, tell_strategy
from luukku.plans.web.boxes import back_to, region_of


class LineFields(forms.Form):
    name = forms.CharField(label=gettext_lazy("Line of the strategy"), max_length=200)
    url = forms.URLField(label=gettext_lazy("Where it stands (a link)"), max_length=500, required=False, assume_scheme="https")
    year = forms.IntegerField(label=gettext_lazy("First year"), min_value=2000, max_value=2099)
    last_year = forms.IntegerField(label=gettext_lazy("Last year"), min_value=2000, max_value=2099)

    def made(self) -> LineForm:
        """What the form says. Call after is_valid()."""
        return LineForm(**{name: self.cleaned_data[name] for name in ("name", "url", "year", "last_year")})


class NewLineFields(LineFields):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Whose strategy"), empty_label=None)
    field_order = ("organisation",)


class StandingLineFields(LineFields):
    is_over = forms.BooleanField(
        label=gettext_lazy("It is no longer in force"), required=False,
        help_text=gettext_lazy("It is offered to no more measures. Those that serve it keep it."),
    )  # fmt: skip


@staff_only
def tell(request: HttpRequest) -> HttpResponse:
    actor, region = actor_of(request), region_of(request)
    parts = Organisation.objects.active().in_region(region.pk).distinct().order_by("name_fi", "id")
    if not can_begin(actor, region.pk):
        own = {seat.organisation_id for seat in actor.seats if seat.organisation_id is not None and heads(actor, seat.organisation_id)}
        require(bool(own))
        parts = parts.filter(pk__in=own)
    year = timezone.localdate().year
    form = NewLineFields(request.POST or None, initial={"year": year, "last_year": year + 4})
    form.fields["organisation"].queryset = parts  # type: ignore[attr-defined]
    if attempt(form, lambda: tell_strategy(by=actor, organisation=form.cleaned_data["organisation"], form=form.made())) is not None:
        return saved(request, _("The line is there: measures can serve it."), back_to(region))
    return form_page(request, form, title=_("New line of a strategy"), button=_("Add"), back=back_to(region))


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, region = actor_of(request), region_of(request)
    line = visible_lines(actor, region.pk).filter(pk=pk).first()
    if line is None:
        raise NotFound
    require(can_tell_strategy(actor, line.organisation))
    first: dict[str, Any] = {name: getattr(line, name) for name in ("name", "url", "year", "last_year")}
    form = StandingLineFields(request.POST or None, initial=first | {"is_over": line.deactivated_at is not None})
    if attempt(form, lambda: change_strategy(by=actor, line=line, form=form.made(), is_over=form.cleaned_data["is_over"])) is not None:
        return saved(request, _("The changes are saved."), back_to(region))
    return form_page(request, form, title=_("Line of the strategy"), button=_("Save"), back=back_to(region), intro=str(line.organisation.name))
