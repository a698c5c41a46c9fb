"""Visits to companies and leads of the sample network: a year of them behind, some to come, in every state."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.moments import moment_at
from luukku.customers.models import Company
from luukku.demo import clock
from luukku.demo.accounts import build_accounts
from luukku.demo.network import Built
from luukku.desk.access import visible_cases
from luukku.desk.actions.ending import OutcomeForm, settle
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Desk, Seat
from luukku.relations.actions.leads import LeadForm, decline_lead, finish_lead, give_lead, make_case_of_lead, take_lead
from luukku.relations.actions.needs import give_need, make_case_of_need
from luukku.relations.actions.placing import confirm_placed
from luukku.relations.actions.reporting import Answer, Written, report_visit, see_to_the_end, step_done
from luukku.relations.actions.talks import give_answer, map_needs
from luukku.relations.actions.visits import Plan, plan_visit
from luukku.relations.models import NeedMap, Visit, VisitNeed

REGION = "suupohja"
VISITS = 16
NEEDS = (
    ("Etsivät kahta hitsaajaa ja yhtä kokoonpanijaa kevääksi.", "people"),
    ("Halli käy ahtaaksi. Tontti radan varresta kiinnostaisi.", "whole"),
    ("Haluavat viedä saunoja Saksaan, mutta eivät tiedä mistä aloittaa.", "growth"),
    ("Omistaja on 63-vuotias, eikä jatkajaa ole.", "change"),
    ("Investointi uuteen linjaan, noin 300 000 euroa. Rahoitus auki.", "growth"),
)
NOTES = (
    "Tilauskanta on hyvä, väki jaksaa. Yrittäjä tekee itse liikaa.",
    "Kierrettiin tuotanto. Uusi kone on tilattu, sähköliittymä pitää varmistaa.",
    "Yritys ei ole ennen ollut yhteydessä mihinkään yrityspalveluun.",
    "Kotimaa vetää, viennistä puhutaan jo tosissaan.",
)
PEOPLE = ("Kalle Kivelä", "Anneli Aro", "Sirpa Salo", "Jarmo Jokela", "Heidi Holm")
LEADS = (
    ("Yritys hakee toimitiloja kuntarajan molemmin puolin.", "event", "taken"),
    ("Rekisterin mukaan toimiala vaihtui. Voisi tarvita lupaneuvontaa.", "register", "declined"),
    ("Kyselyssä toivottiin apua kyberturvaan.", "survey", "done"),
    ("Kertoivat messuilla etsivänsä oppisopimuslaista.", "event", "case"),
    ("Kuulin, että lomautuksista on puhuttu. Muutosturva?", "other", "new"),
    ("Yrittäjä kysyi kansainvälisistä näyttelyistä.", "event", "new"),
    ("Hitsaaja, kymmenen vuoden kokemus. Hakee kokoaikatyötä, palkkatuki mahdollinen.", "placing", "placed"),
    ("Varastotyöntekijä, trukkikortti. Aloittaisi työkokeilulla.", "placing", "new"),
)


def build_visits(built: Built) -> None:
    """The adviser's visits, some with a partner, and leads both ways."""
    adviser, lead = actor_of_person(built.logins["adviser"].pk), actor_of_person(built.logins["desklead"].pk)
    own = desk_of(built, adviser)
    others = others_than(built, own)
    companies = list(
        Company.objects.filter(municipality__region_spells__region=built.regions[REGION], status="active", legal_form="16").order_by("business_id")
    )
    for number, company in enumerate(companies[:VISITS]):
        _visit(number, company, own, adviser if number % 3 else lead, others[number % len(others)])
    for number, (company, told) in enumerate(zip(companies[VISITS:], LEADS, strict=False)):
        _lead(number, company, own, adviser, others[number % len(others)], told)
    seat = Seat.objects.filter(region=own.region, role=Role.COORDINATOR).order_by("id")[0]
    _map_on_the_phone(adviser, own, others[0][0])
    build_accounts(adviser, lead, actor_of_person(seat.person_id), own, others, companies[VISITS + len(LEADS) :])
    theirs, partner = others[0]
    with act_as(partner) as actor:
        form = LeadForm(company=companies[VISITS], own_desk=theirs, to_desk=own, words="Asiakas miettii omistajanvaihdosta.", source="other")
        give_lead(by=actor, form=form, at=_days(1))


def _map_on_the_phone(by: Actor, own: Desk, to: Desk) -> None:
    """On open matters of companies at the own desk: one need is given on as a lead, one waits."""
    need_map = NeedMap.objects.get(code="people")
    questions = [f"q{each.pk}" for each in need_map.questions.order_by("position")]
    with act_as(by) as actor:
        cases = visible_cases(actor).filter(legs__desk=own, is_open=True).exclude(company=None).distinct().order_by("pk")[:2]
        for number, case in enumerate(cases):
            answers = {
                questions[0]: Answer("Yksi avoin paikka kokoonpanossa.", True),
                questions[3]: Answer("Kiirettä on, mutta henki on hyvä.", False),
            }
            talk = map_needs(by=actor, case=case, need_map=need_map, answers=answers, at=clock.now())
            if number == 0:
                give_answer(by=actor, answer=talk.answers.get(is_need=True), own_desk=own, to_desk=to, at=clock.now())


def desk_of(built: Built, actor: Actor) -> Desk:
    """Where she handles matters in the sample region."""
    found = Desk.objects.filter(organisation__in=actor.organisation_ids, region=built.regions[REGION])
    return found.select_related("organisation", "region").order_by("-is_front", "id")[0]


