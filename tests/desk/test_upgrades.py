"""What earlier releases kept is moved to where it belongs."""

from importlib import import_module

from django.db import connection

from luukku.desk.models import Case
from tests.cast import Cast
from tests.factories.desk import case_at

COMPANIES = (("Salainen idea", None), ("Kahvila Oy", "2617416-4"), ("Kahvila Kielo Oy", "0737546-2"), ("0201256-6", "0201256-6"))


def test_company_made_by_a_first_contact_moves_onto_its_case(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table customers_company alter business_id drop not null")  # as it was
        keys = [case_at(cast.here.desk).pk for _ in COMPANIES]
        for key, (name, business_id) in zip(keys, COMPANIES, strict=True):
            cursor.execute("insert into customers_company (name, business_id, is_sample) values (%s, %s, false) returning id", [name, business_id])
            cursor.execute("update desk_case set company_id = %s where id = %s", [cursor.fetchone()[0], key])
        cursor.execute(import_module("luukku.desk.migrations.0007_company_as_told").MOVE)
    cases = [Case.objects.get(pk=key) for key in keys]
    told = [("Salainen idea", ""), ("Kahvila Oy", "2617416-4"), ("Kahvila Kielo Oy", "0737546-2"), ("", "0201256-6")]
    assert [(case.company_name, case.business_id) for case in cases] == told
    assert {case.company_id for case in cases} == {None}
