"""Whom and what the benchmarks use: made in the process that starts the server, as the database's owner."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from luukku.accounts.models import User
from luukku.demo.country import is_loaded
from luukku.desk.actions.face_counts import count_faces
from luukku.desk.actions.fair_counts import count_fairness
from luukku.desk.actions.promise_counts import count_promises
from luukku.desk.actions.spans import count_spans
from luukku.desk.models import Case
from luukku.network.models import Municipality, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare() -> dict[str, Any]:
    """The load data if they are not there, and what pages are asked for."""
    if not settings.LUUKKU_DEMO:
        raise SystemExit("set LUUKKU_DEMO=1: benchmarks run on load data, never on a real network")
    if not is_loaded():
        call_command("demo", scale="country")
    for count in (count_promises, count_spans, count_fairness, count_faces):  # as the worker does each hour
        count()
    number = (
        Case.objects.filter(number__startswith="SU-00-", legs__desk__is_front=True, legs__is_open=True, legs__handler__isnull=False)
        .order_by("number")
        .values_list("number", flat=True)[500]
    )
    place = Municipality.objects.get(name_fi="Kauhajoki", valid_until=None)
    return {
        "number": number, "rare": _word(40, 400), "usual": _word(1500, 2500), "frequent": _word(4000, 90_000),
        "municipality": place.code, "send": "/suupohja/tarve/",
    }  # fmt: skip


def _word(least: int, most: int) -> str:
    """The most frequent word by which a search finds so many cases: with its other forms, in each language, as the search understands it."""
    languages = ("finnish", "swedish", "english", "simple")
    finds = " || ".join(f"websearch_to_tsquery('{language}', w.word)" for language in languages)
    with connection.cursor() as cursor:
        cursor.execute(
            "with words as materialized (select word, ndoc from ts_stat('select to_tsvector(''simple'', own_words) from desk_case where id % 10 = 0')"
            f" where ndoc <= {most} / 10 and length(word) > 4 order by ndoc desc, word limit 1000)"
            f" select w.word from words w where (select count(*) from desk_case where search @@ ({finds})) between {least} and {most}"
            " order by w.ndoc desc, w.word limit 1"
        )
        return str(cursor.fetchone()[0])


def sessions() -> dict[str, str]:
    """Session keys of an adviser of the largest organisation and of one of the smallest, of the largest desk's lead and its region's coordinator."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select s.person_id from network_seat s join network_desk d on d.organisation_id = s.organisation_id"
            " join desk_leg l on l.desk_id = d.id join network_organisation o on o.id = s.organisation_id"
            " where s.role = 'adviser' and o.source = 'country-load' group by s.person_id order by count(*) limit 1"
        )
        small = Person.objects.get(pk=cursor.fetchone()[0])
    of_demo = {"big": "adviser", "lead": "desklead", "coordinator": "coordinator"}
    keys = {who: _session(User.objects.get(email=f"{name}@demo.example")) for who, name in of_demo.items()}
    return keys | {"small": _session(_user(small))}


def _user(person: Person) -> User:
    if person.user is None:
        person.user = User.objects.create_user(person.email)
        person.save(update_fields=["user"])
    return person.user


def _session(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)
