"""Why a measure is judged as it is, in words."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.ui.times import date_text
from luukku.plans.enums import ENDED, Light, MeasureState
from luukku.plans.models import CheckPoint, Measure
from luukku.plans.models.measures import BEHIND_SHARE, TOO_EARLY


def why(measure: Measure, points: Iterable[CheckPoint]) -> list[str]:
    """Facts and dates that speak against it, and what somebody has said instead. The measure comes from `with_light`, its plan's kind with it."""
    today, found = timezone.localdate(), []
    if measure.state in ENDED:
        return []
    if measure.light_said:
        label = Light(measure.light_said).label
        found.append(_("Judged as “%(light)s”: %(reason)s") % {"light": label, "reason": measure.light_reason})
    if measure.due_on < today:
        found.append(_("The last day was %(day)s.") % {"day": date_text(measure.due_on, year=True)})
    elif measure.state == MeasureState.PLANNED and measure.begin_by is not None and measure.begin_by < today:
        found.append(_("It was to be begun by %(day)s.") % {"day": date_text(measure.begin_by, year=True)})
    found += [
        _("Check point %(day)s has passed: %(words)s") % {"day": date_text(point.day, year=True), "words": point.words}
        for point in points
        if point.done_at is None and point.day < today
    ]
    if _slow(measure):
        found.append(_("The value is less than half of what an even pace would have reached."))
    kind, quiet = measure.plan.kind, (timezone.now() - measure.touched_at).days
    if quiet > kind.acceptable_days:
        found.append(ngettext("Nothing has been said for %(n)s day.", "Nothing has been said for %(n)s days.", quiet) % {"n": quiet})
    return found


def plainly(measure: Measure) -> str:
    """Its state with the day that matters: when it was done, by when it is to be begun or ready, or was to be."""
    today = timezone.localdate()
    day, begin = date_text(measure.due_on, year=True), date_text(measure.begin_by, year=True) if measure.begin_by is not None else ""
    if measure.state in ENDED:
        ended = date_text(timezone.localdate(measure.touched_at), year=True)
        words = {MeasureState.DONE: _("Done %(day)s"), MeasureState.NOT_DONE: _("Not done"), MeasureState.DROPPED: _("Given up %(day)s")}
        return words[MeasureState(measure.state)] % {"day": ended}
    if measure.state == MeasureState.GOING:
        return (_("Under way, was to be ready by %(day)s") if measure.due_on < today else _("Under way, to be ready by %(day)s")) % {"day": day}
    if begin and measure.begin_by is not None and measure.begin_by < today:
        return _("Not begun, was to be begun by %(day)s") % {"day": begin}
    return _("Not begun yet, to be begun by %(day)s") % {"day": begin} if begin else _("Not begun yet, to be ready by %(day)s") % {"day": day}


def _slow(measure: Measure) -> bool:
    elapsed, total, gone = (getattr(measure, name) for name in ("elapsed", "total", "gone"))
    return gone is not None and total and elapsed > total / TOO_EARLY and gone < BEHIND_SHARE * elapsed / total
