"""A file of the register: looked through, applied, taken back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.customers.actions.facts import follow_register, state_fact
from luukku.customers.actions.register.applying import apply_run, drop_run, undo_run
from luukku.customers.actions.register.importing import look_through
from luukku.customers.models import Company, CompanyName, ImportChange, ImportRow, ImportRun, NameWord, RegisterCode
from luukku.network.models import Municipality
from tests.cast import Cast
from tests.factories.customers import business_id
from tests.factories.network import MunicipalityFactory

Write = Callable[..., Path]
ANSWER = json.loads((Path(__file__).parent / "answer.json").read_text())["companies"][0]


def told(n: int, name: str = "", **more: Any) -> dict[str, Any]:
    """The n-th company as the register tells it."""
    return {
        "businessId": {"value": business_id(n)}, "names": [{"name": name or f"Yritys {n} Oy", "type": "1", "registrationDate": "2020-01-01"}],
        "addresses": [{"type": 1, "street": "Katu", "buildingNumber": "1", "postOffices": [{"municipalityCode": "049"}], "registrationDate": "2020-01-01"}],
        "companyForms": [{"type": "16", "registrationDate": "2020-01-01"}], "lastModified": "2026-01-01T00:00:00", **more,
    }  # fmt: skip


@pytest.fixture
def write(db: None, tmp_path: Path) -> Write:
    """`write(company, …)` gives a file of the register with these companies, or lines as they are."""
    for code in ("049", "091"):
        if not Municipality.objects.filter(code=code).exists():
            MunicipalityFactory.create(code=code, name_fi=f"Kunta {code}")

    def written(*companies: dict[str, Any] | str) -> Path:
        path = tmp_path / "register.json"
        path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in companies))
        return path

    return written


def checked(path: Path) -> ImportRun:
    return look_through(by=HOUSE, path=path)


def brought(path: Path, **how: Any) -> ImportRun:
    run = checked(path)
    with act_as_house("apply an import"):
        return apply_run(by=HOUSE, run=run, **how)


def taken_back(run: ImportRun) -> ImportRun:
    with act_as_house("take an import back"):
        return undo_run(by=HOUSE, run=run)


def counts(run: ImportRun, *what: str) -> list[int]:
    return [run.report[each] for each in what]


def test_looking_through_changes_no_company(write: Write) -> None:
    run = checked(write(told(1), told(2)))
    assert (run.state, *counts(run, "read", "new", "changed", "broken")) == ("checked", 2, 2, 0, 0)
    assert not Company.objects.exists()
    assert ImportRow.objects.count() == 2


def test_real_answer_becomes_a_company_with_its_names_and_facts(write: Write) -> None:
    brought(write(ANSWER))
    company = Company.objects.select_related("municipality").get()
    assert (company.business_id, company.name, company.legal_form) == ("0112038-9", "Nokia Oyj", "17")
    assert (company.industry, company.industry_system) == ("70100", "tol2025")
    assert company.municipality is not None
    assert (company.municipality.code, str(company.founded_on), company.ended_on) == ("049", "1896-12-19", None)
    assert company.registers == ["employer", "prepayment", "trade", "vat"]
    assert not company.is_sample
    assert set(CompanyName.objects.filter(kind="former").values_list("name", flat=True)) == {"Oy Nokia Ab"}
    assert company.names.count() == 15
    assert {"nokia", "vertu", "corporation"} <= set(NameWord.objects.values_list("word", flat=True))
    assert RegisterCode.objects.get(kind="tol2025", code="70100").name_en == "Activities of head offices"
    assert RegisterCode.objects.get(kind="tol2008", code="62010").name_fi
    assert not ImportRow.objects.exists()


def test_second_import_tells_what_is_new_changed_moved_renamed_and_closed(write: Write) -> None:
    brought(write(*(told(n) for n in range(1, 6))))
    moved = told(2, addresses=[{"type": 1, "street": "Tie", "postOffices": [{"municipalityCode": "091"}]}])
    renamed = told(
        3, names=[{"name": "Uusi Oy", "type": "1", "registrationDate": "2026-05-01"}, {"name": "Yritys 3 Oy", "type": "1", "endDate": "2026-04-30"}]
    )
    run = brought(write(told(1, lastModified="2026-09-09T00:00:00"), moved, renamed, told(4, endDate="2026-06-01"), told(6)))
    assert counts(run, "read", "new", "changed", "unchanged", "moved", "renamed", "closed") == [5, 1, 3, 1, 1, 1, 1]
    assert run.report["fields"]["visiting_address"] == 1
    assert run.report["companies"]["renamed"] == [{"business_id": business_id(3), "name": "Yritys 3 Oy", "new_name": "Uusi Oy"}]
    company = Company.objects.get(business_id=business_id(3))
    assert {(name.name, name.kind) for name in company.names.all()} == {("Uusi Oy", "official"), ("Yritys 3 Oy", "former")}
    assert NameWord.objects.filter(word="uusi").exists()
    closed = Company.objects.get(business_id=business_id(4))
    assert (closed.status, str(closed.ended_on)) == ("ceased", "2026-06-01")
    assert set(ImportChange.objects.get(run=run, company=closed).kinds) == {"status", "ended_on", "closed"}
    assert not ImportChange.objects.filter(run=run, company__business_id=business_id(1)).exists()


def test_same_file_again_changes_nothing(write: Write) -> None:
    brought(write(told(1), told(2)))
    seen = Company.objects.values_list("register_seen_at", flat=True)[0]
    run = brought(write(told(1), told(2)))
    assert counts(run, "new", "changed", "unchanged") == [0, 0, 2]
    assert Company.objects.values_list("register_seen_at", flat=True)[0] == seen


def test_older_answer_is_left(write: Write) -> None:
    brought(write(told(1, "Uusi Oy", lastModified="2026-05-05T00:00:00")))
    run = brought(write(told(1, "Vanha Oy")))
    assert counts(run, "older", "changed") == [1, 0]
    assert Company.objects.get().name == "Uusi Oy"


def test_own_edit_survives_and_the_registers_new_value_is_kept_beside(write: Write, cast: Cast) -> None:
    brought(write(told(1, website={"url": "www.a.example"})))
    company = Company.objects.get()
    state_fact(by=cast.adviser.actor, company=company, field="website", value="www.oma.example")
    state_fact(by=cast.adviser.actor, company=company, field="municipality", value="091")
    brought(write(told(1, "Uusi Oy", website={"url": "www.b.example"})))
    company = Company.objects.select_related("municipality").get()
    assert company.municipality is not None
    assert (company.name, company.website, company.municipality.code) == ("Uusi Oy", "www.oma.example", "091")
    assert company.register["values"]["website"] == "www.b.example"
    follow_register(by=cast.adviser.actor, company=company, field="website")
    assert Company.objects.get().website == "www.b.example"


def test_broken_rows_are_named_and_nothing_is_applied_unless_asked(write: Write) -> None:
    path = write(told(1), "{oops", {**told(2), "businessId": {"value": "1234567-8"}}, told(1, "Toinen Oy"), told(3, names=[]))
    run = checked(path)
    assert [(row["line"], row["business_id"], row["problem"]) for row in run.report["broken_rows"]] == [
        (2, "", "not-json"), (3, "1234567-8", "wrong-id"), (4, business_id(1), "twice"), (5, business_id(3), "no-name"),
    ]  # fmt: skip
    with pytest.raises(RuleBroken), act_as_house("apply an import"):
        apply_run(by=HOUSE, run=run)
    assert not Company.objects.exists()
    with act_as_house("apply an import"):
        apply_run(by=HOUSE, run=run, skip_broken=True)
    assert Company.objects.get().name == "Yritys 1 Oy"


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\ud800b"])
def test_letters_that_the_database_cannot_keep_break_their_row_only(write: Write, text: str) -> None:
    run = checked(write(told(1), json.dumps(told(2, "MERKKI")).replace("MERKKI", text), told(3, "Lintukoto \U0001f426 Oy")))
    assert [row["problem"] for row in run.report["broken_rows"]] == ["letters"]
    assert run.report["new"] == 2


def test_undo_brings_back_what_was(write: Write) -> None:
    brought(write(told(1), told(2)))
    run = brought(write(told(1, "Uusi Oy"), told(2, endDate="2026-02-02"), told(3)))
    undone = taken_back(run)
    assert undone.report["undo"] == {"deleted": 1, "left": []}
    assert undone.state == "undone"
    assert sorted(Company.objects.values_list("name", "status")) == [("Yritys 1 Oy", "active"), ("Yritys 2 Oy", "active")]
    assert sorted(CompanyName.objects.values_list("name", flat=True)) == ["Yritys 1 Oy", "Yritys 2 Oy"]
    assert Company.objects.get(business_id=business_id(1)).register["values"]["name"] == "Yritys 1 Oy"
    again = brought(write(told(1, "Uusi Oy")))
    assert again.report["changed"] == 1


def test_undo_leaves_and_names_what_has_changed_since_or_is_in_use(write: Write, cast: Cast) -> None:
    brought(write(told(1)))
    run = brought(write(told(1, "Toinen Oy"), told(2), told(3), told(4)))
    brought(write(told(1, "Kolmas Oy"), told(2, "Muuttunut Oy")))
    state_fact(by=cast.adviser.actor, company=Company.objects.get(business_id=business_id(3)), field="persons", value=5)
    undone = taken_back(run)
    assert undone.report["undo"] == {"deleted": 1, "left": [business_id(1), business_id(2), business_id(3)]}
    assert sorted(Company.objects.values_list("name", flat=True)) == ["Kolmas Oy", "Muuttunut Oy", "Yritys 3 Oy"]


def test_import_is_applied_once_undone_once_and_dropped_only_before(write: Write, run_jobs: Callable[[], int]) -> None:
    run = brought(write(told(1)))
    for work in (apply_run, drop_run):
        with pytest.raises(RuleBroken):
            work(by=HOUSE, run=run)
    taken_back(run)
    with pytest.raises(RuleBroken):
        undo_run(by=HOUSE, run=run)
    waiting = checked(write(told(1)))
    drop_run(by=HOUSE, run=waiting)
    run_jobs()
    assert not ImportRow.objects.exists()
    with pytest.raises(RuleBroken):
        apply_run(by=HOUSE, run=waiting)


def test_imports_are_the_administrators(write: Write, cast: Cast) -> None:
    run = checked(write(told(1)))
    for who in (cast.adviser, cast.coordinator, cast.national, cast.founder):
        for work in (apply_run, undo_run, drop_run):
            with pytest.raises(NotAllowed):
                work(by=who.actor, run=run)


def test_file_in_no_known_form_fails_the_run(write: Write) -> None:
    with pytest.raises(RuleBroken):
        checked(write("business_id;name"))
    assert ImportRun.objects.get().state == "failed"


def test_municipality_that_has_merged_is_todays(write: Write) -> None:
    today = Municipality.objects.get(code="091")
    MunicipalityFactory.create(code="777", name_fi="Vanha", valid_until="2008-12-31", successor=today)
    brought(write(told(1, addresses=[{"type": 1, "postOffices": [{"municipalityCode": "777"}]}])))
    assert Company.objects.get().municipality == today
