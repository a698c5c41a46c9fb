"""Consents of every kind, marks, and a question about a customer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.customers.models import CompanyMark, Consent, Inquiry, SegmentSaid
from luukku.demo.agreeing import build_agreements
from luukku.demo.network import Built
from luukku.desk.models import Case
from tests.cast import Cast
from tests.desk.conftest import need, send
from tests.desk.consents.conftest import Ground, ground
from tests.factories.customers import CompanyFactory

__all__ = ("ground", "need", "send")


def test_each_kind_of_consent_is_there_and_one_was_taken_back(cast: Cast, send: Callable[..., Case], ground: Ground) -> None:
    ground("consent")
    for n in range(6):
        send(at=timezone.now() - timedelta(days=9), email=f"n{n}@customer.example", phone="")
    for _ in range(4):
        CompanyFactory.create(is_sample=True, export="seeking")
    logins = {"adviser": cast.adviser.someone, "national": cast.national.someone}
    build_agreements(Built({"suupohja": cast.here.region}, {}, {}, logins))
    held = [(each.kind, each.scope, each.withdrawn_at is None) for each in Consent.objects.all()]
    assert sorted(held) == [
        ("passing", "matter", True), ("passing", "named", True), ("passing", "network", False), ("passing", "network", True), ("statistics", "", True),
    ]  # fmt: skip
    assert {each.mark for each in CompanyMark.objects.all()} == {"growth-track", "fast-growth", "focus"}
    assert SegmentSaid.objects.count() == Inquiry.objects.count() == 1


def test_nothing_is_built_of_nothing(cast: Cast) -> None:
    build_agreements(Built({"suupohja": cast.here.region}, {}, {}, {"adviser": cast.adviser.someone, "national": cast.national.someone}))
    assert not Consent.objects.exists()


pytestmark = pytest.mark.django_db
