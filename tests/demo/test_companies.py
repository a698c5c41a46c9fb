"""Invented companies in the register's form."""

import json
from collections import Counter

from luukku.core.business_id import is_business_id
from luukku.customers.actions.register.prh import in_our_form
from luukku.demo.companies import Place, answers, industries
from luukku.network.queries.inhabitants import inhabitants

PLACES = [Place("091", "Helsinki", 9), Place("231", "Kaskinen", 1)]


def test_same_seed_gives_the_same_companies() -> None:
    assert json.dumps(list(answers(50, PLACES))) == json.dumps(list(answers(50, PLACES)))
    assert json.dumps(list(answers(50, PLACES))) != json.dumps(list(answers(50, PLACES, seed=2)))


def test_invented_companies_are_in_the_registers_form_with_right_ids_and_skewed_places() -> None:
    forms = [in_our_form(answer, {"091": "091", "231": "231"}, {}) for answer in answers(400, PLACES)]
    assert Counter(form["values"]["municipality"] for form in forms)["091"] > 300
    assert {"active", "ceased", "liquidation"} <= {form["values"]["status"] for form in forms}
    assert {kind for form in forms for _, kind, *_ in form["names"]} == {"official", "former", "auxiliary", "parallel"}
    ids = [answer["businessId"]["value"] for answer in answers(400, PLACES)]
    assert all(is_business_id(each) for each in ids)
    assert len(set(ids)) == 400


def test_words_of_companies_are_whole() -> None:
    assert len(inhabitants()) == 308
    assert all(each.finnish and each.swedish and each.size in range(4) for each in industries())
