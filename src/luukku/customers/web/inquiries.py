"""Whether others of the network know a customer: asked, and answered."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, NotFound
from luukku.core.keys import key_of
from luukku.core.registries import NavItem
from luukku.core.ui.forms import actor_of, attempt, saved, staff_only
from luukku.customers.access import own_contacts
from luukku.customers.access.inquiring import OPEN_DAYS, asking_regions, can_ask_around, get_turn
from luukku.customers.actions.consenting import BY_HERSELF
from luukku.customers.actions.inquiring import NOT_ON_A_PAGE, Identifiers, answer_inquiry, ask_known, inquire
from luukku.customers.enums import GivenBy, InquiryAnswer, Known
from luukku.customers.models import Contact
from luukku.customers.queries.inquiries import inquiry_page, is_open
from luukku.network.access import require

NAV = NavItem(pgettext_lazy("navigation", "Who knows a customer"), "customers:inquiries", "menu", 88, can_ask_around, group="work")


class AskForm(forms.Form):
    """How the customer let us ask."""

    way = forms.ChoiceField(label=gettext_lazy("How did the customer agree that you ask?"), choices=NOT_ON_A_PAGE, widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """Yes by her consent, or no."""

    answer = forms.ChoiceField(label=gettext_lazy("Your answer"), choices=InquiryAnswer.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=gettext_lazy("How the customer agreed"),
        choices=[pair for pair in GivenBy.choices if pair[0] not in BY_HERSELF], widget=forms.RadioSelect,
        required=False, help_text=gettext_lazy("Only with a yes."),
    )  # fmt: skip


def _contact(actor: Actor, pk: int) -> Contact:
    require(can_ask_around(actor))
    found = own_contacts(actor).filter(customer_id=pk).first()
    if found is None:
        raise NotFound
    return found


@require_http_methods(["GET", "POST"])
@staff_only
def known(request: HttpRequest, pk: int) -> HttpResponse:
    """The check on its own button, for each is written down; then the question, if there may be somebody to ask."""
    actor, contact = actor_of(request), _contact(actor_of(request), pk)
    regions = asking_regions(actor)
    key = key_of(request.GET.get("region"))
    region = next((each for each in regions if key in (None, each.pk)), None)
    if region is None:
        raise NotAllowed
    asks = request.POST.get("act") == "ask"
    form = AskForm(request.POST if asks else None)
    answer: Known | None = None
    if asks:
        if attempt(form, lambda: inquire(by=actor, customer_id=pk, region=region, way=form.cleaned_data["way"])):
            return saved(request, _("It is asked. You hear by e-mail when somebody says yes."), reverse("customers:inquiries"))
        answer = Known.HIDDEN
    elif request.method == "POST":
        answer = ask_known(by=actor, region=region, known_by=Identifiers.of(contact))
    context: dict[str, Any] = {
        "contact": contact, "regions": regions, "region": region, "form": form, "answer": answer, "may_ask": answer in (Known.YES, Known.HIDDEN),
        "page": inquiry_page(actor, pk), "days": OPEN_DAYS,
    }  # fmt: skip
    return render(request, "customers/inquiries/known.html", context, status=422 if form.errors else 200)


@require_safe
@staff_only
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(can_ask_around(actor))
    return render(request, "customers/inquiries/list.html", {"page": inquiry_page(actor), "days": OPEN_DAYS})


@require_http_methods(["GET", "POST"])
@staff_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    turn = get_turn(actor, pk)
    form = AnswerForm(request.POST or None)
    made = attempt(form, lambda: answer_inquiry(by=actor, turn=turn, **form.cleaned_data))
    if made is not None:
        words = _("They are told, and read what the customer lets be passed on.") if made.answer == InquiryAnswer.YES else _("Nobody is told of it.")
        return saved(request, words, reverse("customers:inquiries"))
    contact = own_contacts(actor).filter(customer_id=turn.customer_id).first()
    context = {"turn": turn, "contact": contact, "form": form, "is_open": is_open(turn), "days": OPEN_DAYS}
    return render(request, "customers/inquiries/answer.html", context, status=422 if form.errors else 200)
