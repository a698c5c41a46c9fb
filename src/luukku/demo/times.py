"""The demo's booked times: advisers of both regions publish, customers book, some come, one does not, one moves, one cancels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from luukku.catalogue.models import Service
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.demo.stories import data
from luukku.desk.actions.appointments.booking import book_with_need
from luukku.desk.actions.appointments.changing import cancel, move
from luukku.desk.actions.appointments.marking import did_not_come, met
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.appointments.rooms import add_room
from luukku.desk.actions.intake import NeedForm
from luukku.desk.models import Appointment, BookableTimes
from luukku.desk.queries.free import FreeTimes, bookable
from luukku.network.access import actor_of_person
from luukku.network.models import Desk, Municipality, Person

BEGAN = 45  # days ago the first times were published
WORDS = {
    "fi": (
        "Suunnittelen yrityskauppaa ja kaipaisin toista silmäparia.",
        "Haluaisin käydä läpi rahoitussuunnitelman.",
        "Mietin, milloin palkata ensimmäinen työntekijä.",
    ),
    "sv": (
        "Jag planerar ett generationsskifte och vill gå igenom stegen.",
        "Jag vill tala om finansieringen av en maskin.",
        "Hur kommer jag i gång som företagare?",
    ),
}


@dataclass(frozen=True)
class Place:
    """Who publishes in a region: two advisers of its front desk, where they sit and where one of them visits."""

    region: str
    organisation: str
    language: str
    address: str
    visits: str
    visit_address: str


PLACES = (
    Place("suupohja", "sek", "fi", "Teknologiapuisto, 2. kerros", "Teuva", "Kunnantalon kokoushuone"),
    Place("lansi-uusimaa", "novago", "sv", "Novagon toimisto, sisäänkäynti pihalta", "Hanko", "Kaupunginkirjasto, 1. kerros"),
)


def build_times(built: Built) -> None:
    """Publish in both regions and play what has become of the bookings by now."""
    for place in PLACES:
        _Region(built, place).play()


class _Region:
    def __init__(self, built: Built, place: Place) -> None:
        self.place, self.built = place, built
        self.rng = Random(f"times {place.region} {clock.today():%Y%m%d}")  # noqa: S311
        self.desk: Desk = built.desks[place.region, place.organisation]
        self.people: list[Person] = built.people[f"{place.region}/{place.organisation}"]
        self.count = 0

    def play(self) -> None:
        office, evening, visit = self.publish()
        for days in (38, 31, 24, 17):
            self.past(office if days != 31 else evening, days)
        self.past(visit, 21, comes=False)
        moved = self.book(office, self.ago(5), 4)
        self.as_customer(moved, lambda by: move(by=by, appointment=moved, times=office, starts_at=self.free(office, self.ago(3))[7], at=self.ago(3)))
        dropped = self.book(evening, self.ago(4), 2)
        self.as_customer(dropped, lambda by: cancel(by=by, appointment=dropped, at=self.ago(2)))
        for times, index in ((office, 1), (office, 5), (evening, 0), (visit, 1)):
            self.book(times, self.ago(1), index)

    def publish(self) -> Sequence[BookableTimes]:
        """At the office twice a week, an evening by video, a visiting desk on one morning; one of them with a colleague."""
        first, second = self.people[0], self.people[1]
        with act_as(actor_of_person(first.pk)) as by:
            room = add_room(by=by, organisation=self.desk.organisation, name="Neuvotteluhuone")
            office = self.open(by, first, (1, 3), time(9), time(12), room=room, address=self.place.address)
            evening = self.open(by, first, (2,), time(17), time(19), place="video", video_link="https://video.example/luukku", length=30)
        with act_as(actor_of_person(second.pk)) as by:
            town = Municipality.objects.get(name_fi=self.place.visits, valid_until=None)
            visit = self.open(by, second, (0,), time(10), time(14), place="visiting", municipality=town, address=self.place.visit_address)
            founding = Service.objects.get(code="founding-advice")
            self.open(by, second, (4,), time(12), time(15), place="phone", service=founding, length=30, notice_hours=12)
        return office, evening, visit

    def open(self, by: Actor, person: Person, weekdays: tuple[int, ...], opens: time, closes: time, **more: object) -> BookableTimes:
        began = self.ago(BEGAN)
        form = TimesForm(
            desk=self.desk, people=(person,), first_day=timezone.localdate(began), opens=opens, closes=closes, weekdays=weekdays, **more  # type: ignore[arg-type]
        )  # fmt: skip
        return bookable(self.desk.region).get(pk=publish_times(by=by, form=form, at=began).pk)

    def ago(self, days: int) -> datetime:
        return clock.now() - timedelta(days=days, minutes=self.rng.randrange(5, 300))

    def free(self, times: BookableTimes, at: datetime) -> list[datetime]:
        return [slot.starts_at for slot in FreeTimes([times], now=at).all()]

    def book(self, times: BookableTimes, at: datetime, index: int) -> Appointment:
        """Somebody from the street books the free time of this place in the row."""
        self.count += 1
        language = self.place.language
        names = data()["names"][language]
        name = f"{self.rng.choice(names['first'])} {self.rng.choice(names['last'])}"
        town = Municipality.objects.filter(region_spells__region=self.desk.region, region_spells__valid_until=None).order_by("name_fi")[0]
        need = NeedForm(
            region=self.built.regions[self.place.region], words=WORDS[language][self.count % 3], language=language, municipality=town, name=name,
            email=f"varaaja{self.count}.{self.place.region}@sample.example", phone=f"040 555 8{self.count:03}",
        )  # fmt: skip
        with act_as(PUBLIC):
            return book_with_need(by=PUBLIC, times=times, starts_at=self.free(times, at)[index], need=need, at=at)

    def past(self, times: BookableTimes, days: int, *, comes: bool = True) -> None:
        """A time that has been: held with a note, or missed."""
        made = self.book(times, self.ago(days), 1)
        if made.ends_at >= clock.now():
            return
        with act_as(actor_of_person(made.people.all()[0].pk)) as by:
            if comes:
                met(by=by, appointment=made, note=self.rng.choice(("Käytiin tilanne läpi.", "Sovittiin jatkosta.")), at=made.ends_at)
            else:
                did_not_come(by=by, appointment=made, at=made.ends_at)

    def as_customer(self, made: Appointment, act: Callable[[Actor], object]) -> None:
        door = Actor("link", (made.case.door_principal,))
        with act_as(door):
            act(door)
