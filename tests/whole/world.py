"""A small region with something on every page, made by actions inside the test's transaction."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service, ServiceProvider, ServiceWord
from luukku.core.actor import PUBLIC, act_as
from luukku.desk.access.case_meetings import get_item, get_meeting
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.case_meetings.consent import ask_consent
from luukku.desk.actions.case_meetings.listing import propose
from luukku.desk.actions.case_meetings.members import set_people
from luukku.desk.actions.case_meetings.running import add_step, open_meeting, write_item
from luukku.desk.actions.case_meetings.series import SeriesForm, create_series
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.desk.actions.handling import set_next_step, take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.actions.marks import give_feedback
from luukku.desk.actions.talking import add_note, write
from luukku.desk.actions.waiting import wait
from luukku.desk.models import Case, CaseMeeting, Leg, Proposal
from luukku.network.models import Desk
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory


@dataclass(frozen=True)
class Secrets:
    """What only those with a part in a case may read: words that stand nowhere else."""

    subject: str = "Kuningasrapupatee"
    words: str = "Kuningasrapupatee tarvitsee jääkalustoa ennen hämärää"
    name: str = "Salaliina Piilotettu"
    email: str = "salaliina@piilo.example"
    phone: str = "040 555 0777"
    message: str = "Kirjoitimme hiirenkorvista"
    reply: str = "Vastasin muurahaispesästä"
    note: str = "Muistimme kirjosieposta"
    file: str = "lohenpyrsto.txt"
    step: str = "Katsotaan peuransarvet"
    settled: str = "Lopuksi kävi revontulet"
    comment: str = "Kiitän korppikotkaa"

    @property
    def needles(self) -> tuple[str, ...]:
        """Pieces to look for: rarely cut by a line, a template or a phone's way of writing."""
        return (
            "kuningasrapu", "jääkalusto", "salaliina", "piilotettu", "piilo.example", "5550777", "hiirenkorv", "muurahaispes", "kirjosiepo",
            "lohenpyrsto", "peuransarv", "revontul", "korppikotka",
        )  # fmt: skip


SECRETS = Secrets()


@dataclass(frozen=True)
class World:
    cast: Cast
    service: Service
    open: Case  # of the front desk, in progress
    new: Case  # of the front desk, nobody has taken it
    ended: Case  # of the front desk, settled, with feedback
    waiting: Case
    mine: Case  # the founder's own

    def link(self, case: Case) -> str:
        return f"/s/{first_token(case)}/"


def need(cast: Cast, words: str, **more: object) -> NeedForm:
    given: dict[str, object] = {
        "region": cast.here.region, "municipality": cast.here.municipality, "words": words, "language": "fi", "name": "Kaisa Kahvila",
        "email": "kaisa@customer.example", "phone": "040 555 0199", "company_name": "Kahvila Oy", "business_id": "2617416-4",
    }  # fmt: skip
    return NeedForm(**(given | more))  # type: ignore[arg-type]


def sent(cast: Cast, words: str, by: Member | None = None, **more: object) -> Case:
    actor = by.actor if by else PUBLIC
    with act_as(actor):
        return send_need(by=actor, need=need(cast, words, **more))


def leg_of(case: Case) -> Leg:
    return Leg.objects.select_related("case").get(case=case)


def told(case: Case, handler: Member) -> Case:
    """Taken up, written about from both sides and inside, with a next step."""
    actor = handler.actor
    with act_as(actor):
        take_up(by=actor, leg=leg_of(case))
        write(by=actor, case=case, body=SECRETS.message, files=[SimpleUploadedFile("ohje.txt", b"ohje")])
        add_note(by=actor, case=case, body=SECRETS.note, files=[SimpleUploadedFile(SECRETS.file, b"sisalla")])
        set_next_step(by=actor, leg=leg_of(case), text=SECRETS.step, when=timezone.now() + timedelta(days=3))
    holder = link_actor(first_token(case))
    assert holder is not None
    with act_as(holder):
        customer_writes(by=holder, case=case, body=SECRETS.reply, files=[])
    case.refresh_from_db()
    return case


