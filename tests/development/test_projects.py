"""Development projects: the network reads them from the first plan on, each organisation writes its own part, nothing is moved twice."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event
from luukku.core.paging import Cursor
from luukku.development.access import get_project
from luukku.development.actions.projects import PartForm, ProjectForm, add_output, begin_project, change_project, leave_project, move_on, write_part
from luukku.development.models import Output, Project, ProjectPart
from luukku.development.queries.projects import ALL, Wanted, listed, project_page
from luukku.network.models import RegionArea
from tests.cast import Cast, Member
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]


def form_of(cast: Cast, **fields: Any) -> ProjectForm:
    given: dict[str, Any] = {
        "region": cast.here.region, "contact": cast.adviser.someone, "name": "Vientiin yhdessä", "starts_on": timezone.localdate(), "ends_on": timezone.localdate() + timedelta(days=700),
        "goals": "Kymmenen yritystä aloittaa viennin.", "target_group": "Valmistavat yritykset", "funder": "EAKR",
    }  # fmt: skip
    return ProjectForm(**given | fields)


@pytest.fixture
def begun(cast: Cast) -> Callable[..., Project]:
    """`begun()`: the adviser's organisation tells of a project."""

    def make(by: Member | None = None, part: PartForm = PartForm("Vetää", 100_000), **fields: Any) -> Project:  # noqa: B008 (frozen)
        member = by or cast.adviser
        lead = cast.partners if member is cast.partner else cast.here.organisation
        with act_as(member.actor) as actor:
            return begin_project(by=actor, lead=lead, form=form_of(cast, **fields), part=part)

    return make


def test_network_reads_it_from_the_first_plan_on_and_customers_do_not(begun: Callable[..., Project], cast: Cast) -> None:
    project = begun()
    for member in (cast.partner, cast.coordinator, cast.national, cast.outsider):
        with act_as(member.actor) as actor:
            assert get_project(actor, project.pk).name == "Vientiin yhdessä"
    with act_as(cast.founder.actor) as actor, pytest.raises(NotFound):
        get_project(actor, project.pk)


def test_others_come_along_while_it_is_planned_with_budgets_of_their_own(begun: Callable[..., Project], cast: Cast) -> None:
    project = begun()
    with act_as(cast.partner.actor) as partner:
        write_part(by=partner, project=project, organisation=cast.partners, part=PartForm("Pajat", 40_000))
        write_part(by=partner, project=project, organisation=cast.partners, part=PartForm("Pajat ja mentorit", 50_000, companies=3))
        page = project_page(partner, project.pk)
        assert ([each.budget for each in page.parts], page.euros, page.companies) == ([100_000, 50_000], 150_000, 3)
        assert (page.can_change, page.next) == (False, [])
        with pytest.raises(NotAllowed):
            write_part(by=partner, project=project, organisation=cast.here.organisation, part=PartForm("Muut"))
        with pytest.raises(NotAllowed):
            move_on(by=partner, project=project, state="running")
        leave_project(by=partner, project=project, organisation=cast.partners)
    with act_as(cast.adviser.actor) as lead:
        with pytest.raises(RuleBroken):
            leave_project(by=lead, project=project, organisation=cast.here.organisation)
        move_on(by=lead, project=project, state="running")
    with act_as(cast.partner.actor) as partner, pytest.raises(RuleBroken):
        write_part(by=partner, project=project, organisation=cast.partners, part=PartForm("Myöhässä"))
    assert ProjectPart.objects.count() == 1


def test_lead_and_coordinator_change_it_and_nobody_else(begun: Callable[..., Project], cast: Cast) -> None:
    project = begun()
    for member in (cast.desklead, cast.coordinator):
        with act_as(member.actor) as actor:
            assert change_project(by=actor, project=project, form=form_of(cast, name=f"Nimi {member.name}")).name == f"Nimi {member.name}"
    for member in (cast.partner, cast.outsider):
        with act_as(member.actor) as actor, pytest.raises(NotAllowed):
            change_project(by=actor, project=project, form=form_of(cast, name="Ei"))


@pytest.mark.parametrize(
    ("steps", "refused"), [((), "ended"), (("running",), "applied"), (("running", "ended"), "planned"), (("dropped",), "running"), ((), "muu")]
)
def test_project_goes_only_where_it_can(begun: Callable[..., Project], cast: Cast, steps: tuple[str, ...], refused: str) -> None:
    project = begun()
    with act_as(cast.adviser.actor) as lead:
        for state in steps:
            move_on(by=lead, project=project, state=state)
        with pytest.raises(RuleBroken):
            move_on(by=lead, project=project, state=refused)
    assert Event.objects.filter(action="project.moved").count() == len(steps)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"name": " "}, "name"), ({"goals": ""}, "goals"), ({"ends_on": timezone.localdate() - timedelta(days=1)}, "ends_on"),
     ({"ends_on": timezone.localdate() + timedelta(days=9000)}, "ends_on")],
)  # fmt: skip
def test_what_cannot_be_is_named(cast: Cast, fields: dict[str, Any], field: str) -> None:
    with act_as(cast.adviser.actor) as actor, pytest.raises(RuleBroken) as broken:
        begin_project(by=actor, lead=cast.here.organisation, form=form_of(cast, **fields), part=PartForm("Vetää"))
    assert broken.value.field == field
    with act_as(cast.outsider.actor) as actor, pytest.raises(NotAllowed):
        begin_project(by=actor, lead=cast.here.organisation, form=form_of(cast), part=PartForm("Vetää"))


