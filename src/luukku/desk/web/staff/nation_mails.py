"""Mails to the whole nation's door: an operator reads each and brings it to its region. From then on it is the region's, as after a call."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.mail.letter import read_letter
from luukku.core.ui.forms import actor_of, attempt, do_now, staff_only
from luukku.desk.access import can_route
from luukku.desk.actions.mail_by_hand import drop_mail, route_mail
from luukku.desk.models import Case, IncomingMail
from luukku.desk.queries.mailed import bytes_of, get_mail, set_aside_line, unrouted
from luukku.desk.queries.unrouted import promised_days, take_up_by
from luukku.desk.web.staff.routing import open_regions, served_by, told
from luukku.network.queries.regions import municipalities_today

_ROWS = 20


class RegionForm(forms.Form):
    """Where a mail belongs: its sender's municipality, or a region that she wants."""

    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    region = forms.ChoiceField(
        label=gettext_lazy("To the desk of"),
        required=False,
        help_text=gettext_lazy("Choose a region where the customer wants another one than their own."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.places = actor, list(municipalities_today())
        self._choose("municipality", _("Choose"), [(each.code, str(each.name)) for each in self.places])
        self._choose("region", _("The region of the municipality"), [(each.code, str(each.name)) for each in self._regions])
        for field in self.fields.values():
            field.says_optional = False  # type: ignore[attr-defined]

    def _choose(self, name: str, empty: str, pairs: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *pairs]

    @cached_property
    def _regions(self) -> Any:
        return open_regions(self.actor)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("region") and not given.get("municipality"):
            self.add_error("municipality", _("Choose the municipality: it says which region's desk this goes to."))
        return given

    def send(self, mail: IncomingMail) -> Case:
        """Route it. Call after is_valid(). Raises RuleBroken."""
        given = self.cleaned_data
        place = next((each for each in self.places if each.code == given["municipality"]), None)
        chosen = next((each for each in self._regions if each.code == given["region"]), None)
        return route_mail(by=self.actor, mail_id=mail.pk, region=served_by(place, chosen), municipality=place)


@require_safe
@staff_only
def show(request: HttpRequest) -> HttpResponse:
    """Oldest first: the promise to the customer counts from when her mail came."""
    page, days = Paginator(unrouted(_operator(request)), _ROWS).get_page(request.GET.get("page")), promised_days()
    rows = [(set_aside_line(mail), take_up_by(mail, days)) for mail in page.object_list]
    return render(request, "desk/staff/unrouted.html", {"page": page, "rows": rows})


@staff_only
def route(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _operator(request)
    mail = get_mail(actor, pk)
    if mail.case_id is not None or not mail.mailbox.is_nations:
        raise NotFound
    form = RegionForm(request.POST or None, actor=actor)
    case = attempt(form, lambda: form.send(mail))
    if case is not None:
        messages.success(request, told(case))
        return redirect("desk:unrouted")
    context = {"form": form, "mail": mail, "due": take_up_by(mail, promised_days()), "letter": read_letter(bytes_of(mail))}
    return render(request, "desk/staff/route_mail.html", context, status=422 if form.errors else 200)


@require_POST
@staff_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _operator(request)
    return do_now(request, lambda: drop_mail(by=actor, mail_id=pk), done=_("The mail is among those set aside."), to="desk:unrouted")


def _operator(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not can_route(actor):
        raise NotAllowed
    return actor
