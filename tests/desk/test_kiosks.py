"""Four faces on a tablet: who sets one up, what an answer tells, and what it does not."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from luukku.core.actor import PUBLIC, Actor, act_as, act_as_house
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.mail import mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.moments import moment_at
from luukku.core.months import ended_months
from luukku.desk.access.links import kiosk_actor, kiosk_token
from luukku.desk.actions.half_years import tell_half_years
from luukku.desk.actions.kiosks import answer_kiosk, end_kiosk, renew_kiosk, set_up_kiosk
from luukku.desk.measures import kiosk_face
from luukku.desk.models import Case, Feedback, Kiosk, KioskAnswer
from luukku.desk.queries.faces import HalfYear, half_years
from tests.cast import Cast
from tests.harness.counting import sql_count

NOW = datetime(2026, 11, 23, 10, 12, 34, tzinfo=UTC)


@pytest.fixture
def kiosk(cast: Cast) -> Kiosk:
    with act_as(cast.desklead.actor) as lead:
        return set_up_kiosk(by=lead, desk=cast.here.desk, place="  Aula ")


@pytest.fixture
def visitor(kiosk: Kiosk) -> Actor:
    with act_as(PUBLIC):
        actor = kiosk_actor(kiosk_token(kiosk))
    assert actor is not None
    return actor


def touch(visitor: Actor, kiosk: Kiosk, face: int = 4, key: uuid.UUID | None = None, given_at: datetime | None = None) -> bool:
    with act_as(visitor):
        return answer_kiosk(by=visitor, kiosk=kiosk, face=face, key=key or uuid.uuid4(), given_at=given_at, at=NOW)


def test_touch_is_kept_to_the_hour_and_the_same_key_counts_once(kiosk: Kiosk, visitor: Actor) -> None:
    key = uuid.uuid4()
    assert touch(visitor, kiosk, 3, key) is True
    assert touch(visitor, kiosk, 1, key) is False
    answer = KioskAnswer.objects.get()
    assert (answer.face, answer.given_at) == (3, NOW.replace(minute=0, second=0))


@pytest.mark.parametrize(("ago", "kept"), [(timedelta(days=13), True), (timedelta(days=15), False), (timedelta(hours=-2), False)])
def test_answer_that_waited_for_the_network_keeps_its_time_when_the_time_can_be_true(
    kiosk: Kiosk, visitor: Actor, ago: timedelta, kept: bool
) -> None:
    touch(visitor, kiosk, given_at=NOW - ago)
    expected = NOW - ago if kept else NOW
    assert KioskAnswer.objects.get().given_at == expected.replace(minute=0, second=0)


def test_lead_hears_once_that_the_half_year_which_has_ended_stands_ready(kiosk: Kiosk, visitor: Actor, cast: Cast) -> None:
    touch(visitor, kiosk)
    given = timezone.localtime(KioskAnswer.objects.get().given_at)
    ended = date(given.year, 7, 2) if given.month <= 6 else date(given.year + 1, 1, 2)
    told = []
    for days in (-20, 0, 3, 60):
        with act_as_house("as on each working day") as house:
            told.append(tell_half_years(by=house, at=moment_at(ended + timedelta(days=days), time(9))))
    assert told == [0, 1, 0, 0]
    sent = OutgoingMail.objects.get(kind="desk.half_year")
    with act_as_house("build it") as house:
        content = mail_kinds[sent.kind].build(sent)
    assert content is not None
    assert (content.to, sent.facts["person"]) == (cast.desklead.someone.mail_address, cast.desklead.someone.pk)
    assert content.context["list_url"].endswith(f"/palaute/?organisation={cast.here.organisation.code}")


def test_face_that_is_none_is_refused(kiosk: Kiosk, visitor: Actor) -> None:
    with pytest.raises(RuleBroken):
        touch(visitor, kiosk, 5)


def test_old_address_and_an_ended_tablet_take_no_answers(kiosk: Kiosk, visitor: Actor, cast: Cast) -> None:
    old = kiosk_token(kiosk)
    with act_as(cast.desklead.actor) as lead:
        renew_kiosk(by=lead, kiosk=kiosk)
    with act_as(PUBLIC):
        assert kiosk_actor(old) is None
        assert kiosk_actor(kiosk_token(kiosk)) is not None
    with act_as(cast.desklead.actor) as lead:
        end_kiosk(by=lead, kiosk=kiosk)
    with pytest.raises(NotFound):
        touch(visitor, kiosk)


@pytest.mark.parametrize("name", ["adviser", "partner", "outsider", "coordinator"])
def test_only_the_desks_lead_sets_up_renews_and_ends(kiosk: Kiosk, cast: Cast, name: str) -> None:
    with act_as(getattr(cast, name).actor) as actor:
        with pytest.raises(NotAllowed):
            set_up_kiosk(by=actor, desk=cast.here.desk, place="Eteinen")
        with pytest.raises(NotAllowed):
            renew_kiosk(by=actor, kiosk=kiosk)
        with pytest.raises(NotAllowed):
            end_kiosk(by=actor, kiosk=kiosk)


def test_place_is_asked_for(cast: Cast) -> None:
    with act_as(cast.desklead.actor) as lead, pytest.raises(RuleBroken):
        set_up_kiosk(by=lead, desk=cast.here.desk, place=" ")


def test_nobody_elses_tablet_is_read_or_written(kiosk: Kiosk, visitor: Actor, cast: Cast) -> None:
    touch(visitor, kiosk)
    for actor in (PUBLIC, cast.partner.actor, cast.outsider.actor, cast.founder.actor):
        with act_as(actor):
            assert not Kiosk.objects.exists()
            assert not KioskAnswer.objects.exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                KioskAnswer.objects.create(kiosk_id=kiosk.pk, key=uuid.uuid4(), face=1, given_at=NOW)


def test_answer_cannot_be_turned_into_another(kiosk: Kiosk, visitor: Actor) -> None:
    touch(visitor, kiosk)
    with act_as(visitor), pytest.raises(DatabaseError, match="stands as it was given"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update desk_kioskanswer set face = 1")


def test_half_years_sum_matters_and_tablets_apart(kiosk: Kiosk, visitor: Actor, cast: Cast, case: Case) -> None:
    touch(visitor, kiosk, 4)
    touch(visitor, kiosk, 3)
    Feedback.objects.create(case=case, face=2, created_at=datetime(2026, 6, 30, 12, tzinfo=UTC))
    with act_as(cast.desklead.actor) as lead, sql_count(at_most=2):
        found = half_years(lead, cast.here.organisation)
    assert [(each.half, each.source, each.answers, each.mean) for each in found] == [
        (HalfYear(2026, 2), "kiosk", 2, 3.5),
        (HalfYear(2026, 1), "case", 1, 2.0),
    ]
    with act_as(cast.partner.actor) as partner:
        assert half_years(partner, cast.here.organisation) == []


def test_measure_tells_the_mean_of_the_region(kiosk: Kiosk, visitor: Actor, cast: Cast) -> None:
    months = ended_months(2)
    noon = timezone.make_aware(datetime.combine(months.starts[1], time(12)))
    KioskAnswer.objects.bulk_create(KioskAnswer(kiosk=kiosk, key=uuid.uuid4(), face=face, given_at=noon) for face in (4, 4, 4, 3))
    with act_as(PUBLIC):
        assert kiosk_face(cast.here.region.pk, months) == (None, 0)
    KioskAnswer.objects.create(kiosk=kiosk, key=uuid.uuid4(), face=3, given_at=noon)
    with act_as(PUBLIC):
        assert kiosk_face(cast.here.region.pk, months) == (3.6, 5)
        assert kiosk_face(cast.there.region.pk, months) == (None, 0)
