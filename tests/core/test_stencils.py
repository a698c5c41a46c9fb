"""A stencil gives what its query would give, refuses what it cannot fill in, and is cut once."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from luukku.core.errors import NotFound
from luukku.core.stencils import NotAStencil, SqlStencil, Statement, Stencil
from luukku.core.translated import best
from luukku.network.models import Absence, Organisation, Region
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db


def of_codes(codes: tuple[int, ...], code: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=codes, code__lte=code).select_related("type").annotate(known_as=best("name")).order_by("-code")


def absent(today: date) -> QuerySet[Absence]:
    return Absence.objects.filter(first_day__lte=today, last_day__gte=today).select_related("person").order_by("pk")


def test_rows_are_those_of_the_query_with_what_belongs_to_them(cast: Cast, sql_count: Any) -> None:
    cut, keys = Stencil(of_codes), tuple(Organisation.objects.values_list("pk", flat=True))
    for wanted in (keys, keys[:2], keys[:1], tuple(reversed(keys))):
        for code in ("zzz", "", "här's %s", Organisation.objects.all()[0].code):
            plain = list(of_codes(wanted, code))
            with sql_count(1):
                found = cut.rows(codes=wanted, code=code)
                assert [(each.pk, each.code, each.type.code, each.known_as) for each in found] == [  # type: ignore[attr-defined]
                    (each.pk, each.code, each.type.code, each.known_as)  # type: ignore[attr-defined]
                    for each in plain
                ]
    assert cut.one(codes=keys, code="zzz") == of_codes(keys, "zzz").first()
    with pytest.raises(NotFound):
        cut.one(codes=keys, code="")


def test_nothing_among_nothing_is_not_asked(cast: Cast, sql_count: Any) -> None:
    with sql_count(0):
        assert Stencil(of_codes).rows(codes=(), code="zzz") == []


def test_query_is_built_once_for_each_form_and_language(cast: Cast) -> None:
    built = []

    def named(code: str | None) -> QuerySet[Region, Any]:
        built.append(code)
        regions = Region.objects.filter(code=code) if code is not None else Region.objects.all()
        return regions.order_by("pk").values_list("code", best("name"))

    cut = Stencil(named)
    codes = [cast.here.region.code, cast.there.region.code]
    assert [row[0] for code in codes for row in cut.rows(code=code)] == codes
    assert len(built) == 1
    assert [row[0] for row in cut.rows(code=None)] == sorted(codes, key=lambda code: Region.objects.get(code=code).pk)
    Region.objects.filter(code=codes[0]).update(name_fi="Suomeksi", name_sv="På svenska")
    for language, name in (("sv", "På svenska"), ("fi", "Suomeksi")):
        with override(language):
            assert cut.rows(code=codes[0]) == [(codes[0], name)]
    assert len(built) == 3


def test_shape_chooses_the_query(cast: Cast) -> None:
    cut = Stencil(lambda upwards, least: Organisation.objects.filter(pk__gte=least).order_by("pk" if upwards else "-pk"))
    assert [each.pk for each in cut.rows(True, least=0)] == [each.pk for each in reversed(cut.rows(False, least=0))]


def test_todays_rows_are_those_of_the_day_that_is_given(cast: Cast) -> None:
    today, cut = timezone.localdate(), Stencil(absent)
    Absence.objects.create(person=cast.adviser.someone, first_day=today, last_day=today + timedelta(days=2))
    assert [len(cut.rows(today=today + timedelta(days=ahead))) for ahead in range(-1, 4)] == [0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    "build",
    [
        lambda value: Organisation.objects.filter(code__icontains=value),
        lambda value: Organisation.objects.all(),
        lambda value: Organisation.objects.filter(code=value, created_at__lte=timezone.now()),
        lambda value: Organisation.objects.filter(code=value.upper() + "x"),
    ],
)
def test_query_that_changes_or_forgets_a_value_or_holds_a_moment_is_refused(build: Any) -> None:
    with pytest.raises(NotAStencil):
        Stencil(build).rows(value="a")


def test_value_that_a_column_could_not_hold_is_refused_and_not_taken_for_nothing() -> None:
    with pytest.raises(NotAStencil):
        Stencil(lambda value: Region.objects.annotate(n=Value(1)).filter(n=value)).rows(value=1)
    with pytest.raises(NotAStencil):
        Stencil(lambda value: Region.objects.filter(pk=value)).rows(value=True)


def compiled(keys: tuple[int, ...], words: str) -> Statement:
    sql, params = Organisation.objects.filter(pk__in=keys, code=words).exclude(pk=F("principal")).query.sql_with_params()
    return sql, list(params)


_compiled = SqlStencil(compiled)


@settings(deadline=None)
@given(
    keys=st.lists(st.integers(min_value=-(2**60), max_value=2**60), min_size=1, max_size=6, unique=True),
    words=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
)
def test_any_value_comes_through_unchanged(keys: list[int], words: str) -> None:
    assert _compiled.filled(keys=tuple(keys), words=words) == compiled(tuple(keys), words)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_through_its_own_connection() -> None:
    cast, cut, seen = assemble(), Stencil(lambda code: Region.objects.filter(code=code).annotate(by=RawSQL("pg_backend_pid()", ()))), {}

    def ask() -> None:
        seen[threading.current_thread().name] = cut.rows(code=cast.here.region.code)[0].by
        connection.close()

    threads = [threading.Thread(target=ask, name=str(number)) for number in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    ask()
    assert len(set(seen.values())) == 4
