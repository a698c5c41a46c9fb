"""How the sample network steers: an absence with a deputy, rules that say where needs go, a rota, and the warnings of the last working hours."""

from datetime import timedelta

from luukku.catalogue.models import Service
from luukku.core.actor import Actor, act_as, act_as_house
from luukku.core.remembered import forget_all
from luukku.core.worktime import is_open, working_minutes_before
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.desk.actions.routing import RuleForm, add_rule, draft_of, set_rota, take_into_use
from luukku.desk.actions.sweeping import sweep
from luukku.network.access import actor_of_person
from luukku.network.actions.absences import enter_absence
from luukku.network.models import Desk, Municipality, Region
from luukku.network.queries.calendars import region_calendar


def steer(built: Built) -> None:
    """Play it as its people would; needs that come from now on go by the rules."""
    region, desk = built.regions["suupohja"], built.desks["suupohja", "sek"]
    lead, coordinator = actor_of_person(built.logins["desklead"].pk), actor_of_person(built.logins["coordinator"].pk)
    people = built.people["suupohja/sek"]
    today = clock.today()
    with act_as(lead):
        away, deputy = people[2], people[0]
        enter_absence(by=lead, person=away, first_day=today - timedelta(days=2), last_day=today + timedelta(days=9), deputy=deputy)
        enter_absence(by=lead, person=people[3], first_day=today + timedelta(days=20), last_day=today + timedelta(days=27))
        monday = today - timedelta(days=today.weekday())
        set_rota(by=lead, desk=desk, period="week", starts_on=monday - timedelta(days=28), people=tuple(person.pk for person in people))
        draft = draft_of(by=lead, region=region, desk=desk)
        add_rule(by=lead, draft=draft, rule=RuleForm(languages=("sv",), whom="person", to_person=built.logins["desklead"]))
        add_rule(by=lead, draft=draft, rule=RuleForm(whom="rota"))
        take_into_use(by=lead, draft=draft)
    with act_as(coordinator):
        _rules_of_region(coordinator, region, built)
    forget_all()
    with act_as_house("warn of the sample's promises"):
        calendar, now = region_calendar(region.pk), clock.now()
        sweep(now=now if is_open(calendar, now) else working_minutes_before(calendar, now, 60))


def _rules_of_region(by: Actor, region: Region, built: Built) -> None:
    """Two rules in use, and a draft that waits to be tried."""
    recruiting = Service.objects.get(code="recruitment-help")
    employment: Desk = built.desks["suupohja", "tyollisyysalue-suupohja"]
    draft = draft_of(by=by, region=region)
    add_rule(by=by, draft=draft, rule=RuleForm(services=(recruiting.pk,), to_desk=employment))
    kurikka = Municipality.objects.get(name_fi="Kurikka", valid_until=None)
    add_rule(by=by, draft=draft, rule=RuleForm(municipalities=(kurikka.pk,), fewer_than=60, to_desk=built.desks["suupohja", "kurikka"]))
    take_into_use(by=by, draft=draft)
    later = draft_of(by=by, region=region)
    teuva = Municipality.objects.get(name_fi="Teuva", valid_until=None)
    add_rule(by=by, draft=later, rule=RuleForm(municipalities=(teuva.pk,), to_desk=built.desks["suupohja", "teuva"]))
