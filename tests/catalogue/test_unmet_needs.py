"""Searches that nothing fitted: who sees them, and for how long."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.catalogue.access import visible_unmet_needs
from luukku.catalogue.actions.learning import forget_old_needs, record_unmet
from luukku.catalogue.models import ConfirmedAnswer, UnmetNeed
from luukku.core.actor import PUBLIC, act_as, act_as_house
from luukku.core.errors import NotAllowed
from luukku.network.enums import Role
from luukku.network.models import Seat
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory


@pytest.fixture
def searched(cast: Cast) -> None:
    for place in (cast.here, cast.there):
        with act_as(PUBLIC):
            record_unmet(by=PUBLIC, words="käärmeen hoitopaikka", language="fi", region=place.region)


@pytest.mark.usefixtures("searched")
def test_the_regions_coordinator_alone_sees_them(cast: Cast) -> None:
    for member in cast.everybody:
        with act_as(member.actor) as actor:
            seen = [cast.here.region.pk] if member is cast.coordinator else []
            assert list(visible_unmet_needs(actor).values_list("region_id", flat=True)) == seen, member.name
            assert list(UnmetNeed.objects.values_list("region_id", flat=True)) == seen, member.name
    with act_as(PUBLIC):
        assert not UnmetNeed.objects.exists()


@pytest.mark.usefixtures("searched")
def test_a_coordinator_whose_time_is_over_sees_nothing(cast: Cast) -> None:
    Seat.objects.filter(person=cast.coordinator.someone, role=Role.COORDINATOR).update(valid_until=timezone.localdate() - timedelta(days=1))
    with act_as(cast.coordinator.actor):
        assert not UnmetNeed.objects.exists()


@pytest.mark.usefixtures("searched")
@pytest.mark.parametrize(
    "statement",
    [
        "insert into catalogue_unmetneed (text, language, day, count) values ('x', 'fi', wall.today(), 1)",
        "update catalogue_unmetneed set text = 'x'",
        "delete from catalogue_unmetneed",
    ],
)
def test_no_request_writes_them_by_itself(cast: Cast, statement: str) -> None:
    for actor in (cast.coordinator.actor, PUBLIC):
        with act_as(actor), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("words", ["kirjoita kaisa@customer.example", "soita 0405550142 heti"])
def test_the_window_itself_takes_no_addresses_and_numbers(cast: Cast, words: str) -> None:
    with act_as(PUBLIC), connection.cursor() as cursor:
        cursor.execute("select wall.catalogue_note_unmet(%s, 'fi', %s, wall.today())", [words, cast.here.region.pk])
    assert not UnmetNeed.objects.exists()


@pytest.mark.usefixtures("searched")
def test_they_end_after_a_year(cast: Cast) -> None:
    UnmetNeed.objects.filter(region=cast.here.region).update(day=timezone.localdate() - timedelta(days=366))
    with act_as(cast.coordinator.actor) as actor, pytest.raises(NotAllowed):
        forget_old_needs(by=actor)
    with act_as_house("delete old ones") as house:
        assert forget_old_needs(by=house) == 1
    assert UnmetNeed.objects.get().region == cast.there.region


def test_nobody_outside_the_network_teaches_the_matcher_by_sql(cast: Cast) -> None:
    answer = ConfirmedAnswer(service=ServiceFactory.create(), language="fi", text="x", source_kind="x", source_id=1, was_proposed=False)
    for actor in (PUBLIC, cast.founder.actor):
        with act_as(actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ConfirmedAnswer.objects.bulk_create([answer])
