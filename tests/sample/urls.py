"""The product's own addresses, and views that try to see past the wall."""

from collections.abc import Iterator
from io import BytesIO

from django.db import Error, connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from luukku.config.urls import urlpatterns as product
from luukku.core import mail
from luukku.core.actor import act_as
from luukku.core.models import RateCount
from luukku.core.ratelimit import limited
from luukku.core.submissions import once
from luukku.desk.models import Case, Message
from luukku.network.models import Region

ESCAPES = (
    "set role luukku_owner", "set role luukku_house", "set role postgres", "set local role luukku_house", "reset role; set role luukku_owner",
    "set session authorization luukku_owner", "select set_config('role', 'luukku_house', true)", "set role none; set role luukku_owner",
    "alter role luukku_web bypassrls", "grant luukku_house to luukku_web", "alter table desk_case disable row level security",
    "alter table desk_case no force row level security", "drop policy web on desk_case", "truncate desk_case cascade",
    "set row_security = off; select * from desk_case", "create or replace function wall.principals() returns bigint[] language sql as $$ select '{1}' $$",
    "copy desk_case from stdin", "delete from core_event", "update core_event set action = 'x'", "delete from django_migrations",
    "create table public.own (x int)", "create temp table own (x int)", "create function pg_temp.own() returns int language sql as 'select 1'",
    "set track_activities = on", "lock table desk_case in access exclusive mode; drop table desk_case",
)  # fmt: skip


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def raw(request: HttpRequest) -> HttpResponseBase:
    """What unscoped SQL on the request's connection gives, without setting anything."""
    return JsonResponse({"role": _one("select current_user"), "login": _one("select session_user"), "cases": _one("select count(*) from desk_case")})


def lazily(request: HttpRequest) -> HttpResponseBase:
    """The template runs the query, long after the view has returned."""
    return TemplateResponse(request, "sample/cases.html", {"cases": Case.objects.order_by("id")})


def streamed(request: HttpRequest) -> HttpResponseBase:
    def parts() -> Iterator[str]:
        yield f"{_one('select current_user')} {_one('select count(*) from desk_case')}"

    return StreamingHttpResponse(parts(), content_type="text/plain")


def streamed_as_actor(request: HttpRequest) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]

    def parts() -> Iterator[str]:
        with act_as(actor):
            yield f"{_one('select current_user')} {_one('select count(*) from desk_case')}"

    return StreamingHttpResponse(parts(), content_type="text/plain")


def escapes(request: HttpRequest) -> HttpResponseBase:
    """Every way out that is known; each must be refused."""
    passed = []
    for statement in ESCAPES:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            passed.append(statement)
        except Error:
            continue
    return JsonResponse({"passed": passed, "role": _one("select current_user")})


def write(request: HttpRequest) -> HttpResponseBase:
    """Unscoped writes: how many rows they reach."""
    with connection.cursor() as cursor:
        cursor.execute("update desk_case set subject = 'broken into'")
        updated = cursor.rowcount
        cursor.execute("delete from desk_message")
        return JsonResponse({"updated": updated, "deleted": cursor.rowcount, "seen": Message.objects.count()})


def crash(request: HttpRequest) -> HttpResponseBase:
    RateCount.objects.create(caller="crash", window=1)
    raise RuntimeError("Fanny Founder, 040 555 0142")


def refuse(request: HttpRequest) -> HttpResponseBase:
    RateCount.objects.create(caller="refuse", window=1)
    return JsonResponse({}, status=403)


@csrf_exempt
def take(request: HttpRequest, key: str) -> HttpResponseBase:
    """A form that makes a thing and queues its mail, once for each key."""

    def work() -> int:
        mail.queue("sample.note", Region.objects.get())
        return RateCount.objects.create(caller=key, window=RateCount.objects.count()).pk

    return HttpResponse(str(once(key, work)))


_lost: set[str] = set()  # keys of which the database has gone away once, in this process


@csrf_exempt
def lose(request: HttpRequest, key: str) -> HttpResponseBase:
    """The database goes away under the first request of a key, when it has made a thing."""
    made = RateCount.objects.create(caller=key, window=1)
    if key not in _lost:
        _lost.add(key)
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    return HttpResponse(str(made.pk))


def file(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(BytesIO(b"said in confidence"), as_attachment=True, filename="note.txt")


@csrf_exempt
@limited("sample", limit=3, seconds=3600)
def bad_form(request: HttpRequest) -> HttpResponseBase:
    """A form that never passes, and what it wrote before it found out."""
    RateCount.objects.create(caller="bad-form", window=1)
    return HttpResponse("again, please", status=422)


handler500 = "luukku.core.ui.broken.broken"
urlpatterns = [
    *product,
    path("sample/raw", raw, name="sample_raw"),
    path("sample/lazily", lazily),
    path("sample/streamed", streamed),
    path("sample/streamed-as-actor", streamed_as_actor),
    path("sample/escapes", escapes),
    path("sample/write", write),
    path("sample/crash", crash),
    path("sample/refuse", refuse),
    path("sample/file", file),
    path("sample/bad-form", bad_form),
    path("sample/take/<str:key>", take),
    path("sample/lose/<str:key>", lose),
    path("sample/link/<str:token>", raw, name="sample_link"),
]
