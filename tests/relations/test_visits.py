"""Visits: who reads them, what others know, what is planned twice, what is written once."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event, OutgoingMail
from luukku.customers.models import Company
from luukku.relations.access import get_visit
from luukku.relations.actions.needs import give_need, make_case_of_need
from luukku.relations.actions.reporting import Answer, Written, report_visit, see_to_the_end, step_done
from luukku.relations.actions.visits import Plan, call_off_visit, change_visit, plan_visit
from luukku.relations.models import Lead, NeedMap, Touch, Visit, VisitNeed, VisitReport
from luukku.relations.queries.contacts import contacts_of
from tests.cast import Cast, Member
from tests.relations.conftest import NEED, in_days, key

pytestmark = pytest.mark.django_db


def written(**fields: object) -> Written:
    given = Written(day=timezone.localdate(), notes="Tilauskanta on täynnä.", answers={"x1": Answer(NEED, True)})
    return replace(given, **fields)  # type: ignore[arg-type]


def report(visit: Visit, by: Member, **fields: object) -> VisitReport:
    with act_as(by.actor) as actor:
        return report_visit(by=actor, visit=visit, written=written(**fields))


def test_visit_is_read_by_the_visiting_organisations_alone(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    with act_as(cast.desklead.actor) as lead:  # of the same organisation
        assert get_visit(lead, visit.pk).purpose == "Kuulla väen tarpeesta"
    for stranger in (cast.partner, cast.outsider, cast.coordinator, cast.national):
        with act_as(stranger.actor) as actor, pytest.raises(NotFound):
            get_visit(actor, visit.pk)


def test_others_know_that_the_company_is_met_when_and_by_whom(planned: Callable[..., Visit], company: Company, cast: Cast) -> None:
    report(planned(), cast.adviser)
    with act_as(cast.outsider.actor) as actor:
        last = contacts_of(actor, company).last
        assert last is not None
        assert (last.day, last.organisation) == (timezone.localdate(), cast.here.organisation)
    with act_as(cast.founder.actor) as actor:
        assert contacts_of(actor, company).last is None
        assert Touch.objects.count() == 0


def test_joint_visit_opens_its_notes_to_those_who_come_along_and_closes_them_when_they_do_not(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned(along=(cast.partner,))
    report(visit, cast.adviser)
    with act_as(cast.partner.actor) as actor:
        assert get_visit(actor, visit.pk).reports.get().notes == "Tilauskanta on täynnä."
        assert VisitNeed.objects.filter(visit=visit).count() == 1
    assert set(OutgoingMail.objects.filter(kind="relations.visit").values_list("facts__person", flat=True)) == {cast.partner.someone.pk}
    other = planned(along=(cast.partner,), day=in_days(200), anyway=True)
    with act_as(cast.adviser.actor) as actor:
        change_visit(by=actor, visit=other, plan=Plan(day=in_days(200), visitors=[key(cast.adviser)]))
    with act_as(cast.partner.actor) as actor, pytest.raises(NotFound):
        get_visit(actor, other.pk)
    assert list(Touch.objects.filter(visit=other).values_list("organisation", flat=True)) == [cast.here.organisation.pk]


def test_second_visit_within_twelve_weeks_is_warned_about_and_may_be_meant(planned: Callable[..., Visit], cast: Cast) -> None:
    planned()
    with pytest.raises(RuleBroken) as broken:
        planned(by=cast.partner, day=in_days(7 + 83))
    assert broken.value.field == "anyway"
    assert "Koskimaan Kehitys" in str(broken.value.message)
    planned(by=cast.partner, day=in_days(7 + 84))
    planned(by=cast.partner, day=in_days(8), anyway=True)
    with pytest.raises(RuleBroken):
        planned(by=cast.partner, day=None)


def test_called_off_visit_is_no_contact(planned: Callable[..., Visit], company: Company, cast: Cast) -> None:
    visit = planned()
    with act_as(cast.adviser.actor) as actor:
        call_off_visit(by=actor, visit=visit)
        assert contacts_of(actor, company).planned == []
    planned(by=cast.partner)  # nobody is near any more
    with pytest.raises(RuleBroken):
        report(visit, cast.adviser)


def test_somebody_of_ones_own_organisation_goes(planned: Callable[..., Visit], cast: Cast) -> None:
    with pytest.raises(RuleBroken) as broken:
        planned(visitors=[key(cast.partner)])
    assert broken.value.field == "visitors"
    with pytest.raises(RuleBroken):
        planned(visitors=[key(cast.adviser), key(cast.outsider)])


def test_report_that_is_sent_twice_is_written_once(planned: Callable[..., Visit], cast: Cast) -> None:
    visit, once = planned(), str(uuid.uuid4())
    for _ in range(2):
        with act_as(cast.adviser.actor) as actor:
            report_visit(by=actor, visit=visit, written=written(), submit_key=once)
    found = VisitReport.objects.get()
    assert (found.version, found.needs.count()) == (1, 1)
    assert Event.objects.filter(action="visit.reported").count() == 1


def test_report_does_not_write_over_words_that_it_has_not_seen(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    report(visit, cast.adviser)
    with pytest.raises(RuleBroken):
        report(visit, cast.adviser, notes="Puhelimelta")
    report(visit, cast.adviser, notes="Molemmat", version=1)
    assert VisitReport.objects.get().notes == "Molemmat"


def test_each_visitor_writes_her_own_report(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned(along=(cast.partner,))
    report(visit, cast.adviser)
    report(visit, cast.partner, notes="Kehityshanke kiinnostaa.")
    assert VisitReport.objects.filter(visit=visit).count() == 2
    with pytest.raises(NotAllowed):
        report(visit, cast.desklead)


def test_report_of_a_day_to_come_is_refused(planned: Callable[..., Visit], cast: Cast) -> None:
    with pytest.raises(RuleBroken) as broken:
        report(planned(), cast.adviser, day=in_days(1))
    assert broken.value.field == "day"


def test_answers_of_the_map_are_kept_by_question_and_an_emptied_one_goes(planned: Callable[..., Visit], cast: Cast) -> None:
    people = NeedMap.objects.get(code="people")
    first, second = people.questions.order_by("position")[:2]
    visit = planned(need_map=people)
    report(visit, cast.adviser, answers={f"q{first.pk}": Answer("Kaksi paikkaa auki", True), f"q{second.pk}": Answer("Hitsaus", False)})
    report(visit, cast.adviser, version=1, answers={f"q{first.pk}": Answer("Kolme paikkaa auki", True)})
    assert list(VisitNeed.objects.values_list("question", "words", "is_need")) == [(first.pk, "Kolme paikkaa auki", True)]


def test_need_becomes_a_lead_once_with_contact_data_only_if_agreed(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned(along=(cast.partner,))
    report(visit, cast.adviser, met_name="Kalle Kivelä", met_phone="040 555 0101")
    need = VisitNeed.objects.get()
    with act_as(cast.adviser.actor) as actor:
        lead = give_need(by=actor, need=need, own_desk=cast.here.desk, to_desk=cast.partner_desk)
        assert (lead.words, lead.source, lead.contact_name) == (NEED, "visit", "")
    with act_as(cast.partner.actor) as actor, pytest.raises(RuleBroken):
        make_case_of_need(by=actor, need=need, own_desk=cast.partner_desk)
    assert Lead.objects.count() == 1


def test_need_becomes_a_matter_at_ones_own_desk_with_whom_was_met(planned: Callable[..., Visit], company: Company, cast: Cast) -> None:
    visit = planned()
    report(visit, cast.adviser, met_name="Kalle Kivelä", met_phone="040 555 0101", may_pass=True)
    with act_as(cast.adviser.actor) as actor:
        case = make_case_of_need(by=actor, need=VisitNeed.objects.get(), own_desk=cast.here.desk)
        assert (case.company_id, case.own_words, case.sponsor_id) == (company.pk, NEED, cast.adviser.someone.pk)
        assert case.customer is not None
        assert case.customer.contact.name == "Kalle Kivelä"


def test_visit_is_seen_to_the_end_when_its_next_step_is_done(planned: Callable[..., Visit], cast: Cast) -> None:
    visit = planned()
    found = report(visit, cast.adviser, next_step="Soitetaan pankille", next_on=in_days(3))
    with act_as(cast.desklead.actor) as actor:
        with pytest.raises(RuleBroken):
            see_to_the_end(by=actor, visit=visit)
        step_done(by=actor, report=found)
        assert see_to_the_end(by=actor, visit=visit).state == "closed"


def test_visit_of_another_organisation_cannot_be_planned(planned: Callable[..., Visit], company: Company, cast: Cast) -> None:
    with act_as(cast.partner.actor) as actor, pytest.raises(NotAllowed):
        plan_visit(by=actor, company=company, desk=cast.here.desk, plan=Plan(day=in_days(3), visitors=[key(cast.adviser)]))
