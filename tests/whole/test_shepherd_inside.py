"""The account shepherd who keeps a customer, at every address of her matter: what she reads he reads, and no word from inside."""

from dataclasses import dataclass
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.customers.actions.contracts import agree_contract
from luukku.customers.enums import Mandate
from luukku.desk.access import get_handover
from luukku.desk.access.links import first_token
from luukku.desk.actions.handover.receiving import ask as ask_passer
from luukku.desk.actions.handover.receiving import decline as decline_handover
from luukku.desk.actions.handover.sending import Passing, hand_over
from luukku.desk.actions.shepherding.giving import Keeping, give_shepherd
from luukku.desk.actions.talking import add_note, log_call, write
from luukku.desk.models import Attachment, Case
from luukku.statements.access import get_statement
from luukku.statements.actions.asking import Asking, Giver, Outside, ask
from luukku.statements.actions.forms import take_ready_made
from luukku.statements.actions.giving import TextDraft, accept, decline, save_draft
from luukku.statements.actions.withdrawing import withdraw
from luukku.statements.models import Statement
from tests.cast import Cast
from tests.desk.shepherds.conftest import seat_of, terms
from tests.harness.client import Client
from tests.statements.conftest import CUSTOMER_ANSWERS
from tests.whole.addresses import patterns
from tests.whole.test_every_page_per_role import EXPECTED, STAYS_IN, asked, body_of, browser_of
from tests.whole.world import leg_of, sent

# Reasons and talk that stay with those who handle the matter.
NOTE, CALL, FILE = "kirjosiepon muisti", "puheluketun sanat", "lohenpyrsto"
NO_HANDOVER, TO_PASSER = "saukonkielto", "majavankysymys"
NO_STATEMENT, NEXT_GIVER, WITHDRAWN, DRAFT = "metsäkauriin syy", "näätäpankki", "ilveksen peruste", "mäyränluonnos"
NEEDLES = (NOTE, CALL, FILE, NO_HANDOVER, TO_PASSER, NO_STATEMENT, NEXT_GIVER, WITHDRAWN, DRAFT)
MESSAGE = "hiirenkorvin kirjoitettu"  # what she reads herself


@dataclass(frozen=True)
class Matter:
    case: Case
    keys: dict[str, list[int]]  # by the beginning of the address


def _statements(cast: Cast, case: Case) -> list[int]:
    with act_as(cast.adviser.actor) as by:
        form = take_ready_made(by=by, region=cast.here.region, code="start-up-grant")
        banks = [Giver(outside=Outside(name, "pankki@bank.example")) for name in ("Pankki Oy", "Toinen Pankki Oy")]
        givers = [Giver(cast.partner_desk), *banks]
        ask(by=by, leg=leg_of(case), asking=Asking(form, "Puollatteko?", givers, "phone", "Kahvila", "Kahvila torille", CUSTOMER_ANSWERS))
        refused, withdrawn, _open = Statement.objects.order_by("id")
        withdraw(by=by, statement=get_statement(by, withdrawn.pk), reason=WITHDRAWN)
    with act_as(cast.partner.actor) as by:
        decline(by=by, statement=get_statement(by, refused.pk), reason=NO_STATEMENT, next_words=NEXT_GIVER)
    return [refused.pk, withdrawn.pk, _open.pk]


def _drafted(cast: Cast, case: Case) -> int:
    """One more of the partner, in the middle of being written."""
    plan = Statement.objects.filter(case=case)[0].plan
    with act_as(cast.adviser.actor) as by:
        ask(by=by, leg=case.legs.order_by("position")[0], asking=Asking(plan.form, "Entä nyt?", [Giver(cast.partner_desk)], "phone", plan=plan))
    found = Statement.objects.filter(case=case, to_desk=cast.partner_desk).latest("pk")
    with act_as(cast.partner.actor) as by:
        accept(by=by, statement=get_statement(by, found.pk))
        save_draft(by=by, statement=get_statement(by, found.pk), draft=TextDraft(grounds=DRAFT))
    return found.pk


