"""Needs are mapped on a call or a walk-in, given on once, and read by the organisation that asked; the maps are kept by their owners."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.customers.models import Company
from luukku.desk.access import get_case
from luukku.desk.models import Case
from luukku.relations.actions import maps as keeping
from luukku.relations.actions.forgetting import forget_with_cases
from luukku.relations.actions.reporting import Answer
from luukku.relations.actions.talks import give_answer, make_case_of_answer, map_needs
from luukku.relations.models import Lead, NeedMap, NeedQuestion, NeedTalk, TalkAnswer
from luukku.relations.queries.choices import maps_on_offer
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.factories.desk import CaseFactory, LegFactory, case_at
from tests.harness.client import Client
from tests.relations.conftest import NEED

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


@pytest.fixture
def people() -> NeedMap:
    return NeedMap.objects.get(code="people")


@pytest.fixture
def case(cast: Cast, company: Company) -> Case:
    made = case_at(cast.here.desk, customer=cast.founder.customer, channel="phone")
    Case.objects.filter(pk=made.pk).update(company=company, business_id=company.business_id, company_name=company.name)
    return Case.objects.get(pk=made.pk)


@pytest.fixture
def asked(cast: Cast, case: Case, people: NeedMap) -> Callable[..., TalkAnswer]:
    """`asked()`: the adviser hears on the phone that they need people."""

    def make(**fields: Any) -> TalkAnswer:
        question = people.questions.order_by("position")[0]
        with act_as(cast.adviser.actor) as actor:
            talk = map_needs(by=actor, case=get_case(actor, case.number), need_map=people, answers={f"q{question.pk}": Answer(NEED, True)}, **fields)
            return TalkAnswer.objects.get(talk=talk)

    return make


def test_need_heard_on_the_phone_becomes_a_lead_once_and_goes_without_her_name_unless_she_agreed(
    asked: Callable[..., TalkAnswer], company: Company, cast: Cast
) -> None:
    answer = asked()
    with act_as(cast.adviser.actor) as actor:
        lead = give_answer(by=actor, answer=answer, own_desk=cast.here.desk, to_desk=cast.partner_desk)
        assert (lead.company, lead.source, lead.contact) == (company, "call", ("", "", ""))
        assert NEED in lead.words
        with pytest.raises(RuleBroken):
            give_answer(by=actor, answer=answer, own_desk=cast.here.desk, to_desk=cast.partner_desk)
        with pytest.raises(RuleBroken):
            make_case_of_answer(by=actor, answer=answer, own_desk=cast.here.desk)
    assert Lead.objects.count() == 1
    asked(may_pass=True)
    answer.refresh_from_db()
    assert answer.lead == lead, "written again, what was given on stands"


def test_need_becomes_a_matter_of_the_same_customer_with_the_service_proposed(
    asked: Callable[..., TalkAnswer], case: Case, people: NeedMap, cast: Cast
) -> None:
    service = ServiceFactory.create()
    NeedQuestion.objects.filter(need_map=people).update(service=service)
    with act_as(cast.adviser.actor) as actor:
        made = make_case_of_answer(by=actor, answer=asked(), own_desk=cast.here.desk)
        assert (made.customer_id, made.company_id, made.channel) == (case.customer_id, case.company_id, "phone")
        leg = made.legs.get()
        assert (leg.service, leg.handler_id) == (service, cast.adviser.someone.pk)


def test_answers_are_read_by_the_organisation_that_asked_alone(asked: Callable[..., TalkAnswer], case: Case, people: NeedMap, cast: Cast) -> None:
    answer = asked()
    LegFactory.create(case=case, desk=cast.partner_desk, position=2)
    with act_as(cast.desklead.actor):
        assert TalkAnswer.objects.get().words == NEED
    for stranger in (cast.partner, cast.outsider, cast.coordinator, cast.national, cast.founder):
        with act_as(stranger.actor) as actor:
            assert not NeedTalk.objects.exists()
            assert not TalkAnswer.objects.exists()
            with pytest.raises(NotFound):
                give_answer(by=actor, answer=answer, own_desk=cast.here.desk, to_desk=cast.partner_desk)
    with act_as(cast.partner.actor), pytest.raises(DatabaseError), transaction.atomic():
        NeedTalk.objects.create(case=case, need_map=people, person=cast.partner.someone, organisation=cast.here.organisation, version=1)
    other = CaseFactory.create(region=cast.here.region)
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        map_needs(by=actor, case=other, need_map=people, answers={"x1": Answer("x", True)})


def test_words_go_when_the_matter_is_forgotten(asked: Callable[..., TalkAnswer], case: Case) -> None:
    asked()
    forget_with_cases([case.pk])
    assert TalkAnswer.objects.get().words == ""


def test_a_changed_question_is_a_new_one_and_old_answers_keep_what_was_asked(asked: Callable[..., TalkAnswer], people: NeedMap, cast: Cast) -> None:
    answer = asked()
    with act_as(cast.national.actor) as actor:
        made = keeping.write_question(by=actor, need_map=people, texts={"fi": "Montako paikkaa on auki?"}, question=answer.question)
    answer.refresh_from_db()
    assert answer.question is not None
    assert (answer.question.text_fi, answer.question.is_hidden) == ("Onko avoimia paikkoja tai tulossa?", True)
    assert (made.position, made.since, answer.question.until) == (answer.question.position, 2, 1)
    with act_as(cast.national.actor) as actor, pytest.raises(RuleBroken):
        keeping.write_question(by=actor, need_map=people, texts={"fi": "Toinen"}, question=answer.question)


def test_network_maps_are_the_owners_and_a_regions_its_coordinators(people: NeedMap, cast: Cast) -> None:
    for stranger in (cast.coordinator, cast.adviser, cast.area):
        with act_as(stranger.actor) as actor, pytest.raises(NotAllowed):
            keeping.retire_map(by=actor, need_map=people, retired=True)
    with act_as(cast.coordinator.actor) as actor:
        own = keeping.make_map(by=actor, region=cast.here.region, names={"fi": "Vihreä siirtymä"})
        with pytest.raises(NotAllowed):
            keeping.make_map(by=actor, region=cast.there.region, names={"fi": "Muualla"})
        with pytest.raises(RuleBroken):
            keeping.make_map(by=actor, region=cast.here.region, names={"sv": "Grön"})
    assert own in maps_on_offer(cast.here.region.pk)
    assert own not in maps_on_offer(cast.there.region.pk)
    with act_as(cast.coordinator.actor) as actor:
        keeping.retire_map(by=actor, need_map=own, retired=True)
    assert own not in maps_on_offer(cast.here.region.pk)
    assert NeedMap.objects.filter(pk=own.pk).exists()


def test_walk_from_a_logged_call_to_a_lead(client_of: ClientOf, company: Company, people: NeedMap, cast: Cast) -> None:
    adviser = client_of(cast.adviser)
    log = adviser.get("/kirjaa/")
    assert log.status_code == 200
    sent = adviser.submit(
        log, {"name": "Kalle Kivelä", "phone": "040 555 1234", "company": company.business_id, "words": "Kysyi lomakkeesta, neuvoin heti", "next": "relations.needs"}
    )  # fmt: skip
    assert sent.status_code == 302, sent.content.decode()
    case = Case.objects.get()
    assert sent["Location"] == f"/kartoitukset/asia/{case.number}/"
    slot = f"q{people.questions.order_by('position')[0].pk}"
    page = adviser.get(f"/kartoitukset/asia/{case.number}/?kartta=people")
    assert adviser.submit(page, {slot: NEED, f"{slot}_need": "on"}, form="needs").status_code == 302
    answer = TalkAnswer.objects.get()
    assert "desk-" in adviser.get(f"/kartoitukset/asia/{case.number}/").content.decode()
    given = adviser.post(f"/kartoitukset/asia/{case.number}/tarve/{answer.pk}", {"desk": cast.partner_desk.pk})
    assert given.status_code == 302
    assert Lead.objects.get().company == company
    assert cast.partners.name_fi in adviser.get(f"/asia/{case.number}/").content.decode()


def test_walk_of_the_editor(client_of: ClientOf, people: NeedMap, cast: Cast, sql_count: Callable[..., Any]) -> None:
    national = client_of(cast.national)
    first = people.questions.order_by("position")[0]
    page = national.get(f"/kartoitukset/{people.pk}/kysymys/{first.pk}")
    assert national.submit(page, {"text_fi": "Uusi sanamuoto?"}).status_code == 302
    shown = national.get(f"/kartoitukset/{people.pk}/").content.decode()
    assert "Uusi sanamuoto?" in shown
    assert first.text_fi in shown
    second = people.questions.filter(is_hidden=False).order_by("position")[1]
    assert national.post(f"/kartoitukset/{people.pk}/kysymys/{second.pk}/paikka").status_code == 302
    assert people.questions.filter(is_hidden=False).order_by("position")[0] == second
    assert national.post(f"/kartoitukset/{people.pk}/kaytosta").status_code == 302
    made = national.submit(national.get("/kartoitukset/uusi"), {"name_fi": "Vihreä siirtymä"})
    assert made.status_code == 302
    with sql_count(at_most=14):
        assert national.get("/kartoitukset/").status_code == 200
    coordinator = client_of(cast.coordinator)
    assert coordinator.get(f"/kartoitukset/{people.pk}/nimi").status_code == 403
    assert coordinator.get("/kartoitukset/").status_code == 200
