"""A card of one's own organisation: who makes it, who sees it as a draft, when it is published, and what it says it lacks."""

from collections.abc import Callable
from typing import Any

import pytest

from luukku.catalogue.access import get_service, visible_services
from luukku.catalogue.actions.editing import edit_service, edit_words, restore_version, take_out_of_use
from luukku.catalogue.actions.making import create_service, publish_service
from luukku.catalogue.models import Service, ServiceProvider
from luukku.catalogue.queries.fitness import hindrances, lacks
from luukku.core.actor import PUBLIC
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.models import Event
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory, ServiceGroupFactory
from tests.harness.client import Client

ClientOf = Callable[[Member], Client]


def words(**more: Any) -> dict[str, Any]:
    return {"name_fi": "Yritystreffit", "summary_fi": "Tapaat muita yrittäjiä.", "group": ServiceGroupFactory.create(), "channels": ["visit"]} | more


def draft(cast: Cast, **more: Any) -> Service:
    return create_service(by=cast.editor.actor, owner=cast.here.organisation, values=words(**more))


def test_draft_is_seen_by_its_editors_only_and_published_by_everybody(cast: Cast, client: Client, client_of: ClientOf) -> None:
    card = draft(cast)
    assert card not in visible_services(cast.editor.actor)
    for actor in (PUBLIC, cast.partner.actor, cast.coordinator.actor, cast.adviser.actor):
        with pytest.raises(NotFound):
            get_service(actor, card.code)
    assert "Yritystreffit" not in client.get("/palvelut/").content.decode()
    assert client.get(f"/palvelut/{card.code}/").status_code == 404
    assert "Yritystreffit" in client_of(cast.editor).get("/palvelut/?mine=1").content.decode()
    publish_service(by=cast.editor.actor, service=card)
    assert "Yritystreffit" in client.get("/palvelut/").content.decode()
    card.refresh_from_db()
    assert card.reviewed_by == cast.editor.someone
    assert list(Event.objects.order_by("-pk").values_list("action", "organisation_id")[:1]) == [("service.published", cast.here.organisation.pk)]


def test_owner_gives_its_new_service_where_it_takes_part(cast: Cast) -> None:
    card = draft(cast)
    assert list(ServiceProvider.objects.values_list("service", "organisation", "region", "is_primary")) == [
        (card.pk, cast.here.organisation.pk, cast.here.region.pk, True)
    ]


@pytest.mark.parametrize("stranger", ["adviser", "partner", "coordinator", "steering", "area", "outsider", "national", "shepherd"])
def test_card_of_an_organisation_is_made_by_its_own_editors(cast: Cast, stranger: str) -> None:
    with pytest.raises(NotAllowed):
        create_service(by=getattr(cast, stranger).actor, owner=cast.here.organisation, values=words())
    assert not Service.objects.exists()


def test_common_card_is_made_by_those_who_keep_the_network(cast: Cast, client_of: ClientOf) -> None:
    with pytest.raises(NotAllowed):
        create_service(by=cast.editor.actor, owner=None, values=words())
    card = create_service(by=cast.national.actor, owner=None, values=words(provider_types=["development-company"]))
    publish_service(by=cast.national.actor, service=card)
    assert "Yritystreffit" in client_of(cast.national).get("/palvelut/?mine=1").content.decode()
    with pytest.raises(NotAllowed):
        edit_service(by=cast.editor.actor, service=card, values={"summary_fi": "Toisin."})


def test_draft_is_not_published_before_it_is_fit(cast: Cast) -> None:
    card = draft(cast, summary_fi="", channels=[])
    ServiceProvider.objects.all().delete()
    assert len(hindrances(card)) == 3
    with pytest.raises(RuleBroken) as broken:
        publish_service(by=cast.editor.actor, service=card)
    assert "tiivistelmä" in str(broken.value.message)
    edit_service(by=cast.editor.actor, service=card, values={"summary_sv": "På svenska.", "channels": ["phone"], "provider_types": ["municipality"]})
    assert len(hindrances(card)) == 1, "name and summary must be in one and the same language"
    edit_service(by=cast.editor.actor, service=card, values={"summary_fi": "Suomeksi."})
    publish_service(by=cast.editor.actor, service=card)
    with pytest.raises(RuleBroken):
        publish_service(by=cast.editor.actor, service=card)
    with pytest.raises(NotAllowed):
        publish_service(by=cast.partner.actor, service=card)


