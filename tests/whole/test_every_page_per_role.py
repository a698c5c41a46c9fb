"""Every address of the product, asked by everybody: nothing breaks, and nobody without a part in a case learns a word of it."""

from functools import cache
from typing import Any

import pytest
from django.db import transaction

from luukku.desk.access.links import first_token
from luukku.desk.models import Case, Leg, Message
from luukku.network.enums import Role
from luukku.network.models import Seat
from tests.cast import OTHERS, Cast, another
from tests.harness.client import Client
from tests.whole.addresses import addresses
from tests.whole.foreign_world import fill_foreign
from tests.whole.world import SECRETS, ended, secret_case

ROLES = ("adviser", "desklead", "coordinator", "steering", "area", "national", "editor", "outsider", "shepherd", "founder", "admin", "anonymous", *OTHERS)  # fmt: skip
EXPECTED = {200, 204, 301, 302, 400, 401, 403, 404, 405, 409, 422}


SEARCHES = (
    f"/haku?q={SECRETS.name.split()[0][:4]}", "/haku?q=Piilo", f"/haku?q={SECRETS.email[:7]}@", f"/haku?q={SECRETS.phone}", "/haku?q=jääkal",
    f"/haku?q={SECRETS.words.split()[-1]}", "/jono/?scope=all", "/jono/?scope=desk&sort=customer", "/jono/taulukko.csv?scope=all",
    "/myohassa/taulukko.csv", "/luvut/taulukko.csv", f"/kirjaa/?q={SECRETS.phone}", f"/kirjaa/?caller={SECRETS.phone}", "/kirjaa/ehdotus?words=jää",
)  # fmt: skip


@pytest.fixture
def cases(cast: Cast) -> tuple[Case, Case]:
    """Two cases, one open and one ended, that only the second organisation of the region has a part in."""
    done = ended(secret_case(cast, cast.partner_desk, cast.partner), cast.partner)
    fill_foreign(cast, done)
    return secret_case(cast, cast.partner_desk, cast.partner), done


def browser_of(cast: Cast, role: str) -> Client:
    browser = Client(raise_request_exception=False)
    if role != "anonymous":
        browser.sign_in(another(cast, role).user)
    return browser


def body_of(answer: Any) -> str:
    """Everything that came, in small letters, so that a number cut by spaces is found too."""
    content = answer.getvalue() if answer.streaming else answer.content
    return f"{content.decode(errors='replace')}{answer.headers}".lower()


def leaks(answer: Any, typed: str = "") -> list[str]:
    """What came out, apart from what she had typed herself."""
    body = body_of(answer)
    found = [needle for needle in SECRETS.needles if needle in body or needle in body.replace(" ", "").replace("\xa0", "")]
    return [needle for needle in found if needle not in typed.replace(" ", "")]


def asked(browser: Client, path: str, method: str) -> Any:
    """One request, of which nothing stays."""
    with transaction.atomic():
        answer = browser.get(path) if method == "GET" else browser.post(path, POSTED)
        transaction.set_rollback(True)
    return answer


POSTED = {"words": "sana", "body": "sana", "guidance": "sana", "to": "customer", "face": "4", "next": "/jono/"}
STAYS_IN = ("account_logout", "usersessions_end", "usersessions_end_others", "account_change_password", "mfa_deactivate_totp")


def nowhere(path: str, case: Case, leg: int) -> str:
    """The same address for a case that is not there; empty for an address of something else."""
    return path.replace(case.number, "KO-26-9999").replace(f"/{leg}/", "/999999/") if case.number in path else ""


@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks_and_no_word_of_another_organisations_case_comes_out(cast: Cast, cases: tuple[Case, Case], role: str) -> None:
    """Addresses of a case answer as if it were not there: not found, sign in first, or not for her role (401: a system shows its key first)."""
    browser, said, wrong = browser_of(cast, role), Message.objects.count(), []
    known = dict.fromkeys(SEARCHES, "")
    gone = cache(lambda path, method: asked(browser, path, method).status_code)
    for case in cases[: 1 if role in OTHERS else 2]:
        leg = Leg.objects.get(case=case).pk
        known |= {path: nowhere(path, case, leg) for path, name in addresses(case, cast) if name not in STAYS_IN}
    for path, method in [(path, method) for path in known for method in ("GET", "POST")]:
        answer = asked(browser, path, method)
        found, expected = leaks(answer, path), EXPECTED
        if known[path]:
            expected = {gone(known[path], method)} & {302, 401, 403, 404, 405}
        if answer.status_code not in expected or found:
            wrong.append((method, path, answer.status_code, found))
    assert wrong == []
    assert Message.objects.count() == said


def test_every_role_is_tried(cast: Cast) -> None:
    members = [another(cast, role).someone for role in ROLES if role not in ("founder", "anonymous")]
    assert {seat.role for seat in Seat.objects.filter(person__in=members)} == set(Role)


def test_who_has_a_part_reads_it(cast: Cast, cases: tuple[Case, Case]) -> None:
    """The needles are really there: else the tests above would find nothing anywhere."""
    browser = browser_of(cast, "partner")
    pages = "".join(body_of(browser.get(f"/asia/{case.number}/")) for case in cases)
    assert [needle for needle in SECRETS.needles if needle not in pages + pages.replace(" ", "")] == []
    status = body_of(Client().get(f"/s/{first_token(cases[0])}/"))
    assert "hiirenkorv" in status
    assert "kirjosiepo" not in status
