"""Two reforms of the sample network: two companies of the shore that have become one, and two departments of a town that might."""

from django.utils import timezone

from luukku.core.actor import Actor, act_as, act_as_house
from luukku.demo.network import Built
from luukku.network.access import actor_of_person
from luukku.network.actions.organisations import OrganisationDetails, create_organisation
from luukku.network.actions.people import PersonDetails, add_person
from luukku.network.actions.reforms.carrying_out import carry_on, try_reform
from luukku.network.actions.reforms.deciding import Part, decide, prepare
from luukku.network.enums import Role
from luukku.network.models import Organisation, OrganisationType, Reform, Region
from luukku.network.models.reforms import ReformKind

REGION = "lansi-uusimaa"
SHORE = (
    ("Rantatien Kehitys Oy", "Strandvägens Utveckling Ab", "Ritva Rannikko"),
    ("Saariston Elinkeinot Oy", "Skärgårdens Näringar Ab", "Kaj Söderholm"),
)
NEW = ("Rannikon Elinkeinoyhtiö Oy", "Kustens Näringsbolag Ab", "Coast Business Development Ltd")


def build_reforms(built: Built) -> None:
    """One is done and could still be undone; the other has been tried out and waits for a decision."""
    owner = actor_of_person(built.logins["national"].pk)
    with act_as_house("give the sample network companies that merge") as by:
        sources = [_company(by, built.regions[REGION], number, *names) for number, names in enumerate(SHORE, start=1)]
    with act_as(owner) as by:
        name_fi, name_sv, name_en = NEW
        details = OrganisationDetails(type=sources[0].type, name_fi=name_fi, name_sv=name_sv, name_en=name_en)
        target = create_organisation(by=by, details=details, is_sample=True)
        parts = [Part(source=each, target=target, is_legal=True) for each in sources]
        merged = _tried(by, parts, "Omistajakuntien päätös: yksi kehitysyhtiö koko rannikolle.")
        with act_as_house("carry the sample reform out"):
            decide(by=by, reform=merged)
    with act_as_house("carry the sample reform out") as house:
        while carry_on(by=house, reform_id=merged.pk):
            pass
    departments = {each.code: each for each in Organisation.objects.filter(code__in=("kurikka-viestinta", "kurikka-talous"))}
    with act_as(owner) as by:
        _tried(by, [Part(source=departments["kurikka-viestinta"], target=departments["kurikka-talous"])], "Hallinnon palvelut yhteen: harkitaan.")


def _company(by: Actor, region: Region, number: int, name_fi: str, name_sv: str, head: str) -> Organisation:
    """A regional company with somebody who advises in it."""
    kind = OrganisationType.objects.get(code="development-company")
    details = OrganisationDetails(type=kind, name_fi=name_fi, name_sv=name_sv, phone="019 555 0300")
    found = create_organisation(by=by, details=details, region=region, code=f"rannikko-{number}", is_sample=True)
    person = PersonDetails(name=head, title_fi="yritysneuvoja", title_sv="företagsrådgivare", email=f"rannikko-{number}@demo.example")
    add_person(by=by, details=person, role=Role.ADVISER, organisation=found, region=region, is_sample=True)
    return found


def _tried(by: Actor, parts: list[Part], why: str) -> Reform:
    """Put together by its hand, and tried out by the house."""
    reform = prepare(by=by, kind=ReformKind.MERGE, day=timezone.localdate(), parts=parts, why=why)
    with act_as_house("try the sample reform out") as house:
        try_reform(by=house, reform_id=reform.pk)
    reform.refresh_from_db()
    return reform
