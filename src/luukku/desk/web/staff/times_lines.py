"""Published times said in a line, and the meetings of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.ui.times import day_text, weekday
from luukku.core.worktime import Interval
from luukku.desk.enums import WEEKS_OF_MONTH
from luukku.desk.models import Appointment, BookableTimes
from luukku.desk.queries.meetings import place_text
from luukku.desk.queries.week import Week


@dataclass(frozen=True)
class Line:
    times: BookableTimes
    when: str
    where: str
    who: str


def published_lines(page: Week) -> list[Line]:
    return [Line(times, when_text(times), place_text(times), " · ".join(each.name for each in times.people.all())) for times in page.published]


def when_text(times: BookableTimes) -> str:
    """`Every week: Mon, Thu 9–12, from 1 Dec`, or `Mon 30.11. 9–12`."""
    hours = str(Interval(times.opens.hour * 60 + times.opens.minute, times.closes.hour * 60 + times.closes.minute))
    if not times.weekdays:
        return f"{day_text(times.first_day)} {hours}"
    monday = times.first_day - timedelta(days=times.first_day.weekday())
    days = ", ".join(weekday(monday + timedelta(days=number)) for number in times.weekdays)
    words = _("Every week: %(days)s %(hours)s") % {"days": days, "hours": hours}
    if times.weeks:
        which = ", ".join(str(WEEKS_OF_MONTH[number - 1][1]) for number in times.weeks)
        words = _("Every month, %(which)s: %(days)s %(hours)s") % {"which": which, "days": days, "hours": hours}
    if times.first_day > timezone.localdate():
        words = _("%(words)s, from %(day)s") % {"words": words, "day": day_text(times.first_day)}
    return _("%(words)s, until %(day)s") % {"words": words, "day": day_text(times.last_day)} if times.last_day else words


def today_of(page: Week) -> Sequence[Appointment]:
    """Today's meetings, when the week is this one."""
    today = timezone.localdate()
    return next((day.meetings for day in page.days if day.day == today), ())
