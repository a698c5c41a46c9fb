"""The keys of an organisation's systems: made, renewed, ended. A secret is shown once, on the answer to the button that made it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luukku.core.errors import RuleBroken
from luukku.core.submissions import once
from luukku.core.ui.forms import actor_of, attempt, confirm_page, saved, staff_only
from luukku.desk.actions.partners import end_key, make_key, renew_key
from luukku.desk.queries.partners import get_key, keys_of
from luukku.network.access import can_edit_organisation, get_organisation, require
from luukku.network.models import Organisation


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Which system"), max_length=80, help_text=gettext_lazy("Such as: Customer register"),
        error_messages={"required": gettext_lazy("Say which system uses the key, such as Customer register.")},
    )  # fmt: skip


@staff_only
def show(request: HttpRequest, code: str) -> HttpResponse:
    """All keys; on POST a new one, whose secret is on this answer only."""
    organisation = _of(request, code)
    form, made = KeyForm(request.POST or None), list[tuple[str, str]]()

    def work() -> int:
        key, secret = make_key(by=actor_of(request), organisation=organisation, name=form.cleaned_data["name"])
        made.append((key.name, secret))
        return key.pk

    done = attempt(form, lambda: once(request.POST.get("submit_key"), work, "partner key", organisation.pk, form.cleaned_data["name"]))
    if done is not None and not made:
        return saved(request, _("This key is made already, and its secret was shown then. If it was lost, renew the key."), _address(organisation))
    return _page(request, organisation, KeyForm() if made else form, *(made[0] if made else ("", "")))


@require_POST
@staff_only
def renew(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    organisation = _of(request, code)
    key = get_key(actor_of(request), organisation, pk)
    try:
        return _page(request, organisation, KeyForm(), key.name, renew_key(by=actor_of(request), key=key))
    except RuleBroken:
        return redirect(_address(organisation))


@staff_only
def end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    organisation = _of(request, code)
    key = get_key(actor_of(request), organisation, pk)
    return confirm_page(
        request,
        lambda: end_key(by=actor_of(request), key=key),
        title=_("End the key of %(name)s?") % {"name": key.name},
        text=_("The system is let in no more, at once and for good. The matters that it has sent stay."),
        button=_("End the key"),
        back=_address(organisation),
        done=_("The key is ended."),
    )


def _of(request: HttpRequest, code: str) -> Organisation:
    organisation = get_organisation(actor_of(request), code)
    require(can_edit_organisation(actor_of(request), organisation.pk))
    return organisation


def _page(request: HttpRequest, organisation: Organisation, form: KeyForm, name: str, secret: str) -> HttpResponse:
    keys = list(keys_of(actor_of(request), organisation))
    context = {
        "organisation": organisation, "form": form, "name": name, "secret": secret,
        "keys": [key for key in keys if key.ended_at is None], "ended": [key for key in keys if key.ended_at is not None],
    }  # fmt: skip
    answer = render(request, "desk/partners/keys.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _address(organisation: Organisation) -> str:
    return reverse("desk:partner_keys", args=[organisation.code])
