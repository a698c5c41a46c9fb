"""Kurikka's programme of 51 measures over its departments with two rounds of reporting, and a board's list of eight measures and four proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.moments import moment_at
from luukku.core.translated import LANGUAGES
from luukku.demo import clock
from luukku.demo.network import DATA, Built
from luukku.governance.models import Decision
from luukku.network.access import actor_of_person
from luukku.network.actions.organisations import OrganisationDetails, create_organisation
from luukku.network.actions.people import PersonDetails, add_person
from luukku.network.enums import Role
from luukku.network.models import Organisation, Person, Region
from luukku.plans.actions.boxes import answer_proposal, send_proposal
from luukku.plans.actions.deciding import Approval, approve_plan
from luukku.plans.actions.following import Report, report
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.parts import name_parts
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched
from luukku.plans.actions.rounds import RoundForm, answer_part, close_round, plan_round
from luukku.plans.models import Measure, Plan, PlanKind, PlanPart, Round, RoundPart

DEPARTMENTS = {
    "elinvoima": ("Elinvoimapalvelut", "Livskraftstjänster", "Vitality services", "Riina Ylihärsilä"),
    "tekninen": ("Tekniset palvelut", "Tekniska tjänster", "Technical services", "Olavi Mäki-Kuutti"),
    "sivistys": ("Sivistyspalvelut", "Bildningstjänster", "Education services", "Päivi Koskela-Aho"),
    "hyvinvointi": ("Hyvinvointipalvelut", "Välfärdstjänster", "Wellbeing services", "Tero Lehtimäki"),
    "talous": ("Talouspalvelut", "Ekonomitjänster", "Finance services", "Kaisa Rintala-Oja"),
    "tyollisyys": ("Työllisyyspalvelut", "Sysselsättningstjänster", "Employment services", "Juha Panula-Ranta"),
    "viestinta": ("Viestintä ja hallinto", "Kommunikation och förvaltning", "Communications and administration", "Sari Niemistö"),
}
SILENT = ("hyvinvointi", "talous")  # have not answered the round that is open
SAID = ("Sovittu työnjako ja aikataulu.", "Etenee suunnitellusti.", "Aloitettu, ensimmäiset kokemukset hyviä.", "Odottaa budjettipäätöstä.")


@dataclass(frozen=True)
class Line:
    """A measure of the programme: whose, under which focus area, how far it was in spring and is now."""

    area: int
    department: str
    words: str
    indicator: str
    values: tuple[int, int, int] | None  # target, spring, autumn


def _lines() -> tuple[list[dict[str, str]], list[Line]]:
    areas, lines = [], []
    for row in (DATA / "strategy.txt").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.removeprefix("=").split("|")]
        if row.startswith("="):
            areas.append(dict(zip(LANGUAGES, cells, strict=True)))
        elif row and not row.startswith("#"):
            values = (int(cells[3]), int(cells[4]), int(cells[5])) if len(cells) > 2 else None
            lines.append(Line(len(areas) - 1, cells[0], cells[1], cells[2] if values else "", values))
    return areas, lines


def build_programmes(built: Built) -> None:
    """After the plans: the coordinator's group and its decisions are there."""
    region, town = built.regions["suupohja"], built.desks["suupohja", "kurikka"].organisation
    departments = _departments(region, town)
    with act_as(actor_of_person(built.logins["coordinator"].pk)) as by:
        plan = _programme(by, region, town, departments)
        _rounds(by, plan, departments)
        _decisions(by, region)


def _departments(region: Region, town: Organisation) -> dict[str, tuple[Organisation, Person]]:
    found = {}
    with act_as_house("give the sample town its departments") as by:
        for code, (fi, sv, en, head) in DEPARTMENTS.items():
            details = OrganisationDetails(type=town.type, name_fi=f"Kurikka, {fi}", name_sv=f"Kurikka, {sv}", name_en=f"Kurikka, {en}", parent=town)
            unit = create_organisation(by=by, details=details, code=f"kurikka-{code}", is_sample=True)
            mail = PersonDetails(name=head, email=f"{code}@kurikka.example")
            found[code] = (unit, add_person(by=by, details=mail, role=Role.ORGANISATION_HEAD, organisation=unit, is_sample=True))
    return found


