"""Limits on public forms: counted in the database, by a digest of the caller."""

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from pytest_django import Settings

from luukku.core.models import RateCount
from luukku.core.ratelimit import NETWORK, limited, network_of, over_limit
from tests.harness.client import Client

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def _request(address: str = "198.51.100.7", method: str = "post", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/", REMOTE_ADDR=address, **headers)
    return request


@time_machine.travel("2026-11-22T10:00:00Z", tick=False)
def test_what_comes_after_the_limit_is_over_it() -> None:
    assert [over_limit(_request(), "need", limit=3, seconds=60) for _ in range(5)] == [False, False, False, True, True]


def test_another_form_caller_or_time_counts_for_itself() -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        assert not over_limit(_request(), "need", limit=1, seconds=60)
        assert over_limit(_request(), "need", limit=1, seconds=60)
        assert not over_limit(_request(), "link", limit=1, seconds=60)
        assert not over_limit(_request("198.51.100.8"), "need", limit=1, seconds=60)
        clock.shift(60)
        assert not over_limit(_request(), "need", limit=1, seconds=60)


def test_no_address_is_kept() -> None:
    over_limit(_request(), "need", limit=1, seconds=60)
    assert not any("198.51" in row.caller for row in RateCount.objects.all())


def test_behind_a_proxy_the_callers_own_address_counts(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    first, second = (_request("127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.9, 198.51.100.{n}") for n in (7, 8))
    assert not over_limit(first, "need", limit=1, seconds=3600)
    assert not over_limit(second, "need", limit=1, seconds=3600)
    assert over_limit(first, "need", limit=1, seconds=3600)


def test_without_a_proxy_what_the_caller_claims_does_not_count() -> None:
    assert not over_limit(_request(HTTP_X_FORWARDED_FOR="203.0.113.1"), "need", limit=1, seconds=3600)
    assert over_limit(_request(HTTP_X_FORWARDED_FOR="203.0.113.2"), "need", limit=1, seconds=3600)


@limited("need", limit=1, seconds=3600)
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


def test_only_sending_is_limited(settings: Settings) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    assert [form(_request(method="get")).status_code for _ in range(3)] == [200, 200, 200]
    assert not RateCount.objects.exists()
    assert form(_request()).status_code == 200


@override_settings(ROOT_URLCONF="tests.sample.urls", LUUKKU_RATE_FACTOR=1)
@time_machine.travel("2026-11-22T10:00:00Z", tick=False)
def test_a_form_that_is_refused_counts_although_the_rest_is_undone(client: Client) -> None:
    assert [client.post("/sample/bad-form").status_code for _ in range(5)] == [422, 422, 422, 429, 429]
    assert {row.caller.partition(":")[0] for row in RateCount.objects.all()} == {"sample"}


def test_a_factor_of_zero_switches_limits_off(settings: Settings) -> None:
    settings.LUUKKU_RATE_FACTOR = 0
    assert [form(_request()).status_code for _ in range(3)] == [200, 200, 200]


def test_another_device_of_the_same_network_counts_for_itself_until_the_network_has_had_enough() -> None:
    devices = [f"browser {number}" for number in range(NETWORK + 1)]
    assert [over_limit(_request(HTTP_USER_AGENT=name), "need", limit=1, seconds=3600) for name in devices] == [False] * NETWORK + [True]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("", ""),
    ],
)
def test_an_address_counts_by_its_connection(address: str, network: str) -> None:
    assert network_of(address) == network


@time_machine.travel("2026-11-22T10:12:00Z", tick=False)
def test_a_sending_too_many_gives_the_words_back_and_says_when(settings: Settings) -> None:
    settings.LUUKKU_RATE_FACTOR = 1
    typed = {"words": "Haluan avata kahvilan\nensi keväänä", "municipality": "232", "submit_key": "k 1"}
    for _ in range(2):
        request = RequestFactory().post("/koskimaa/tarve/", typed, REMOTE_ADDR="198.51.100.7")
        answer = form(request)
    assert isinstance(answer, HttpResponse)
    shown = answer.content.decode()
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(48 * 60)
    assert "13.00" in shown
    assert "Haluan avata kahvilan" in shown
    assert 'name="municipality" value="232"' in shown
    assert 'action="/koskimaa/tarve/"' in shown