def _handover(cast: Cast, case: Case) -> int:
    with act_as(cast.adviser.actor) as by:
        handover = hand_over(by=by, leg=leg_of(case), passing=Passing(reason="Kuuluu teille", to_desk=cast.partner_desk, consent="phone"))
    with act_as(cast.partner.actor) as by:
        ask_passer(by=by, handover=get_handover(by, handover.pk), words=TO_PASSER)
        decline_handover(by=by, handover=get_handover(by, handover.pk), reason=NO_HANDOVER, next_words="Muualle")
    return handover.pk


@pytest.fixture
def matter(cast: Cast) -> Matter:
    case = sent(cast, "Haluan avata kahvilan ja hakea starttirahaa.")
    with act_as(cast.adviser.actor) as by:
        write(by=by, case=case, body=MESSAGE, files=[SimpleUploadedFile("ohje.txt", b"ohje")])
        add_note(by=by, case=case, body=NOTE, files=[SimpleUploadedFile(f"{FILE}.txt", b"sisalla")])
        log_call(by=by, case=case, body=CALL)
    handover = _handover(cast, case)
    statements = [*_statements(cast, case), _drafted(cast, case)]
    with act_as(cast.coordinator.actor) as by:
        contract = agree_contract(by=by, region=cast.here.region, buyer=cast.here.organisation, provider=cast.provider, terms=terms())
    with act_as(cast.desklead.actor) as by:
        allowed = Keeping(seat=seat_of(cast.shepherd), mandates=list(Mandate.values), way="phone", agreed_at=timezone.now(), contract=contract)
        kept = give_shepherd(by=by, case=case, keeping=allowed)
    case.refresh_from_db()
    files = list(Attachment.objects.filter(case=case).values_list("pk", flat=True))
    legs = list(case.legs.values_list("pk", flat=True))
    keys = {
        "asia/": [*legs, *files],
        "siirrot/": [handover],
        "lausunnot/": statements,
        "asiakkaani/": [kept.pk, *files],
        "omat/": [*files, *statements],
    }
    return Matter(case, keys)


def addresses(matter: Matter) -> list[str]:
    """Every address with the matter's number or with a key of something of it."""
    found = []
    for route, name in patterns():
        beginning = next((each for each in matter.keys if route.startswith(each)), None)
        if beginning is None or name in STAYS_IN:
            continue
        holes = ["<int:pk>", "<int:part>", "<int:which>"]
        choices = [matter.keys[beginning] if hole == "<int:pk>" else [1] for hole in holes if hole in route]
        for keys in product(*choices):
            path = route.replace("<str:number>", matter.case.number)
            for hole, key in zip([hole for hole in holes if hole in route], keys, strict=True):
                path = path.replace(hole, str(key))
            if "<" not in path:
                found.append(f"/{path}")
    return found


def inside(body: str) -> list[str]:
    return [needle for needle in NEEDLES if needle in body]


def test_shepherd_reads_no_reason_and_no_word_from_inside_at_any_address(matter: Matter, cast: Cast) -> None:
    browser, wrong = browser_of(cast, "shepherd"), []
    every = addresses(matter)
    assert len(every) > 150
    for path, method in product(every, ("GET", "POST")):
        answer = asked(browser, path, method)
        found = inside(body_of(answer))
        staffs = not path.startswith("/asiakkaani/") and method == "GET" and answer.status_code == 200 and matter.case.number in body_of(answer)
        if answer.status_code not in EXPECTED or found or staffs:
            wrong.append((method, path, answer.status_code, found))
    assert wrong == []
    assert MESSAGE in body_of(browser.get(f"/asiakkaani/asia/{matter.case.number}/")), "he is shown what she reads"


def test_customer_reads_none_of_it_on_her_pages_and_the_staff_all(matter: Matter, cast: Cast) -> None:
    """The needles are there: else the test above would find nothing anywhere."""
    page = Client().get(f"/s/{first_token(matter.case)}/")
    assert inside(body_of(page)) == []
    staff, partner = browser_of(cast, "adviser"), browser_of(cast, "partner")
    pages = [f"/asia/{matter.case.number}/", *(f"/{part}{key}/" for part in ("siirrot/", "lausunnot/") for key in matter.keys[part])]
    bodies = "".join(body_of(staff.get(path)) for path in pages) + body_of(partner.get(f"/lausunnot/{matter.keys['lausunnot/'][-1]}/kirjoita"))
    assert [needle for needle in NEEDLES if needle not in bodies] == []
