"""What every answer says to the browser."""

from collections.abc import Callable

import pytest
from django.test import override_settings

from tests.cast import Cast, Member
from tests.harness.client import Client

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
def test_the_policy_lets_nothing_in_from_elsewhere(client: Client) -> None:
    answer = client.get("/health")
    assert {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")} == POLICY


@pytest.mark.django_db
def test_the_other_headers(client: Client) -> None:
    headers = client.get("/health").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@override_settings(ROOT_URLCONF="tests.sample.urls")
def test_what_somebody_sees_is_not_kept_by_the_browser(cast: Cast, client_of: Callable[[Member], Client], client: Client) -> None:
    assert client_of(cast.adviser).get("/sample/raw").headers["Cache-Control"] == "no-store"
    assert client_of(cast.founder).get("/sample/raw").headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in client.get("/sample/raw").headers


@override_settings(ROOT_URLCONF="tests.sample.urls")
def test_a_file_is_not_kept_by_the_browser_either(cast: Cast, client_of: Callable[[Member], Client]) -> None:
    answer = client_of(cast.adviser).get("/sample/file")
    assert (answer.streaming, answer.headers["Cache-Control"]) == (True, "no-store")
    answer.close()


def test_health_tells_a_stuck_mail_queue_and_nothing_about_people(db: None, client: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from luukku.core.models import OutgoingMail

    OutgoingMail.objects.create(kind="x", subject_kind="x", subject_id=1, message_id="<1@x>", due_at=timezone.now() - timedelta(hours=1))
    assert client.get("/health").json() == {"ok": True, "database": True, "migrations": True, "mail": False}
