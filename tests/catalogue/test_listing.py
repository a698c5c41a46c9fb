"""The list of services: each facet leaves just what fits, and the search finds by name, keyword and everyday words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import Service, ServiceProvider, ServiceWord
from luukku.catalogue.queries import listing
from luukku.catalogue.queries.listing import CardFilter, cards, found_cards, language_choices
from luukku.catalogue.queries.matching import NeedMatch, Reason, ServiceHit
from luukku.core.actor import PUBLIC
from luukku.network.models import OrganisationType, Person
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory, ServiceGroupFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]


def named(chosen: CardFilter, **more: object) -> list[str]:
    return [card.name_fi for card in cards(PUBLIC, chosen, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("facet", "value", "fields"), [
    ("segment", "founder", {"segments": ["founder"]}),
    ("segment", "large", {"segments": ["foreign-investor"]}),
    ("channel", "video", {"channels": ["video", "phone"]}),
    ("price", "paid", {"price": "paid"}),
    ("language", "ru", {"languages": ["fi", "ru"]}),
])  # fmt: skip
def test_facet_leaves_the_cards_that_fit(cast: Cast, facet: str, value: str, fields: dict[str, object]) -> None:
    ServiceFactory.create(name_fi="Sopii", **fields)
    ServiceFactory.create(name_fi="Ei sovi")
    assert named(CardFilter(**{facet: value})) == ["Sopii"]  # type: ignore[arg-type]


def test_group_holds_the_cards_of_the_groups_under_it(cast: Cast) -> None:
    top = ServiceGroupFactory.create(code="developing", name_fi="Kehittäminen")
    under = ServiceGroupFactory.create(code="finance", name_fi="Rahoitus", parent=top)
    ServiceFactory.create(name_fi="Laina", group=under)
    ServiceFactory.create(name_fi="Muu")
    assert named(CardFilter(group="developing")) == ["Laina"] == named(CardFilter(group="finance"))


def test_facets_narrow_together(cast: Cast) -> None:
    ServiceFactory.create(name_fi="Molemmat", price="paid", channels=["video"])
    ServiceFactory.create(name_fi="Toinen", price="paid")
    assert named(CardFilter(price="paid", channel="video")) == ["Molemmat"]


def test_municipality_leaves_what_its_region_gives_by_name_or_by_kind(cast: Cast, client: Client) -> None:
    ServiceProvider.objects.create(service=ServiceFactory.create(name_fi="Nimetty"), organisation=cast.partners, region=cast.here.region)
    ServiceProvider.objects.create(service=ServiceFactory.create(name_fi="Muualla"), organisation=cast.there.organisation, region=cast.there.region)
    ServiceFactory.create(name_fi="Lajin mukaan", provider_types=[cast.here.organisation.type.code])
    ServiceFactory.create(name_fi="Ei kukaan", provider_types=["no-such"])
    assert set(named(CardFilter(), region=cast.here.region)) == {"Nimetty", "Lajin mukaan"}
    page = client.get(f"/palvelut/?municipality={cast.here.municipality.code}").content.decode()
    assert "Nimetty" in page
    assert "Muualla" not in page
    assert f"?municipality={cast.here.municipality.code}" in page, "the card opens where she is"


def test_service_is_given_in_the_languages_of_its_published_contact_persons_too(cast: Cast) -> None:
    Person.objects.filter(pk=cast.partner.someone.pk).update(languages=["fi", "et"])
    card = ServiceFactory.create(name_fi="Neuvonta")
    ServiceProvider.objects.create(service=card, organisation=cast.partners, region=cast.here.region, person=cast.partner.someone)
    assert named(CardFilter(language="et")) == ["Neuvonta"]
    assert "et" in dict(language_choices(PUBLIC))
    assert named(CardFilter(language="et"), region=cast.there.region) == []
    Person.objects.filter(pk=cast.partner.someone.pk).update(is_published=False)
    assert named(CardFilter(language="et")) == []
    assert "et" not in dict(language_choices(PUBLIC))


def test_search_finds_by_name_then_keyword_then_need_and_within_the_facets(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    matched = ServiceFactory.create(code="matched", name_fi="Haettu tarpeella")
    keyword = ServiceFactory.create(code="keyword", name_fi="Avainsanalla")
    ServiceWord.objects.create(service=keyword, kind=WordKind.KEYWORD, language="fi", text="starttirahaa")
    by_name = ServiceFactory.create(code="by-name", name_fi="Starttiraha", price="paid")
    hits = (ServiceHit(matched.pk, "matched", 0.8, Reason("words", ("raha",))), ServiceHit(by_name.pk, "by-name", 0.1, Reason()))
    monkeypatch.setattr(listing, "match_need", lambda words, place=None, top=5: NeedMatch(hits, fits=True))
    assert [each.card for each in found_cards(PUBLIC, CardFilter(words="Starttiraha"))] == [by_name, keyword, matched]
    assert found_cards(PUBLIC, CardFilter(words="Starttiraha"))[2].why
    assert [each.card for each in found_cards(PUBLIC, CardFilter(words="Starttiraha", price="paid"))] == [by_name]
    monkeypatch.setattr(listing, "match_need", lambda words, place=None, top=5: NeedMatch(hits, fits=False))
    assert found_cards(PUBLIC, CardFilter(words="hirviä pellolla")) == []


def test_search_stands_in_the_address_and_says_when_nothing_is_found(cast: Cast, client: Client) -> None:
    ServiceFactory.create(name_fi="Rahoitusneuvonta")
    ServiceFactory.create(name_fi="Kiinteistöneuvonta")
    page = client.get("/palvelut/?q=rahoitus").content.decode()
    assert "Rahoitusneuvonta" in page
    assert "Kiinteistöneuvonta" not in page
    assert 'value="rahoitus"' in page
    assert "No service fits all of these" in client.get("/palvelut/?q=xyzzyxyzzy", HTTP_ACCEPT_LANGUAGE="en").content.decode()


def test_list_costs_the_same_however_many_cards_there_are(cast: Cast, client: Client, sql_count: SqlCount) -> None:
    url = f"/palvelut/?municipality={cast.here.municipality.code}&language=fi"
    ServiceFactory.create(provider_types=[cast.here.organisation.type.code], languages=["fi"])
    client.get(url)
    with sql_count(at_most=14):
        client.get(url)
    for _ in range(5):
        ServiceFactory.create(provider_types=[cast.here.organisation.type.code], languages=["fi"])
    with sql_count(at_most=14):
        client.get(url)


def test_card_is_shown_within_its_days_only(cast: Cast, client: Client, client_of: ClientOf) -> None:
    today = timezone.localdate()
    day = timedelta(days=1)
    ServiceFactory.create(name_fi="Tänään", valid_from=today, valid_until=today)
    past = ServiceFactory.create(name_fi="Mennyt", valid_until=today - day, owner=cast.here.organisation)
    ServiceFactory.create(name_fi="Tuleva", valid_from=today + day)
    assert named(CardFilter()) == ["Tänään"]
    assert client.get(f"/palvelut/{past.code}/").status_code == 404
    assert client_of(cast.editor).get(f"/palvelut/{past.code}/").status_code == 200


def test_card_shows_what_it_tells_of_itself(cast: Cast, client: Client) -> None:
    other = ServiceFactory.create(name_fi="Toinen palvelu")
    card = ServiceFactory.create(
        documents_fi="Kauppakirja.", languages=["fi", "uk"], industries=["f"], handling_days=14, channels=["e-service", "phone", "e-mail"],
        channel_links={"e-service": "https://asiointi.example/", "phone": "06 555 0101", "visit": "Torikatu"}, validity="region", places=[cast.here.region.pk],
    )  # fmt: skip
    card.related.add(other)
    page = client.get(f"/palvelut/{card.code}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    for words in (
        "Kauppakirja.",
        "українська",
        "Construction",
        "14 days",
        'href="https://asiointi.example/"',
        'href="tel:+35865550101"',
        "Toinen palvelu",
    ):
        assert words in page, words
    assert "Torikatu" not in page, "a way that the card does not offer is not told"


def test_facts_of_a_card_are_edited_on_screen(cast: Cast, client_of: ClientOf) -> None:
    card = ServiceFactory.create(owner=cast.here.organisation, channels=["phone"])
    browser = client_of(cast.editor)
    page = browser.get(f"/palvelut/{card.code}/muokkaa")
    filled = {
        "languages": ["fi", "sv"], "industries": ["g"], "handling_days": "10", "to_phone": "06 555 0101", "to_e-service": "https://x.example/a",
        "valid_from": "2026-01-01", "valid_until": "2099-12-31", "documents_fi": "Liitteet.",
    }  # fmt: skip
    assert browser.submit(page, filled).status_code == 302
    card = Service.objects.get()
    assert card.channel_links == {"phone": "06 555 0101", "e-service": "https://x.example/a"}
    assert (card.languages, card.industries, card.handling_days, card.documents_fi) == (["fi", "sv"], ["g"], 10, "Liitteet.")
    refused = browser.submit(browser.get(f"/palvelut/{card.code}/muokkaa"), {"valid_until": "2025-12-31", "to_e-service": "javascript:alert(1)"})
    assert refused.status_code == 422
    history = browser.get(f"/palvelut/{card.code}/historia").content.decode()
    assert "06 555 0101" in history
    assert "Liitteet." in history


def test_card_says_who_answers_for_it_and_staff_see_who_looked_it_over(cast: Cast, client: Client, client_of: ClientOf) -> None:
    today = timezone.localdate()
    own = ServiceFactory.create(owner=cast.partners, reviewed_at=today, reviewed_by=cast.partner.someone)
    common = ServiceFactory.create()
    OrganisationType.objects.filter(pk=cast.partners.type_id).update(is_private=True)
    page = client.get(f"/palvelut/{own.code}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Koskimaan Kauppakamari ry" in page
    assert "Private service" in page
    assert "Pekka Partner" not in page
    assert "Pekka Partner" in client_of(cast.adviser).get(f"/palvelut/{own.code}/").content.decode()
    assert "The national owner" in client.get(f"/palvelut/{common.code}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