def others_than(built: Built, own: Desk) -> list[tuple[Desk, Actor]]:
    """Desks of other organisations of the region with somebody at each; those first whom one can sign in as."""
    logins = {person.pk for person in built.logins.values()}
    found = [
        (desk, actor_of_person(next((each for each in people if each.pk in logins), people[0]).pk))
        for (code, name), desk in sorted(built.desks.items())
        if code == REGION and desk.organisation_id != own.organisation_id and (people := built.people.get(f"{code}/{name}"))
    ]
    return sorted(found, key=lambda pair: pair[1].person_id not in logins)


def _days(number: float, hour: int = 9) -> datetime:
    """So many days ago (a negative number: to come) at this hour, or on the Friday before a weekend."""
    day = timezone.localdate(clock.now() - timedelta(days=number))
    day -= timedelta(days=max(0, day.weekday() - 4))
    return moment_at(day, time(hour, 10))


def _visit(number: int, company: Company, own: Desk, by: Actor, other: tuple[Desk, Actor]) -> None:
    """Every third with somebody of another organisation; the last four are still to come, one of them without a day."""
    draw = Random(f"visit {number}")  # noqa: S311 - sample data
    words, code = NEEDS[number % len(NEEDS)]
    to_come = number >= VISITS - 4
    ago = -7 * (number - VISITS + 5) if to_come else 20 + 21 * number
    day = None if number == VISITS - 1 else timezone.localdate(_days(ago))
    visitors = [f"{own.organisation_id}-{by.person_id}"]
    if number % 3 == 2:
        visitors.append(f"{other[0].organisation_id}-{other[1].person_id}")
    need_map = NeedMap.objects.get(code=code)
    plan = Plan(day=day, visitors=visitors, purpose="Kuulla, miten menee ja mihin apua tarvitaan", need_map=need_map, anyway=True)
    with act_as(by) as actor:
        visit = plan_visit(by=actor, company=company, desk=own, plan=plan, at=_days(max(ago, 0) + 14))
        if to_come:
            return
        question = need_map.questions.order_by("position")[number % 3]
        written = Written(
            day=timezone.localdate(_days(ago)), met_name=draw.choice(PEOPLE), met_role="Toimitusjohtaja", met_phone=f"040 555 {7000 + number}",
            may_pass=True, notes=draw.choice(NOTES), agreed="Palataan asiaan, kun tarjous on tehty.", next_step="Soitetaan yrittäjälle",
            next_on=timezone.localdate(_days(ago - 14)), answers={f"q{question.pk}": Answer(words, True)},
        )  # fmt: skip
        report = report_visit(by=actor, visit=visit, written=written, at=_days(ago, 14))
        _afterwards(actor, visit, number, own, other, _days(ago - 1))
        if ago > 60:
            step_done(by=actor, report=report, at=_days(ago - 14))
            see_to_the_end(by=actor, visit=visit, at=_days(ago - 14))


def _afterwards(by: Actor, visit: Visit, number: int, own: Desk, other: tuple[Desk, Actor], at: datetime) -> None:
    """What becomes of the need: a lead that is taken soon after, a matter, or nothing yet."""
    need = VisitNeed.objects.get(visit=visit)
    to, receiver = other
    if number % 3 == 0:
        lead = give_need(by=by, need=need, own_desk=own, to_desk=to, at=at)
        with act_as(receiver) as actor:
            take_lead(by=actor, lead=lead, at=at + timedelta(days=3))
            if number:
                finish_lead(by=actor, lead=lead, result="helped", words="Sovittiin etenemisestä.", at=at + timedelta(days=12))
    elif number % 3 == 1:
        case = make_case_of_need(by=by, need=need, own_desk=own, at=at)
        if at < _days(20):
            words = "Kävimme asian läpi puhelimessa ja sovimme, miten edetään."
            settle(by=by, case=case, outcomes=[OutcomeForm("advice")], words=words, told=True, at=at + timedelta(days=7))


def _lead(number: int, company: Company, own: Desk, by: Actor, other: tuple[Desk, Actor], told: tuple[str, str, str]) -> None:
    words, source, becomes = told
    to_desk, receiver = other
    at = _days(2 if becomes == "new" else 30 + 9 * number)
    with act_as(by) as actor:
        lead = give_lead(by=actor, form=LeadForm(company=company, own_desk=own, to_desk=to_desk, words=words, source=source), at=at)
    later = at + timedelta(days=2)
    with act_as(receiver) as actor:
        if becomes in ("taken", "done"):
            take_lead(by=actor, lead=lead, at=later)
        if becomes == "done":
            finish_lead(by=actor, lead=lead, result="helped", words="Koulutus on varattu.", at=later + timedelta(days=9))
        elif becomes == "placed":
            take_lead(by=actor, lead=lead, at=later)
            finish_lead(by=actor, lead=lead, result="placed", placed=1, words="Aloitti konepajassa.", at=later + timedelta(days=14))
        elif becomes == "declined":
            decline_lead(by=actor, lead=lead, reason="known", words="Olimme jo puhelimessa viime viikolla.", at=later)
        elif becomes == "case":
            make_case_of_lead(by=actor, lead=lead, at=later)
    if becomes == "placed":
        with act_as(by) as actor:
            confirm_placed(by=actor, lead=lead, people=1, at=later + timedelta(days=16))
