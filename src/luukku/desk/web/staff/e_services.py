"""Help with an e-service on a case, and the list of reports for the owners of e-services."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import services_by_name
from luukku.core.errors import NotAllowed
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import actor_of, attempt, form_page, saved, staff_only, words_field
from luukku.desk.actions.e_services import LONGEST, HelpForm, answer_report, log_help
from luukku.desk.enums import HelpHow, HelpWent, ReportState
from luukku.desk.models import EServiceHelp
from luukku.desk.queries.e_services import can_answer, get_report, keeps_e_services, reports
from luukku.desk.web.staff.frame import act_page, desk_only, done, leg_to_handle
from luukku.network.models import Organisation, Region


def name_field() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("Which e-service"), max_length=160, required=False)


def how_field(*, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("How it was done"), choices=HelpHow.choices, widget=forms.RadioSelect, initial=HelpHow.WITH, required=required
    )


def went_field(*, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("How it went"), choices=HelpWent.choices, widget=forms.RadioSelect, initial=HelpWent.WELL, required=required
    )  # fmt: skip


def fault_field() -> Any:
    return words_field(
        gettext_lazy("What was unclear or did not work"), rows=3, required=False, max_length=LONGEST,
        help_text=gettext_lazy("Its owner reads this. Write nothing of the customer; names and numbers are taken out."),
    )  # fmt: skip


class EServiceForm(forms.Form):
    """Which e-service, how it was used, how it went."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=gettext_lazy("Service card"), required=False, empty_label=gettext_lazy("None of these")
    )  # fmt: skip
    e_name = name_field()
    e_url = forms.CharField(label=gettext_lazy("Its address"), max_length=300, required=False, widget=forms.URLInput())
    owner = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Whose it is"), required=False, empty_label=gettext_lazy("As the service card says"),
        help_text=gettext_lazy("Without a card choose whose it is, so that a fault can be reported."),
    )  # fmt: skip
    e_how = how_field()
    e_went = went_field()
    e_words = fault_field()
    e_email = forms.EmailField(
        label=gettext_lazy("The owner's email address"), required=False,
        help_text=gettext_lazy("Only when nobody of the owner is in the network: the fault is told there."),
    )  # fmt: skip

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services_by_name()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Organisation.objects.active().in_region(region.pk).order_by(FinnishKey(best("name")))  # type: ignore[attr-defined]

    def told(self) -> HelpForm:
        """What the action takes. Call after is_valid()."""
        given = self.cleaned_data
        return HelpForm(
            given["e_how"], given["e_went"], given["service"], given["e_name"], given["e_url"], given["e_words"], given["owner"], given["e_email"]
        )  # fmt: skip


@desk_only
def help_with(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Written on the case of the leg."""
    actor, leg = actor_of(request), leg_to_handle(request, number, pk)
    form = EServiceForm(request.POST or None, region=leg.case.region, initial={"service": leg.service_id})
    made = attempt(form, lambda: log_help(by=actor, case=leg.case, form=form.told(), submit_key=request.POST.get("submit_key")))
    if made is not None:
        return done(request, number, said(made))
    return act_page(request, leg, form, title=_("Help with an e-service"), button=_("Save"))


def said(made: EServiceHelp) -> str:
    """What became of it."""
    if made.report is None and made.went == HelpWent.WELL:
        return _("The help is written down.")
    if made.report is None:
        return _(
            "The help is written down, and what you wrote is a note on the matter. Nobody was told: no address of the e-service's owner is known."
        )
    if made.report.owner_email:
        return _("The help is written down, and a mail goes to %(address)s.") % {"address": made.report.owner_email}
    return _("The help is written down, and %(name)s has been told.") % {"name": made.report.owner.name if made.report.owner else ""}


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """What my organisations were told of their e-services, and what they have told others."""
    actor = actor_of(request)
    if not keeps_e_services(actor):
        raise NotAllowed
    return render(request, "desk/staff/e_services.html", {"page": reports(actor)})


class AnswerForm(forms.Form):
    """How a report stands."""

    state = forms.ChoiceField(label=gettext_lazy("How it stands"), choices=ReportState.choices, widget=forms.RadioSelect)
    answer = words_field(
        gettext_lazy("Answer"), rows=3, required=False, max_length=LONGEST, help_text=gettext_lazy("Those who reported it read this.")
    )


@staff_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its owner answers, who reported it reads."""
    actor = actor_of(request)
    found = get_report(actor, pk)
    if not can_answer(actor, found):
        return render(request, "desk/staff/e_services.html", {"one": found})
    form = AnswerForm(request.POST or None, initial={"state": found.state, "answer": found.answer})
    if attempt(form, lambda: answer_report(by=actor, report=found, **form.cleaned_data)):
        return saved(request, _("Saved. Those who reported it see your answer."), reverse("desk:e_services"))
    intro = f"{found.get_went_display()}: {found.words}"
    return form_page(request, form, title=found.name, button=_("Save"), back=reverse("desk:e_services"), intro=intro)
