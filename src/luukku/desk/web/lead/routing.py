"""Where needs go: the rules as sentences, a draft that can be tried, versions, and whose turn it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed
from luukku.core.keys import key_of
from luukku.core.ui.forms import acted, actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.desk.access.desks import can_edit_rules, desks_led, get_rule, get_rule_book, regions_ruled
from luukku.desk.actions import routing as rules
from luukku.desk.enums import RotaPeriod
from luukku.desk.models import Rota, RuleBook
from luukku.desk.queries.names import names
from luukku.desk.queries.rota import turn
from luukku.desk.queries.routing_trial import mark_of, trial
from luukku.desk.queries.rule_page import RulePage, rule_page
from luukku.desk.web.lead.rule_form import RotaForm, RuleEditForm
from luukku.desk.web.rule_words import known, sentence
from luukku.network.access import get_desk, get_region, require
from luukku.network.models import Desk, Region

TURNS = 5
_RULE = "desk/lead/rule.html"


def address(region: Region, desk: Desk | None = None) -> str:
    """The page of the region's rules, or of the desk's."""
    return reverse("desk:desk_rules", args=[desk.pk]) if desk else reverse("desk:region_rules", args=[region.code])


@require_safe
@staff_only
def start(request: HttpRequest) -> HttpResponse:
    """To the rules of one's own region, else of one's own desk."""
    actor = actor_of(request)
    region = regions_ruled(actor).first()
    if region is not None:
        return redirect(address(region))
    desk = desks_led(actor).first()
    if desk is None:
        raise NotAllowed
    return redirect(address(desk.region, desk))


@require_safe
@staff_only
def of_region(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, get_region(actor_of(request), code), None)


@require_safe
@staff_only
def of_desk(request: HttpRequest, pk: int) -> HttpResponse:
    desk = get_desk(actor_of(request), pk)
    return _page(request, desk.region, desk)


def _page(request: HttpRequest, region: Region, desk: Desk | None) -> HttpResponse:
    actor = actor_of(request)
    page = rule_page(actor, region, desk)
    books = [book for book in (page.used, page.draft) if book is not None]
    by = known([rule for book in books for rule in book.rules_in_order], page.rota.people if page.rota else ())  # type: ignore[attr-defined]
    tried = _tried(actor, page.draft) if page.draft and "kokeile" in request.GET else {"tried": None}
    front = Desk.objects.filter(region=region, is_front=True, deactivated_at=None).first()
    context = {
        "region": region, "desk": desk, "page": page, "front": front, "here": address(region, desk), **tried,
        "used": [(rule, sentence(rule, by)) for rule in page.used.rules_in_order] if page.used else [],  # type: ignore[attr-defined]
        "draft": [(rule, sentence(rule, by)) for rule in page.draft.rules_in_order] if page.draft else [],  # type: ignore[attr-defined]
        "desk_names": names(desks=(), services=(), municipalities=()).desks,
        "turns": _turns(page, by.people), "places": [(address(each), each.name) for each in regions_ruled(actor)]
        + [(address(each.region, each), f"{each.name}, {each.region.name}") for each in desks_led(actor)],
    }  # fmt: skip
    return render(request, "desk/lead/rules.html", context)


def _tried(actor: Actor, draft: RuleBook) -> dict[str, Any]:
    """What a draft would have done with old matters, for the part `_trial.html`. Nobody takes rules into use without having seen it."""
    found = trial(actor, draft)
    return {"tried": found, "moved": _moved(found.moved), "desk": draft.desk}


def _moved(pairs: dict[tuple[int, int], int]) -> list[tuple[str, str, int]]:
    found = names(desks={pk for pair in pairs for pk in pair if pk}, services=(), municipalities=()).desks
    return [(found.get(before, ""), found.get(after, ""), count) for (before, after), count in pairs.items()]


def _turns(page: RulePage, people: Mapping[int, str]) -> list[tuple[date, str]]:
    """The present turn and those to come: from which day, and who."""
    if page.rota is None:
        return []
    today = timezone.localdate()
    found: list[tuple[date, str]] = []
    step = timedelta(days=7 if page.rota.period == RotaPeriod.WEEK else 1)
    day = today - timedelta(days=today.weekday()) if page.rota.period == RotaPeriod.WEEK else today
    while len(found) < TURNS:
        if day.weekday() < 5:
            at = max(day, today, page.rota.starts_on)
            who = turn(page.rota, at, {each.person_id for each in page.away if each.first_day <= at <= each.last_day})
            found.append((at, people.get(who or 0, _("nobody"))))
        day += step
    return found


@require_POST
@staff_only
def draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft of the region's or a desk's rules."""
    actor = actor_of(request)
    pk = key_of(request.POST.get("desk"))
    desk = get_desk(actor, pk) if pk is not None else None
    region = desk.region if desk else get_region(actor, request.POST.get("region", ""))
    return do_now(request, lambda: rules.draft_of(by=actor, region=region, desk=desk), done=_("Here is the draft."), to=address(region, desk))


