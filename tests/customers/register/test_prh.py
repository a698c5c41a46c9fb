"""One answer of the register in our form."""

import json
from pathlib import Path
from typing import Any

import pytest

from luukku.customers.actions.register.prh import BrokenRowError, Codes, in_our_form

ANSWER = json.loads((Path(__file__).parent / "answer.json").read_text())["companies"][0]  # a real one, CC BY 4.0 PRH
PLACES = {"049": "049", "091": "091"}


def told(**changes: Any) -> dict[str, Any]:
    return in_our_form({**ANSWER, **changes}, PLACES, {})


def test_real_answer_is_understood() -> None:
    codes: Codes = {}
    form = in_our_form(ANSWER, PLACES, codes)
    assert form["values"] == {
        "name": "Nokia Oyj", "legal_form": "17", "industry": "70100", "industry_system": "tol2025", "website": "www.nokia.com",
        "visiting_address": "Karakaari 7, 02610 Espoo", "postal_address": "PL 226, 00045 Nokia group", "municipality": "049",
        "registers": ["employer", "prepayment", "trade", "vat"], "founded_on": "1896-12-19", "status": "active",
    }  # fmt: skip
    assert form["dates"]["name"] == "1997-09-01"
    assert form["modified"] == "2026-08-19T10:04:06"
    assert form["names"][:2] == [["Nokia Oyj", "official", "1997-09-01", None], ["Oy Nokia Ab", "former", "1966-06-10", "1997-08-31"]]
    assert {kind for _, kind, *_ in form["names"]} == {"official", "former", "auxiliary", "parallel"}
    assert codes["tol2025", "70100"]["1"] == "Pääkonttorien toiminta"
    assert codes["legal-form", "17"]["2"] == "Publikt aktiebolag"


@pytest.mark.parametrize(("given", "system"), [("TOIMI4", "tol2025"), ("TOIMI3", "tol2008"), ("TOIMI2", "tol2002"), ("TOIMI", "tol1995")])
def test_industry_is_labelled_by_its_own_classification(given: str, system: str) -> None:
    assert told(mainBusinessLine={"type": "62010", "typeCodeSet": given})["values"]["industry_system"] == system


def test_industry_of_an_unknown_classification_is_left_out() -> None:
    for line in ({"type": "62010", "typeCodeSet": "TOIMI9"}, {"type": "62010"}, None):
        assert not {"industry", "industry_system"} & set(told(mainBusinessLine=line)["values"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"endDate": "2026-01-31"}, "ceased"),
        ({"tradeRegisterStatus": "4"}, "ceased"),
        ({"companySituations": [{"type": "KONK", "registrationDate": "2026-02-01"}]}, "bankrupt"),
        ({"companySituations": [{"type": "SELTILA"}]}, "liquidation"),
        ({"companySituations": [{"type": "SANE"}]}, "restructuring"),
        ({"companySituations": [{"type": "SANE", "endDate": "2025-01-01"}]}, "active"),
        ({"companySituations": [{"type": "NEW"}], "status": "9", "tradeRegisterStatus": "7"}, "active"),
    ],
)
def test_status_comes_from_what_is_known(changes: dict[str, Any], status: str) -> None:
    assert told(**changes)["values"]["status"] == status


def test_name_that_has_ended_stands_when_there_is_no_other() -> None:
    form = told(names=[{"name": "Vanha", "type": "1", "endDate": "2020-01-01"}, {"name": "Uudempi", "type": "1", "endDate": "2024-01-01"}])
    assert form["values"]["name"] == "Uudempi"
    assert [kind for _, kind, *_ in form["names"]] == ["former", "official"]


def test_place_comes_from_the_visiting_address_else_the_postal_one_else_not_at_all() -> None:
    postal = [address for address in ANSWER["addresses"] if address["type"] == 2]
    assert told(addresses=postal)["values"]["municipality"] == "091"
    assert "municipality" not in told(addresses=[])["values"]
    assert "municipality" not in in_our_form(ANSWER, {}, {})["values"]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"businessId": {"value": "0112038-8"}}, "wrong-id"),
        ({"businessId": {"value": "01120389"}}, "wrong-id"),
        ({"businessId": {}}, "no-id"),
        ({"businessId": None}, "no-id"),
        ({"names": []}, "no-name"),
        ({"names": [{"name": "Vain aputoiminimi", "type": "3"}]}, "no-name"),
        ({"names": [{"name": " ", "type": "1"}]}, "no-name"),
        ({"names": None}, "form"),
        ({"names": "Nokia"}, "form"),
        ({"names": [{"name": "x" * 201, "type": "1"}]}, "too-long"),
        ({"registrationDate": "2026-02-30"}, "day"),
        ({"registrationDate": 3}, "form"),
        ({"addresses": [3]}, "form"),
        ({"website": {"url": 3}}, "form"),
        ({"companyForms": [{"type": ["16"]}]}, "form"),
        ({"mainBusinessLine": {"typeCodeSet": "TOIMI4"}}, "form"),
    ],
)
def test_broken_row_says_why(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(BrokenRowError) as broken:
        told(**changes)
    assert broken.value.problem == problem


@pytest.mark.parametrize("value", [3, "x", [], {}, {"names": []}])
def test_what_is_no_company_is_a_broken_row(value: Any) -> None:
    with pytest.raises(BrokenRowError):
        in_our_form(value, PLACES, {})
