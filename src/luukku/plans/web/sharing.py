"""Budget and cost sharing: who sets the common sum, who confirms her part, what has been used."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luukku.core.errors import NotFound, RuleBroken
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best
from luukku.core.ui.forms import actor_of, attempt, do_now, saved, staff_only, words_field
from luukku.core.ui.times import number_text
from luukku.network.access import require
from luukku.network.models import Organisation
from luukku.network.queries.inhabitants import YEAR, people_of
from luukku.network.queries.regions import municipalities_of
from luukku.plans.access import can_approve, can_confirm, get_plan
from luukku.plans.actions.sharing import BudgetForm, Part, confirm_share, say_used, set_budget, standing
from luukku.plans.enums import ShareRule
from luukku.plans.models import BudgetLine, Plan, Share
from luukku.plans.web.forms import plain
from luukku.plans.web.plans import url_of

MONEY: dict[str, Any] = {"max_digits": 10, "decimal_places": 2, "min_value": 0, "localize": True}


def _url(pk: int) -> str:
    return url_of(pk) + "kustannukset"


def earlier(plan: Plan) -> Plan | None:
    """The newest plan before it, of the same kind and region, whose costs were shared: its parties and figures are a beginning. Two statements."""
    found = Plan.objects.filter(kind=plan.kind_id, region=plan.region_id, organisation=None, person=None, parent=None, year__lt=plan.year)
    return found.filter(shares__isnull=False).order_by("-year", "-id").prefetch_related("shares").first()


class BudgetFields(forms.Form):
    """The sum, the rule, and two figures for each party."""

    common_sum = forms.DecimalField(label=gettext_lazy("Common sum of the year, euros"), **MONEY)
    rule = forms.ChoiceField(label=gettext_lazy("How it is shared"), choices=ShareRule.choices, widget=forms.RadioSelect)
    lines = words_field(gettext_lazy("What the money is for, a line for each: words; planned; used"), 4, required=False)

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        lines = [f"{line.words}; {plain(line.planned)}; {plain(line.used)}" for line in BudgetLine.objects.filter(plan=plan).order_by("id")]
        shares = list(Share.objects.filter(plan=plan))
        before = None if shares else earlier(plan)
        first = {"common_sum": plain(plan.common_sum), "rule": before.share_rule if before else plan.share_rule, "lines": "\n".join(lines)}
        super().__init__(data, initial=first)
        known = {share.organisation_id: share for share in (before.shares.all() if before else shares)}
        here = Organisation.objects.active().in_region(plan.region_id).values("pk")  # and who has left during the year, with what it has paid
        found = Organisation.objects.filter(Q(pk__in=here) | Q(pk__in=[share.organisation_id for share in shares])).select_related("type")
        self.plan, self.before, self.parties = plan, before, list(found.order_by(FinnishKey(best("name")), "id"))
        self.people = people_of(self.parties, municipalities_of(plan.region))
        for party in self.parties:
            share = known.get(party.pk)
            takes = share is not None or not known
            self.fields[f"in-{party.pk}"] = forms.BooleanField(label=str(party.name), required=False, initial=takes)
            weight = forms.DecimalField(label=_("Figure"), required=False, initial=plain(share.weight) if share else None, **MONEY)
            if party.pk in self.people:
                weight.help_text = _("Inhabitants of %(name)s: %(n)s") % {
                    "name": self.people[party.pk][0],
                    "n": number_text(self.people[party.pk][1]),
                }
            hours = forms.IntegerField(label=_("Hours"), required=False, min_value=0, max_value=99999, initial=share.hours_planned if share else None)
            self.fields[f"weight-{party.pk}"], self.fields[f"hours-{party.pk}"] = weight, hours

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"in-{party.pk}"], self[f"weight-{party.pk}"], self[f"hours-{party.pk}"]) for party in self.parties]

    def made(self) -> BudgetForm:
        """What the form says. Call after is_valid(). Raises RuleBroken for a line that cannot be read."""
        given = self.cleaned_data
        parts = [Part(party, self._weight(party), given[f"hours-{party.pk}"] or 0) for party in self.parties if given[f"in-{party.pk}"]]
        lines = [_line(each) for each in given["lines"].splitlines() if each.strip()]
        return BudgetForm(given["common_sum"], given["rule"], parts, lines, self.data.get("based_on", ""))

    def _weight(self, party: Organisation) -> Decimal:
        """What was typed; of a municipality, where nothing was and population shares the sum, its inhabitants."""
        typed: Decimal | None = self.cleaned_data[f"weight-{party.pk}"]
        if typed is None and self.cleaned_data["rule"] == ShareRule.POPULATION and party.pk in self.people:
            return Decimal(self.people[party.pk][1])
        return typed or Decimal(0)

    def counted(self) -> int | None:
        """The year at whose end inhabitants were counted, where a party of the region is a municipality."""
        return YEAR if self.people else None

    def stands(self) -> str:
        """The mark of what stands now, on which the next saving is based."""
        return standing(self.plan)

    def overtaken(self) -> list[Share]:
        """The shares as somebody else has set them since the page was opened."""
        if not self.is_bound or self.data.get("based_on", "") == self.stands():
            return []
        return list(Share.objects.filter(plan=self.plan).select_related("organisation").order_by("organisation__name_fi", "id"))


def _line(text: str) -> tuple[str, Decimal, Decimal]:
    words, *sums = (part.strip() for part in text.split(";"))
    try:
        planned, used = [Decimal(each.replace(",", ".").replace(" ", "") or 0) for each in [*sums, "0", "0"][:2]]
    except ArithmeticError:
        raise RuleBroken(_("This line cannot be read: %(line)s") % {"line": text.strip()[:60]}, field="lines") from None
    return words, planned, used


@require_safe
@staff_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_plan(actor_of(request), pk))


def _page(request: HttpRequest, plan: Plan, broken: str = "") -> HttpResponse:
    """What was typed of what has been used stands in its boxes again when it is `broken`."""
    actor, typed = actor_of(request), request.POST if broken else {}
    shares = list(Share.objects.filter(plan=plan).select_related("organisation", "confirmed_by").order_by("organisation__name_fi", "id"))
    lines = list(BudgetLine.objects.filter(plan=plan).order_by("id"))
    boxes = [
        (
            share,
            can_confirm(actor, share),
            typed.get(f"used-{share.pk}", f"{plain(share.used)}".replace(".", ",")),
            typed.get(f"hours-{share.pk}", f"{share.hours_used}"),
        )
        for share in shares
    ]
    totals = {name: sum(getattr(share, name) for share in shares) for name in ("planned", "used", "hours_planned", "hours_used")}
    context = {
        "plan": plan, "rows": boxes, "lines": lines, "totals": totals,
        "keeps": can_approve(actor, plan) and plan.state != "closed", "confirmed": sum(share.is_confirmed for share in shares), "of": len(shares),
        "broken": broken,
    }  # fmt: skip
    return render(request, "plans/shares.html", context, status=422 if broken else 200)


@staff_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    require(can_approve(actor, plan))
    form = BudgetFields(request.POST or None, plan=plan)
    if attempt(form, lambda: set_budget(by=actor, plan=plan, form=form.made())) is not None:
        return saved(request, _("The shares are reckoned. Each party confirms its own."), _url(pk))
    return render(request, "plans/budget.html", {"form": form, "plan": plan, "back": _url(pk)}, status=422 if form.errors else 200)


@require_POST
@staff_only
def confirm(request: HttpRequest, pk: int, which: int) -> HttpResponse:
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)
    share = Share.objects.select_related("plan__region", "organisation").filter(plan=plan, pk=which).first()
    if share is None:
        raise NotFound
    given = {name: request.POST.get(f"{name}-{share.pk}", "") for name in ("seen", "seenhours")}
    try:
        seen = Decimal(given["seen"]), int(given["seenhours"])
    except (ArithmeticError, ValueError):
        seen = Decimal(-1), 0  # of a page from before: nothing that could be confirmed
    return do_now(request, lambda: confirm_share(by=actor, share=share, seen=seen), done=_("The share is confirmed."), to=_url(pk))


@require_POST
@staff_only
def used(request: HttpRequest, pk: int) -> HttpResponse:
    """Euros and hours used so far, of all parties at once."""
    actor, plan = actor_of(request), get_plan(actor_of(request), pk)

    def work() -> None:
        said = {}
        for share in Share.objects.filter(plan=plan):
            sums, hours = request.POST.get(f"used-{share.pk}", ""), request.POST.get(f"hours-{share.pk}", "")
            try:
                said[share.pk] = (Decimal(sums.replace(",", ".").replace(" ", "") or 0), int(hours or 0))
            except (ArithmeticError, ValueError):
                raise RuleBroken(_("Write euros and hours as numbers.")) from None
        if any(not 0 <= each < 10**9 for pair in said.values() for each in pair):
            raise RuleBroken(_("Write euros and hours as numbers."))
        say_used(by=actor, plan=plan, used=said)

    try:
        with transaction.atomic():
            work()
    except RuleBroken as broken:
        return _page(request, plan, str(broken.message))
    return saved(request, _("What has been used is written down."), _url(pk))
