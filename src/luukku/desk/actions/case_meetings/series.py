"""A series of case meetings is made, changed and ended by the region's coordinator, or for a desk of her own by its lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.core.trail import Fact
from luukku.core.translated import LANGUAGES
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.making import call_off, make_next
from luukku.desk.models import CaseMeeting, MeetingParty, MeetingSeries, StandingPoint
from luukku.desk.models.meeting_kinds import Nth, PointKind, Rhythm, Template, Weekday
from luukku.desk.queries.case_meetings.templates import POINTS
from luukku.network.models import Desk, Organisation, Participation, Region

FEWEST_MINUTES, MOST_MINUTES, MOST_DAYS = 15, 480, 90


@dataclass(frozen=True)
class SeriesForm:
    """What a series is: its names by language, when and where it meets, and for how long opened matters stay open after a meeting."""

    names: Mapping[str, str]
    starts: time
    rhythm: str = Rhythm.MONTHLY
    nth: int = Nth.SECOND
    weekday: int = Weekday.TUESDAY
    minutes: int = 90
    place: str = ""
    video_link: str = ""
    access_days: int = 14


def create_series(
    *,
    by: Actor,
    region: Region,
    template: str,
    form: SeriesForm,
    organisations: Sequence[Organisation],
    desk: Desk | None = None,
    submit_key: str | None = None,
    at: datetime | None = None,
) -> MeetingSeries:
    """A series with its template's standing points, and its first meeting. Raises NotAllowed, RuleBroken."""
    series = MeetingSeries(region=region, desk=desk, template=Template(template), created_at=at or timezone.now())
    _require_keeper(by, series)
    _put(series, form)
    _check_parties(series, organisations)

    def work() -> int:
        series.save()
        MeetingParty.objects.bulk_create([MeetingParty(series=series, organisation=each, position=n) for n, each in enumerate(organisations, 1)])
        StandingPoint.objects.bulk_create([
            StandingPoint(series=series, position=n, kind=point.kind, title_fi=point.fi, title_sv=point.sv, title_en=point.en)
            for n, point in enumerate(POINTS[Template(template)], start=1)
        ])  # fmt: skip
        _record("meeting.series_made", series, by, template=template)
        make_next(by=by, series=series, at=at)
        return series.pk

    with transaction.atomic():
        return MeetingSeries.objects.get(pk=once(submit_key, work, "series", region.pk, template))


def edit_series(*, by: Actor, series: MeetingSeries, form: SeriesForm) -> MeetingSeries:
    """A changed rhythm or place holds from the next meeting on that is made. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        locked = _locked(by, series)
        _put(locked, form)
        locked.save()
        _record("meeting.series_changed", locked, by)
        return locked


def end_series(*, by: Actor, series: MeetingSeries, at: datetime | None = None) -> MeetingSeries:
    """No more meetings are made; the coming one is called off and everybody is told. Raises NotAllowed."""
    now = at or timezone.now()
    with transaction.atomic():
        locked = _locked(by, series)
        if locked.ended_at is None:
            locked.ended_at = now
            locked.save(update_fields=["ended_at"])
            _record("meeting.series_ended", locked, by)
            for meeting in CaseMeeting.objects.coming().filter(series=locked).select_related("series"):
                call_off(by=by, meeting=meeting, at=now)
        return locked


def set_points(*, by: Actor, series: MeetingSeries, points: Sequence[tuple[str, Mapping[str, str]]]) -> None:
    """The standing points of the meetings to come, in order: kind and titles by language. Raises NotAllowed, RuleBroken."""
    with transaction.atomic():
        locked = _locked(by, series)
        kept = [(kind, titles) for kind, titles in points if any(titles.get(language, "").strip() for language in LANGUAGES)]
        if not kept:
            raise RuleBroken(_("A meeting needs at least one point."))
        if any(not titles.get("fi", "").strip() for _kind, titles in kept):
            raise RuleBroken(_("Write each point in Finnish at least."))
        StandingPoint.objects.filter(series=locked).delete()
        StandingPoint.objects.bulk_create([
            StandingPoint(
                series=locked, position=n, kind=PointKind(kind), **{f"title_{code}": titles.get(code, "").strip()[:120] for code in LANGUAGES}
            )
            for n, (kind, titles) in enumerate(kept, start=1)
        ])  # fmt: skip
        _record("meeting.points_set", locked, by, points=len(kept))


def _put(series: MeetingSeries, form: SeriesForm) -> None:
    if not form.names.get("fi", "").strip():
        raise RuleBroken(_("Give the series a name in Finnish."), field="name_fi")
    if not FEWEST_MINUTES <= form.minutes <= MOST_MINUTES:
        raise RuleBroken(_("A meeting lasts from a quarter of an hour to eight hours."), field="minutes")
    if not 0 <= form.access_days <= MOST_DAYS:
        raise RuleBroken(_("Opened matters stay open for at most %(days)s days.") % {"days": MOST_DAYS}, field="access_days")
    if not form.place.strip() and not form.video_link.strip():
        raise RuleBroken(_("Write where you meet: a place, a video link, or both."), field="place")
    for language in LANGUAGES:
        setattr(series, f"name_{language}", form.names.get(language, "").strip()[:120])
    series.rhythm, series.nth, series.weekday = Rhythm(form.rhythm), Nth(form.nth), Weekday(form.weekday)
    series.starts, series.minutes, series.access_days = form.starts, form.minutes, form.access_days
    series.place, series.video_link = form.place.strip()[:200], form.video_link.strip()


def _check_parties(series: MeetingSeries, organisations: Sequence[Organisation]) -> None:
    """Those that take part in the region today, two at least; a desk's own series has the desk's organisation in it."""
    ids = {each.pk for each in organisations}
    if len(ids) < 2:
        raise RuleBroken(_("Choose at least two organisations: a case meeting brings several together."), field="organisations")
    if series.desk is not None and series.desk.organisation_id not in ids:
        raise RuleBroken(_("Your own organisation takes part in its own series."), field="organisations")
    known = set(Participation.objects.filter(region=series.region, valid_until=None, organisation__in=ids).values_list("organisation_id", flat=True))
    if ids - known:
        raise RuleBroken(_("Only organisations that take part in the region can be members."), field="organisations")


def _require_keeper(by: Actor, series: MeetingSeries) -> None:
    if not by.is_staff or not doors.can_edit_series(by, series):
        raise NotAllowed


def _locked(by: Actor, series: MeetingSeries) -> MeetingSeries:
    """Keeper only. The row is locked so that of two who change it the second sees what the first did."""
    _require_keeper(by, series)
    return MeetingSeries.objects.select_for_update(of=("self",)).select_related("region", "desk").get(pk=series.pk)


def _record(action: str, series: MeetingSeries, by: Actor, **facts: Fact) -> None:
    trail.record(action, series, by=by, region_id=series.region_id, organisation_id=None, at=None, **facts)
