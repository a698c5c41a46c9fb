"""The register brought in on screen: file, report, applied by a job, taken back by a job; left and come back to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pytest_django import Settings

from luukku.core.actor import act_as_house
from luukku.customers.actions.register import applying, staging
from luukku.customers.actions.register.uploading import ask_step
from luukku.customers.enums import ImportState
from luukku.customers.models import Company, ImportRun
from tests.cast import Cast, Member
from tests.customers.register.test_fetching import register as register  # noqa: PLC0414 - a fixture
from tests.customers.register.test_import import Write, brought, told
from tests.customers.register.test_import import write as write  # noqa: PLC0414 - a fixture
from tests.harness.client import Client
from tests.harness.processes import free_port

ClientOf = Callable[[Member], Client]
BROKEN = '{"businessId": {"value": "1234567-0"}}'


@pytest.fixture
def admin(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.admin)


def sent(admin: Client, *companies: dict[str, Any] | str, name: str = "rekisteri.json") -> ImportRun:
    body = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in companies)
    page = admin.get("/yritysrekisteri/")
    answer = admin.submit(page, {"file": SimpleUploadedFile(name, body.encode())}, form="file")
    assert answer.status_code == 302
    return ImportRun.objects.latest("pk")


@pytest.mark.usefixtures("write")
def test_file_is_looked_through_applied_and_taken_back_by_jobs(admin: Client, cast: Cast, run_jobs: Callable[[], Any], settings: Any) -> None:
    run = sent(admin, told(1, "Ahon Leipomo Oy"), told(2))
    address = f"/yritysrekisteri/{run.pk}/"
    assert 'hx-trigger="every 3s"' in admin.get(address).content.decode()
    run_jobs()
    page = admin.get(address)
    assert not Company.objects.exists()
    assert "hx-trigger" not in page.content.decode()
    assert admin.submit(page).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.person) == (ImportState.APPLYING, cast.admin.person)
    run_jobs()
    assert Company.objects.count() == 2
    assert admin.submit(admin.get(f"{address}peru")).status_code == 302
    run_jobs()
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == (ImportState.UNDONE, 0)
    assert list(Path(settings.LUUKKU_FILES, "imports").glob("*.*")) == []


@pytest.mark.usefixtures("write")
def test_broken_rows_are_named_and_left_out_only_when_asked(admin: Client, run_jobs: Callable[[], Any]) -> None:
    run = sent(admin, told(1), BROKEN)
    run_jobs()
    page = admin.get(f"/yritysrekisteri/{run.pk}/")
    assert "1234567-0" in page.content.decode()
    assert admin.submit(page).status_code == 422
    assert admin.submit(page, {"skip_broken": "on"}).status_code == 302
    run_jobs()
    assert Company.objects.count() == 1


@pytest.mark.usefixtures("write")
def test_unreadable_file_tells_why_and_is_put_away(admin: Client, run_jobs: Callable[[], Any]) -> None:
    assert admin.submit(admin.get("/yritysrekisteri/"), {"file": SimpleUploadedFile("taulu.xlsx", b"x")}, form="file").status_code == 422
    run = sent(admin, "ei mitään")
    run_jobs()
    page = admin.get(f"/yritysrekisteri/{run.pk}/")
    assert "lu-alert" in page.content.decode()
    assert admin.submit(page).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportState.DROPPED


def test_one_company_is_fetched_looked_through_and_applied(admin: Client, register: object, run_jobs: Callable[[], Any], cast: Cast) -> None:
    page = admin.get("/yritysrekisteri/")
    for wrong, words in (("0112038-8", "Tarkista Y-tunnus"), ("0201256-6", "Rekisterissä ei ole yritystä tällä Y-tunnuksella")):
        answer = admin.submit(page, {"business_id": wrong}, form="one")
        assert (answer.status_code, words in answer.content.decode(), wrong in answer.content.decode()) == (422, True, True)
    answer = admin.submit(page, {"business_id": "01120389"}, form="one")
    assert answer.status_code == 302
    run_jobs()
    page = admin.get(answer["Location"])
    assert not Company.objects.exists()
    assert admin.submit(page).status_code == 302
    run_jobs()
    assert Company.objects.get().name == "Nokia Oyj"
    assert ImportRun.objects.get().person == cast.admin.person


def test_register_that_does_not_answer_is_told_and_nothing_typed_is_lost(admin: Client, settings: Settings) -> None:
    settings.LUUKKU_REGISTER_URL = f"http://127.0.0.1:{free_port()}"
    answer = admin.submit(admin.get("/yritysrekisteri/"), {"business_id": "0112038-9"}, form="one")
    assert (answer.status_code, "ei vastaa" in answer.content.decode(), "0112038-9" in answer.content.decode()) == (422, True, True)
    assert not ImportRun.objects.exists()


def test_only_administrators_come_in(client_of: ClientOf, cast: Cast, write: Write) -> None:
    run = brought(write(told(1)))
    for who in (cast.adviser, cast.coordinator, cast.national):
        browser = client_of(who)
        assert [browser.get(f"/yritysrekisteri/{path}").status_code for path in ("", f"{run.pk}/", f"{run.pk}/peru")] == [403] * 3
        assert browser.post(f"/yritysrekisteri/{run.pk}/hylkaa").status_code == 403
        assert browser.post("/yritysrekisteri/hae", {"business_id": "0112038-9"}).status_code == 403


def test_what_stands_against_a_step_is_told_and_the_run_goes_back(admin: Client, cast: Cast, write: Write, run_jobs: Callable[[], Any]) -> None:
    run = sent(admin, told(1))
    run_jobs()
    ask_step(by=cast.admin.actor, run=run, state=ImportState.APPLYING)
    with act_as_house("a row breaks meanwhile"):
        run.waiting.update(problem="no-name")
        type(run).objects.filter(pk=run.pk).update(report={})
    run_jobs()
    run.refresh_from_db()
    assert (run.state, bool(run.report["problem"])) == (ImportState.CHECKED, True)
    assert write is not None


def test_list_takes_a_fixed_number_of_statements(admin: Client, write: Write, sql_count: Callable[..., Any]) -> None:
    for n in range(6):
        brought(write(told(n)))
    with sql_count(at_most=8):
        admin.get("/yritysrekisteri/")


def test_planners_figures_are_taken_after_many_rows(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "MANY", 2)
    monkeypatch.setattr(staging, "MANY", 2)
    brought(write(*(told(n) for n in range(40))))
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where relname = 'customers_company'")
        assert cursor.fetchone() == (40,)
