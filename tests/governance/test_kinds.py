"""Kinds of groups are edited on screen, by whose they are."""

from collections.abc import Callable

from luukku.governance.models import GroupKind
from tests.cast import Cast, Member
from tests.harness.client import Client


def test_kind_gets_another_agenda_and_a_region_its_own(client_of: Callable[[Member], Client], cast: Cast) -> None:
    kind = GroupKind.objects.get(code="steering")
    url = f"/ryhmat/lajit/{kind.pk}"
    assert client_of(cast.coordinator).get(url).status_code == 403
    keeper = client_of(cast.national)
    failed = keeper.submit(keeper.get(url), {"points": "Avaus | Öppning | Opening | nonsense"})
    assert failed.status_code == 422
    assert "nonsense" in failed.content.decode()
    assert keeper.submit(keeper.get(url), {"points": "Avaus | Öppning\nTehtävät ||| tasks"}).status_code == 302
    assert list(kind.points.values_list("title_fi", "title_sv", "source")) == [("Avaus", "Öppning", "other"), ("Tehtävät", "", "tasks")]
    browser = client_of(cast.coordinator)
    form = browser.get("/ryhmat/lajit/uusi")
    assert browser.submit(form, {"name_fi": "Kylätiimi", "confidentiality": "network", "points": "Avaus"}).status_code == 302
    own = GroupKind.objects.get(name_fi="Kylätiimi")
    assert own.region == cast.here.region
    assert "Kylätiimi" in browser.get("/ryhmat/lajit/").content.decode()
