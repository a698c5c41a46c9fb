"""Statements and complaints of the sample network, in every state, through the product's own actions."""

from datetime import datetime, time, timedelta
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.complaints.access import get_complaint
from luukku.complaints.actions import ruling, seeing_to
from luukku.complaints.actions.making import ComplaintForm, complain
from luukku.complaints.models import Complaint
from luukku.core.actor import PUBLIC, Actor, act_as
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.access.links import first_token, link_actor
from luukku.desk.actions.customer import customer_writes
from luukku.desk.actions.handling import assign, take_up
from luukku.desk.actions.intake import NeedForm, send_need
from luukku.desk.models import Attachment, Case, Leg
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Desk, Person, Seat
from luukku.statements.access import get_statement
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.actions.giving import TextDraft, accept, save_draft, sign
from luukku.statements.models import Statement

ANSWERS = {"start": "Helmikuussa", "trade": "Pyörähuoltoa kotiovella kaupungeissa ja kylillä", "need": "18000", "full-time": "yes"}
LOAN = {"sum": "12000", "use": "Pakettiauto ja työkalut", "own": "6000", "collateral": "no"}
STATED = {"skill": "good", "market": "yes", "lasting": "yes", "months": "6"}
ASKS = "Puollatteko starttirahaa, ja kuinka pitkäksi ajaksi?"
PLAN = "Liikkuva pyörähuolto. Asiakkaina kotitaloudet ja kuntien pyörävarikot. Ensimmäisen vuoden myyntitavoite on 52 000 euroa."
COMPLAINTS = (
    ("door", "not-contacted", "Jätin soittopyynnön kahdesti, eikä kukaan soittanut takaisin.", "answered"),
    ("service", "wrong-guidance", "Minulle sanottiin, että tuki haetaan jälkikäteen. Se piti hakea ennen ostoa.", "corrected"),
    ("door", "accessibility", "Ajanvaraussivua ei voinut käyttää näppäimistöllä.", "looked"),
    ("door", "delay", "Vastausta lupaukseen sai odottaa yli kaksi viikkoa.", "new"),
    ("service", "manner", "Neuvoja puhui päälleni koko tapaamisen ajan.", "closed"),
)


def build_opinions(built: Built) -> None:
    """One matter with statements given, written, late, and one that waits for the customer; complaints in every state."""
    adviser, region = actor_of_person(built.logins["adviser"].pk), built.regions["suupohja"]
    others = _givers(built, adviser)
    case, customer = _matter(
        adviser, built, "Kimmo Ketju", "kimmo.ketju@pyorat.example", "Haluan perustaa liikkuvan pyörähuollon. Miten haen starttirahaa?"
    )
    with act_as(adviser):
        grant = take_ready_made(by=adviser, region=region, code="start-up-grant", at=clock.ago(40))
        loan = take_ready_made(by=adviser, region=region, code="small-loan", at=clock.ago(40))
        leg = Leg.objects.get(case=case)
        files = list(Attachment.objects.filter(case=case).values_list("pk", flat=True))
        givers = [Giver(desk) for desk, _person in others[:3]]
        title = "Liikkuva pyörähuolto"
        plan = ask(by=adviser, leg=leg, asking=Asking(grant, ASKS, givers, "phone", title, PLAN, ANSWERS, files), at=clock.ago(17))
        bank = Giver(outside=Outside("Lakeuden Osuuspankki", "yritykset@lakeudenpankki.example"))
        ask(by=adviser, leg=leg, asking=Asking(loan, "Myönnättekö pienlainan?", [bank], "phone", title, PLAN, LOAN, files), at=clock.ago(3))
    asked = list(Statement.objects.filter(plan=plan).order_by("id"))
    for statement, (_desk, giver), state in zip(asked, others, ("given", "draft", "late"), strict=False):
        _give(statement, giver, state)
    second, _hers = _matter(adviser, built, "Aune Kehrä", "aune.kehra@lankapaja.example", "Lankapaja tarvitsee pienen lainan koneeseen. Kuka lausuu?")
    with act_as(adviser):
        wool = Asking(loan, "Puollatteko lainaa?", [Giver(others[0][0])], "page", "Kehruukone", "Kehruukone nostaa tuotannon kaksinkertaiseksi.")
        ask(by=adviser, leg=Leg.objects.get(case=second), asking=wool, at=clock.ago(1))
    _complaints(built, case, customer)


def _givers(built: Built, adviser: Actor) -> list[tuple[Desk, Actor]]:
    """Desks of the region with somebody at each; those first whom one can sign in as."""
    logins = {person.pk for person in built.logins.values()}
    found = [
        (desk, actor_of_person(next((person for person in people if person.pk in logins), people[0]).pk))
        for (code, name), desk in sorted(built.desks.items())
        if code == "suupohja" and desk.organisation_id not in adviser.organisation_ids and (people := built.people.get(f"{code}/{name}"))
    ]
    return sorted(found, key=lambda pair: pair[1].person_id not in logins)


