"""What is told when a request is refused, and when something is broken."""

import logging

import pytest
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from structlog.testing import capture_logs

from luukku.core.errors import NotAllowed, NotFound
from luukku.core.middleware import LogMiddleware
from tests.harness.client import Client


def told(error: Exception) -> list[str]:
    """Levels and names of what is logged when a view raises `error`."""
    with capture_logs() as lines:
        LogMiddleware(lambda request: HttpResponse()).process_exception(HttpRequest(), error)
    return [f"{line['log_level']} {line['event']} {line['error']}" for line in lines]


@pytest.mark.parametrize("error", [Http404(), NotFound(), NotAllowed(), BadRequest(), SuspiciousOperation()])
def test_a_refusal_is_no_error(error: Exception) -> None:
    assert told(error) == []


def test_a_fault_is_an_error_without_its_words() -> None:
    assert told(RuntimeError("Fanny Founder")) == ["error broken RuntimeError"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/s/not-a-link-of-anybody/", "/no-such-region/tarve/", "/nowhere/at/all/"])
def test_a_missing_page_is_told_by_its_route_alone(client: Client, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with capture_logs() as lines, caplog.at_level(logging.WARNING):
        assert client.get(path).status_code == 404
    assert [(line["log_level"], line["event"], line["status"]) for line in lines if line["event"] != "sql"] == [("info", "request", 404)]
    assert all(part not in str(lines) for part in ("not-a-link", "no-such", "nowhere"))
    assert caplog.records == []
