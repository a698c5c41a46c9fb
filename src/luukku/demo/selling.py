"""Selling the region in the sample network: plots and premises, prospects at every stage, this year's target; and one big lay-off."""

from datetime import timedelta

from luukku.core.actor import act_as
from luukku.customers.models import Company
from luukku.demo import clock
from luukku.demo.network import Built
from luukku.network.access import actor_of_person
from luukku.network.enums import Role
from luukku.network.models import Desk, Municipality, Person, Seat
from luukku.vitality.actions.prospects import ProspectForm, begin_prospect, lose_prospect, share_prospect, take_on, win_prospect
from luukku.vitality.actions.sites import SiteForm, hand_over_site, offer_site, reserve_site, tell_of_site
from luukku.vitality.actions.situations import (
    SituationForm,
    add_measure,
    finish_measure,
    invite_party,
    open_situation,
    write_company,
    write_count,
    write_note,
)
from luukku.vitality.actions.targets import set_target
from luukku.vitality.models import Site
from luukku.vitality.queries.prospects import sharable

REGION = "suupohja"
# kind, name, square metres, euros, what it is good for
SITES = (
    ("plot", "Radanvarren teollisuusalue, tontti 4", 32_000, 288_000, "Kaava T, sähköliittymä 20 MVA, sivuraide 300 metrin päässä."),
    ("plot", "Pohjoisportti, tontti 2", 12_500, 150_000, "Valtatien risteys, liikenteelle näkyvä paikka."),
    ("premises", "Teollisuuskylä, halli C", 1_400, 5_600, "Nosto-ovi, siltanosturi 5 t, vapautuu keväällä."),
    ("premises", "Yritystalo, toimisto 3. krs", 180, 1_450, "Kalustettavissa kahdeksalle, kokoustilat samassa talossa."),
)
# name, from where, what it does, looks for, square metres, jobs, stage, what happened, next step, in how many days
PROSPECTS = (
    ("Nordlicht Batterien GmbH", "Saksa", "akkumateriaalit", "plot", 30_000, 140, "deal", "Kävivät tontilla toisen kerran, sähkön saanti varmistui.",
     "Sopimusluonnos lakimiehille", 6),
    ("Havu Biojaloste Oy", "Oulu", "puun jalostus", "plot", 10_000, 35, "offered", "Tontista lähetettiin tarjous.", "Kysytään hallituksen kanta", 12),
    ("Lumi Games AB", "Ruotsi", "pelit", "premises", 150, 12, "interested", "Etävierailu tehtiin, hakevat osaajia.", "Kutsutaan käymään", -3),
    ("Kivivirta Logistics Oy", "Tampere", "varastointi", "either", 8_000, 25, "contacted", "Tavattiin kuljetusmessuilla.", "Soitetaan johtajalle", 3),
    ("Aurora Cloud Ltd", "Irlanti", "palvelinkeskukset", "plot", 60_000, 20, "new", "", "Selvitetään yhteyshenkilö", 20),
)  # fmt: skip


def build_selling(built: Built) -> None:
    """The adviser sells for the region's front desk; her lead has set the target."""
    adviser, lead = built.logins["adviser"], actor_of_person(built.logins["desklead"].pk)
    desk = (
        Desk.objects.filter(organisation__in=actor_of_person(adviser.pk).organisation_ids, region=built.regions[REGION])
        .select_related("organisation", "region")
        .order_by("-is_front", "id")[0]
    )
    with act_as(lead):
        year = clock.now().year
        set_target(by=lead, region=desk.region, organisation=desk.organisation, year=year, companies=4, jobs=120)
    sites = _sites(adviser, desk)
    _prospects(adviser, desk, sites)
    _ended(adviser, desk, sites)
    _lay_off(built, adviser, desk)


def _sites(adviser: Person, desk: Desk) -> list[Site]:
    here = Municipality.objects.filter(region_spells__region=desk.region, region_spells__valid_until=None).order_by("name_fi")[0]
    with act_as(actor_of_person(adviser.pk)) as by:
        return [tell_of_site(by=by, desk=desk, form=SiteForm(kind, name, here, area, price, words)) for kind, name, area, price, words in SITES]


