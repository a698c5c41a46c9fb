"""A plan as it was approved: its basic page, too, whatever has changed since."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from pypdf import PdfReader

from luukku.core.actor import act_as
from luukku.core.pdf import Facts
from luukku.governance.actions.clock import EntryForm, add_entry, cancel_entry
from luukku.governance.models import Group, Meeting, Membership
from luukku.network.enums import Role
from luukku.network.models import Participation, Person, Seat
from luukku.plans.actions.deciding import Approval, Ending, approve_plan, close_plan
from luukku.plans.actions.plans import BasicForm, edit_plan
from luukku.plans.actions.sharing import BudgetForm, Part, set_budget
from luukku.plans.models import Measure, Plan, Snapshot
from luukku.plans.queries.facts import facts_of
from luukku.plans.queries.kept import kept
from luukku.plans.queries.pages import plan_page
from luukku.plans.queries.paper import paper_of
from tests.cast import Cast, Member
from tests.factories.network import OrganisationFactory, ParticipationFactory, PersonFactory, SeatFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def approved(cast: Cast, plan: Plan, meeting: Meeting) -> Snapshot:
    """With a chair of the steering group, a theme day in the year and a shared sum."""
    SeatFactory.create(person=PersonFactory.create(name="Petra Puheenjohtaja"), role=Role.STEERING_CHAIR, region=cast.here.region)
    with act_as(cast.coordinator.actor) as by:
        add_entry(by=by, region=cast.here.region, form=EntryForm("theme", "Yrittäjän päivä", date(plan.year, 9, 5)))
        set_budget(by=by, plan=plan, form=BudgetForm(Decimal(1500), "equal", [Part(cast.here.organisation, hours=40), Part(cast.partners)]))
        approve_plan(by=by, plan=plan, approval=Approval(meeting=meeting))
    return Snapshot.objects.get(plan=plan)


def test_basic_page_stays_as_it_was_approved_whoever_sits_there_today(
    client_of: ClientOf, cast: Cast, draft: Plan, measure: Measure, held: Meeting
) -> None:
    snapshot = approved(cast, draft, held)
    Seat.objects.filter(role=Role.STEERING_CHAIR).update(valid_until=timezone.localdate() - timedelta(days=1))
    SeatFactory.create(person=PersonFactory.create(name="Uusi Vetäjä"), role=Role.STEERING_CHAIR, region=cast.here.region)
    with act_as(cast.coordinator.actor) as by:
        cancel_entry(by=by, entry=cast.here.region.clock_entries.get())
    page = client_of(cast.coordinator).get(f"/suunnitelmat/{draft.pk}/sellaisena/{snapshot.number}").content.decode()
    for words in ("Petra Puheenjohtaja", "Kaisa Coordinator", "Sten Steering", "Yrjö Yrittäjä", "Yrittäjän päivä", "1 500 €", "750 €, 40 h"):
        assert words in page.replace("\xa0", " "), words
    assert "Uusi Vetäjä" not in page


def test_snapshot_keeps_no_names_of_people_so_that_they_can_be_forgotten(cast: Cast, draft: Plan, measure: Measure, held: Meeting) -> None:
    snapshot = approved(cast, draft, held)
    assert "Petra" not in json.dumps(snapshot.body)
    Person.objects.filter(name="Petra Puheenjohtaja").update(name="Poistettu henkilö")
    Membership.objects.filter(outside_name="Yrjö Yrittäjä").update(outside_name="")
    with act_as(cast.coordinator.actor) as by:
        names = kept(by, snapshot).steering
    assert names[0] == "Poistettu henkilö (puheenjohtaja)"
    assert "Entinen jäsen" in names


def test_whoever_does_not_know_the_group_reads_of_a_snapshot_who_held_the_seats(cast: Cast, followed: Plan) -> None:
    with act_as(cast.outsider.actor) as by:
        assert kept(by, Snapshot.objects.get(plan=followed)).steering == ["Sten Steering"]


def test_basic_page_names_members_without_a_sign_in_with_their_parts(client_of: ClientOf, cast: Cast, draft: Plan, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(purpose="Ohjaa yhteistä työtä")
    Membership.objects.filter(outside_name="Yrjö Yrittäjä").update(role="chair")
    page = client_of(cast.coordinator).get(f"/suunnitelmat/{draft.pk}/perussivu").content.decode()
    assert "Yrjö Yrittäjä (puheenjohtaja), Sten Steering, Aino Adviser (sihteeri)" in page
    with act_as(cast.coordinator.actor) as by:
        blocks = paper_of(plan_page(by, draft.pk), facts_of(by, draft)).blocks
    facts = dict(next(block for block in blocks if isinstance(block, Facts)).facts)
    assert facts["Ohjausryhmä"] == "Yrjö Yrittäjä (puheenjohtaja), Sten Steering, Aino Adviser (sihteeri)"
    assert "Ohjaa yhteistä työtä" in facts.values()


def test_snapshot_from_before_or_of_a_small_plan_is_shown_too(
    cast: Cast, followed: Plan, sql_count: Callable[..., AbstractContextManager[object]]
) -> None:
    snapshot = Snapshot.objects.get(plan=followed)
    old = Snapshot(plan=followed, body={"measures": [], "shares": []})
    with act_as(cast.coordinator.actor) as by:
        with sql_count(at_most=5):
            assert kept(by, snapshot).steering == ["Sten Steering", "Yrjö Yrittäjä", "Aino Adviser (sihteeri)"]
        assert (kept(by, old).coordinators, kept(by, old).entries, kept(by, old).shares) == ([], [], [])


def test_basic_page_of_a_closed_plan_names_who_was_there_when_it_closed(client_of: ClientOf, cast: Cast, followed: Plan, measure: Measure) -> None:
    with act_as(cast.coordinator.actor) as by:
        closed = close_plan(by=by, plan=followed, endings={measure.pk: Ending("done", "Tehtiin")})
    yesterday = timezone.localdate() - timedelta(days=1)
    Plan.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - timedelta(days=2))
    Seat.objects.filter(role=Role.STEERING_MEMBER).update(valid_until=yesterday)
    SeatFactory.create(person=PersonFactory.create(name="Uusi Jäsen"), role=Role.STEERING_MEMBER, region=cast.here.region, valid_from=yesterday)
    Participation.objects.filter(organisation=cast.partners).update(valid_until=yesterday)
    page = client_of(cast.coordinator).get(f"/suunnitelmat/{closed.pk}/perussivu").content.decode()
    assert ("Sten Steering" in page, "Uusi Jäsen" in page, "Koskimaan Kauppakamari" in page) == (True, False, True)


def test_basic_page_of_the_paper_fits_one_sheet(client_of: ClientOf, cast: Cast, draft: Plan, measure: Measure, held: Meeting) -> None:
    """With fourteen parties that share the sum, a year of twelve days and four priorities."""
    parties = [OrganisationFactory.create(name_fi=f"Etelä-Pohjanmaan osapuoli {place}") for place in range(14)]
    for party in parties:
        ParticipationFactory.create(organisation=party, region=cast.here.region)
    with act_as(cast.coordinator.actor) as by:
        for month in range(1, 13):
            add_entry(by=by, region=cast.here.region, form=EntryForm("theme", "Teemapäivä: omistajanvaihdokset", date(draft.year, month, 5)))
        set_budget(by=by, plan=draft, form=BudgetForm(Decimal(9000), "equal", [Part(party, hours=40) for party in parties]))
        long = "Yritys saa yhdestä luukusta sen avun, jota se tarvitsee, ja tietää, kuka sen asiaa hoitaa."
        basic = BasicForm(mission=long, vision=long, priorities="\n".join(["Ensimmäisen työntekijän palkkaaminen"] * 4))
        edit_plan(by=by, plan=draft, form=basic, based_on=Plan.objects.get(pk=draft.pk).version)
    first, second, *_more = PdfReader(BytesIO(client_of(cast.coordinator).get(f"/suunnitelmat/{draft.pk}/pdf").content)).pages
    assert "Etelä-Pohjanmaan osapuoli 13 642,85 €" in " ".join(first.extract_text().split())
    assert "Käydään yhdessä yrityksissä" in second.extract_text()
    assert "osapuoli" not in second.extract_text()
