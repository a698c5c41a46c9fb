"""How a customer comes to all her matters: an address, the code mailed there, and she is in. No password, no account made beforehand."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from luukku.core.ratelimit import limited
from luukku.core.ui.forms import actor_of, attempt
from luukku.core.ui.private import private
from luukku.customers.access import PROOF_KEY
from luukku.customers.actions.proving import ask_code, prove_address
from luukku.desk.web.door.mine import staff_here

_ASKED = "luukku_code_asked"  # in the session while a code is awaited: its secret, the address shown, where she was going


class AddressForm(forms.Form):
    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Write the e-mail address that you have given us.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code that came by e-mail.")},
    )


@limited("address-code", limit=10, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for the address. Known or not, what follows is the same."""
    actor = actor_of(request)
    if actor.kind != "public":
        return redirect(_next(request)) if actor.kind == "customer" else staff_here(request)
    form = AddressForm(request.POST or None)
    language = (get_language() or "fi")[:2]
    token = attempt(form, lambda: ask_code(by=actor, email=form.cleaned_data["email"], language=language))
    if token is not None:
        request.session[_ASKED] = {"token": token, "email": form.cleaned_data["email"], "next": _next(request)}
        return redirect("desk:my_code")
    return private(render(request, "desk/door/my_sign_in.html", {"form": form, "next": _next(request)}, status=422 if form.errors else 200))


@limited("address-code-tries", limit=30, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code. A wrong one is answered by 200: an error would undo the count of tries with the request."""
    asked = request.session.get(_ASKED)
    if actor_of(request).kind != "public" or not asked:
        return redirect("desk:my_sign_in")
    form = CodeForm(request.POST or None)
    fresh = attempt(form, lambda: prove_address(by=actor_of(request), token=asked["token"], code=form.cleaned_data["code"]))
    if fresh == "":
        form.add_error("code", _("The code is not right. Check it in the mail, or ask for a new one."))
    if not fresh:
        return private(render(request, "desk/door/my_code.html", {"form": form, "email": asked["email"], "next": asked["next"]}))
    request.session.cycle_key()
    del request.session[_ASKED]
    request.session[PROOF_KEY] = fresh
    return redirect(asked["next"])


def _next(request: HttpRequest) -> str:
    """Where she was going, if it is one of her own pages."""
    home = reverse("desk:mine")
    wish = request.POST.get("next") or request.GET.get("next") or home
    return wish if wish.startswith(home) and url_has_allowed_host_and_scheme(wish, None) else home