def _prospects(adviser: Person, desk: Desk, sites: list[Site]) -> None:
    now = clock.now()
    with act_as(actor_of_person(adviser.pk)) as by:
        for number, (name, home, field, wish, area, jobs, stage, words, step, days) in enumerate(PROSPECTS):
            form = ProspectForm(
                name, adviser, step, (now + timedelta(days=days)).date(), home=home, field=field, wish=wish, area=area, jobs=jobs,
                contact_name=("Anna Holm", "Erik Sand", "Maija Metsä", "Jonas Berg", "Liam Byrne")[number], contact_phone=f"040 555 81{number:02}",
            )  # fmt: skip
            made = begin_prospect(by=by, desk=desk, form=form, at=clock.ago(80 - 9 * number))
            if stage != "new":
                at = clock.ago(20 - 3 * number)
                take_on(by=by, prospect=made, stage=stage, next_step=step, next_on=form.next_on, words=words, at=at)
            if number == 1:
                share_prospect(by=by, prospect=made, organisations=list(sharable(made)[:1]))
            if number < 2:
                offer = offer_site(by=by, prospect=made, site=sites[number])
                if number == 0:
                    reserve_site(by=by, offer=offer, until=(now + timedelta(days=45)).date())


def _ended(adviser: Person, desk: Desk, sites: list[Site]) -> None:
    """One that came, into the hall, and one that went elsewhere."""
    company = Company.objects.filter(municipality__region_spells__region=desk.region, status="active", legal_form="16").order_by("-business_id")[0]
    with act_as(actor_of_person(adviser.pk)) as by:
        form = ProspectForm(
            company.name, adviser, "Vuokrasopimus", clock.ago(40).date(), company.business_id, field="konepaja", wish="premises", jobs=18
        )
        came = begin_prospect(by=by, desk=desk, form=form, at=clock.ago(200))
        hand_over_site(by=by, offer=offer_site(by=by, prospect=came, site=sites[2]), day=clock.ago(35).date())
        win_prospect(by=by, prospect=came, came_on=clock.ago(30).date(), jobs=15, reason="place", words="Halli oli heti vapaa.")
        form = ProspectForm("Vetylinja Oy", adviser, "Soitto", clock.ago(60).date(), home="Kokkola", field="vety", wish="plot", jobs=60)
        gone = begin_prospect(by=by, desk=desk, form=form, at=clock.ago(160))
        lose_prospect(by=by, prospect=gone, reason="energy", words="Sähköä ei saatu aikataulussa.", at=clock.ago(50))


def _lay_off(built: Built, adviser: Person, desk: Desk) -> None:
    """A plant lets people go; the coordinator has called the parties together."""
    now = clock.now()
    companies = Company.objects.filter(municipality__region_spells__region=desk.region, status="active", legal_form="16").order_by("business_id")[:2]
    coordinator = Seat.objects.filter(region=desk.region, role=Role.COORDINATOR).order_by("id")[0]
    form = SituationForm("layoff", "Konepajan muutosneuvottelut", "Yritys ilmoitti muutosneuvotteluista. Alihankkijoissa on lomautuksia.")
    others = [each for (code, _name), each in sorted(built.desks.items()) if code == REGION and each.organisation_id != desk.organisation_id]
    with act_as(actor_of_person(coordinator.person_id)) as by:
        found = open_situation(by=by, region=desk.region, form=form, at=clock.ago(21))
        invite_party(by=by, situation=found, organisation=desk.organisation, person=adviser, at=clock.ago(21))
        for other in others[:2]:
            invite_party(by=by, situation=found, organisation=other.organisation, at=clock.ago(20))
        for company, affected in zip(companies, (45, 8), strict=True):
            write_company(by=by, situation=found, business_id=company.business_id, affected=affected, at=clock.ago(20))
        who = f"0-{coordinator.person_id}"
        add_measure(by=by, situation=found, words="Kootaan avoimet työpaikat seudulta", who=who, by_day=(now + timedelta(days=9)).date())
    with act_as(actor_of_person(adviser.pk)) as by:
        who = f"{desk.organisation_id}-{adviser.pk}"
        done = add_measure(by=by, situation=found, words="Infotilaisuus henkilöstölle", who=who, by_day=clock.ago(6).date(), at=clock.ago(18))
        finish_measure(by=by, situation=found, pk=done.pk, outcome="Paikalla 38.", at=clock.ago(6))
        add_measure(by=by, situation=found, words="Yrittäjyysinfo lähteville", who=who, by_day=(now + timedelta(days=5)).date())
        write_count(by=by, situation=found, kind="notice", people=45, day=clock.ago(10).date())
        write_count(by=by, situation=found, kind="work", people=12, day=clock.ago(1).date())
        write_note(by=by, situation=found, words="Neuvottelut päättyivät: 45 irtisanotaan.", at=clock.ago(10))