def test_card_tells_what_it_lacks_by_language(cast: Cast, client_of: ClientOf) -> None:
    card = draft(cast, name_sv="Företagsträffar", summary_sv="Du träffar andra.", description_sv="Kom med.")
    edit_words(by=cast.editor.actor, service=card, language="sv", kind="phrase", texts=[f"träffa andra {n}" for n in range(20)])
    found = {lack.language: lack for lack in lacks(card)}
    assert set(found) == {"suomi", "englanti"}
    assert (len(found["suomi"].texts), len(found["englanti"].texts)) == (1, 3)
    page = client_of(cast.editor).get(f"/palvelut/{card.code}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "What the card still lacks" in page
    publish_service(by=cast.editor.actor, service=card)
    assert "What the card still lacks" not in client_of(cast.adviser).get(f"/palvelut/{card.code}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_two_cards_of_one_name_have_two_addresses(cast: Cast) -> None:
    assert [draft(cast, name_en="Business dates").code for _ in range(3)] == ["business-dates", "business-dates-2", "business-dates-3"]


def test_group_is_needed_and_one_out_of_use_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken) as broken:
        draft(cast, group=None)
    assert broken.value.field == "group"
    gone = ServiceGroupFactory.create(code="gone", deactivated_at="2026-01-01T00:00Z")
    with pytest.raises(RuleBroken):
        draft(cast, group=gone)
    card = ServiceFactory.create(group=gone, owner=cast.here.organisation)
    edit_service(by=cast.editor.actor, service=card, values={"summary_fi": "Jäi vanhaan ryhmään.", "group": gone})


def test_card_out_of_use_is_hidden_everywhere_and_its_editor_brings_it_back(cast: Cast, client: Client, client_of: ClientOf) -> None:
    card = draft(cast)
    publish_service(by=cast.editor.actor, service=card)
    take_out_of_use(by=cast.editor.actor, service=card)
    assert client.get(f"/palvelut/{card.code}/").status_code == 404
    assert "Yritystreffit" not in client.get("/palvelut/").content.decode()
    browser = client_of(cast.editor)
    assert "Yritystreffit" in browser.get("/palvelut/?mine=1").content.decode()
    browser.post(f"/palvelut/{card.code}/kayttoon", {})
    assert client.get(f"/palvelut/{card.code}/").status_code == 200
    with pytest.raises(NotAllowed):
        take_out_of_use(by=cast.partner.actor, service=card)


def test_group_kinds_of_organisations_validity_and_related_cards_are_edited_and_kept_in_the_history(cast: Cast, client_of: ClientOf) -> None:
    card, other = draft(cast), ServiceFactory.create(name_fi="Neuvonta")
    group = ServiceGroupFactory.create(code="events", name_fi="Tapahtumat")
    values = {"group": group, "provider_types": ["municipality"], "validity": "region", "places": [cast.here.region.pk], "related": [other]}
    edit_service(by=cast.editor.actor, service=card, values=values)
    assert list(other.related.all()) == [card]
    page = client_of(cast.editor).get(f"/palvelut/{card.code}/historia", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Tapahtumat" in page
    assert "Related services were changed" in page
    edit_service(by=cast.editor.actor, service=card, values={"related": []})
    assert not other.related.exists()
    first = Service.pgh_event_model.objects.filter(pgh_obj_id=card.pk).earliest("pgh_id")  # type: ignore[attr-defined]
    restore_version(by=cast.editor.actor, service=card, version=first.pgh_id)
    card.refresh_from_db()
    assert (card.group.code, card.provider_types, card.validity) == ("advice", [], "national")


def test_editor_makes_and_publishes_a_card_on_screen(cast: Cast, client_of: ClientOf, client: Client) -> None:
    browser, group = client_of(cast.editor), ServiceGroupFactory.create()
    page = browser.get("/palvelukortit/uusi")
    assert "Koskimaan Kehitys Oy" in page.content.decode()
    assert 'name="owner"' not in page.content.decode(), "her only organisation needs no choosing"
    broken = browser.submit(page, {"summary_fi": "Tapaat muita.", "group": group.pk})
    assert broken.status_code == 422
    assert "Tapaat muita." in broken.content.decode()
    filled = {"name_fi": "Yritystreffit", "summary_fi": "Tapaat muita.", "group": group.pk, "channels": ["visit", "video"]}
    to = browser.submit(page, filled).headers["Location"]
    assert Service.objects.get().owner == cast.here.organisation
    assert browser.submit(page, filled).headers["Location"] == to, "sent twice it is made once"
    assert Service.objects.count() == 1
    browser.post(f"{to}julkaise", {})
    assert client.get(to).status_code == 200


def test_new_card_is_offered_to_editors_and_refused_to_others(cast: Cast, client: Client, client_of: ClientOf) -> None:
    for member in (cast.adviser, cast.coordinator, cast.steering, cast.shepherd):
        assert client_of(member).get("/palvelukortit/uusi").status_code == 403
    assert client.get("/palvelukortit/uusi").status_code == 302
    assert client_of(cast.national).get("/palvelukortit/uusi").status_code == 200
