"""What has had its time is made nameless, or what a customer asks to have forgotten: no word of hers is left in any table, and no figure moves."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from luukku.core.actor import act_as, act_as_house
from luukku.core.errors import NotAllowed
from luukku.core.models import Event, StoredFile
from luukku.customers.models import Contact
from luukku.desk.access.links import first_token
from luukku.desk.models import Case
from luukku.privacy.actions.keeping import keep_to_times, set_time
from luukku.privacy.models import Erasure
from tests.cast import Cast, Member
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]
NEEDLES = "kahvila|kaisa|sisäinen|555 0199|5550199"
FIGURES = (
    "select state, count(*) from desk_case group by 1 order by 1",
    "select desk_id, state, handler_id, service_id, count(*) from desk_leg group by 1, 2, 3, 4 order by 1, 2, 3, 4",
    "select kind, kept, count(*), sum(extract(epoch from ended_at - started_at)) from desk_clock group by 1, 2 order by 1, 2",
    "select kind, finance, sum(amount), sum(count), count(*) from desk_outcome group by 1, 2 order by 1, 2",
    "select face, count(*) from desk_feedback group by 1 order by 1",
    "select months, held, count(*) from desk_outcomecheck group by 1, 2 order by 1, 2",
    "select state, count(*) from desk_handover group by 1 order by 1",
    "select cause, count(*), sum(extract(epoch from ended_at - started_at)) from desk_wait group by 1 order by 1",
    "select count(distinct customer_id) from desk_case",
)


def figures() -> list[Any]:
    found: list[Any] = []
    with connection.cursor() as cursor:
        for statement in FIGURES:
            cursor.execute(statement)
            found.append(cursor.fetchall())
    return found


def told_of_her() -> list[str]:
    """Tables in which a word of hers is left. What people of the network and cards are called is not hers."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname ~ '^(desk|customers|core)_'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {table} x where to_jsonb(x)::text ~* '{NEEDLES}'")
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def age(case: Case, months: int) -> None:
    Case.objects.filter(pk=case.pk).update(settled_at=timezone.now() - timedelta(days=31 * months))


def test_what_has_had_its_time_loses_every_word_and_no_figure(full: Case, cast: Cast) -> None:
    assert "desk_case" in told_of_her()
    age(full, 61)
    before, events, files = figures(), Event.objects.count(), StoredFile.objects.count()
    with act_as_house("try it") as house:
        done = {each.key: each for each in keep_to_times(by=house)}
    assert (done["desk.case"].due, done["desk.case"].gone) == (1, 1)
    assert told_of_her() == []
    assert figures() == before
    assert Event.objects.count() >= events
    assert StoredFile.objects.count() < files
    case = Case.objects.get(pk=full.pk)
    assert (case.subject, case.own_words) == ("Tiedot poistettu", "")
    with act_as_house("again") as house:
        assert sum(each.gone for each in keep_to_times(by=house)) == 0


def test_younger_and_open_matters_stay_as_they_are(full: Case, send: Callable[..., Case]) -> None:
    still = send(email="toinen@customer.example")
    age(full, 58)
    with act_as_house("try it") as house:
        keep_to_times(by=house)
    assert Contact.objects.filter(email="").count() == 0
    assert Case.objects.filter(forgotten_at=None).count() == 2
    assert still.own_words


def test_dry_run_only_counts(full: Case) -> None:
    age(full, 61)
    out = StringIO()
    call_command("retention", "--dry-run", "--json", stdout=out)
    rows = {row["kind"]: row for row in json.loads(out.getvalue())}
    assert (rows["desk.case"]["due"], rows["desk.case"]["gone"]) == (1, 0)
    assert "desk_case" in told_of_her()


def test_contact_data_stay_while_another_matter_needs_them(full: Case, cast: Cast) -> None:
    Case.objects.create(
        number="KO-26-9998", region=full.region, customer=full.customer, subject="Toinen", own_words="Toinen", language="fi", channel="web"
    )
    age(full, 61)
    with act_as_house("try it") as house:
        keep_to_times(by=house)
    assert Contact.objects.get(customer=full.customer).name == "Kaisa Kahvila"


def test_national_owner_says_how_long_and_nobody_else(client_of: ClientOf, full: Case, cast: Cast) -> None:
    national = client_of(cast.national)
    assert national.submit(national.get("/sailytysajat/desk.case"), {"months": "0", "basis": "Päätös"}).status_code == 422
    assert national.submit(national.get("/sailytysajat/desk.case"), {"months": "12", "basis": "Päätös 1.2."}).status_code == 302
    assert "Päätös 1.2." in client_of(cast.adviser).get("/sailytysajat/").content.decode()
    assert client_of(cast.adviser).get("/sailytysajat/desk.case").status_code == 403
    with act_as(cast.coordinator.actor) as actor, pytest.raises(NotAllowed):
        set_time(by=actor, key="desk.case", months=1, basis="x")
    age(full, 13)
    with act_as_house("try it") as house:
        assert {each.key: each.gone for each in keep_to_times(by=house)}["desk.case"] == 1
    with act_as(cast.admin.actor) as actor, pytest.raises(NotAllowed):
        keep_to_times(by=actor)


def test_customer_has_an_ended_matter_forgotten_and_reads_the_report(client: Client, full: Case, run_jobs: Callable[..., int]) -> None:
    place = f"/s/{first_token(full)}/tietoni/"
    Contact.objects.filter(customer=full.customer).update(role="Kaisan kahvilan johtaja")
    assert json.loads(client.get(f"{place}kaikki/?json=1").content)["contact"][0]["role"] == "Kaisan kahvilan johtaja"
    before, ask = figures(), client.get(f"{place}unohda/")
    assert client.submit(ask).status_code == 302
    client.submit(ask)
    run_jobs()
    assert Erasure.objects.get().report["desk.note"] == 1
    assert told_of_her() == []
    assert figures() == before
    shown = client.get(place).content.decode()
    assert "sisäiset muistiinpanot (1)" in shown
    assert "Kaisa" not in shown


def test_open_matter_is_not_forgotten_and_others_ask_for_nothing(client: Client, client_of: ClientOf, case: Case, cast: Cast) -> None:
    place = f"/s/{first_token(case)}/tietoni/"
    assert client.submit(client.get(f"{place}unohda/")).status_code == 422
    assert not Erasure.objects.exists()
    assert client_of(cast.adviser).get(f"/omat/{case.number}/tietoni/unohda/").status_code in (403, 404)


def test_export_holds_what_she_may_read_and_nothing_internal(client: Client, full: Case) -> None:
    place = f"/s/{first_token(full)}/tietoni/kaikki/"
    found = json.loads(client.get(f"{place}?json=1").content)
    assert found["contact"][0]["name"] == "Kaisa Kahvila"
    assert {row["body"] for row in found["messages"]} >= {"Hei"}
    assert "Sisäinen" not in json.dumps(found, ensure_ascii=False)
    assert "sisalla.txt" not in json.dumps(found)
    page = client.get(place).content.decode()
    assert "Kaisa Kahvila" in page
    assert "Yhteystiedot" in page
