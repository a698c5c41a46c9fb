"""What came of decisions: the plans and measures made of them, and how they go. And the lines of an agenda that follow a region's plans."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.followed import Followed
from luukku.core.ui.times import date_text
from luukku.plans.access import visible_measures, visible_plans
from luukku.plans.enums import Light, PlanState
from luukku.plans.models import Measure, Plan
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
        url = reverse("plans:plan", kwargs={"pk": plan.pk})
        found[plan.decision_id or 0].append(Followed(name_of(plan), lights_text(counts.get(plan.pk, {})), url))
    measures = visible_measures(actor).filter(decision__in=decisions).with_light(timezone.localdate()).select_related("plan__kind", "part")
    for each in measures.order_by("number", "id"):
        row = Row(each, each.light)  # type: ignore[attr-defined]
        reached = f"{each.indicator} {row.value or '–'} / {row.target}" if row.target else ""
        detail = ", ".join(filter(None, [row.light_words.lower(), reached, each.outcome[:120]]))
        found[each.decision_id or 0].append(Followed(each.words, detail, reverse("plans:measure", kwargs={"pk": each.pk})))
    return found


def agenda_lines(actor: Actor, region_id: int) -> list[str]:
    """How the region's plans of this year go, what is late or behind first. Four statements at most."""
    year = timezone.localdate().year
    plans = visible_plans(actor).filter(region=region_id, person=None, parent=None, state=PlanState.FOLLOWED, year__lte=year, last_year__gte=year)
    listed = list(plans.select_related("kind").order_by("kind__order", "id"))
    if not listed:
        return [_("No plan of this year has been approved.")]
    counts = lights_of([plan.pk for plan in listed])
    lines = [f"{name_of(plan)}: {lights_text(counts.get(plan.pk, {}))}" for plan in listed]
    bad = Measure.objects.filter(plan__in=listed).with_light(timezone.localdate()).filter(light__in=(Light.LATE, Light.BEHIND))  # type: ignore[misc]
    for each in bad.order_by("-light", "due_on", "id")[:MOST]:  # type: ignore[misc]
        label = str(Light(each.light).label)  # type: ignore[attr-defined]
        lines.append(f"{label}: {each.number}. {each.words} ({date_text(each.due_on, year=True)})")
    return lines
