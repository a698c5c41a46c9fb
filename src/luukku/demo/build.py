"""Builds the living sample network: reference data, two regions, people, a year of cases. Only through actions."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from luukku.accounts.models import User
from luukku.catalogue.actions.load_catalogue import load_catalogue
from luukku.catalogue.actions.training import train_matcher
from luukku.catalogue.models import Service
from luukku.core.actor import HOUSE, act_as_house
from luukku.customers.actions.grounds import load_grounds
from luukku.demo import clock
from luukku.demo.aftermath import ask_about_outcomes, confirm_claims, follow_up_low_marks, touch_tablets
from luukku.demo.agreeing import build_agreements
from luukku.demo.ahead import write_ahead
from luukku.demo.asking import build_surveys
from luukku.demo.cards import build_cards
from luukku.demo.contracts import build_contracts
from luukku.demo.developing import build_projects
from luukku.demo.founder import EMAIL, build_founder
from luukku.demo.groups import build_groups
from luukku.demo.houses import build_houses
from luukku.demo.keeping import keep
from luukku.demo.mail import rest_old_mail
from luukku.demo.mailing import write_to_doors
from luukku.demo.meeting import build_meetings
from luukku.demo.models import Building
from luukku.demo.network import Built, build_network
from luukku.demo.noticing import notice
from luukku.demo.opinions import build_opinions
from luukku.demo.partnering import send_by_system
from luukku.demo.planning import build_plans
from luukku.demo.programming import build_programmes
from luukku.demo.reforms import build_reforms
from luukku.demo.register import build_companies
from luukku.demo.rotas import let_seats_go_round
from luukku.demo.searches import search_in_vain
from luukku.demo.selling import build_selling
from luukku.demo.steering import steer
from luukku.demo.stories import CASES, stories
from luukku.demo.talks import talk
from luukku.demo.telling import Teller
from luukku.demo.texts import write_texts
from luukku.demo.times import build_times
from luukku.demo.twins import build_twins
from luukku.demo.visiting import build_visits
from luukku.demo.ways import come_by_other_ways
from luukku.desk.actions.promise_counts import count_promises
from luukku.desk.actions.spans import count_spans
from luukku.governance.actions.networks import watch
from luukku.network.actions.load_reference import load_reference
from luukku.network.models import Municipality


def is_built() -> bool:
    """Whether the whole sample network is in this database; of one that was built before this was written down, its founder tells."""
    begun = Building.objects.last()
    return begun.finished_at is not None if begun is not None else User.objects.filter(email=EMAIL).exists()


def half_built() -> datetime | None:
    """When a building began that is not finished: it goes on in another process, or was cut short."""
    begun = Building.objects.last()
    return begun.begun_at if begun is not None and begun.finished_at is None else None


def build_demo(today: date, say: Callable[[str], None], count: int = CASES) -> int:
    """Build everything as it is at the beginning of `today`; `say` is told how it goes. Returns the number of cases."""
    begun = Building.objects.create()
    with clock.living_on(today):
        told = _build(today, say, count)
    begun.finished_at = timezone.now()
    begun.save(update_fields=["finished_at"])
    return told


def _build(today: date, say: Callable[[str], None], count: int) -> int:
    with act_as_house("build the sample network"):
        say("Reference network: areas, regions, municipalities …")
        load_reference(by=HOUSE)
        load_grounds(by=HOUSE)
        say("Service cards and everyday phrases …")
        load_catalogue(by=HOUSE)
    with act_as_house("train the matcher for the sample network"):
        say("Training the need matcher, about a minute the first time …")
        train_matcher(by=HOUSE)
    with act_as_house("build the sample network"):
        say("Two regions with organisations, desks and people …")
        built = build_network(by=HOUSE)
    services = {s.code: s for s in Service.objects.all()}
    places = {
        code: list(Municipality.objects.filter(region_spells__region=region, region_spells__valid_until=None).order_by("name_fi"))
        for code, region in built.regions.items()
    }
    teller = Teller(built, services, places)
    told = stories(today, count)
    for number, story in enumerate(told, start=1):
        teller.tell(story)
        if number % 50 == 0:
            say(f"{number} of {len(told)} cases")
    _build_the_rest(built, say)
    count_spans()
    count_promises()
    with act_as_house("see how the sample's networks stand") as house:
        watch(by=house)
    with act_as_house("rest the sample network's old mail"):
        rest_old_mail()
    return len(told)


def _build_the_rest(built: Built, say: Callable[[str], None]) -> None:
    """All that stands on the stories, or beside them."""
    say("What came after: answers to low marks, outcomes months later, tablets …")
    follow_up_low_marks()
    confirm_claims()
    ask_about_outcomes()
    touch_tablets(built)
    build_founder(built)
    build_twins(built)
    build_times(built)
    say("Shared houses, who walked in, places near customers …")
    build_houses(built)
    say("Absences, rules of routing, a rota, warnings …")
    steer(built)
    say("Case meetings: one held, one coming in each region …")
    build_meetings(built)
    say("Statements and complaints …")
    build_opinions(built)
    _govern(built, say)
    send_by_system(built)
    write_to_doors(built)
    write_texts(built)
    come_by_other_ways(built)
    say("Shepherds, wishes, calls …")
    keep(built)
    build_cards(built)
    say("Searches that found nothing, and the figures that are counted each hour …")
    search_in_vain(built)
    say("Companies as from the register, in two files …")
    for build in (build_companies, build_agreements, build_projects):
        build(built)
    say("Visits to companies, leads, selling the region …")
    for build in (build_visits, notice, build_selling):
        build(built)


def _govern(built: Built, say: Callable[[str], None]) -> None:
    """How the two networks run themselves."""
    say("Groups, their meetings, the year …")
    build_groups(built)
    let_seats_go_round(built)
    say("Cooperation agreements and the common mark …")
    build_contracts(built)
    say("Steering groups that look at themselves, a survey of the network …")
    build_surveys(built)
    say("Plans of two years and their measures …")
    build_plans(built)
    build_programmes(built)
    talk(built)
    write_ahead(built)
    say("Organisations that merge …")
    build_reforms(built)
