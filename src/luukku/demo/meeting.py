"""Case meetings of the sample network: a past one with its memo and steps on cases, and a coming one whose matters wait for their customers' word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from luukku.core.actor import Actor, act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.access import case_meetings as doors
from luukku.desk.actions.case_meetings.closing import close_meeting
from luukku.desk.actions.case_meetings.consent import answer, ask_consent, write_down
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.case_meetings.members import set_people
from luukku.desk.actions.case_meetings.running import add_step, handle_item, open_meeting, write_item, write_point
from luukku.desk.actions.case_meetings.series import SeriesForm, create_series
from luukku.desk.models import CaseMeeting, Leg, MeetingConsent, MeetingItem, MeetingParty, MeetingPoint, MeetingSeries
from luukku.desk.models.meeting_kinds import MemberRole, Template
from luukku.desk.queries.case_meetings.templates import NAMES
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Seat

BEGAN = timedelta(days=42)  # ago


@dataclass(frozen=True)
class Told:
    """What is said of one matter, from the list to the decision."""

    about: str  # what her words speak of
    nameless: str
    question: str
    minutes: str = ""
    decision: str = ""
    step: str = ""


@dataclass(frozen=True)
class Plan:
    """A series of a region: who meets, and what was and will be talked about."""

    region: str
    template: Template
    place: str
    organisations: tuple[str, ...]
    weekday: int
    nth: int
    point: tuple[str, str]  # its title as the template says it, and what was written of it
    past: tuple[Told, ...] = ()
    coming: tuple[Told, ...] = ()


PLANS = (
    Plan(
        "suupohja", Template.CASES, "Seututalo, kokoushuone 2",
        ("sek", "finnvera", "tyollisyysalue-suupohja", "uusyrityskeskus-etela-pohjanmaa"), 1, 2,
        ("Muut asiat", "Sovittiin, että rahoitusiltapäivä pidetään yhdessä keväällä. Päivä haetaan seuraavaan neuvotteluun."),
        (
            Told(
                "rahoit", "Yrittäjä, jonka rahoitussuunnitelmasta puuttuu osa.", "Mistä loppuosa, ja missä järjestyksessä haetaan?",
                "Käytiin läpi aikataulu. Laina ehtii ennen hankintaa, jos hakemus lähtee tässä kuussa.",
                "Laina haetaan ensin, avustus sen jälkeen.", "Soittaa ja sopii rahoitusneuvottelun",
            ),
            Told(
                "palkata", "Yrittäjä, joka miettii ensimmäistä työntekijää.", "Mitä tukea tähän saa juuri nyt, ja kuka auttaa haussa?",
                "Työllisyysalueella on kolme sopivaa hakijaa. Palkkatuki on haettava ennen sopimusta.",
                "Haetaan palkkatuki ja tavataan hakijat yhdessä.", "Lähettää yrittäjälle ohjeet ja ehdottaa aikoja",
            ),
        ),
        (
            Told("yrityskaup", "Yrityskauppaa suunnitteleva yrittäjä, joka kaipaa apua.", "Kuka ottaa arvonmäärityksen, kuka rahoituksen?"),
            Told("rahoit", "Aloittava yrittäjä, jonka rahoitus on auki.", "Kuka voisi täydentää lainaa pienellä summalla?"),
            Told("palkata", "Yritys, joka on palkkaamassa ensimmäisen tekijän.", "Löytyisikö tekijä jo teidän kauttanne?"),
        ),
    ),
    Plan(
        "suupohja", Template.ACTIVATION, "Työllisyyspalvelujen neuvottelutila", ("sek", "tyollisyysalue-suupohja", "kauhajoki", "kurikka"), 3, 3,
        ("Irtisanomiset ja kasvu", "Metallialalla haetaan tekijöitä, kaupassa vähennetään. Seurataan ensi kuussa."),
    ),
    Plan(
        "lansi-uusimaa", Template.PARTNERS, "Novago, Lohja",
        ("novago", "tyollisyysalue-lohja-karkkila", "lohja-yrityspalvelut", "evk-uusimaa"), 2, 1,
        ("Palveluopas", "Kolme korttia odottaa tarkistusta. Jaettiin ne, ja katsotaan ensi kerralla."),
        (
            Told(
                "finansier", "Ett företag som vill finansiera en maskin.", "Vem kan finansiera, och vad behövs före ansökan?",
                "Två organisationer kan finansiera tillsammans. Kalkylen behövs först.", "En gemensam kalkyl görs före ansökan.",
                "Bokar ett möte om kalkylen",
            ),
        ),
        (
            Told("generationsskifte", "Ett företag där ägaren byts inom ett år.", "Vem gör värderingen, och i vilken ordning går vi fram?"),
            Told("företagare", "En blivande företagare som behöver hjälp av flera.", "Vem hjälper med tillstånden och vem med kalkylerna?"),
        ),
    ),
)  # fmt: skip


def build_meetings(built: Built) -> None:
    """Play each series from its beginning to its coming meeting, as its people would."""
    for plan in PLANS:
        _Series(built, plan).play()


class _Series:
    def __init__(self, built: Built, plan: Plan) -> None:
        self.plan, self.region = plan, built.regions[plan.region]
        self.organisations = {each.code: each for each in Organisation.objects.filter(code__in=plan.organisations)}
        self.people = {code: built.people.get(f"{plan.region}/{code}", []) for code in plan.organisations}
        self.used: set[int] = set()

    def play(self) -> None:
        series = self.make()
        while (meeting := CaseMeeting.objects.coming().select_related(*doors.RELATED).get(series=series)).ends_at < clock.now():
            self.hold(meeting)
        self.prepare(meeting)

    def make(self) -> MeetingSeries:
        names = dict(zip(("fi", "sv", "en"), NAMES[self.plan.template], strict=True))
        video = "https://video.example/neuvottelu" if self.plan.template is Template.CASES else ""
        form = SeriesForm(names=names, starts=time(9), nth=self.plan.nth, weekday=self.plan.weekday, place=self.plan.place, video_link=video)
        seat = Seat.objects.select_related("person").get(role=Role.COORDINATOR, region=self.region)
        members = [self.organisations[code] for code in self.plan.organisations]
        with act_as(actor_of_person(seat.person_id)) as by:
            series = create_series(
                by=by, region=self.region, template=self.plan.template, form=form, organisations=members, at=clock.now() - BEGAN
            )  # fmt: skip
            for party in MeetingParty.objects.filter(series=series).select_related("series__desk", "organisation"):
                set_people(by=by, party=party, people=self.sent(party, seat.person))
        return series

    def sent(self, party: MeetingParty, coordinator: Person) -> Sequence[tuple[Person, str]]:
        roles = (MemberRole.LEAD, MemberRole.DEPUTY)
        people = [(person, str(role)) for person, role in zip(self.people[party.organisation.code], roles, strict=False)]
        first = party.organisation.code == self.plan.organisations[0]
        return [*people, (coordinator, str(MemberRole.MEMBER))] if first else people

    def leg(self, told: Told, before: datetime) -> Leg | None:
        """An open part of the first organisation, in somebody's hands before a moment, that is about this; each case once."""
        desks = Leg.objects.open().filter(case__region=self.region, desk__organisation__code=self.plan.organisations[0], handler__isnull=False)
        found = desks.filter(taken_up_at__lt=before, case__customer__isnull=False, case__own_words__icontains=told.about)
        leg = found.exclude(case__in=self.used).select_related("case__customer__contact", "handler").order_by("-case__contacted_at", "id").first()
        self.used |= {leg.case_id} if leg is not None else set()
        return leg

    def found(self, several: Sequence[Told], before: datetime) -> list[tuple[Leg, Told]]:
        """Those for which there is a matter."""
        pairs = [(self.leg(told, before), told) for told in several]
        return [(leg, told) for leg, told in pairs if leg is not None]

    def propose(self, meeting: CaseMeeting, leg: Leg, told: Told, at: datetime) -> MeetingItem:
        assert leg.handler_id is not None
        with act_as(actor_of_person(leg.handler_id)) as by:
            return propose(by=by, case=leg.case, meeting=meeting, question=told.question, nameless=told.nameless, at=at)

    def hold(self, meeting: CaseMeeting) -> None:
        """A meeting that has been: its matters agreed to by phone, discussed one by one, and closed."""
        pairs = self.found(self.plan.past, meeting.starts_at - timedelta(days=3)) if not self.used else []
        items = [(leg, told, self.propose(meeting, leg, told, meeting.starts_at - timedelta(days=2))) for leg, told in pairs]
        for leg, _told, item in items:
            assert leg.handler_id is not None
            with act_as(actor_of_person(leg.handler_id)) as by:
                listed = doors.get_item(by, item.pk)
                allowed = [each.pk for each in doors.member_organisations(meeting)]
                write_down(by=by, item=listed, way="phone", allowed=allowed, at=meeting.starts_at - timedelta(days=1))
        assert meeting.lead_id is not None
        with act_as(actor_of_person(meeting.lead_id)) as by:
            everybody = [person.pk for people in self.people.values() for person in people[:1]]
            open_meeting(by=by, meeting=meeting, present=everybody, at=meeting.starts_at)
            self.minutes(by, meeting)
            for number, (_leg, told, item) in enumerate(items):
                self.discuss(by, doors.get_item(by, item.pk), told, meeting.starts_at + timedelta(minutes=20 * (number + 1)))
            close_meeting(by=by, meeting=meeting, at=meeting.ends_at)

    def minutes(self, by: Actor, meeting: CaseMeeting) -> None:
        title, words = self.plan.point
        point = MeetingPoint.objects.select_related("meeting").filter(meeting=meeting, title_fi=title, carried_from=None).first()
        if point is not None:
            write_point(by=by, point=point, minutes=words, version=point.version, is_open=True)

    def discuss(self, by: Actor, item: MeetingItem, told: Told, at: datetime) -> None:
        person = self.people[self.plan.organisations[1]][0]
        write_item(by=by, item=item, minutes=told.minutes, decision=told.decision, version=0)
        add_step(by=by, item=item, words=told.step, person=person, due=clock.today() + timedelta(days=6), at=at)
        handle_item(by=by, item=item, at=at)

    def prepare(self, meeting: CaseMeeting) -> None:
        """The coming one: the first matter agreed to on the customer's page, the second asked about, the third without a word yet."""
        now = clock.now()
        for number, (leg, told) in enumerate(self.found(self.plan.coming, now - timedelta(hours=36))):
            item = self.propose(meeting, leg, told, now - timedelta(hours=30 - number))
            assert leg.handler_id is not None
            if number == 2:
                continue
            with act_as(actor_of_person(leg.handler_id)) as by:
                listed = doors.get_item(by, item.pk)
                if leg.case.customer is None or not leg.case.customer.contact.email:
                    write_down(by=by, item=listed, way="phone", allowed=[each.pk for each in doors.member_organisations(meeting)[:2]])
                    continue
                ask_consent(by=by, item=listed, at=now - timedelta(hours=28))
            if number == 0:
                consent = MeetingConsent.objects.get(item=item)
                with act_as(Actor("link", (leg.case.door_principal,))) as customer:
                    answer(by=customer, consent=consent, allowed=consent.organisations, at=now - timedelta(hours=20))
