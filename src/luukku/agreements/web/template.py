"""The network's own text, from which each region begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luukku.agreements.access import can_edit_template
from luukku.agreements.actions.template import edit_section
from luukku.agreements.models import TemplateSection
from luukku.agreements.web.forms import TemplateFields
from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only
from luukku.network.access import require


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    sections = list(TemplateSection.objects.order_by("position", "id"))
    return render(request, "agreements/template.html", {"sections": sections, "can_edit": can_edit_template(actor_of(request))})


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(can_edit_template(actor))
    found = TemplateSection.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    names = [f"{stem}_{language}" for stem in ("title", "guidance", "body") for language in ("fi", "sv", "en")]
    form = TemplateFields(request.POST or None, initial={name: getattr(found, name) for name in names})
    back = reverse("agreements:template")
    if attempt(form, lambda: edit_section(by=actor, section=found, texts=form.cleaned_data)) is not None:
        return saved(request, _("The text is saved. Drafts that have begun keep theirs."), back)
    return form_page(request, form, title=str(found.title), button=_("Save"), back=back)