def ended(case: Case, handler: Member) -> Case:
    actor = handler.actor
    with act_as(actor):
        settle(by=actor, case=case, outcomes=[OutcomeForm("finance", amount=12000), OutcomeForm("advice")], words=SECRETS.settled)
    holder = link_actor(first_token(case))
    assert holder is not None
    with act_as(holder):
        give_feedback(by=holder, case=case, face=3, comment=SECRETS.comment, may_contact=True)
    case.refresh_from_db()
    return case


def secret_case(cast: Cast, desk: Desk, handler: Member) -> Case:
    """A case at a desk, whose every word is in SECRETS."""
    house = need(
        cast, SECRETS.words, subject=SECRETS.subject, name=SECRETS.name, email=SECRETS.email, phone=SECRETS.phone, desk=desk,
        company_name="", business_id="", files=[SimpleUploadedFile(f"liite-{SECRETS.file}", b"ulkona")],
    )  # fmt: skip
    with act_as(handler.actor) as actor:
        case = send_need(by=actor, need=house)
    return told(case, handler)


def meet(cast: Cast, coming: Case, discussed: Case) -> None:
    """A meeting to come, of whose matter the customer has been asked, and one that goes on with minutes and a step."""
    for template, case, words in (("cases", coming, "Ravintola-alan yritys"), ("activation", discussed, "Yritys, joka odottaa")):
        with act_as(cast.coordinator.actor) as by:
            form = SeriesForm(names={"fi": "Neuvottelu"}, starts=time(9), place="Talo", video_link="https://video.example/talo")
            organisations = [cast.here.organisation, cast.partners]
            series = create_series(by=by, region=cast.here.region, template=template, form=form, organisations=organisations)
            for party, member in zip(series.parties.select_related("series__desk").order_by("position"), (cast.adviser, cast.partner), strict=True):
                set_people(by=by, party=party, people=[(member.someone, "lead")])
        with act_as(cast.adviser.actor) as by:
            meeting = CaseMeeting.objects.get(series=series)
            item = propose(by=by, case=case, meeting=meeting, question="Kuka auttaisi?", nameless=words)
            ask_consent(by=by, item=get_item(by, item.pk))
            if case is discussed:
                open_meeting(by=by, meeting=get_meeting(by, meeting.pk))
                write_item(by=by, item=get_item(by, item.pk), minutes="Puhuttiin", decision="Sovittiin", version=0)
                add_step(by=by, item=get_item(by, item.pk), words="Soittaa pankkiin", person=cast.partner.someone, due=None)


def build(cast: Cast) -> World:
    """Cases of every state at the front desk, one of the founder's, a service with its person."""
    service = ServiceFactory.create(code="rahoitusneuvonta", name_fi="Rahoitusneuvonta", summary_fi="Laskemme yhdessä, mistä raha tulee.")
    ServiceWord.objects.create(service=service, kind=WordKind.PHRASE, language="fi", text="mistä rahaa laitteisiin")
    ServiceProvider.objects.create(
        service=service, organisation=cast.here.organisation, region=cast.here.region, person=cast.adviser.someone, is_primary=True
    )
    new = sent(cast, "Kenelle soitan, kun tarvitsen tilat leipomolle?")
    Proposal.objects.create(case=new, leg=leg_of(new), service=service, rank=1, score=0.9)
    waiting = told(sent(cast, "Apua kirjanpitoon, verottaja kyselee."), cast.adviser)
    with act_as(cast.adviser.actor) as actor:
        wait(by=actor, leg=leg_of(waiting), waiting_for="customer", words_to_customer="Lähetä tilinpäätös.")
    under_way = told(sent(cast, "Mistä saan rahoitusta kahvilan laitteisiin?"), cast.adviser)
    done = ended(told(sent(cast, "Haluan myydä yritykseni."), cast.adviser), cast.adviser)
    meet(cast, under_way, waiting)
    mine = sent(cast, "Keramiikkapaja on myynnissä, mitä siitä kannattaa maksaa?", cast.founder)
    return World(cast, service, under_way, new, done, waiting, mine)