def _at(day: date, hour: int = 9) -> datetime:
    return moment_at(day, time(hour))


def _programme(by: Actor, region: Region, town: Organisation, departments: dict[str, tuple[Organisation, Person]]) -> Plan:
    today = clock.today()
    areas, lines = _lines()
    begun = BeginForm(PlanKind.objects.get(code="strategy"), today.year, today.year + 3, "Kurikan elinvoimaohjelma", organisation=town)
    plan = begin_plan(by=by, region=region, form=begun, at=_at(date(today.year - 1, 10, 20)))
    name_parts(by=by, plan=plan, parts=areas)
    parts = list(PlanPart.objects.offered(plan))
    for line in lines:
        target = Decimal(line.values[0]) if line.values is not None else None
        form = MeasureForm(
            part=parts[line.area], words=line.words, indicator=line.indicator.removesuffix(", %"),
            indicator_kind="share" if line.indicator.endswith("%") else "number" if target is not None else "done", target_value=target,
            starts_on=date(today.year, 1, 1), due_on=date(today.year + 3, 12, 31),
            seats=[(Role.ORGANISATION_HEAD.value, departments[line.department][0].pk, None)],
        )  # fmt: skip
        add_measure(by=by, plan=plan, form=form)
    basic = BasicForm(name="Kurikan elinvoimaohjelma", mission="Kurikassa yrittäjä saa vastauksen viikossa ja tontin kuukaudessa.", is_public=True)
    edit_plan(by=by, plan=plan, form=basic, based_on=fetched(plan.pk).version)
    return approve_plan(by=by, plan=plan, approval=Approval(words="Kaupunginvaltuusto § 74"), at=_at(date(today.year - 1, 12, 14)))


def _rounds(by: Actor, plan: Plan, departments: dict[str, tuple[Organisation, Person]]) -> None:
    """The spring's is closed and public; in the one that is open two departments are still silent."""
    today = clock.today()
    spring, autumn = today - timedelta(days=190), today - timedelta(days=16)
    asks = "Kertokaa jokaisesta toimenpiteestä, missä vaiheessa se on ja mitä on tehty."
    first = plan_round(by=by, plan=plan, form=RoundForm("Kevään raportti", spring, spring + timedelta(days=21), asks), at=_at(spring))
    _answer(first, departments, tuple(departments), 1, spring + timedelta(days=9))
    summary = "Ohjelma on lähtenyt liikkeelle kaikissa palveluissa. Tontit ja pienhankinnat vaativat syksyllä eniten työtä."
    close_round(by=by, round_=first, summary=summary, is_public=True, at=_at(spring + timedelta(days=25)))
    second = plan_round(by=by, plan=plan, form=RoundForm("Syksyn raportti", autumn, today + timedelta(days=5), asks), at=_at(autumn))
    _answer(second, departments, tuple(code for code in departments if code not in SILENT), 2, autumn + timedelta(days=8))


def _answer(round_: Round, departments: dict[str, tuple[Organisation, Person]], codes: Sequence[str], which: int, day: date) -> None:
    known = {line.words: line for line in _lines()[1]}
    for code in codes:
        unit, head = departments[code]
        part = RoundPart.objects.select_related("round__plan__region").get(round=round_, organisation=unit)
        said = {}
        for measure in Measure.objects.filter(plan=round_.plan_id, seats__organisation=unit).order_by("number"):
            values = known[measure.words].values
            value = Decimal(values[which]) if values is not None else None
            going = which == 2 or measure.number % 3 != 0
            done = which == 2 and measure.number % 11 == 9
            state = "done" if done else "going" if going else "planned"
            said[measure.pk] = Report(SAID[(measure.number + which) % len(SAID)] if going else "", state, value)
        with act_as(actor_of_person(head.pk)) as by:
            words = "Kaksi toimenpidettä tarvitsee päätöksen syksyn talousarviossa." if code == "tekninen" else ""
            answer_part(by=by, part=part, words=words, said=said, at=_at(day))


