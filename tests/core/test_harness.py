"""The harness itself: it must fail where silence would hide a fault."""

import socket
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine, Template

from luukku.core.actor import Actor
from luukku.network.models import Person
from tests.cast import Cast, Member
from tests.harness.client import check_page, forms_of
from tests.harness.counting import Counted
from tests.harness.silence import OtherHost, UndefinedVariable


def test_the_cast_has_everybody_and_their_seats_become_rights(cast: Cast) -> None:
    assert Person.objects.count() == len(cast.staff)
    assert cast.here.organisation.principal in cast.adviser.actor.principals
    assert cast.there.organisation.principal not in cast.adviser.actor.principals


def test_factories_run_as_owner_and_actors_behind_the_wall(cast: Cast, as_: Callable[[Member], AbstractContextManager[Actor]]) -> None:
    assert _role() == "luukku_owner"
    with as_(cast.adviser):
        assert _role() == "luukku_web"
    assert _role() == "luukku_owner"


@pytest.mark.django_db(transaction=True)
def test_a_committing_test_has_a_database_of_its_own() -> None:
    assert str(connection.settings_dict["NAME"]).startswith("t_")
    assert not connection.in_atomic_block


def test_sql_count_leaves_out_the_actor_and_the_transaction(
    cast: Cast, as_: Callable[[Member], AbstractContextManager[Actor]], sql_count: Callable[..., AbstractContextManager[Counted]]
) -> None:
    with sql_count(at_most=2) as counted, as_(cast.founder):
        Person.objects.count()
    assert counted.number == 1
    with pytest.raises(AssertionError, match="1 SQL statements, not 0"), sql_count(0):
        Person.objects.count()


def test_an_undefined_template_variable_fails() -> None:
    engine = Engine(string_if_invalid=UndefinedVariable())
    with pytest.raises(AssertionError, match="nothing_here"):
        Template("{{ nothing_here }}", engine=engine).render(Context())


def test_a_call_to_another_host_fails() -> None:
    with pytest.raises(OtherHost):
        urllib.request.urlopen("http://192.0.2.1/")
    with pytest.raises(OtherHost):
        socket.getaddrinfo("luukku.example", 80)


def test_a_form_without_a_token_fails() -> None:
    with pytest.raises(AssertionError, match="no CSRF token"):
        check_page(HttpResponse('<form method="post" action="/x"><input name="a"></form>'))


@pytest.mark.parametrize("page", ["<script>x()</script>", '<p style="color: red">', '<a href="#" onclick="x()">'])
def test_inline_script_or_style_fails(page: str) -> None:
    with pytest.raises(AssertionError, match="inline"):
        check_page(HttpResponse(page))


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = """<form method="post" action="/x" id="f"><input type="hidden" name="csrfmiddlewaretoken" value="t">
    <input type="checkbox" name="c" value="1" checked><input type="checkbox" name="d" value="1"><textarea name="t">hei</textarea>
    <select name="s"><option value="1">a</option><option value="2" selected>b</option></select></form>"""
    (form,) = forms_of(HttpResponse(page))
    assert form.fields == {"csrfmiddlewaretoken": ["t"], "c": ["1"], "t": ["hei"], "s": ["2"]}


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return str(cursor.fetchone()[0])
