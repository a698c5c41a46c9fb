"""What earlier releases kept is moved to where it belongs."""

import pytest
from django.core.management import call_command
from django.db import connection

from luukku.desk.models import Case
from tests.cast import assemble
from tests.factories.desk import case_at

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


def test_company_made_by_a_first_contact_moves_onto_its_case() -> None:
    cast = assemble()
    keys = [case_at(cast.here.desk).pk for _ in range(4)]
    call_command("migrate", "desk", "0006", verbosity=0)
    companies = (("Salainen idea", None), ("Kahvila Oy", "2617416-4"), ("Kahvila Kielo Oy", "0737546-2"), ("0201256-6", "0201256-6"))
    with connection.cursor() as cursor:
        for key, (name, business_id) in zip(keys, companies, strict=True):
            cursor.execute("insert into customers_company (name, business_id, is_sample) values (%s, %s, false) returning id", [name, business_id])
            cursor.execute("update desk_case set company_id = %s where id = %s", [cursor.fetchone()[0], key])
    call_command("migrate", verbosity=0)
    cases = [Case.objects.get(pk=key) for key in keys]
    told = [("Salainen idea", ""), ("Kahvila Oy", "2617416-4"), ("Kahvila Kielo Oy", "0737546-2"), ("", "0201256-6")]
    assert [(case.company_name, case.business_id) for case in cases] == told
    assert {case.company_id for case in cases} == {None}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from customers_company")
        assert cursor.fetchone() == (0,)
