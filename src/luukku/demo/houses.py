"""The demo's shared houses: who sits there and is in today, who walked in, visiting desks and remote points, help with e-services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from luukku.catalogue.models import Service
from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.demo.places import build_places, week_from
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.e_services import HelpForm, answer_report, log_help
from luukku.desk.actions.intake import NeedForm
from luukku.desk.actions.log_contact import Agreed, Contact
from luukku.desk.actions.points import PointForm, open_point
from luukku.desk.actions.walk_ins import Visit, meet_walk_in, receive_walk_in
from luukku.desk.enums import Channel, GuideWay, HelpHow, HelpWent, MeetingPlace, ReportState, WalkInWay
from luukku.desk.models import Case
from luukku.network.access import actor_of_person
from luukku.network.actions.desks import set_hours
from luukku.network.actions.houses import join_house, sit_in_house
from luukku.network.actions.organisations import PremisesDetails, add_premises
from luukku.network.actions.presence import mark_presence
from luukku.network.enums import PresenceState
from luukku.network.models import Desk, Municipality, Organisation, Person, Premises


@dataclass(frozen=True)
class House:
    """A shared house: who keeps it, who shares it, where it stands, and where its advisers serve on other days."""

    region: str
    keeper: str
    others: tuple[str, ...]
    name: str
    street: str
    town: str
    visits: tuple[str, str, str]  # municipality, place, address of a visiting desk
    screen: tuple[str, str, str]  # the same of a remote point
    language: str


HOUSES = (
    House(
        "suupohja", "sek", ("finnvera", "tyollisyysalue-suupohja", "uusyrityskeskus-etela-pohjanmaa"), "Yritystalo Kaakkuri", "Topeeka 26",
        "Kauhajoki",
        ("Karijoki", "Kunnantalo", "Kristiinantie 3"), ("Isojoki", "Kirjasto", "Teollisuustie 1 A"), "fi",
    ),
    House(
        "lansi-uusimaa", "novago", ("lohja-yrityspalvelut", "lohjan-yrittajat", "evk-uusimaa"), "Yrittäjätalo Linderinkulma", "Karstuntie 4", "Lohja",
        ("Siuntio", "Kunnantalo – Kommunalhuset", "Virastotie 1 – Ämbetsvägen 1"),
        ("Inkoo", "Kirjasto – Biblioteket", "Ola Westmanin puistotie 3 – Ola Westmans allé 3"), "sv",
    ),
)  # fmt: skip
WORDS = {
    "fi": (
        "Haluan perustaa siivousfirman, mistä aloitan?", "Kassa ei riitä kesään asti, onko lainaa saatavilla?", "Etsin työntekijää leipomoon.",
        "Haluaisin myydä firmani, kun jään eläkkeelle.", "Miten haen starttirahaa?",
    ),
    "sv": (
        "Jag vill starta en städfirma, var börjar jag?", "Kassan räcker inte till sommaren, finns det lån?", "Jag söker folk till bageriet.",
        "Jag vill sälja mitt företag när jag går i pension.", "Hur söker jag startpeng?",
    ),
}  # fmt: skip
SAID = (PresenceState.IN, PresenceState.IN, None, PresenceState.BACK, PresenceState.AWAY, PresenceState.IN)


def build_houses(built: Built) -> None:
    """Where the organisations serve, and both regions' houses, through the same actions as everything."""
    build_places()
    for house in HOUSES:
        _Play(built, house).play()


