"""What the small region of world.py lacks for every page to show something: statements, handovers, a shepherd, a house, complaints, drafts of rules."""

from datetime import time

from django.utils import timezone

from luukku.complaints.access import complaint_token
from luukku.complaints.models import Complaint
from luukku.core.actor import act_as
from luukku.customers.actions.contracts import agree_contract
from luukku.customers.actions.segment_rules import draft_segments
from luukku.customers.enums import Mandate
from luukku.desk.access.links import handover_token, kiosk_token
from luukku.desk.actions.appointments.publishing import TimesForm, publish_times
from luukku.desk.actions.calls import log_missed_call
from luukku.desk.actions.handover.sending import Outside as OutsideDesk
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.routing import RuleForm, add_rule, draft_of
from luukku.desk.actions.shepherding.giving import Keeping, give_shepherd
from luukku.desk.models import Handover, Kiosk
from luukku.network.actions.houses import join_house, sit_in_house
from luukku.network.models import Premises
from luukku.statements.access import statement_token
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.models import Statement
from tests.cast import Cast
from tests.desk.shepherds.conftest import seat_of, terms
from tests.statements.conftest import CUSTOMER_ANSWERS
from tests.whole.every_table import fill
from tests.whole.world import World, leg_of, sent


def furnish(world: World) -> list[str]:
    """Fill the region; where those begin who come by a link that was mailed to them: a customer, organisations outside, a tablet, who complains."""
    cast = world.cast
    going = sent(cast, "Miten saan vientiapua?", name="Toinen Asiakas", email="toinen@customer.example", company_name="", business_id="")
    fill(cast, world.ended, going)
    _shepherd(world)
    house(cast)
    rules_and_times(cast)
    with act_as(cast.adviser.actor) as by:
        log_missed_call(by=by, desk=cast.here.desk, phone="040 555 0111")
    plan, statement = _statement(world)
    complaint = Complaint.objects.latest("pk")
    links = [f"/l/{statement_token(statement)}/", f"/v/{handover_token(_outside(cast))}/", f"/valitus/{complaint_token(complaint.door_principal)}/"]
    kiosk = f"/kioski/{kiosk_token(Kiosk.objects.latest('pk'))}/"
    return [world.link(going), f"{world.link(world.open)}lausunnot/{plan}/", *links, kiosk, f"{kiosk}kiitos/", "/s/uusi-linkki/"]


def _shepherd(world: World) -> None:
    cast = world.cast
    with act_as(cast.coordinator.actor) as by:
        contract = agree_contract(by=by, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())
    with act_as(cast.desklead.actor) as by:
        allowed = Keeping(seat=seat_of(cast.shepherd), mandates=list(Mandate.values), way="phone", agreed_at=timezone.now(), contract=contract)
        give_shepherd(by=by, case=world.open, keeping=allowed)


def house(cast: Cast) -> None:
    """The premises of `every_table` are shared."""
    premises = Premises.objects.get(name="Yritystalo")
    with act_as(cast.coordinator.actor) as by:
        join_house(by=by, premises=premises, organisation=cast.partners)
        sit_in_house(by=by, premises=premises, organisation=cast.here.organisation, person=cast.adviser.someone, room="aula", is_host=True)
        sit_in_house(by=by, premises=premises, organisation=cast.partners, person=cast.partner.someone, room="huone 2")


def rules_and_times(cast: Cast) -> None:
    """Drafts of rules of a desk, the region and the segments; times to book."""
    with act_as(cast.desklead.actor) as by:
        draft = draft_of(by=by, region=cast.here.region, desk=cast.here.desk)
        add_rule(by=by, draft=draft, rule=RuleForm(languages=("sv",), whom="person", to_person=cast.desklead.someone))
    with act_as(cast.coordinator.actor) as by:
        draft = draft_of(by=by, region=cast.here.region)
        add_rule(by=by, draft=draft, rule=RuleForm(languages=("sv",), to_desk=cast.partner_desk))
    with act_as(cast.national.actor) as by:
        draft_segments(by=by)
    form = TimesForm(
        desk=cast.here.desk, people=(cast.adviser.someone,), first_day=timezone.localdate(), opens=time(9), closes=time(15),
        weekdays=(0, 1, 2, 3, 4), address="Huone 1",
    )  # fmt: skip
    with act_as(cast.adviser.actor) as by:
        publish_times(by=by, form=form)


def _statement(world: World) -> tuple[int, Statement]:
    """Asked of a bank by the adviser; the key of its plan."""
    with act_as(world.cast.adviser.actor) as by:
        form = take_ready_made(by=by, region=world.cast.here.region, code="start-up-grant")
        givers = [Giver(world.cast.partner_desk), Giver(outside=Outside("Pankki Oy", "pankki@bank.example"))]
        ask(by=by, leg=leg_of(world.open), asking=Asking(form, "Puollatteko?", givers, "phone", "Kahvila", "Kahvila torille", CUSTOMER_ANSWERS))
    found = Statement.objects.get(case=world.open, to_desk=None)
    return found.plan_id, found


def _outside(cast: Cast) -> Handover:
    """A matter that goes to an organisation outside the network."""
    case = sent(cast, "Haluan käsityöpajan.", name="Kolmas Asiakas", email="kolmas@customer.example", company_name="", business_id="")
    passing = Passing(reason="He tuntevat alan.", consent="phone", outside=OutsideDesk("Käsityöseura ry", "seura@outside.example"))
    with act_as(cast.adviser.actor) as by:
        return hand_over(by=by, leg=leg_of(case), passing=passing)
