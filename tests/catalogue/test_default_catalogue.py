"""The catalogue that comes with the product: enough everyday words on every card, and a second load that leaves editors' work alone."""

import json
import re

import pytest
from django.db.models import QuerySet

from luukku.catalogue.actions.editing import edit_service, edit_words, take_out_of_use
from luukku.catalogue.actions.load_catalogue import load_catalogue
from luukku.catalogue.matching.cards import DATA, LANGS, default_cards, default_unfit
from luukku.catalogue.models import Service, ServiceGroup, ServiceWord
from luukku.catalogue.queries.matching import catalogue_texts
from luukku.core.actor import act_as_house
from luukku.core.errors import NotAllowed
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory


@pytest.mark.parametrize("lang", LANGS)
def test_each_card_has_twenty_everyday_phrases_in_each_language(lang: str) -> None:
    few = {card.id: len(set(card.phrases[lang])) for card in default_cards() if len(set(card.phrases[lang])) < 20}
    assert few == {}
    assert len(default_cards()) == 80


@pytest.mark.parametrize("lang", LANGS)
def test_hundred_needs_that_nothing_fits_are_known_in_each_language(lang: str) -> None:
    assert len({need.text for need in default_unfit() if need.lang == lang}) >= 100


def test_each_card_is_told_of_in_three_languages() -> None:
    told = json.loads((DATA / "texts.json").read_text(encoding="utf-8"))
    assert set(told) == {card.id for card in default_cards()}
    for code, texts in told.items():
        for stem in texts.keys() - {"description"}:
            assert set(texts[stem]) == set(LANGS), (code, stem)
        for lang in ("sv", "en"):
            assert 2 <= len(re.findall(r"[.!?](?:\s|$)", texts["description"][lang])) <= 5, (code, lang)
            assert texts["description"][lang].strip() == texts["description"][lang]


def test_no_phrase_belongs_to_two_cards() -> None:
    whose: dict[tuple[str, str], set[str]] = {}
    for card in default_cards():
        for lang in LANGS:
            for text in card.phrases[lang]:
                whose.setdefault((lang, text.casefold()), set()).add(card.id)
    assert {said: cards for said, cards in whose.items() if len(cards) > 1} == {}


def test_second_load_leaves_edits_alone_and_adds_what_is_missing(cast: Cast) -> None:
    with act_as_house("load the catalogue") as house:
        assert load_catalogue(by=house).services == 80
        card = Service.objects.get(code="founding-advice")
        edit_service(by=house, service=card, values={"name_fi": "Oma nimi", "price": "paid", "related": [], "owner": cast.here.organisation})
        edit_words(by=house, service=card, language="fi", kind="phrase", texts=["oma ilmaus"])
        gone = Service.objects.get(code="idea-assessment")
        take_out_of_use(by=house, service=gone)
        ServiceGroup.objects.filter(code="mentoring").update(name_fi="Kummit")
        Service.objects.get(code="closing-a-business").delete()
        again = load_catalogue(by=house)
    card.refresh_from_db()
    assert (again.groups, again.services) == (0, 1)
    assert again.words >= 60
    assert (card.name_fi, card.price, card.owner) == ("Oma nimi", "paid", cast.here.organisation)
    assert list(ServiceWord.objects.filter(service=card, language="fi", kind="phrase").values_list("text", flat=True)) == ["oma ilmaus"]
    assert Service.objects.get(code="idea-assessment").deactivated_at is not None
    assert ServiceGroup.objects.get(code="mentoring").name_fi == "Kummit"


def test_texts_of_a_later_release_come_into_empty_places_of_untouched_cards_only(cast: Cast) -> None:
    with act_as_house("load the catalogue") as house:
        load_catalogue(by=house)
        full = Service.objects.get(code="founding-advice")
        assert full.description_sv
        assert full.prepare_en
        Service.objects.filter(code__in=["founding-advice", "business-plan-help"]).update(description_sv="", description_en="Own words.")
        edit_service(by=house, service=Service.objects.get(code="business-plan-help"), values={"description_sv": ""})
        assert load_catalogue(by=house).filled == 1
        assert load_catalogue(by=house).filled == 0
    kept = Service.objects.in_bulk(["founding-advice", "business-plan-help"], field_name="code")
    assert (kept["founding-advice"].description_sv, kept["founding-advice"].description_en) == (full.description_sv, "Own words.")
    assert kept["business-plan-help"].description_sv == ""


def test_keywords_of_a_later_release_come_in_languages_that_never_had_any(cast: Cast) -> None:
    def swedish(code: str) -> QuerySet[ServiceWord]:
        return ServiceWord.objects.filter(service__code=code, language="sv", kind="keyword")

    older = ServiceFactory.create(code="founding-advice", reviewed_at=None)
    ServiceWord.objects.create(service=older, language="fi", kind="keyword", text="oma sana")
    with act_as_house("load the catalogue") as house:
        load_catalogue(by=house)
        edit_words(by=house, service=Service.objects.get(code="idea-assessment"), language="sv", kind="keyword", texts=[])
        assert load_catalogue(by=house).words == 0
    assert swedish("founding-advice").filter(text="starta eget").exists()
    assert list(ServiceWord.objects.filter(service=older, language="fi", kind="keyword").values_list("text", flat=True)) == ["oma sana"]
    assert not swedish("idea-assessment").exists()


def test_texts_that_people_read_leave_the_shipped_learning_as_it_is(cast: Cast) -> None:
    with act_as_house("load the catalogue") as house:
        load_catalogue(by=house)
        assert catalogue_texts(with_confirmed=False).cards is default_cards()


def test_catalogue_is_loaded_by_those_who_keep_the_network(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        load_catalogue(by=cast.editor.actor)
