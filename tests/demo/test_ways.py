"""Ways of contact of the sample network that the year's stories do not use, each by the product's own actions."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from luukku.core.models import Event
from luukku.demo import clock
from luukku.demo.mailing import write_to_doors
from luukku.demo.texts import TEXTS, write_texts
from luukku.demo.ways import come_by_other_ways
from luukku.desk.models import Case, Fate, IncomingMail, Leg, ReadyText
from luukku.network.enums import Role
from tests.cast import Cast, member


@pytest.fixture
def built(cast: Cast) -> Any:
    cast.partner_desk.has_door = True
    cast.partner_desk.save()
    people = {"adviser": cast.adviser, "desklead": cast.desklead, "operator": member("operator", "Outi Operator", Role.OPERATOR)}
    desks = {("suupohja", "sek"): cast.here.desk, ("suupohja", "finnvera"): cast.partner_desk}
    logins = {name: each.someone for name, each in people.items()}
    return SimpleNamespace(logins=logins, regions={"suupohja": cast.here.region}, desks=desks)


def test_doors_have_mail_of_each_kind(built: Any, cast: Cast) -> None:
    with clock.living_on(timezone.localdate()):
        write_to_doors(built)
    assert sorted(IncomingMail.objects.values_list("fate", flat=True)) == [Fate.CASE, Fate.CASE, Fate.UNROUTED, Fate.UNROUTED]
    assert set(Leg.objects.values_list("desk", flat=True)) == {cast.here.desk.pk, cast.partner_desk.pk}


def test_other_ways_and_a_matter_opened_again_are_there(built: Any) -> None:
    with clock.living_on(timezone.localdate()):
        come_by_other_ways(built)
    assert set(Case.objects.values_list("channel", flat=True)) == {"video", "social", "appointment"}
    assert Event.objects.filter(action="case.reopened").count() == 1


def test_ready_texts_are_written(built: Any) -> None:
    write_texts(built)
    assert ReadyText.objects.count() == len(TEXTS)
