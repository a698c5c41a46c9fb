"""What came of decisions: the plans and measures made of them, and how they go. And the lines of an agenda that follow a region's plans."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Case, Count, IntegerField, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.actor import Actor
from luukku.core.followed import AgendaLine, Followed
from luukku.core.ui.times import date_text
from luukku.plans.access import visible_measures, visible_plans
from luukku.plans.enums import BAD, Light, PlanState
from luukku.plans.models import Measure, Plan
from luukku.plans.models.plans import PlanQuerySet
from luukku.plans.queries.pages import SHOWN_LIGHTS, Row

MOST = 8  # measures that an agenda names


def lights_of(plans: Sequence[int]) -> dict[int, Counter[str]]:
    """How many measures of each plan go how. One statement."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    lit = Measure.objects.filter(plan__in=plans).with_light(timezone.localdate()).order_by()
    for row in lit.values("plan_id", "light").annotate(n=Count("pk")):  # type: ignore[misc]
        found[row["plan_id"]][row["light"]] = row["n"]
    return found


def lights_text(counts: Mapping[str, int]) -> str:
    """`2 late, 3 behind, 14 on course`."""
    return ", ".join(f"{counts[light]} {str(light.label).lower()}" for light in SHOWN_LIGHTS if counts.get(light))


def name_of(plan: Plan) -> str:
    return f"{plan.name or plan.kind.name} {plan.years}"


def followed(actor: Actor, decisions: Sequence[int]) -> dict[int, list[Followed]]:
    """By the keys of decisions. At most six statements."""
    found: dict[int, list[Followed]] = defaultdict(list)
    plans = list(visible_plans(actor).filter(decision__in=decisions).select_related("kind").order_by("id"))
    counts = lights_of([plan.pk for plan in plans]) if plans else {}
    for plan in plans:
        found[plan.decision_id or 0].append(Followed(name_of(plan), lights_text(counts.get(plan.pk, {})), _url(plan)))
    measures = visible_measures(actor).filter(decision__in=decisions).with_light(timezone.localdate()).select_related("plan__kind", "part")
    for each in measures.order_by("number", "id"):
        row = Row(each, each.light)  # type: ignore[attr-defined]
        reached = f"{each.indicator} {row.value or '–'} / {row.target}" if row.target else ""
        detail = ", ".join(filter(None, [row.light_words.lower(), reached, each.outcome[:120]]))
        found[each.decision_id or 0].append(Followed(each.words, detail, reverse("plans:measure", kwargs={"pk": each.pk})))
    return found


def agenda_lines(actor: Actor, region_id: int) -> list[AgendaLine]:
    """How the region's plans of this year go, the bad ones first, and drafts on which comments are asked. At most five statements."""
    year = timezone.localdate().year
    plans = visible_plans(actor).filter(region=region_id, person=None, parent=None).select_related("kind").order_by("kind__order", "id")
    listed = list(plans.filter(state=PlanState.FOLLOWED, year__lte=year, last_year__gte=year))
    if not listed:
        return [AgendaLine(_("No plan of this year has been approved.")), *_drafts(plans)]
    counts = lights_of([plan.pk for plan in listed])
    lines = [AgendaLine(f"{name_of(plan)}: {lights_text(counts.get(plan.pk, {}))}", _url(plan)) for plan in listed]
    return [*lines, *_bad(listed, counts), *_drafts(plans)]


def _bad(plans: Sequence[Plan], counts: Mapping[int, Counter[str]]) -> list[AgendaLine]:
    """Measures that are late, without news or behind, and of each plan how many more there are than these. One statement."""
    bad = Measure.objects.filter(plan__in=plans).with_light(timezone.localdate()).filter(light__in=BAD)  # type: ignore[misc]
    lines, left = [], {plan.pk: sum(counts[plan.pk][light] for light in BAD) for plan in plans if plan.pk in counts}
    worst = Case(*(When(light=light, then=Value(place)) for place, light in enumerate(BAD)), output_field=IntegerField())
    for each in bad.order_by(worst, "due_on", "id")[:MOST]:
        label = str(Light(each.light).label)  # type: ignore[attr-defined]
        words = f"{label}: {each.number}. {each.words} ({date_text(each.due_on, year=True)})"
        lines.append(AgendaLine(words, reverse("plans:measure", kwargs={"pk": each.pk})))
        left[each.plan_id] -= 1
    for plan in plans:
        if (n := left.get(plan.pk, 0)) > 0:
            told = {"n": n, "plan": name_of(plan)}
            words = (
                ngettext("%(n)s more is late, behind or without news: %(plan)s", "%(n)s more are late, behind or without news: %(plan)s", n) % told
            )
            lines.append(AgendaLine(words, _url(plan)))
    return lines


def _drafts(plans: PlanQuerySet) -> list[AgendaLine]:
    """Those out for comments. One statement."""
    found = plans.filter(state=PlanState.COMMENTS)
    return [AgendaLine(f"{plan.get_state_display()}: {name_of(plan)}", f"{_url(plan)}#comments") for plan in found]


def _url(plan: Plan) -> str:
    return reverse("plans:plan", kwargs={"pk": plan.pk})
