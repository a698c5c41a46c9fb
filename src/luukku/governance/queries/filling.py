"""What the system knows of a point of the agenda: nobody types it."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.actor import Actor
from luukku.core.followed import AgendaLine, plan_lines, plan_overviews
from luukku.core.ui.times import day_text, moment_text
from luukku.governance.access import keeps_networks
from luukku.governance.enums import MeetingState, Source
from luukku.governance.models import AgendaItem, Meeting, Task
from luukku.governance.queries.figures import FEEDBACK, FIGURES, figures_above, networks_above, region_figures
from luukku.network.access.figures import figure_regions


def _figures(actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    return _measured(actor, meeting, FIGURES)


def _feedback(actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    return _measured(actor, meeting, FEEDBACK)


def _measured(actor: Actor, meeting: Meeting, names: tuple[str, ...]) -> list[AgendaLine]:
    """Of a region as they are now; of an area and the nation as the house counted each region last."""
    whose = meeting.group.whose
    if whose.region is None:
        return [AgendaLine(words) for words in figures_above(actor, whose, names)]
    if whose.region.pk not in {region.pk for region in figure_regions(actor)}:
        return []
    url = f"{reverse('desk:figures')}?region={whose.region.code}"
    return [AgendaLine(words, url) for words in region_figures(whose.region.pk, names)]


def _last(_actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    """The minutes of the meeting before."""
    before = Meeting.objects.filter(group=meeting.group_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    if before is None:
        return []
    return [
        AgendaLine(f"{moment_text(before.starts_at)}: {before.get_minutes_state_display()}", reverse("governance:minutes", kwargs={"pk": before.pk}))
    ]


def _tasks(_actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    """Open tasks of the group, then those done since the meeting before."""
    before = Meeting.objects.filter(group=meeting.group_id, state=MeetingState.HELD, starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    tasks = Task.objects.filter(group=meeting.group_id).exclude(meeting=meeting).select_related("membership__person").order_by("due_day", "id")
    lines = [AgendaLine(f"{task.words} – {task.membership.who}, {day_text(task.due_day)}{_how(task)}", _task(task)) for task in tasks.open()]
    if before is not None:
        done = tasks.filter(done_at__gte=before.starts_at)
        lines += [AgendaLine(_("Done: %(words)s – %(name)s") % {"words": task.words, "name": task.membership.who}, _task(task)) for task in done]
    return lines


def _task(task: Task) -> str:
    return reverse("governance:task", kwargs={"pk": task.pk})


def _how(task: Task) -> str:
    return f": {' '.join(task.progress.split())[:200]}" if task.progress else ""


def _next(_actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    """The next meeting, and how many tasks are due until then."""
    coming = Meeting.objects.standing().filter(group=meeting.group_id, starts_at__gt=meeting.starts_at).order_by("starts_at").first()
    if coming is None:
        return []
    due = Task.objects.open().filter(group=meeting.group_id, due_day__lte=timezone.localdate(coming.starts_at)).count()
    place = f", {coming.place}" if coming.place else ""
    until = ngettext("%(n)s task is due until then", "%(n)s tasks are due until then", due) % {"n": due}
    url = reverse("governance:meeting", kwargs={"pk": coming.pk})
    return [AgendaLine(f"{moment_text(coming.starts_at)}{place}", url), *([AgendaLine(until)] if due else [])]


def _plans(actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    """How the plans of the region, or of all regions of the area or the nation go, as the modules that keep them say."""
    group = meeting.group
    if group.region_id is None:
        return [line for source in plan_overviews.all() for line in source(actor, group.area_id)]
    return [line for source in plan_lines.all() for line in source(actor, group.region_id)]


def _regions(actor: Actor, meeting: Meeting) -> list[AgendaLine]:
    """All that is known of the regions: how their networks stand, their plans, figures and feedback."""
    whose = meeting.group.whose
    url = reverse("governance:networks") if keeps_networks(actor) else ""
    stages = [AgendaLine(words, url) for words in networks_above(actor, whose)] if whose.region is None else []
    return [*stages, *_plans(actor, meeting), *_figures(actor, meeting), *_feedback(actor, meeting)]


FILLERS: dict[str, Callable[[Actor, Meeting], list[AgendaLine]]] = {
    Source.LAST: _last, Source.TASKS: _tasks, Source.FIGURES: _figures, Source.FEEDBACK: _feedback, Source.NEXT: _next,
    Source.PLANS: _plans, Source.REGIONS: _regions,
}  # fmt: skip


def filled(actor: Actor, meeting: Meeting, item: AgendaItem) -> list[AgendaLine]:
    """Lines that the system fills in as they are now, in the reader's language. A few statements for each kind of point."""
    fill = FILLERS.get(item.source)
    return fill(actor, meeting) if fill is not None else []