class _Play:
    def __init__(self, built: Built, house: House) -> None:
        self.built, self.house = built, house
        self.region = built.regions[house.region]
        self.desk = self.desk_of(house.keeper)
        self.people: dict[str, list[Person]] = {code: built.people.get(f"{house.region}/{code}", []) for code in (house.keeper, *house.others)}
        self.host = self.people[house.keeper][0]
        self.count = 0

    def desk_of(self, organisation: str) -> Desk:
        """The desk as it is now, its region's door open."""
        return Desk.objects.select_related("organisation", "region").get(pk=self.built.desks[self.house.region, organisation].pk)

    def play(self) -> None:
        premises = self.set_up()
        self.mark()
        self.walk_ins(premises)
        self.serve_near()
        self.help_with_e_services()

    def town(self, name: str) -> Municipality:
        return Municipality.objects.get(name_fi=name, valid_until=None)

    def organisation(self, code: str) -> Organisation:
        return Organisation.objects.get(code=code)

    def set_up(self) -> Premises:
        keeper = self.organisation(self.house.keeper)
        with act_as_house("set up the sample network's houses") as by:
            details = PremisesDetails(
                name=self.house.name, street=self.house.street, municipality=self.town(self.house.town),
            )  # fmt: skip
            premises = add_premises(by=by, organisation=keeper, details=details)
            set_hours(by=by, owner=premises, week=week_from(("9-16", "9-16", "9-16", "9-18", "9-16")))
            for code in self.house.others:
                join_house(by=by, premises=premises, organisation=self.organisation(code))
            number = 0
            for code, people in self.people.items():
                for person in people[:3]:
                    number += 1
                    room = "Aula" if person == self.host else f"{number}"
                    sit_in_house(
                        by=by, premises=premises, organisation=self.organisation(code), person=person, room=room, is_host=person == self.host
                    )  # fmt: skip
        return premises

    def mark(self) -> None:
        """Some are in, one comes back, one is away; the others have said nothing."""
        noon = moment_at(clock.today(), time(12))
        everybody = [person for people in self.people.values() for person in people[:3]]
        for person, state in zip(everybody, SAID, strict=False):
            if state is not None:
                with act_as(actor_of_person(person.pk)) as by:
                    mark_presence(by=by, state=state, back=time(14) if state == PresenceState.BACK else None, at=noon)

    def visit(self, premises: Premises, way: str, **more: object) -> Visit:
        self.count += 1
        need = NeedForm(
            region=self.region, words=WORDS[self.house.language][self.count % 5], language=self.house.language, channel=Channel.WALK_IN,
            municipality=self.town(self.house.town), name=f"Kävijä {self.count}", phone=f"040 555 7{self.count:03}",
        )  # fmt: skip
        return Visit(premises=premises, contact=Contact(need, Agreed.MINE, self.desk), way=way, **more)  # type: ignore[arg-type]

    def walk_ins(self, premises: Premises) -> None:
        """A morning at the lobby: walked over and met, walked over just now, handed over, advised with a card, kept."""
        other = self.house.others[0]
        receiver, desk = self.people[other][0], self.desk_of(other)
        card = Service.objects.get(code="founding-advice")
        to = {"person": receiver, "to_desk": desk, "agrees": True}
        with act_as(actor_of_person(self.host.pk)) as by:
            met = receive_walk_in(by=by, visit=self.visit(premises, WalkInWay.WALK, themes=("s-starting",), **to))
            receive_walk_in(by=by, visit=self.visit(premises, WalkInWay.PASS, **to))
            receive_walk_in(by=by, visit=self.visit(premises, WalkInWay.DONE, guide=card, guide_way=GuideWay.PAPER))
            receive_walk_in(by=by, visit=self.visit(premises, WalkInWay.MINE))
            receive_walk_in(by=by, visit=self.visit(premises, WalkInWay.WALK, **to))
        with act_as(actor_of_person(receiver.pk)) as by:
            meet_walk_in(by=by, walk_in=met)

    def serve_near(self) -> None:
        """A visiting desk on the first Tuesday of each month, a remote point every other Wednesday."""
        adviser = self.people[self.house.keeper][1]
        with act_as(actor_of_person(adviser.pk)) as by:
            self.serve(by, adviser, MeetingPlace.VISITING, self.house.visits, weekdays=(1,), weeks=(1,))
            self.serve(by, adviser, MeetingPlace.REMOTE_POINT, self.house.screen, weekdays=(2,), weeks=(2, 4))

    def serve(self, by: Actor, adviser: Person, kind: str, where: Sequence[str], *, weekdays: tuple[int, ...], weeks: tuple[int, ...]) -> None:
        town, name, address = where
        keeper = self.organisation(self.house.keeper)
        directions = {
            "fi": "Sisään pääovesta, kysy neuvonnasta.",
            "sv": "In genom huvudingången, fråga vid infon.",
            "en": "By the main door; ask there.",
        }
        point = open_point(by=by, keeper=keeper, region=self.region, form=PointForm(kind, self.town(town), name, address, directions))
        link = "https://video.example/etapiste" if kind == MeetingPlace.REMOTE_POINT else ""
        first: date = clock.today() - timedelta(days=20)
        times = TimesForm(
            desk=self.desk, people=(adviser,), first_day=first, opens=time(10), closes=time(14), weekdays=weekdays, weeks=weeks, point=point,
            video_link=link, ahead_days=90,
        )  # fmt: skip
        publish_times(by=by, form=times)

    def help_with_e_services(self) -> None:
        """One went well, one was unclear and is mended by now, one waits for its owner, one was told by mail to an owner outside the network."""
        card = Service.objects.get(code="founding-advice")
        owner = self.organisation(self.house.others[0])
        with act_as(actor_of_person(self.host.pk)) as by:
            cases = list(Case.objects.filter(sponsor=self.host, is_open=True).order_by("pk")[:4])
            forms = (
                HelpForm(HelpHow.WITH, HelpWent.WELL, card),
                HelpForm(HelpHow.WITH, HelpWent.UNCLEAR, name="Lainahakemus", words="Liitteiden määrä ei selviä ennen lähettämistä.", owner=owner),
                HelpForm(HelpHow.FOR, HelpWent.BROKEN, name="Ilmoituslomake", words="Lähetä-painike ei tee mitään puhelimella.", owner=owner),
                HelpForm(
                    HelpHow.WITH,
                    HelpWent.UNCLEAR,
                    name="Tilastokysely",
                    words="Kohta 3 ei kerro, mitä vuotta kysytään.",
                    owner_email="palaute@tilastokysely.example",
                ),
            )
            made = [log_help(by=by, case=case, form=form) for case, form in zip(cases, forms, strict=False)]
        reports = [each.report for each in made if each.report is not None]
        with act_as(actor_of_person(self.people[self.house.others[0]][0].pk)) as by:
            for report in reports[:1]:
                answer_report(by=by, report=report, state=ReportState.MENDED, answer="Liitteiden luettelo on nyt hakemuksen alussa.")
