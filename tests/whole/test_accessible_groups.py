"""Pages of groups hold axe-core and a phone's width when they are full: a crawl of the fixed world meets them empty."""

from collections.abc import Callable

from luukku.core.actor import Actor, act_as
from luukku.governance.actions.approving import send_out
from luukku.governance.models import Group, Meeting
from tests.cast import Cast, Member
from tests.governance.conftest import group, held, invited, link_of, outside, planned
from tests.harness.client import Client
from tests.whole.crawl import Shown
from tests.whole.test_accessibility import Examine, examine, page, shown_pages

__all__ = ("examine", "group", "held", "invited", "link_of", "outside", "page", "planned", "shown_pages")


def test_full_pages_of_groups_are_accessible(
    client: Client, client_of: Callable[[Member], Client], cast: Cast, group: Group, held: Meeting, invited: Meeting,
    link_of: Callable[[Meeting], tuple[str, Actor]], examine: Examine,
) -> None:  # fmt: skip
    browser = client_of(cast.coordinator)
    paths = ["/ryhmat/", f"/ryhmat/{group.pk}/", f"/kokoukset/{invited.pk}/", f"/kokoukset/{held.pk}/muistio/", f"/kokoukset/{held.pk}/lasna"]
    paths += [
        "/vuosikello/",
        "/vuosikello/tayta?vuosi=2028",
        "/tehtavat/",
        f"/ryhmat/{group.pk}/vuosi?vuosi=2028&months=3&nth=2&weekday=1&starts=09:00&ends=11:00",
        "/ryhmat/lajit/",
    ]
    found = [fault for path in paths for fault in examine(Shown(path, "", browser.get(path).content.decode()), 1280)]
    with act_as(cast.adviser.actor) as by:
        send_out(by=by, meeting=held)
    own = f"/k/{link_of(held)[0]}/"
    found += examine(Shown(own, "", client.get(own).content.decode()), 1280)
    assert found == []
