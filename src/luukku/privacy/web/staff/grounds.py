"""Who may read what: the table that the network reads and the national owner keeps."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.customers.access import grounds_today
from luukku.customers.actions.grounds import set_ground
from luukku.customers.enums import FieldGroup, Ground, Purpose
from luukku.network.access import can_edit_network, is_inside, require
from luukku.network.models import OrganisationType
from luukku.privacy.queries.grounds import former_grounds, grounds_table


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), widget=forms.RadioSelect, choices=Ground.choices)
    basis = forms.CharField(
        label=gettext_lazy("Section of the law, or decision"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everybody in the network reads this."),
    )  # fmt: skip


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(is_inside(actor))
    purpose = request.GET.get("purpose", "")
    purpose = purpose if purpose in Purpose.values else Purpose.SERVICE.value
    context = {
        "rows": grounds_table(purpose), "purpose": purpose, "purposes": Purpose.choices, "groups": FieldGroup.labels, "former": former_grounds(),
        "can_edit": can_edit_network(actor),
    }  # fmt: skip
    return render(request, "privacy/staff/grounds.html", context)


@require_http_methods(["GET", "POST"])
@staff_only
def edit(request: HttpRequest, code: str, purpose: str, group: str) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_network(actor))
    of_type = OrganisationType.objects.filter(code=code).first()
    if of_type is None or purpose not in Purpose.values or group not in FieldGroup.values:
        raise NotFound
    now = grounds_today().filter(organisation_type=of_type, purpose=purpose, group=group).first()
    initial = {"ground": now.ground if now else Ground.NEVER, "basis": now.basis if now else ""}
    form = GroundForm(request.POST if request.method == "POST" else None, initial=initial)
    if attempt(form, lambda: set_ground(by=actor, of_type=of_type, purpose=purpose, group=group, **form.cleaned_data)):
        return saved(request, _("The ground is changed. It holds from everybody's next page on."), _url(purpose))
    title = f"{of_type.name}: {FieldGroup(group).label}"
    return form_page(request, form, title=title, button=_("Save"), back=_url(purpose), intro=str(Purpose(purpose).label))


def _url(purpose: str) -> str:
    return f"{reverse('privacy:grounds')}?purpose={purpose}"
