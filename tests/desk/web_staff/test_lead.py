"""The desk lead's view, and the pages of routing rules, as they are used."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.months import ended_months
from luukku.core.remembered import forget_all
from luukku.desk.access import get_handover
from luukku.desk.actions.customer import nobody_contacted
from luukku.desk.actions.handling import take_up
from luukku.desk.actions.handover.receiving import accept
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.models import Case, Leg, Rota, Rule, RuleBook
from luukku.desk.queries.desk_load import desk_load
from luukku.network.actions.absences import enter_absence
from luukku.network.enums import Role
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.network import PersonFactory, SeatFactory
from tests.harness.client import Client, forms_of
from tests.harness.counting import sql_count

ClientOf = Callable[[Member], Client]
Send = Callable[..., Case]


def taken(send: Send, member: Member) -> Leg:
    leg = Leg.objects.get(case=send())
    with act_as(member.actor) as actor:
        return take_up(by=actor, leg=leg)


def test_lead_sees_load_and_what_nobody_at_work_has(send: Send, cast: Cast, client_of: ClientOf) -> None:
    mine, free = taken(send, cast.adviser), Leg.objects.get(case=send())
    shown = client_of(cast.desklead).get("/tiskini/").content.decode()
    assert free.case.number in shown
    assert mine.case.number not in shown
    assert "Aino Adviser" in shown
    today = timezone.localdate()
    enter_absence(by=cast.adviser.actor, person=cast.adviser.someone, first_day=today, last_day=today)
    assert mine.case.number in client_of(cast.desklead).get("/tiskini/").content.decode()
    for member in (cast.adviser, cast.partner, cast.coordinator, cast.national):
        assert client_of(member).get("/tiskini/").status_code == 403


def test_alarm_of_a_customer_comes_to_the_lead(send: Send, cast: Cast) -> None:
    leg = taken(send, cast.adviser)
    from luukku.core.actor import PUBLIC
    from luukku.desk.access.links import first_token, link_actor

    with act_as(PUBLIC):
        holder = link_actor(first_token(leg.case))
    assert holder is not None
    with act_as(holder):
        nobody_contacted(by=holder, case=leg.case)
    with act_as(cast.desklead.actor) as lead:
        assert [each.pk for each in desk_load(lead, timezone.now()).loose] == [leg.pk]


def test_what_the_desk_has_sent_and_nobody_has_answered_stands_with_its_lead(send: Send, cast: Cast, client_of: ClientOf) -> None:
    leg = taken(send, cast.adviser)
    passing = Passing(reason="Vientiä.", consent="phone", to_desk=cast.partner_desk)
    with act_as(cast.adviser.actor) as adviser:
        handover = hand_over(by=adviser, leg=leg, passing=passing)
    words = "Siirrot, joihin muut eivät ole vastanneet"
    shown = client_of(cast.desklead).get("/tiskini/").content.decode()
    assert words in shown
    assert str(cast.partner_desk.organisation.name) in shown[shown.index(words) :]
    with act_as(cast.partner.actor) as partner:
        accept(by=partner, handover=get_handover(partner, handover.pk))
    assert words not in client_of(cast.desklead).get("/tiskini/").content.decode()


def test_many_are_given_at_once_or_none(send: Send, cast: Cast, client_of: ClientOf) -> None:
    legs = [Leg.objects.get(case=send()) for _ in range(3)]
    browser = client_of(cast.desklead)
    page = browser.get("/tiskini/")
    wrong = browser.submit(page, {"person": str(cast.adviser.someone.pk)}, form=_nth(page, "anna"))
    assert wrong.status_code == 422
    done = browser.submit(page, {"legs": [str(leg.pk) for leg in legs[:2]], "person": str(cast.adviser.someone.pk)}, form=_nth(page, "anna"))
    assert done.status_code == 302
    assert sorted(Leg.objects.filter(handler=cast.adviser.someone).values_list("pk", flat=True)) == [leg.pk for leg in legs[:2]]
    foreign = browser.submit(page, {"legs": [str(legs[2].pk)], "person": str(cast.partner.someone.pk)}, form=_nth(page, "anna"))
    assert foreign.status_code == 422


def test_lead_view_costs_a_fixed_number_of_statements(send: Send, cast: Cast) -> None:
    taken(send, cast.adviser)
    send()
    with act_as(cast.desklead.actor) as actor, sql_count() as few:
        desk_load(actor, timezone.now())
    for _ in range(4):
        taken(send, cast.adviser)
        send()
    for number in range(5):
        person = PersonFactory.create(name=f"Uusi {number}")
        SeatFactory.create(person=person, role=Role.ADVISER, organisation=cast.here.organisation)
    with act_as(cast.desklead.actor) as actor, sql_count(few.number):
        assert len(desk_load(actor, timezone.now()).loads) == 7
    assert few.number <= 10


def test_services_of_a_rule_are_found_and_kept_by_group_without_scripts(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.coordinator)
    loan, grant, visa = (ServiceFactory.create(name_fi=name) for name in ("Pienlaina", "Starttiraha", "Viisumineuvonta"))
    browser.post("/ohjaus/luonnos", {"region": "koskimaa"})
    address = f"/ohjaus/luonnos/{RuleBook.objects.get().pk}/saanto"
    page = browser.get(address)
    assert "<details" in page.content.decode()
    found = browser.submit(page, {"services": [str(loan.pk)], "find": "viisumi", "search": "1"})
    assert found.status_code == 200
    shown = found.content.decode()
    assert not Rule.objects.exists(), "a search is no saving"
    assert ("Viisumineuvonta" in shown, "Starttiraha" in shown, "Pienlaina" in shown) == (True, False, True), "what is chosen stays"
    kept = browser.submit(found, {"services": [str(loan.pk), str(visa.pk)], "to_desk": str(cast.partner_desk.pk)})
    assert kept.status_code == 302
    assert Rule.objects.get().services == sorted([loan.pk, visa.pk])
    assert grant.pk not in Rule.objects.get().services


def test_coordinator_drafts_tries_and_takes_rules_into_use(send: Send, cast: Cast, client_of: ClientOf) -> None:
    send(language="sv")
    browser = client_of(cast.coordinator)
    assert browser.get("/ohjaus/").url == "/ohjaus/seutu/koskimaa/"
    page = browser.get("/ohjaus/seutu/koskimaa/")
    assert browser.submit(page, {"region": "koskimaa"}, form=_nth(page, "luonnos")).status_code == 302
    book = RuleBook.objects.get()
    form = browser.get(f"/ohjaus/luonnos/{book.pk}/saanto")
    wrong = browser.submit(form, {"languages": ["sv"], "to_desk": ""})
    assert wrong.status_code == 422
    assert browser.submit(form, {"languages": ["sv"], "to_desk": str(cast.partner_desk.pk)}).status_code == 302
    rule = Rule.objects.get()
    shown = browser.get("/ohjaus/seutu/koskimaa/?kokeile=1").content.decode()
    assert "Kun kieli on ruotsi: tiskille Kauppakamarin neuvonta." in shown
    assert "Uusimmista 1 asiasta 1 olisi mennyt toiselle tiskille" in shown
    assert browser.get(f"/ohjaus/saanto/{rule.pk}").status_code == 200
    confirm = browser.get(f"/ohjaus/luonnos/{book.pk}/kayttoon")
    assert "Uusimmista 1 asiasta 1 olisi mennyt toiselle tiskille" in confirm.content.decode(), "nobody takes untried rules into use"
    assert browser.submit(confirm, {}).status_code == 302
    forget_all()
    leg = Leg.objects.get(case=send(language="sv"))
    assert leg.desk == cast.partner_desk
    case_page = client_of(cast.partner).get(f"/asia/{leg.case.number}/").content.decode()
    assert "Se tuli seudun säännöllä 1 (versio 1): kieli on ruotsi." in case_page
    for member in (cast.adviser, cast.desklead, cast.outsider):
        assert client_of(member).get("/ohjaus/seutu/koskimaa/").status_code == 403


def test_lead_sets_the_rota_of_her_desk(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.desklead)
    aino, leena = cast.adviser.someone.pk, cast.desklead.someone.pk
    page = browser.get(f"/ohjaus/tiski/{cast.here.desk.pk}/vuorot")
    days = {"period": "day", "starts_on": timezone.localdate().isoformat(), f"place_{aino}": "2", f"place_{leena}": "1"}
    assert browser.submit(page, days).status_code == 302
    assert Rota.objects.get().people == [leena, aino]
    assert "Leena Lead" in browser.get(f"/ohjaus/tiski/{cast.here.desk.pk}/").content.decode()
    assert client_of(cast.coordinator).get(f"/ohjaus/tiski/{cast.here.desk.pk}/").status_code == 403


@pytest.mark.parametrize("days", [0, 3])
def test_figures_tell_waiting_by_cause(send: Send, cast: Cast, client_of: ClientOf, days: int) -> None:
    from luukku.desk.actions.waiting import resume, wait

    begun = timezone.make_aware(datetime.combine(ended_months(1).first, time(12)))
    for _ in range(5):
        case = send(at=begun)
        with act_as(cast.adviser.actor) as actor:
            leg = take_up(by=actor, leg=Leg.objects.get(case=case), at=begun)
            if days:
                wait(by=actor, leg=leg, waiting_for="hearing", at=begun)
                resume(by=actor, leg=leg, at=begun + timedelta(days=days))
    shown = client_of(cast.coordinator).get("/luvut/").content.decode()
    assert ("kuulemista" in shown) is bool(days)


def _nth(page: Any, ending: str) -> int:
    """The place of the form whose address ends so, among those of the page that post."""
    posts = [each for each in forms_of(page) if each.method == "post"]
    return next(place for place, each in enumerate(posts) if each.action.endswith(ending))