@staff_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    book = get_rule_book(actor_of(request), pk)
    form = RuleEditForm(request.POST or None, book=book)
    if "search" not in request.POST and attempt(form, lambda: rules.add_rule(by=actor_of(request), draft=book, rule=form.rule())) is not None:
        return saved(request, _("The rule stands in the draft."), address(book.region, book.desk))
    intro, back = _("All that you choose must hold. Leave empty what does not matter."), address(book.region, book.desk)
    return form_page(request, form, title=_("New rule"), button=_("Put into the draft"), back=back, intro=intro, template=_RULE)


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    rule = get_rule(actor_of(request), pk)
    form = RuleEditForm(request.POST or None, book=rule.book, rule=rule)
    if "search" not in request.POST and attempt(form, lambda: rules.change_rule(by=actor_of(request), rule=rule, wanted=form.rule())) is not None:
        return saved(request, _("The rule is changed in the draft."), address(rule.book.region, rule.book.desk))
    back = address(rule.book.region, rule.book.desk)
    return form_page(
        request, form, title=_("Change the rule"), button=_("Save"), back=back, intro=_("All that you choose must hold."), template=_RULE
    )


@require_POST
@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up, down or away."""
    actor, rule, how = actor_of(request), get_rule(actor_of(request), pk), request.POST.get("how")
    to = address(rule.book.region, rule.book.desk)
    if how == "remove":
        return do_now(request, lambda: rules.remove_rule(by=actor, rule=rule), done=_("The rule is taken out of the draft."), to=to)
    return do_now(request, lambda: rules.move_rule(by=actor, rule=rule, up=how == "up"), done=_("The order is changed in the draft."), to=to)


@staff_only
def use(request: HttpRequest, pk: int) -> HttpResponse:
    actor, book = actor_of(request), get_rule_book(actor_of(request), pk)
    text = _("New needs go by these rules from now on, everywhere within half a minute. What has come already stays where it is.")
    given = request.POST.get("tried", "")
    return confirm_page(
        request, lambda: rules.take_into_use(by=actor, draft=book, tried=given),
        title=_("Take the draft into use"), text=text, button=_("Take into use"),
        back=address(book.region, book.desk), done=_("The rules are in use."), ends=False,
        template="desk/lead/use_rules.html", told=_tried(actor, book) | {"mark": mark_of(book)},
    )  # fmt: skip


@staff_only
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    actor, book = actor_of(request), get_rule_book(actor_of(request), pk)
    return confirm_page(
        request, lambda: rules.discard(by=actor, draft=book), title=_("Throw the draft away"), button=_("Throw away"),
        text=_("The rules in use stay as they are."), back=address(book.region, book.desk), done=_("The draft is gone."),
    )  # fmt: skip


@staff_only
def rota(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    desk = get_desk(actor, pk)
    require(can_edit_rules(actor, desk.region, desk))
    form = RotaForm(request.POST or None, desk=desk, rota=Rota.objects.filter(desk=desk).first(), today=timezone.localdate())
    if acted(form, lambda: _set(request, desk, form)):
        return saved(request, _("The rota is saved."), address(desk.region, desk))
    intro = _("Number the people in the order of their turns. Who is away is passed over. A rule decides what comes by turn.")
    return form_page(request, form, title=_("Rota, %(desk)s") % {"desk": desk.name}, button=_("Save"), back=address(desk.region, desk), intro=intro)


def _set(request: HttpRequest, desk: Desk, form: RotaForm) -> None:
    given = form.cleaned_data
    rules.set_rota(by=actor_of(request), desk=desk, period=given["period"], starts_on=given["starts_on"], people=form.people())
