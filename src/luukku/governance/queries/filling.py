"""What the system knows of a point of the agenda: nobody types it."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.actor import Actor
from luukku.core.followed import plan_lines
from luukku.core.months import ended_months
from luukku.core.registries import measures
from luukku.core.ui.times import day_text, moment_text, number_text
from luukku.governance.enums import MeetingState, Source
from luukku.governance.models import AgendaItem, Meeting, Task
from luukku.network.access.figures import figure_regions

FEEDBACK = ("desk.face", "desk.kiosk_face")
FIGURES = (
    "desk.taken_up_in_time", "desk.informed_in_time", "desk.handovers_made", "desk.handovers_warm", "desk.guided_in_time", "desk.times_booked",
    "desk.businesses_started", "desk.jobs",
)  # fmt: skip
MONTHS = 3


def _measured(names: tuple[str, ...]) -> Callable[[Actor, Meeting], list[str]]:
    def lines(actor: Actor, meeting: Meeting) -> list[str]:
        region_id = meeting.group.region_id
        if region_id is None or region_id not in {region.pk for region in figure_regions(actor)}:
            return []
        known, months = dict(measures.items()), ended_months(MONTHS)
        found = []
        for name in names:
            measure = known[name]
            value, of = measure.compute(region_id, months)
            if value is not None and of:
                found.append(f"{_(measure.label)}: {_shown(value, measure.unit, of)}")
        return found

    return lines


def _shown(value: float, unit: str, of: int) -> str:
    if unit == "share":
        return _("%(percent)s %% (of %(n)s)") % {"percent": round(value * 100), "n": number_text(of)}
    if unit == "mean":
        return _("%(mean)s (%(n)s answers)") % {"mean": f"{value:.1f}".replace(".", ","), "n": number_text(of)}
    return number_text(round(value))


def _last(_actor: Actor, meeting: Meeting) -> list[str]:
    """The minutes of the meeting before."""
    before = Meeting.objects.filter(group=meeting.group_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    return [f"{moment_text(before.starts_at)}: {before.get_minutes_state_display()}"] if before is not None else []


def _tasks(_actor: Actor, meeting: Meeting) -> list[str]:
    """Open tasks of the group, then those done since the meeting before."""
    before = Meeting.objects.filter(group=meeting.group_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    tasks = Task.objects.filter(group=meeting.group_id).exclude(meeting=meeting).select_related("membership__person").order_by("due_day", "id")
    lines = [f"{task.words} – {task.membership.who}, {day_text(task.due_day)}{_how(task)}" for task in tasks.open()]
    if before is not None:
        done = tasks.filter(done_at__gte=before.starts_at)
        lines += [_("Done: %(words)s – %(name)s") % {"words": task.words, "name": task.membership.who} for task in done]
    return lines


def _how(task: Task) -> str:
    return f": {' '.join(task.progress.split())[:200]}" if task.progress else ""


def _next(_actor: Actor, meeting: Meeting) -> list[str]:
    """The next meeting, and how many tasks are due until then."""
    coming = Meeting.objects.standing().filter(group=meeting.group_id, starts_at__gt=meeting.starts_at).order_by("starts_at").first()
    if coming is None:
        return []
    due = Task.objects.open().filter(group=meeting.group_id, due_day__lte=timezone.localdate(coming.starts_at)).count()
    place = f", {coming.place}" if coming.place else ""
    until = ngettext("%(n)s task is due until then", "%(n)s tasks are due until then", due) % {"n": due}
    return [f"{moment_text(coming.starts_at)}{place}", *([until] if due else [])]


def _plans(actor: Actor, meeting: Meeting) -> list[str]:
    """How the region's plans go, as the modules that keep them say."""
    region = meeting.group.region_id
    if region is None:
        return []
    return [line for source in plan_lines.all() for line in source(actor, region)]


FILLERS: dict[str, Callable[[Actor, Meeting], list[str]]] = {
    Source.LAST: _last, Source.TASKS: _tasks, Source.FIGURES: _measured(FIGURES), Source.FEEDBACK: _measured(FEEDBACK), Source.NEXT: _next,
    Source.PLANS: _plans,
}  # fmt: skip


def filled(actor: Actor, meeting: Meeting, item: AgendaItem) -> list[str]:
    """Lines that the system fills in as they are now, in the reader's language. A few statements for each kind of point."""
    fill = FILLERS.get(item.source)
    return fill(actor, meeting) if fill is not None else []
