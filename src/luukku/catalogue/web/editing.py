"""Screens of service editors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.catalogue.access import get_service_to_edit
from luukku.catalogue.actions.editing import edit_service, edit_words, mark_reviewed, take_out_of_use
from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service
from luukku.catalogue.queries.cards import texts_of, words_overview
from luukku.catalogue.web.forms import CardForm, WordsForm
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.network.access import can_edit_network
from luukku.network.models import Organisation


def _card(code: str) -> str:
    return reverse("catalogue:service", args=[code])


@staff_only
def edit(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    owners = Organisation.objects.active().order_by(FinnishKey(best("name")), "pk") if can_edit_network(actor) else None
    form = CardForm(request.POST or None, service=service, owners=owners)

    def work() -> Service:
        return edit_service(by=actor, service=service, values=form.cleaned_data)

    if request.method == "POST" and attempt(form, work) is not None:
        return saved(request, _("The card is saved."), _card(code))
    title = _("Edit the card: %(name)s") % {"name": service.name}
    return form_page(request, form, title=title, button=_("Save"), back=_card(code), template="catalogue/card_form.html")


@staff_only
def words(request: HttpRequest, code: str) -> HttpResponse:
    """What the card has of keywords and everyday phrases, by language."""
    service = get_service_to_edit(actor_of(request), code)
    return render(request, "catalogue/words.html", {"card": service, "rows": words_overview(service)})


@staff_only
def edit_some_words(request: HttpRequest, code: str, kind: str, language: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    initial = {"language": language, "kind": kind, "texts": "\n".join(texts_of(service, language, kind))}
    form = WordsForm(request.POST or None, initial=initial)
    back = reverse("catalogue:words", args=[code])

    def work() -> int:
        return edit_words(by=actor, service=service, language=language, kind=kind, texts=form.cleaned_data["texts"].splitlines())

    if request.method == "POST" and attempt(form, work) is not None:
        return saved(request, _("The words are saved. The matcher learns them tonight."), back)
    title = _("%(kind)s: %(name)s") % {"kind": WordKind(kind).label, "name": service.name}
    return form_page(request, form, title=title, button=_("Save"), back=back)


@require_POST
@staff_only
def reviewed(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    to = reverse("catalogue:reviews") if request.POST.get("from") == "list" else _card(code)
    done = _("%(name)s: marked as reviewed today.") % {"name": service.name}
    return do_now(request, lambda: mark_reviewed(by=actor, service=service), done=done, to=to)


@staff_only
def out_of_use(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    return confirm_page(
        request, lambda: take_out_of_use(by=actor, service=service), title=_("Take the card out of use?"),
        text=_("It is no longer shown or proposed. Cases and figures keep naming it, and you can take it back into use."),
        button=_("Take out of use"), back=_card(code), done=_("The card is out of use."),
    )  # fmt: skip


@require_POST
@staff_only
def back_to_use(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    service = get_service_to_edit(actor, code)
    return do_now(request, lambda: take_out_of_use(by=actor, service=service, out=False), done=_("The card is in use again."), to=_card(code))