def _matter(adviser: Actor, built: Built, name: str, email: str, words: str) -> tuple[Case, Actor]:
    need = NeedForm(region=built.regions["suupohja"], words=words, language="fi", name=name, email=email, phone="040 555 7411")
    with act_as(PUBLIC):
        case = send_need(by=PUBLIC, need=need, at=clock.ago(19))
        customer = link_actor(first_token(case))
    assert customer is not None
    plan = SimpleUploadedFile("liiketoimintasuunnitelma.txt", f"{name}\n\n{PLAN}".encode())
    with act_as(customer):
        customer_writes(by=customer, case=case, body="Tässä suunnitelmani.", files=[plan], at=clock.ago(18.5))
    leg = Leg.objects.get(case=case)
    if leg.handler_id not in (None, adviser.person_id):  # the rota of that week named another
        lead = actor_of_person(built.logins["desklead"].pk)
        with act_as(lead):
            assign(by=lead, leg=leg, person=Person.objects.get(principal=adviser.principals[0]), at=clock.ago(18.2))
    with act_as(adviser):
        take_up(by=adviser, leg=leg, at=clock.ago(18))
    return case, customer


def _give(statement: Statement, giver: Actor, state: str) -> None:
    with act_as(giver) as actor:
        found = get_statement(actor, statement.pk)
        if state == "late":
            return
        accept(by=actor, statement=found, at=clock.ago(15))
        draft = TextDraft("for", "Hakijalla on alan koulutus ja kymmenen vuoden kokemus. Kilpailua on vähän, ja hinnat kestävät.", answers=STATED)
        if state == "given":
            sign(by=actor, statement=found, draft=draft, at=clock.ago(12))
        else:
            save_draft(
                by=actor, statement=found, draft=TextDraft("conditions", "Laskelma on tarkistettava.", answers={"skill": "good"}), at=clock.ago(2)
            )


def _complaints(built: Built, case: Case, customer: Actor) -> None:
    region = built.regions["suupohja"]
    seat = Seat.objects.filter(region=region, role=Role.COORDINATOR).select_related("person").order_by("id").first()
    if seat is None:
        return
    coordinator = actor_of_person(seat.person_id)
    with act_as(coordinator) as actor:
        ruling.name_cause(by=actor, region=region, code="", names={"fi": "Aukioloajat", "sv": "Öppettiderna", "en": "Opening hours"})
    rng = Random("complaints")  # noqa: S311 - sample data
    for number, (about, cause, words, state) in enumerate(COMPLAINTS * 3):
        at = _working(clock.ago((2 if state == "new" and number < len(COMPLAINTS) else 8) + number * 19), rng)
        form = ComplaintForm(
            region=region, about=about, cause=cause, words=words, name="Veikko Valo" if number % 2 else "", email=f"asiakas{number}@posti.example"
        )
        with act_as(PUBLIC):
            door = complain(by=PUBLIC, form=form, came="form", at=at)
        _see_to(coordinator, door, state if number < len(COMPLAINTS) else rng.choice(("answered", "closed", "corrected")), at)
    with act_as(customer):
        seen = Case.objects.select_related("region").get(pk=case.pk)
        form = ComplaintForm(
            region=seen.region, about="matter", cause="delay", words="Lausuntoa ei kuulunut ajoissa.", case=seen, email="kimmo.ketju@pyorat.example"
        )
        door = complain(by=customer, form=form, came="status", at=clock.ago(1))
    with act_as(coordinator) as actor:
        mine = Complaint.objects.get(door_principal=door)
        seeing_to.share(by=actor, complaint=mine, words="Asiakas odottaa lausuntoa. Missä vaiheessa se on?", at=clock.ago(0.5))


def _working(at: datetime, rng: Random) -> datetime:
    """In office hours of that day, or of the Friday before a weekend."""
    day = timezone.localdate(at)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return moment_at(day, time(rng.randint(9, 15), rng.randrange(0, 60, 5)))


def _see_to(coordinator: Actor, door: int, state: str, at: datetime) -> None:
    rng = Random(f"complaint {at:%Y%m%d}")  # noqa: S311 - sample data

    def later(number: int) -> datetime:
        return _working(at + timedelta(days=number), rng)

    if state == "new":
        return
    with act_as(coordinator) as actor:
        complaint = get_complaint(actor, Complaint.objects.get(door_principal=door).pk)
        seeing_to.look_at(by=actor, complaint=complaint, at=later(1))
        if state == "looked":
            return
        if state == "corrected":
            day = timezone.localdate(later(14))
            seeing_to.correct(
                by=actor,
                complaint=complaint,
                what="Ohje korjataan palvelukortille",
                person=Person.objects.get(pk=coordinator.person_id or 0),
                by_day=day,
                at=later(2),
            )
        seeing_to.answer(by=actor, complaint=complaint, words="Olet oikeassa, ja pahoittelemme. Korjaamme asian.", at=later(3))
        if state == "closed":
            seeing_to.close(by=actor, complaint=complaint, at=later(4))
