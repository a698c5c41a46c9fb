"""A new network is set up by following its guide, as a coordinator would: every page and every form is counted."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from luukku.governance.models import Group, Meeting
from luukku.network.enums import Role
from luukku.network.models import Organisation, Region, Seat
from luukku.plans.models import Plan
from tests.cast import Cast, Member
from tests.factories.network import RegionFactory, SeatFactory
from tests.harness.client import Client

pytestmark = pytest.mark.django_db
GUIDE = "/verkostot/uusi-seutu/aloitus"
PARTIES = ("Uusikunta", "Uusiseudun työllisyysalue", "Uusiseudun kehitys Oy")
# By hand a page takes some seconds and a form two or three minutes: an hour holds this many with room to think.
PAGES, FORMS = 20, 9


class Walk:
    """Follows the guide; counts what is opened and sent."""

    def __init__(self, browser: Client) -> None:
        self.browser, self.pages, self.forms = browser, 0, 0

    def open(self, path: str) -> Any:
        self.pages += 1
        found = self.browser.get(path, headers={"Accept-Language": "fi"})
        assert found.status_code == 200, path
        return found

    def send(self, page: Any, told: dict[str, Any], **form: Any) -> None:
        self.forms += 1
        answer = self.browser.submit(page, told, **form)
        assert answer.status_code == 302, answer.content.decode()

    def next_step(self) -> str:
        """Where the guide's one button leads; empty when it has none."""
        html = self.open(GUIDE).content.decode()
        found = re.search(r'class="govuk-button" href="([^"]+)"', html)
        return unescape(found[1]) if found else ""


@pytest.fixture
def region(cast: Cast) -> Region:
    made: Region = RegionFactory.create(code="uusi-seutu", name_fi="Uusi seutu", prefix="UUS", is_live=False)
    SeatFactory.create(person=cast.coordinator.someone, role=Role.COORDINATOR, region=made)
    return made


def test_new_network_is_set_up_by_its_guide_within_an_hour(client_of: Callable[[Member], Client], cast: Cast, region: Region) -> None:
    walk, kind = Walk(client_of(cast.coordinator)), cast.here.organisation.type
    browser = walk.browser
    assert GUIDE in browser.get("/tehtavat/").content.decode()  # it waits among what is hers to do
    assert browser.get("/verkostot/").status_code == 200
    step = walk.next_step()
    assert step.endswith("/osapuolet")
    rows = {f"name_{row}": name for row, name in enumerate(PARTIES)} | {f"type_{row}": str(kind.pk) for row in range(len(PARTIES))}
    walk.send(walk.open(step), rows)
    made = Organisation.objects.in_region(region.pk)
    assert made.count() == len(PARTIES)
    told = {f"name_{each.pk}": f"Ensimmäinen {each.name_fi}" for each in made}
    walk.send(walk.open(walk.next_step()), told | {f"email_{each.pk}": f"{each.code}@uusi.example" for each in made})
    assert Seat.objects.filter(role=Role.ORGANISATION_HEAD, organisation__in=made).count() == len(PARTIES)
    walk.send(walk.open(walk.next_step()), {"title": "Uuden seudun yhteistyösopimus"})
    walk.send(walk.open(walk.next_step()), {"name_fi": "Uuden seudun ohjausryhmä"})
    group = Group.objects.get(region=region)
    for number in range(3):
        told = {"outside_name": f"Jäsen {number}", "outside_email": f"jasen{number}@firm.example"}
        step = walk.next_step()
        assert step == f"/ryhmat/{group.pk}/jasen"
        walk.send(walk.open(step), told)
    html = walk.open(walk.next_step()).content.decode()
    to = re.search(rf'href="(/ryhmat/{group.pk}/vuosi[^"]*)"', html)
    assert to
    year = timezone.localdate().year + 1
    usual = f"vuosi={year}&months=3&months=6&months=10&months=12&nth=2&weekday=1&starts=09:00&ends=11:00"
    walk.send(walk.open(f"{to[1].partition('?')[0]}?{usual}"), {}, form="plan")
    assert Meeting.objects.filter(group=group).count() == 4
    walk.send(walk.open(walk.next_step()), {})
    assert Plan.objects.filter(region=region).exists()
    assert walk.next_step() == ""
    assert GUIDE not in browser.get("/tehtavat/").content.decode()
    assert "uusi-seutu" in client_of(cast.national).get("/verkostot/").content.decode()
    assert walk.pages <= PAGES
    assert walk.forms <= FORMS
