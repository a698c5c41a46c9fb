"""Development projects of the sample network: planned, running and ended, alone and with others."""

from datetime import timedelta

from luukku.core.actor import act_as
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.development.access import own_organisations
from luukku.development.actions.projects import PartForm, ProjectForm, add_output, begin_project, move_on, write_part
from luukku.development.models import Project
from luukku.network.access import actor_of_person
from luukku.network.models import Seat

REGIONS = ("suupohja", "lansi-uusimaa")
# name, goals, whom it is for, funder, how, who could come along, state, from and until in days from today, budget
PROJECTS = (
    ("Vientiin yhdessä", "Kymmenen yritystä aloittaa viennin kahdessa vuodessa.", "Kasvua hakevat valmistavat yritykset", "EAKR",
     "Yhteiset markkinaselvitykset ja vertaisryhmä.", "", "running", -300, 420, 240_000),
    ("Uuden yrittäjän polku", "Alkava yrittäjä saa avun yhdestä paikasta ja jatkaa toista vuotta.", "Alkavat yrittäjät", "ESR+",
     "Ryhmävalmennus, mentorit ja pajat.", "Haemme mukaan oppilaitosta ja uusyrityskeskusta.", "planned", 90, 820, 180_000),
    ("Omistajanvaihdos ajoissa", "Kolmekymmentä yritystä tekee suunnitelman jatkajasta.", "Omistajanvaihdosta miettivät yritykset", "Maaseuturahasto",
     "Kartoituskäynnit ja jatkajailta kunnittain.", "", "ended", -900, -60, 95_000),
)  # fmt: skip


def build_projects(built: Built) -> None:
    """The same three in both regions, each led by the organisation of the region's front desk, with a second one in the first."""
    today = clock.now().date()
    for number, code in enumerate(REGIONS):
        desk = next((each for (region, _name), each in sorted(built.desks.items()) if region == code and each.is_front), None)
        seat = Seat.objects.filter(organisation=desk.organisation, role="desk-lead").order_by("id").first() if desk is not None else None
        if desk is None or seat is None:
            continue
        with act_as(actor_of_person(seat.person_id)) as lead:
            for name, goals, whom, funder, method, wants, state, first, last, euros in PROJECTS[number:]:
                form = ProjectForm(
                    built.regions[code], seat.person, name, today + timedelta(days=first), today + timedelta(days=last), goals, whom, funder, method,
                    wants=wants,
                )  # fmt: skip
                part = PartForm(
                    "Vetää hanketta ja vastaa yrityksistä.", euros, None if state == "planned" else 14, None if state == "planned" else 22
                )
                made = begin_project(by=lead, lead=desk.organisation, form=form, part=part)
                _go(lead_id=seat.person_id, project=made, state=state)
        if number == 0:
            _join(built, code, desk.organisation_id)


def _go(*, lead_id: int, project: Project, state: str) -> None:
    with act_as(actor_of_person(lead_id)) as lead:
        for step in {"planned": (), "running": ("applied", "running"), "ended": ("running", "ended")}[state]:
            move_on(by=lead, project=project, state=step)
        if state == "ended":
            add_output(by=lead, project=project, organisation=project.lead, title="Jatkajan muistilista", words="Vapaasti käytettävissä käynneillä.")


def _join(built: Built, code: str, lead_id: int) -> None:
    """Another organisation of the region comes along in what is planned."""
    other = next((each for (region, _name), each in sorted(built.desks.items()) if region == code and each.organisation_id != lead_id), None)
    seat = Seat.objects.filter(organisation=other.organisation, role="adviser").order_by("id").first() if other is not None else None
    project = Project.objects.filter(lead=lead_id, state="planned").order_by("id").first()
    if seat is None or project is None:
        return
    with act_as(actor_of_person(seat.person_id)) as partner:
        write_part(by=partner, project=project, organisation=own_organisations(partner)[0], part=PartForm("Järjestää pajat ja mentorit.", 60_000))
