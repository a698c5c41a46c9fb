"""Every address of the product, asked by everybody: nothing breaks, and nobody without a part in a case learns a word of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from luukku.desk.access.links import first_token
from luukku.desk.models import Attachment, Case, Leg, Message
from tests.cast import Cast
from tests.harness.client import Client
from tests.whole.world import SECRETS, ended, secret_case

ROLES = ("adviser", "desklead", "coordinator", "steering", "area", "national", "editor", "outsider", "shepherd", "founder", "admin", "anonymous")
EXPECTED = {200, 204, 301, 302, 400, 401, 403, 404, 405, 409, 422}
TOKEN = "x" * 43


def patterns(resolver: Any, route: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """Every address with its name, as `asia/<str:number>/` and `desk:case`."""
    for each in resolver.url_patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here, f"{name}{each.namespace}:" if each.namespace else name)
        elif isinstance(each, URLPattern):
            yield here, f"{name}{each.name}"


def addresses(case: Case, cast: Cast) -> list[tuple[str, str]]:
    """Every address, filled with the keys of the case and of the organisation that has it; without the token of its link."""
    leg, file = Leg.objects.filter(case=case)[0], Attachment.objects.filter(case=case)[0]
    plain = {
        "<str:number>": case.number, "<str:token>": TOKEN, "<slug:region>": cast.here.region.code, "<slug:area>": cast.here.area.code,
        "<slug:kind>": "phrase", "<slug:language>": "fi", "<slug:provider_id>": "none", "<str:provider_id>": "none",
    }  # fmt: skip
    filled = []
    for route, name in patterns(get_resolver()):
        path = route
        for part, value in plain.items():
            path = path.replace(part, value)
        path = path.replace("tiedostot/<int:pk>", f"tiedostot/{file.pk}").replace("tiedosto/<int:pk>", f"tiedosto/{file.pk}")
        path = path.replace("<int:pk>", str(leg.pk if path.startswith("asia/") else cast.partner_desk.pk))
        path = path.replace("<slug:code>", cast.here.region.code if path.startswith("verkosto/seudut/") else cast.partners.code)
        if "<" not in path and "^" not in path:
            filled.append((f"/{path}", name))
    return filled


SEARCHES = (
    f"/haku?q={SECRETS.name.split()[0][:4]}", "/haku?q=Piilo", f"/haku?q={SECRETS.email[:7]}@", f"/haku?q={SECRETS.phone}", "/haku?q=jääkal",
    f"/haku?q={SECRETS.words.split()[-1]}", "/jono/?scope=all", "/jono/?scope=desk&sort=customer", "/jono/taulukko.csv?scope=all",
    "/myohassa/taulukko.csv", "/luvut/taulukko.csv", f"/kirjaa/?q={SECRETS.phone}", f"/kirjaa/?caller={SECRETS.phone}", "/kirjaa/ehdotus?words=jää",
)  # fmt: skip


@pytest.fixture
def cases(cast: Cast) -> tuple[Case, Case]:
    """Two cases, one open and one ended, that only the second organisation of the region has a part in."""
    done = ended(secret_case(cast, cast.partner_desk, cast.partner), cast.partner)
    return secret_case(cast, cast.partner_desk, cast.partner), done


def browser_of(cast: Cast, role: str) -> Client:
    browser = Client(raise_request_exception=False)
    if role != "anonymous":
        browser.sign_in(getattr(cast, role).user)
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
    for case in cases:
        leg = Leg.objects.get(case=case).pk
        known |= {path: nowhere(path, case, leg) for path, name in addresses(case, cast) if name not in STAYS_IN}
    for path, method in [(path, method) for path in known for method in ("GET", "POST")]:
        answer = asked(browser, path, method)
        found, expected = leaks(answer, path), EXPECTED
        if known[path]:
            expected = {asked(browser, known[path], method).status_code} & {302, 401, 403, 404, 405}
        if answer.status_code not in expected or found:
            wrong.append((method, path, answer.status_code, found))
    assert wrong == []
    assert Message.objects.count() == said


def test_who_has_a_part_reads_it(cast: Cast, cases: tuple[Case, Case]) -> None:
    """The needles are really there: else the tests above would find nothing anywhere."""
    browser = browser_of(cast, "partner")
    pages = "".join(body_of(browser.get(f"/asia/{case.number}/")) for case in cases)
    assert [needle for needle in SECRETS.needles if needle not in pages + pages.replace(" ", "")] == []
    status = body_of(Client().get(f"/s/{first_token(cases[0])}/"))
    assert "hiirenkorv" in status
    assert "kirjosiepo" not in status
