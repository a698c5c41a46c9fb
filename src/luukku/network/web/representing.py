"""Staff screens: who acts for an organisation."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.submissions import once
from luukku.core.ui.forms import acted, actor_of, attempt, day_field, form_page, saved, staff_only
from luukku.network import access
from luukku.network.access.representing import can_name_representative, ending, get_representation
from luukku.network.actions.representing import end_representation, name_representative
from luukku.network.models import Organisation
from luukku.network.queries.organisations import by_name
from luukku.network.web.organisations import address


class RepresentativeForm(forms.Form):
    """Who acts for the organisation, and in which time."""

    representative = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Who acts for it"))
    since = day_field(gettext_lazy("From which day"))
    until = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty when it goes on until further notice."))

    def __init__(self, *args: Any, represented: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.active().exclude(pk=represented.pk).order_by(by_name(), "pk")
        self.fields["representative"].queryset = others  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day on which it acts for the other."""

    last_day = day_field(gettext_lazy("Last day"))


@staff_only
def new(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = access.get_organisation(actor, code)
    access.require(can_name_representative(actor, found))
    form, key = RepresentativeForm(request.POST or None, represented=found, initial={"since": timezone.localdate()}), request.POST.get("submit_key")
    if attempt(form, lambda: once(key, lambda: name_representative(by=actor, represented=found, **form.cleaned_data).pk, "represent", found.pk)):
        return saved(request, _("It is written down who acts for the organisation."), address(found))
    intro = _("It signs, serves and is named on behalf of %(name)s. Its head may edit what %(name)s tells of itself, but sees no customer of it.")
    title = _("Who acts for %(name)s") % {"name": found.name}
    return form_page(request, form, title=title, button=_("Save"), back=address(found), intro=intro % {"name": found.name})


@staff_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_representation(actor, pk)
    access.require(bool(ending(actor, [found])))
    form = EndForm(request.POST or None, initial={"last_day": found.valid_until or timezone.localdate()})
    back = address(found.represented)
    if acted(form, lambda: end_representation(by=actor, representation=found, last_day=form.cleaned_data["last_day"])):
        return saved(request, _("It is written down when this ends. History stays."), back)
    names = {"one": found.representative.name, "other": found.represented.name}
    return form_page(request, form, title=_("%(one)s stops acting for %(other)s") % names, button=_("Save the last day"), back=back)
