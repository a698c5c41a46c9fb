"""What is written down before its day: a region's new name and another's new area, a council term's programme, the nation's meetings; and days of the
year that somebody has seen to."""

from datetime import date, time, timedelta

from luukku.core.actor import Actor, act_as
from luukku.core.moments import moment_at
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.governance.actions.clock import EntryForm, add_entry, plan_year
from luukku.governance.actions.entries import finish_entry, tell_entry
from luukku.governance.actions.groups import GroupForm, create_group
from luukku.governance.models import ClockEntry, Decision, GroupKind
from luukku.governance.queries.year import propose
from luukku.network.access import actor_of_person
from luukku.network.actions.planned_places import plan_area, plan_name
from luukku.network.enums import Role
from luukku.network.models import Area, Organisation, Person, Region
from luukku.plans.actions.deciding import Approval, approve_plan
from luukku.plans.actions.following import Report, report
from luukku.plans.actions.measures import MeasureForm, add_measure
from luukku.plans.actions.plans import BasicForm, BeginForm, begin_plan, edit_plan, fetched
from luukku.plans.actions.strategies import LineForm, tell_strategy
from luukku.plans.models import Measure, PlanKind, PlanPart

FIRST_TERM, TERM = 2025, 4  # municipal councils change every fourth year
# Part, goal, measure, how it is followed, state, what has been said.
PROGRAMME = (
    (0, "Kunnat päättävät yhdessä", "Yrityspalvelujen yhteinen vuosibudjetti kaikkiin viiteen kuntaan", "going", "Neljä kuntaa on mukana."),
    (0, "Luukku tunnetaan", "Jokainen kunta kertoo verkostosta omilla sivuillaan", "done", "Sivut ovat auki kaikissa kunnissa."),
    (
        1,
        "Yrityksille löytyy jatkaja",
        "Omistajanvaihdoksen tuki yli 55-vuotiaille",
        "going",
        "Kartoitus on tehty kolmessa kunnassa.",
    ),
    (1, "Tilaa kasvulle", "Seudun tontit ja tilat yhteen hakuun", "", ""),
)


def write_ahead(built: Built) -> None:
    """After groups and plans."""
    region, coordinator = built.regions["suupohja"], built.logins["coordinator"]
    with act_as(actor_of_person(coordinator.pk)) as by:
        _programme(by, region, built.desks["suupohja", "kurikka"].organisation)
        _days(by, region, coordinator)
    with act_as(actor_of_person(built.logins["national"].pk)) as by:
        _places(by)
        _nation(by)


def _programme(by: Actor, region: Region, town: Organisation) -> None:
    """The programme of the councils' term, each of whose measures serves a line of the town's own strategy."""
    today = clock.today()
    first = FIRST_TERM + (today.year - FIRST_TERM) // TERM * TERM
    last = first + TERM - 1
    decision = Decision.objects.filter(group__region=region).select_related("meeting").order_by("meeting__starts_at", "id").first()
    assert decision is not None
    approved = decision.meeting.ends_at
    name = f"Valtuustokauden {first}–{last + 1} yhteinen ohjelma"
    kind = PlanKind.objects.get(code="term")
    plan = begin_plan(by=by, region=region, form=BeginForm(kind, first, last, name), at=approved - timedelta(days=60))
    parts = list(PlanPart.objects.offered(plan))
    line = tell_strategy(by=by, organisation=town, form=LineForm("Yrittäjä saa palvelun yhdestä paikasta", first, last))
    for part, goal, words, _state, _said in PROGRAMME:
        form = MeasureForm(
            part=parts[part], goal=goal, words=words, starts_on=date(first, 9, 1), due_on=date(last, 12, 31), lines=[line],
            seats=[(Role.COORDINATOR.value, None, None)],
        )  # fmt: skip
        add_measure(by=by, plan=plan, form=form)
    edit_plan(by=by, plan=plan, form=BasicForm(name=name, mission="Viisi kuntaa, yksi luukku.", is_public=True), based_on=fetched(plan.pk).version)
    approve_plan(by=by, plan=plan, approval=Approval(decision=decision), at=approved)
    for measure in Measure.objects.filter(plan=plan).order_by("number"):
        _part, _goal, _words, state, said = PROGRAMME[measure.number - 1]
        if state:
            report(by=by, measure=measure, said=Report(said, state), at=moment_at(today - timedelta(days=12), time(10)))


def _days(by: Actor, region: Region, person: Person) -> None:
    """One thing due has been done and said what came of it, of another it is said how it goes."""
    today = clock.today()
    past = add_entry(by=by, region=region, form=EntryForm("due", "Syyskauden luvut ohjausryhmälle", today - timedelta(days=45), None, person))
    finish_entry(by=by, entry=past, outcome="Luvut lähtivät kutsun mukana.", at=moment_at(today - timedelta(days=47), time(9)))
    coming = ClockEntry.objects.filter(region=region, kind="due", done_at=None, last_day__gte=today).order_by("first_day").first()
    if coming is not None:
        tell_entry(by=by, entry=coming, words="Luonnos on työryhmän kommentoitavana.", at=moment_at(today - timedelta(days=2), time(14)))


def _places(by: Actor) -> None:
    """From the beginning of the next year on."""
    since = date(clock.today().year + 1, 1, 1)
    regions = {each.code: each for each in Region.objects.filter(code__in=("kuusiokunnat", "jarviseutu"))}
    names = {"fi": "Kuusiokuntien seutu", "sv": "Kuusiokuntaregionen", "en": "Kuusiokunnat region"}
    plan_name(by=by, place=regions["kuusiokunnat"], names=names, since=since)
    plan_area(by=by, region=regions["jarviseutu"], area=Area.objects.get(code="evk-keski-suomi"), since=since)


def _nation(by: Actor) -> None:
    """The meeting of the nation's owner with the areas' contacts, whose agenda tells how all regions do."""
    today, kind = clock.today(), GroupKind.objects.get(code="national", region=None)
    names = {"fi": "Valtakunnallinen verkostokokous", "sv": "Nationellt nätverksmöte", "en": "National network meeting"}
    group = create_group(by=by, kind=kind, form=GroupForm(names, "Alueet ja valtakunta samassa pöydässä.", "", "https://video.example/maa"))
    days = [each.day for year in (today.year, today.year + 1) for each in propose(year, kind.months, 3, 3, ())]
    plan_year(by=by, group=group, days=[day for day in days if day > today], starts=time(10), ends=time(14))