MEASURES = (
    ("Yrityspalvelujen yhteinen puhelinnumero kaikkiin kuntiin", "done", "Numero on ollut käytössä elokuusta."),
    ("Jokaiselle yritykselle nimetään yhteyshenkilö kunnassa", "going", ""),
    ("Lupa-asioiden neuvonta yhteen luukkuun", "going", ""),
    ("Tonttien ja tilojen tiedot samaan hakuun", "", ""),
    ("Yrittäjien ilta kerran kuussa kiertäen kunnissa", "going", ""),
    ("Hankintakalenteri puolen vuoden päähän", "done", "Kalenteri julkaistiin, ensimmäisessä 23 hankintaa."),
    ("Kesätyönantajien yhteinen ilmoituspaikka", "", ""),
    ("Palaute jokaisesta asioinnista kahdella kysymyksellä", "going", ""),
)
PROPOSALS = (
    ("Kauhajoen kaupunginhallitus", "Alle hehtaarin yritystontti varataan ilman lautakunnan kokousta.", "accepted", "Hallintosääntöä muutetaan."),
    ("Kurikan kaupunginhallitus", "Yritysvaikutusten arviointi jokaiseen kaavaan.", "partly", "Otetaan käyttöön merkittävissä kaavoissa."),
    ("Teuvan kunnanhallitus", "Yhteinen hankintaohje viidelle kunnalle.", "", ""),
    ("Isojoen kunnanhallitus", "Valokuidun rakentamisen yhteinen rahoitus.", "", ""),
)  # fmt: skip


def _decisions(by: Actor, region: Region) -> None:
    """Decided a hundred days ago; each measure was to be begun within two months."""
    today = clock.today()
    decided = today - timedelta(days=100)
    decision = Decision.objects.filter(group__region=region).order_by("meeting__starts_at").last()
    name = "Ohjausryhmän päätökset yritysten asioinnista"
    begun = BeginForm(PlanKind.objects.get(code="decisions"), decided.year, today.year + 1, name)
    plan = begin_plan(by=by, region=region, form=begun, at=_at(decided))
    part = PlanPart.objects.offered(plan)[0]
    for words, _state, _outcome in MEASURES:
        form = MeasureForm(
            part=part, words=words, starts_on=decided, begin_by=decided + timedelta(days=61), due_on=decided + timedelta(days=300),
            seats=[(Role.COORDINATOR.value, None, None)],
        )  # fmt: skip
        add_measure(by=by, plan=plan, form=form)
    edit_plan(by=by, plan=plan, form=BasicForm(name=name, is_public=True), based_on=fetched(plan.pk).version)
    approve_plan(by=by, plan=plan, approval=Approval(decision=decision), at=_at(decided))
    for measure in Measure.objects.filter(plan=plan).order_by("number"):
        _words, state, outcome = MEASURES[measure.number - 1]
        if state:
            report(by=by, measure=measure, said=Report("", state, outcome=outcome), at=_at(decided + timedelta(days=40 + 4 * measure.number)))
    for to_body, words, state, answer in PROPOSALS:
        sent = decided + timedelta(days=6)
        proposal = send_proposal(
            by=by, region=region, to_body=to_body, words=words, sent_on=sent, answer_by=sent + timedelta(days=120), decision=decision, plan=plan
        )
        if state:
            answer_proposal(by=by, proposal=proposal, state=state, answered_on=sent + timedelta(days=70), answer=answer)
