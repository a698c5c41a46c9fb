"""Who of a house is in now: her own word of today, else what her absences, booked times, published times, turn and opening hours tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.moments import moment_at
from luukku.core.ui.times import date_text, hour_text
from luukku.core.worktime import closing, is_open
from luukku.desk.enums import MeetingPlace
from luukku.desk.models import BookableTimes, Rota
from luukku.desk.queries.free import pattern_of, taken
from luukku.desk.queries.rota import turn
from luukku.network.enums import PresenceState
from luukku.network.models import Desk, HousePlace, Person, Premises, Region
from luukku.network.queries.calendars import Calendars
from luukku.network.queries.houses import places_of_house

ELSEWHERE = (MeetingPlace.VISITING, MeetingPlace.REMOTE_POINT)


class Here(IntEnum):
    """How sure it is that one finds her there, best first."""

    IN = 0
    LIKELY = 1
    UNKNOWN = 2
    SOON = 3
    AWAY = 4


@dataclass(frozen=True)
class WhoIs:
    """Somebody of the house, and whether she is in: `words` say it and on what it rests."""

    place: HousePlace
    here: Here
    words: str
    desk: Desk | None  # her organisation's in the region, if it takes matters there

    @property
    def person(self) -> Person:
        return self.place.person

    @property
    def key(self) -> str:
        """What a form sends for her, without a service."""
        return f"p{self.place.person_id}-s0"

    @property
    def colour(self) -> str:
        """Of the tag beside the words."""
        return {Here.IN: "green", Here.LIKELY: "green", Here.SOON: "yellow"}.get(self.here, "grey")


def who_is_in(actor: Actor, premises: Premises, region: Region, now: datetime | None = None) -> list[WhoIs]:
    """Everybody of the house: who is in first, then by name. Eleven statements whatever their number."""
    facts = _Facts(actor, premises, region, timezone.localtime(now))
    return sorted((facts.of(place) for place in facts.places), key=lambda each: each.here)


class _Facts:
    """All that can tell where somebody is, read at once."""

    def __init__(self, actor: Actor, premises: Premises, region: Region, now: datetime) -> None:
        self.now, self.today = now, now.date()
        self.places = places_of_house(actor, premises)
        organisations = {place.organisation_id for place in self.places}
        desks = Desk.objects.filter(region=region, organisation__in=organisations, deactivated_at=None).select_related("organisation", "region")
        self.desks = {desk.organisation_id: desk for desk in desks}
        self.calendars = Calendars(region.pk)
        people = [place.person_id for place in self.places]
        self.busy, _rooms = taken(people, (), now, now + timedelta(minutes=1))
        self.published = self._published(people)
        away = {place.person_id for place in self.places if place.person.away}
        rotas = Rota.objects.filter(desk__in=[desk.pk for desk in self.desks.values()])
        self.turns = {(rota.desk_id, turn(rota, self.today, away)) for rota in rotas}

    def _published(self, people: Sequence[int]) -> dict[int, BookableTimes]:
        """The published stretch in which each is now, by person."""
        found: dict[int, BookableTimes] = {}
        clock = self.now.time()
        rows = BookableTimes.objects.published(self.today).filter(people__in=people, opens__lte=clock, closes__gt=clock)
        for times in rows.select_related("municipality").prefetch_related("people").distinct():
            if pattern_of(times).runs_on(self.today):
                found |= {person.pk: times for person in times.people.all()}
        return found

    def of(self, place: HousePlace) -> WhoIs:
        desk = self.desks.get(place.organisation_id)
        here, words = self._said(place) or self._elsewhere(place) or self._hours(place, desk)
        return WhoIs(place, here, words, desk)

    def _said(self, place: HousePlace) -> tuple[Here, str] | None:
        said = getattr(place.person, "said", None)
        if said is None:
            return None
        if said.state == PresenceState.IN:
            return Here.IN, _("In now")
        if said.state == PresenceState.AWAY:
            return Here.AWAY, _("Away today")
        hour = hour_text(said.back_at)
        if said.back_at <= self.now:
            return Here.LIKELY, _("Said to be back at %(hour)s: probably in") % {"hour": hour}
        return Here.SOON, _("Back at %(hour)s") % {"hour": hour}

    def _elsewhere(self, place: HousePlace) -> tuple[Here, str] | None:
        if place.person.away is not None:
            return Here.AWAY, _("Away until %(day)s") % {"day": date_text(place.person.away.last_day)}
        until = max((end for start, end in self.busy.get(place.person_id, ()) if start <= self.now < end), default=None)
        if until is not None:
            return Here.SOON, _("Busy until %(hour)s") % {"hour": hour_text(until)}
        times = self.published.get(place.person_id)
        if times is None or times.place not in ELSEWHERE:
            return None
        where = times.municipality.name if times.municipality else times.address
        return Here.AWAY, _("Serves in %(place)s until %(hour)s") % {"place": where, "hour": self._closes(times)}

    def _hours(self, place: HousePlace, desk: Desk | None) -> tuple[Here, str]:
        times = self.published.get(place.person_id)
        if times is not None:
            return Here.LIKELY, _("Serves here until %(hour)s") % {"hour": self._closes(times)}
        if desk is None:
            return Here.UNKNOWN, _("Not told")
        calendar = self.calendars.of_desk(desk.pk, desk.region_id)
        if not is_open(calendar, self.now):
            return Here.AWAY, _("The desk is closed now")
        if (desk.pk, place.person_id) in self.turns:
            return Here.LIKELY, _("On duty today")
        until = closing(calendar, self.now)
        return Here.UNKNOWN, _("Not told; the desk is open until %(hour)s") % {"hour": hour_text(until)} if until else _("Not told")

    def _closes(self, times: BookableTimes) -> str:
        return hour_text(moment_at(self.today, times.closes))
