"""The tree of service groups: added, renamed, moved, taken out of use by those who keep the network."""

from collections.abc import Callable

import pytest

from luukku.catalogue.actions.grouping import create_group, edit_group, move_group, take_group_out_of_use
from luukku.catalogue.models import ServiceGroup
from luukku.catalogue.queries.choices import group_choices
from luukku.core.errors import NotAllowed, RuleBroken
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]


def group(cast: Cast, name: str, parent: ServiceGroup | None = None) -> ServiceGroup:
    return create_group(by=cast.national.actor, names={"fi": name}, parent=parent)


def tree() -> list[str]:
    return list(ServiceGroup.objects.order_by("order").values_list("name_fi", flat=True))


def test_groups_are_read_each_followed_by_those_under_it(cast: Cast) -> None:
    first, second = group(cast, "Aloittaminen"), group(cast, "Kehittäminen")
    group(cast, "Rahoitus", second)
    group(cast, "Neuvonta", first)
    assert tree() == ["Aloittaminen", "Neuvonta", "Kehittäminen", "Rahoitus"]
    move_group(by=cast.national.actor, group=second, up=True)
    assert tree() == ["Kehittäminen", "Rahoitus", "Aloittaminen", "Neuvonta"]
    second.refresh_from_db()
    move_group(by=cast.national.actor, group=second, up=True)
    assert tree()[0] == "Kehittäminen", "at the end it stays"


def test_group_is_renamed_and_moved_under_another_and_keeps_its_code(cast: Cast) -> None:
    first, second = group(cast, "Aloittaminen"), group(cast, "Rahoitus")
    edit_group(by=cast.national.actor, group=second, names={"fi": "Raha", "sv": "Pengar"}, parent=first)
    second.refresh_from_db()
    assert (second.name_fi, second.name_sv, second.parent, second.code) == ("Raha", "Pengar", first, "rahoitus")


def test_third_storey_a_ring_and_a_nameless_group_are_refused(cast: Cast) -> None:
    top = group(cast, "Kehittäminen")
    leaf = group(cast, "Rahoitus", top)
    for parent, moved in ((leaf, None), (leaf, top), (top, top)):
        with pytest.raises(RuleBroken) as broken:
            group(cast, "Lainat", parent) if moved is None else edit_group(by=cast.national.actor, group=moved, names={"fi": "x"}, parent=parent)
        assert broken.value.field == "parent"
    other = group(cast, "Muu")
    with pytest.raises(RuleBroken):
        edit_group(by=cast.national.actor, group=top, names={"fi": "x"}, parent=other)
    with pytest.raises(RuleBroken) as broken:
        group(cast, " ")
    assert broken.value.field == "name_fi"


def test_group_with_cards_or_groups_stays_in_use(cast: Cast) -> None:
    top = group(cast, "Kehittäminen")
    leaf = group(cast, "Rahoitus", top)
    card = ServiceFactory.create(group=leaf)
    for held in (top, leaf):
        with pytest.raises(RuleBroken):
            take_group_out_of_use(by=cast.national.actor, group=held)
    card.delete()
    take_group_out_of_use(by=cast.national.actor, group=leaf)
    take_group_out_of_use(by=cast.national.actor, group=top)
    assert not group_choices().exists()
    with pytest.raises(RuleBroken):
        take_group_out_of_use(by=cast.national.actor, group=leaf, out=False)
    take_group_out_of_use(by=cast.national.actor, group=top, out=False)
    assert [each.name_fi for each in group_choices()] == ["Kehittäminen"]


@pytest.mark.parametrize("stranger", ["editor", "coordinator", "adviser", "area"])
def test_groups_are_edited_by_those_who_keep_the_network(cast: Cast, stranger: str, client_of: ClientOf) -> None:
    top = group(cast, "Kehittäminen")
    actor = getattr(cast, stranger).actor
    with pytest.raises(NotAllowed):
        create_group(by=actor, names={"fi": "Oma"})
    with pytest.raises(NotAllowed):
        edit_group(by=actor, group=top, names={"fi": "Oma"}, parent=None)
    with pytest.raises(NotAllowed):
        move_group(by=actor, group=top, up=True)
    with pytest.raises(NotAllowed):
        take_group_out_of_use(by=actor, group=top)
    browser = client_of(getattr(cast, stranger))
    for path in ("", "uusi", "kehittaminen/muokkaa", "kehittaminen/pois"):
        assert browser.get(f"/palveluryhmat/{path}").status_code == 403


def test_tree_is_kept_on_screen(cast: Cast, client_of: ClientOf, sql_count: SqlCount) -> None:
    browser = client_of(cast.national)
    assert browser.submit(browser.get("/palveluryhmat/uusi"), {"name_fi": "Kehittäminen"}).status_code == 302
    parent = ServiceGroup.objects.get().pk
    assert browser.submit(browser.get("/palveluryhmat/uusi"), {"name_fi": "Rahoitus", "parent": parent}).status_code == 302
    assert browser.submit(browser.get("/palveluryhmat/uusi"), {"name_fi": "Luvat", "parent": parent}).status_code == 302
    browser.post("/palveluryhmat/luvat/ylos", {})
    assert tree() == ["Kehittäminen", "Luvat", "Rahoitus"]
    assert browser.submit(browser.get("/palveluryhmat/luvat/muokkaa"), {"name_fi": "Luvat ja ilmoitukset", "parent": ""}).status_code == 302
    assert browser.submit(browser.get("/palveluryhmat/rahoitus/pois"), {}).status_code == 302
    assert "Out of use" in browser.get("/palveluryhmat/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    browser.post("/palveluryhmat/rahoitus/kayttoon", {})
    with sql_count(at_most=9):
        browser.get("/palveluryhmat/")
    assert browser.get("/palveluryhmat/luvat/muokkaa").status_code == 200
