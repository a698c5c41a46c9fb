"""Leads from facts: found once, proposed by the region's rule to one desk, read there alone, taken or left alone with a reason."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.paging import Cursor
from luukku.customers.models import Company, ImportChange, ImportRun
from luukku.desk.queries.case_meetings.filling import OWN, Figure, figures_of
from luukku.desk.web.staff.case_meetings.figures import figure_lines
from luukku.network.models import Seat
from luukku.relations.access import get_fact
from luukku.relations.actions.facts import Told, dismiss_fact, enter_fact, facts_due, forget_facts, import_facts, propose_all, set_rule, take_fact
from luukku.relations.actions.sweeping import tell_facts
from luukku.relations.models import FactLead, Lead
from luukku.relations.queries.facts import listed
from tests.cast import Cast, Member
from tests.factories.customers import CompanyFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(cast: Cast) -> None:
    """New companies and lay-offs of the region are proposed to the partner."""
    with act_as(cast.coordinator.actor) as actor:
        for kind in ("registered", "closed", "growth", "layoff"):
            set_rule(by=actor, region=cast.here.region, kind=kind, desk=cast.partner_desk)


def sweep() -> int:
    with act_as_house("try it") as house:
        return propose_all(by=house)


def told(company: Company, **fields: Any) -> Told:
    return Told(**{"business_id": company.business_id, "kind": "layoff", "day": timezone.localdate(), "words": "Kymmenen henkeä", **fields})


def test_register_proposes_each_fact_once_and_only_of_the_region(rules: None, cast: Cast) -> None:
    new = CompanyFactory.create(municipality=cast.here.municipality, founded_on=timezone.localdate() - timedelta(days=5))
    CompanyFactory.create(municipality=cast.here.municipality, founded_on=timezone.localdate() - timedelta(days=500))
    CompanyFactory.create(municipality=cast.there.municipality, founded_on=timezone.localdate() - timedelta(days=5))
    fast = CompanyFactory.create(municipality=cast.here.municipality, growth="fast", founded_on=timezone.localdate() - timedelta(days=900))
    gone = CompanyFactory.create(municipality=cast.here.municipality, founded_on=timezone.localdate() - timedelta(days=900))
    run = ImportRun.objects.create(name="ytj", state="applied", applied_at=timezone.now())
    ImportChange.objects.create(run=run, company=gone, kinds=["closed", "status"])
    assert (sweep(), sweep()) == (3, 0)
    found = {(each.company_id, each.kind, each.organisation_id) for each in FactLead.objects.all()}
    assert found == {(pk, kind, cast.partners.pk) for pk, kind in ((new.pk, "registered"), (fast.pk, "growth"), (gone.pk, "closed"))}
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        propose_all(by=actor)


def test_case_meeting_is_told_what_its_readers_own_organisation_knows_of_changes(rules: None, cast: Cast) -> None:
    CompanyFactory.create(municipality=cast.here.municipality, growth="fast", founded_on=timezone.localdate() - timedelta(days=900))
    sweep()
    for member, known in ((cast.partner, [Figure("change", 1, key="facts.growth")]), (cast.adviser, [])):
        with act_as(member.actor) as actor:
            found = figures_of(actor, cast.here.region, ["changes"])["changes"]
        assert [each for each in found if each.key.startswith("facts")] == known
    assert [line.label for line in figure_lines([Figure("change", 1, key="facts.growth")], {})] == ["Kasvaa nopeasti"]
    assert "change" in OWN  # nobody else reads it in the memo


def test_company_that_changes_owners_is_proposed_once_a_year(cast: Cast) -> None:
    with act_as(cast.coordinator.actor) as actor:
        set_rule(by=actor, region=cast.here.region, kind="succession", desk=cast.partner_desk)
    old = CompanyFactory.create(municipality=cast.here.municipality, stage="succession")
    CompanyFactory.create(municipality=cast.here.municipality, stage="established")
    CompanyFactory.create(municipality=cast.there.municipality, stage="succession")
    CompanyFactory.create(municipality=cast.here.municipality, stage="succession", status="ceased")
    assert (sweep(), sweep()) == (1, 0)
    assert FactLead.objects.get().company == old
    FactLead.objects.update(day=timezone.localdate() - timedelta(days=370))
    assert sweep() == 1
    with act_as(cast.partner.actor) as actor:
        lead = take_fact(by=actor, fact=FactLead.objects.order_by("-pk")[0])
    assert (lead.company_id, lead.words) == (old.pk, "Omistaja vaihtumassa")


def test_without_a_rule_nobody_is_bothered(cast: Cast) -> None:
    CompanyFactory.create(municipality=cast.here.municipality, founded_on=timezone.localdate())
    assert sweep() == 0


def test_it_is_read_where_it_is_proposed_and_where_it_was_written(rules: None, company: Company, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        fact = enter_fact(by=actor, desk=cast.here.desk, told=told(company))
        assert fact is not None
        assert enter_fact(by=actor, desk=cast.here.desk, told=told(company)) is None  # known already
        assert get_fact(actor, fact.pk).organisation_id == cast.partners.pk
        with pytest.raises(NotAllowed):
            take_fact(by=actor, fact=fact)
    for member in (cast.outsider, cast.coordinator, cast.national):
        with act_as(member.actor) as actor, pytest.raises(NotFound):
            get_fact(actor, fact.pk)
    with act_as(cast.partner.actor), pytest.raises(DatabaseError, match="as it was told"), transaction.atomic():
        FactLead.objects.filter(pk=fact.pk).update(words="muuta")


def test_taken_one_becomes_a_lead_counted_by_its_source(rules: None, company: Company, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        fact = enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    assert fact is not None
    with act_as(cast.partner.actor) as actor:
        lead = take_fact(by=actor, fact=fact)
        with pytest.raises(RuleBroken):
            dismiss_fact(by=actor, fact=fact, reason="known")
    lead = Lead.objects.get(pk=lead.pk)
    assert (lead.source, lead.state, lead.taken_by_id, lead.company_id) == ("layoff", "taken", cast.partner.someone.pk, company.pk)
    assert "Kymmenen henkeä" in lead.words


def test_left_alone_needs_a_reason_and_is_counted(rules: None, company: Company, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        fact = enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    assert fact is not None
    with act_as(cast.partner.actor) as actor:
        with pytest.raises(RuleBroken):
            dismiss_fact(by=actor, fact=fact, reason="muu")
        dismiss_fact(by=actor, fact=fact, reason="known")
        found = listed(actor, "", Cursor())
    assert (found.page.rows, [(each.kind, each.waits, each.dismissed) for each in found.counts]) == ([], [("layoff", 0, 1)])


def test_table_is_taken_row_by_row_and_what_cannot_be_is_told(rules: None, company: Company, cast: Cast) -> None:
    other = CompanyFactory.create(municipality=cast.here.municipality)
    text = (
        "Y-tunnus;laji;päivä;teksti\n"
        f"{company.business_id};layoff;{timezone.localdate():%d.%m.%Y};Kolmekymmentä\n"
        f"{other.business_id};TENDER;{timezone.localdate().isoformat()};Kaupungin urakka; toinen osa\n"
        f"{company.business_id};Lomautus;{timezone.localdate():%d.%m.%Y};Sama\n"
        "1234567-1;layoff;1.1.2020;Ei ole\nvajaa;rivi\n"
    )
    with act_as(cast.adviser.actor) as actor:
        report = import_facts(by=actor, desk=cast.here.desk, text=text)
    assert (report.new, report.known, [number for number, _why in report.refused]) == (2, 1, [5, 6])
    assert FactLead.objects.get(kind="tender").organisation_id == cast.here.organisation.pk  # no rule: one's own


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"kind": "growth"}, "kind"), ({"day": None}, "day"), ({"day": timezone.localdate() - timedelta(days=500)}, "day"), ({"words": " "}, "words"),
     ({"business_id": "1"}, "business_id"), ({"business_id": ""}, "business_id")],
)  # fmt: skip
def test_what_cannot_be_is_named(company: Company, cast: Cast, fields: dict[str, Any], field: str) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        enter_fact(by=actor, desk=cast.here.desk, told=told(company, **fields))
    assert broken.value.field == field


def test_empty_business_id_is_asked_for_and_not_called_unknown(cast: Cast, company: Company) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken, match="Kirjoita yrityksen Y-tunnus"):
        enter_fact(by=actor, desk=cast.here.desk, told=told(company, business_id=" "))


def test_rules_are_the_coordinators_and_of_the_regions_desks(cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        set_rule(by=actor, region=cast.here.region, kind="registered", desk=cast.here.desk)
    with act_as(cast.coordinator.actor) as actor, pytest.raises(RuleBroken):
        set_rule(by=actor, region=cast.here.region, kind="registered", desk=cast.there.desk)


def test_words_go_when_their_time_is_over(company: Company, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    later = timezone.now() + timedelta(days=1)
    with act_as_house("try it"):
        assert (facts_due(later), forget_facts(later, 10), facts_due(later)) == (1, 1, 0)
    assert FactLead.objects.get().words == ""


def test_walk_from_the_rule_to_a_lead(
    client_of: Callable[[Member], Client], company: Company, cast: Cast, sql_count: Callable[..., AbstractContextManager[Any]]
) -> None:
    coordinator = client_of(cast.coordinator)
    page = coordinator.get("/vihjeet/tiedoista/saannot")
    assert coordinator.submit(page, {"layoff": str(cast.partner_desk.pk)}).status_code == 302
    adviser = client_of(cast.adviser)
    page = adviser.get("/vihjeet/tiedoista/uusi")
    wrong = adviser.submit(page, {"text": "1234567-1;layoff;1.1.2020;Ei ole"})
    assert wrong.status_code == 422
    assert "1234567-1;layoff" in wrong.content.decode()
    sent = {"kind": "layoff", "business_id": company.business_id, "day": timezone.localdate().isoformat(), "words": "Muutosneuvottelut"}
    assert adviser.submit(page, sent).status_code == 302
    partner = client_of(cast.partner)
    partner.get("/vihjeet/tiedoista/")
    with sql_count(at_most=14):
        shown = partner.get("/vihjeet/tiedoista/").content.decode()
    assert "Muutosneuvottelut" in shown
    fact = FactLead.objects.get()
    lead = partner.post(f"/vihjeet/tiedoista/{fact.pk}/ota")
    assert "Muutosneuvottelut" in partner.get(lead.url).content.decode()
    assert partner.post(f"/vihjeet/tiedoista/{fact.pk}/ota").url == "/vihjeet/tiedoista/"


def tell(at: datetime) -> int:
    with act_as_house("try it") as house:
        return tell_facts(by=house, at=at)


WEDNESDAY = datetime(2027, 3, 10, 5, 30, tzinfo=timezone.get_default_timezone())


def test_desk_is_told_once_how_many_of_which_kind_wait_and_of_no_company(
    rules: None, company: Company, cast: Cast, run_jobs: Callable[[], int], mailoutbox: list[Any]
) -> None:
    other = CompanyFactory.create(municipality=cast.here.municipality, founded_on=timezone.localdate() - timedelta(days=5))
    with act_as(cast.adviser.actor) as actor:
        for each in (company, other):
            enter_fact(by=actor, desk=cast.here.desk, told=told(each))
    sweep()
    run_jobs()
    mailoutbox.clear()
    assert (tell(WEDNESDAY), tell(WEDNESDAY + timedelta(hours=1))) == (3, 0)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[cast.partner.user.email]]
    said = str(mailoutbox[0].body) + mailoutbox[0].subject
    assert "Vasta perustettu 1, Lomautus- tai irtisanomisilmoitus 2" in said
    assert "/vihjeet/tiedoista/" in said
    assert not any(name in said for name in (company.name, other.name, "Kymmenen"))
    with act_as(cast.adviser.actor) as actor:
        enter_fact(by=actor, desk=cast.here.desk, told=told(company, day=timezone.localdate() - timedelta(days=1)))
    assert tell(WEDNESDAY + timedelta(days=1)) == 1


@pytest.mark.parametrize("day", [datetime(2027, 3, 14, 5, 30), datetime(2027, 12, 6, 5, 30)])
def test_desk_is_told_on_its_working_days(rules: None, company: Company, cast: Cast, day: datetime) -> None:
    with act_as(cast.adviser.actor) as actor:
        enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    moment = day.replace(tzinfo=timezone.get_default_timezone())
    assert (tell(moment), tell(moment + timedelta(days=1))) == (0, 1)


def test_desk_without_people_is_told_when_it_has_some(rules: None, company: Company, cast: Cast) -> None:
    with act_as(cast.adviser.actor) as actor:
        enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    theirs = Seat.objects.filter(organisation=cast.partners)
    theirs.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert tell(WEDNESDAY) == 0
    theirs.update(valid_until=None)
    assert tell(WEDNESDAY) == 1


def test_what_was_broken_off_tells_again_and_what_is_answered_tells_nobody(
    rules: None, company: Company, cast: Cast, run_jobs: Callable[[], int], mailoutbox: list[Any]
) -> None:
    with act_as(cast.adviser.actor) as actor:
        fact = enter_fact(by=actor, desk=cast.here.desk, told=told(company))
    assert fact is not None
    run_jobs()
    mailoutbox.clear()
    with transaction.atomic():
        assert tell(WEDNESDAY) == 1
        transaction.set_rollback(True)  # killed before it was done
    assert tell(WEDNESDAY) == 1
    with act_as(cast.partner.actor) as actor:
        dismiss_fact(by=actor, fact=fact, reason="known")
    run_jobs()
    assert mailoutbox == []
    with act_as(cast.adviser.actor) as actor, pytest.raises(NotAllowed):
        tell_facts(by=actor)
