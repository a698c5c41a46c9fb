"""Why a measure is judged as it is, in words."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.core.ui.times import date_text
from luukku.plans.enums import ENDED, Light
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


def _slow(measure: Measure) -> bool:
    elapsed, total, gone = (getattr(measure, name) for name in ("elapsed", "total", "gone"))
    return gone is not None and total and elapsed > total / TOO_EARLY and gone < BEHIND_SHARE * elapsed / total