def test_outputs_are_shared_by_those_who_take_part(begun: Callable[..., Project], cast: Cast) -> None:
    project = begun()
    with act_as(cast.partner.actor) as partner, pytest.raises(NotAllowed):
        add_output(by=partner, project=project, organisation=cast.partners, title="Opas")
    with act_as(cast.adviser.actor) as lead:
        add_output(by=lead, project=project, organisation=cast.here.organisation, title=" Opas ", url="https://opas.example/")
    assert Output.objects.get().title == "Opas"


def test_area_sees_all_with_their_euros(begun: Callable[..., Project], cast: Cast) -> None:
    first, other = begun(), begun(by=cast.partner, name="Kasvupolku", target_group="Valmistavat pk-yritykset", region=cast.there.region)
    with act_as(cast.adviser.actor) as lead:
        move_on(by=lead, project=first, state="running")
    areas = RegionArea.objects.filter(region=cast.here.region, valid_until=None).values_list("area__code", flat=True)
    with act_as(cast.national.actor) as actor:
        every = listed(actor, Wanted(), Cursor())
        assert {(each.state, each.projects, each.euros) for each in every.overview} == {("running", 1, 100_000), ("planned", 1, 100_000)}
        assert [each.pk for each in listed(actor, Wanted(place=f"r-{cast.here.region.code}"), Cursor()).page.rows] == [first.pk]
        assert first.pk in [each.pk for each in listed(actor, Wanted(place=f"a-{areas[0]}"), Cursor()).page.rows]
        assert [each.pk for each in listed(actor, Wanted(text="kasvupolku"), Cursor()).page.rows] == [other.pk]
        assert listed(actor, Wanted(state="ended"), Cursor()).page.rows == []
        assert len(listed(actor, Wanted(state=ALL), Cursor(), size=1).page.rows) == 1
        assert [each.pk for each in project_page(actor, first.pk).near] == [other.pk]  # for the same companies at the same time


def test_walk_from_the_list_to_a_joined_project(client_of: ClientOf, cast: Cast) -> None:
    adviser = client_of(cast.adviser)
    assert "Kerro hankkeesta" in adviser.get("/hankkeet/").content.decode()
    page = adviser.get("/hankkeet/uusi")
    typed = {
        "name": "Tekoälystä apua", "goals": "Kokeiluja", "target_group": "Pienet yritykset", "starts_on": "2026-12-01", "ends_on": "2026-11-01",
        "what": "Vetää", "budget": "5000", "wants": "Oppilaitos", "website": "",
    }  # fmt: skip
    wrong = adviser.submit(page, typed)
    assert wrong.status_code == 422
    assert "Tekoälystä apua" in wrong.content.decode()
    assert adviser.submit(wrong, {"ends_on": "2027-11-01"}).status_code == 302
    project = Project.objects.get()
    partner = client_of(cast.partner)
    assert "Oppilaitos" in partner.get(f"/hankkeet/{project.pk}/").content.decode()
    joined = partner.submit(partner.get(f"/hankkeet/{project.pk}/osa?org={cast.partners.code}"), {"what": "Pajat", "budget": "700"})
    assert joined.status_code == 302
    assert adviser.post(f"/hankkeet/{project.pk}/tila", {"state": "running"}).status_code == 302
    project.refresh_from_db()
    assert (project.state, project.parts.count()) == ("running", 2)
    assert "Pajat;700" in partner.get("/hankkeet/taulukko.csv").content.decode()
    link = re.search(r'href="(/hankkeet/taulukko.csv\?[^"]*as=xlsx)"', partner.get("/hankkeet/?tila=running").content.decode())
    assert link is not None
    sheet = load_workbook(BytesIO(partner.get(link[1].replace("&amp;", "&")).content))
    assert [row[8] for row in sheet.active.iter_rows(values_only=True)] == ["Osa", "Vetää", "Pajat"]
    assert client_of(cast.founder).get("/hankkeet/").status_code == 403


def test_list_costs_the_same_however_long(
    client_of: ClientOf, begun: Callable[..., Project], cast: Cast, sql_count: Callable[..., AbstractContextManager[Any]]
) -> None:
    project, browser, costs = begun(), client_of(cast.adviser), []
    for _ in range(2):
        browser.get("/hankkeet/")
        with sql_count(at_most=25) as counted:
            browser.get("/hankkeet/")
            browser.get(f"/hankkeet/{project.pk}/")
        costs.append(counted.number)
        for number in range(3):
            begun(name=f"Hanke {number}")
    assert costs[0] == costs[1]
