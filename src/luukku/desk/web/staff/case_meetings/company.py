"""A company without a matter is taken to a meeting: found in the register, told of, and listed as any other."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy

from luukku.core.errors import NotAllowed
from luukku.core.ui.forms import actor_of, attempt, words_field
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.companies import CompanyMatter, propose_company
from luukku.desk.actions.intake import NeedForm
from luukku.desk.enums import Channel
from luukku.desk.models import CaseMeeting
from luukku.desk.queries.case_meetings.companies import CompanyChoice, company_choice, own_desks
from luukku.desk.web.staff.case_meetings.acts import home
from luukku.desk.web.staff.case_meetings.forms import nameless_field, question_field
from luukku.desk.web.staff.case_meetings.items import on_the_list
from luukku.desk.web.staff.frame import desk_only
from luukku.network.enums import LanguageCode
from luukku.network.models import Desk

SEARCH = "search"
_HEARD = (Channel.PHONE, Channel.APPOINTMENT, Channel.WALK_IN, Channel.EMAIL, Channel.VIDEO)


class CompanyForm(forms.Form):
    """What of the company is to be discussed, and whom to ask there."""

    words = words_field(
        gettext_lazy("What the company has told, or what you know of it"), 4,
        help_text=gettext_lazy("The customer’s own words, if you have them. They read this on their page."),
    )  # fmt: skip
    question = question_field()
    nameless = nameless_field()
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, required=False, widget=forms.TextInput(attrs={"inputmode": "email"}))
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LanguageCode.choices)
    channel = forms.ChoiceField(label=gettext_lazy("How you have heard of it"), choices=[(each.value, each.label) for each in _HEARD])
    desk = forms.TypedChoiceField(label=gettext_lazy("Your desk"), coerce=int)

    def __init__(self, data: Mapping[str, Any] | None = None, *, desks: Sequence[Desk]) -> None:
        super().__init__(data, initial={"language": (get_language() or "fi")[:2], "desk": desks[0].pk})
        self.desks = {each.pk: each for each in desks}
        self.fields["desk"].choices = [(each.pk, str(each.name)) for each in desks]  # type: ignore[attr-defined]
        for name in ("name", "email", "phone"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def matter(self, meeting: CaseMeeting, chosen: CompanyChoice) -> CompanyMatter:
        """What the form says. Call after is_valid()."""
        given, company = self.cleaned_data, chosen.company
        plain = {name: given[name] for name in ("words", "language", "name", "email", "phone", "channel")}
        need = NeedForm(
            region=meeting.series.region, desk=self.desks[given["desk"]], municipality=company.municipality if company else None,
            company_name=company.name if company else chosen.name, business_id=company.business_id if company else "", **plain,
        )  # fmt: skip
        return CompanyMatter(need, given["question"], given["nameless"])


@desk_only
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """First which company, then what of it. What is searched for may name a person, so it is posted and never in the address: `step` is then
    `search`, or `as-written` for a company that the register does not have."""
    actor = actor_of(request)
    meeting = doors.get_meeting(actor, pk)
    desks = own_desks(actor, meeting)
    if not desks or not doors.takes_part(actor, meeting):
        raise NotAllowed
    step, text = request.POST.get("step", ""), request.POST.get("q", "")
    written = request.POST.get("called", "") if step != SEARCH else ""
    chosen = company_choice(actor, meeting, text=text, business_id=request.GET.get("y", ""), name=written)
    form = CompanyForm(request.POST if request.method == "POST" and not step else None, desks=desks)
    key = request.POST.get("submit_key")
    made = attempt(form, lambda: propose_company(by=actor, meeting=meeting, matter=form.matter(meeting, chosen), submit_key=key))
    if made is not None:
        return on_the_list(request, made)
    context = {"meeting": meeting, "chosen": chosen, "form": form, "text": text, "back": home(pk), "one_desk": len(desks) == 1}
    return render(request, "desk/staff/case_meetings/company.html", context, status=422 if form.errors else 200)
