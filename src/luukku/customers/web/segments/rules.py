"""The rules of segments as sentences: in use, a draft that can be tried on every company, and the versions before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound
from luukku.core.ui.forms import actor_of, attempt, confirm_page, do_now, form_page, saved, staff_only
from luukku.customers import access
from luukku.customers.actions import segment_rules as actions
from luukku.customers.models import SegmentBook, SegmentRule
from luukku.customers.queries.segments.books import rule_of
from luukku.customers.queries.segments.trial import try_segments
from luukku.customers.queries.segments.words import rule_in_words, segment_name
from luukku.customers.web.segments.forms import RuleForm
from luukku.network.access import is_inside, require


@dataclass(frozen=True)
class RuleLine:
    """A rule as it is read: its conditions, and the segment they lead to."""

    pk: int
    number: int
    words: str
    segment: str


def lines_of(rows: Iterable[SegmentRule]) -> list[RuleLine]:
    return [RuleLine(row.pk, row.position, rule_in_words(rule_of(row)), segment_name(row.segment)) for row in rows]


def address() -> str:
    return reverse("customers:segments")


@require_safe
@staff_only
def segments(request: HttpRequest) -> HttpResponse:
    """The rules in use and the versions before, for all of the network; the draft for who changes them."""
    actor = actor_of(request)
    if not is_inside(actor):
        raise NotFound
    edits = access.can_edit_segment_rules(actor)
    books = list(SegmentBook.objects.select_related("used_by").order_by("-number"))
    used, draft = next((b for b in books if not b.is_draft and b.used_until is None), None), next((b for b in books if edits and b.is_draft), None)
    rows = list(SegmentRule.objects.filter(book__in=[book for book in (used, draft) if book]).order_by("position", "id"))
    tried = try_segments(actor, draft) if draft and "kokeile" in request.GET else None
    context = {
        "used": used, "draft": draft, "edits": edits, "past": [book for book in books if book.used_until is not None],
        "used_lines": lines_of([row for row in rows if used and row.book_id == used.pk]),
        "draft_lines": lines_of([row for row in rows if draft and row.book_id == draft.pk]),
        "tried": tried, "moved": [(segment_name(a), segment_name(b), n) for (a, b), n in tried.moved.items()] if tried else [],
    }  # fmt: skip
    return render(request, "customers/segments/rules.html", context)


@require_safe
@staff_only
def version(request: HttpRequest, number: int) -> HttpResponse:
    """A version that was in use."""
    book = access.get_segment_book(actor_of(request), number)
    return render(request, "customers/segments/version.html", {"book": book, "lines": lines_of(list(book.rules.order_by("position", "id")))})


@require_POST
@staff_only
def begin(request: HttpRequest) -> HttpResponse:
    return do_now(request, lambda: actions.draft_segments(by=actor_of(request)), done=_("Here is the draft."), to=address())


def _draft(request: HttpRequest) -> SegmentBook:
    require(access.can_edit_segment_rules(actor_of(request)))
    return get_object_or_404(SegmentBook.objects.drafts())


@staff_only
def add(request: HttpRequest) -> HttpResponse:
    draft, form = _draft(request), RuleForm(request.POST or None)
    if attempt(form, lambda: actions.add_segment_rule(by=actor_of(request), draft=draft, rule=form.rule())):
        return saved(request, _("The rule stands in the draft."), address())
    intro = _("All that you choose must hold. It stands before the rule for all others; move it where it belongs.")
    return form_page(request, form, title=_("New rule"), button=_("Add the rule"), back=address(), intro=intro)


@staff_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(SegmentRule, book=_draft(request), pk=pk)
    form = RuleForm(request.POST or None, rule=rule_of(row))
    if attempt(form, lambda: actions.change_segment_rule(by=actor_of(request), rule=row, wanted=form.rule())):
        return saved(request, _("The rule is changed in the draft."), address())
    return form_page(request, form, title=_("Rule %(n)s") % {"n": row.position}, button=_("Save"), back=address())


@require_POST
@staff_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    row, how, actor = get_object_or_404(SegmentRule, book=_draft(request), pk=pk), request.POST.get("how"), actor_of(request)
    if how == "remove":
        return do_now(request, lambda: actions.remove_segment_rule(by=actor, rule=row), done=_("The rule is gone from the draft."), to=address())
    return do_now(request, lambda: actions.move_segment_rule(by=actor, rule=row, up=how == "up"), done=_("The rule is moved."), to=address())


@staff_only
def use(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    return confirm_page(
        request, lambda: actions.use_segments(by=actor_of(request), draft=draft), title=_("Take the draft into use?"), ends=False,
        text=_("Every company is reckoned anew at once. Earlier figures stay as they were, and the version now in use can be read later."),
        button=_("Take into use"), back=address(), done=_("The new rules are in use. Companies move within minutes."),
    )  # fmt: skip


@staff_only
def discard(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    return confirm_page(
        request, lambda: actions.discard_segments(by=actor_of(request), draft=draft), title=_("Throw the draft away?"),
        text=_("The rules in use stay as they are."), button=_("Throw away"), back=address(), done=_("The draft is thrown away."),
    )  # fmt: skip
