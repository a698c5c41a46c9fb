"""Keywords and everyday phrases: who edits them, what is kept of what was, and how it comes back."""

from collections.abc import Callable

import pytest

from luukku.catalogue.actions.editing import LONGEST_WORDS, edit_words, undo_words
from luukku.catalogue.models import Service, ServiceWord
from luukku.catalogue.queries.word_history import word_changes
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import Cast, Member
from tests.factories.catalogue import ServiceFactory
from tests.harness.client import Client
from tests.network.fixtures import SqlCount

ClientOf = Callable[[Member], Client]


@pytest.fixture
def card(cast: Cast) -> Service:
    return ServiceFactory.create(code="neuvonta", name_fi="Neuvonta", owner=cast.here.organisation)


def write(cast: Cast, card: Service, *texts: str, kind: str = "phrase", language: str = "fi") -> int:
    return edit_words(by=cast.editor.actor, service=card, language=language, kind=kind, texts=texts)


def have(card: Service, kind: str = "phrase", language: str = "fi") -> list[str]:
    return list(ServiceWord.objects.filter(service=card, kind=kind, language=language).order_by("id").values_list("text", flat=True))


def test_words_are_replaced_line_by_line_without_doubles_and_space(cast: Cast, card: Service) -> None:
    assert write(cast, card, "  pitäis  saada rahaa ", "pitäis saada rahaa", "", "mistä lainaa") == 2
    assert have(card) == ["pitäis saada rahaa", "mistä lainaa"]
    kept = ServiceWord.objects.get(text="mistä lainaa").pk
    write(cast, card, "mistä lainaa", "uusi")
    assert have(card) == ["mistä lainaa", "uusi"]
    assert ServiceWord.objects.get(text="mistä lainaa").pk == kept, "what stays is not written anew"


def test_words_of_another_kind_and_language_stay(cast: Cast, card: Service) -> None:
    write(cast, card, "laina", kind="keyword")
    write(cast, card, "lån", language="sv")
    write(cast, card, "mistä lainaa")
    write(cast, card)
    assert (have(card), have(card, "keyword"), have(card, language="sv")) == ([], ["laina"], ["lån"])


def test_too_long_a_line_is_named_and_nothing_changes(cast: Cast, card: Service) -> None:
    write(cast, card, "vanha")
    with pytest.raises(RuleBroken) as broken:
        write(cast, card, "uusi", "pitkä " * LONGEST_WORDS)
    assert (broken.value.field, have(card)) == ("texts", ["vanha"])


@pytest.mark.parametrize("stranger", ["adviser", "partner", "coordinator", "national"])
def test_words_are_the_editors_and_of_those_who_keep_the_network(cast: Cast, card: Service, stranger: str) -> None:
    actor = getattr(cast, stranger).actor
    if stranger == "national":
        assert edit_words(by=actor, service=card, language="fi", kind="phrase", texts=["x y"]) == 1
        return
    with pytest.raises(NotAllowed):
        edit_words(by=actor, service=card, language="fi", kind="phrase", texts=["x y"])
    write(cast, card, "a b")
    with pytest.raises(NotAllowed):
        undo_words(by=actor, service=card, version=word_changes(card)[0].version)


def test_each_change_is_kept_word_by_word_with_who_made_it(cast: Cast, card: Service) -> None:
    write(cast, card, "yksi", "kaksi")
    write(cast, card, "kaksi", "kolme")
    newest, oldest = word_changes(card)
    assert (list(newest.gone), list(newest.came), newest.person_id) == (["yksi"], ["kolme"], cast.editor.someone.pk)
    assert (list(oldest.gone), list(oldest.came)) == ([], ["yksi", "kaksi"])


def test_words_come_back_as_they_were_before_a_change_and_that_is_undone_too(cast: Cast, card: Service) -> None:
    write(cast, card, "yksi", "kaksi")
    write(cast, card, "laina", kind="keyword")
    write(cast, card)
    write(cast, card, "toinen", kind="keyword")
    emptied = next(change for change in word_changes(card) if sorted(change.gone) == ["kaksi", "yksi"])
    assert undo_words(by=cast.editor.actor, service=card, version=emptied.version) == 2
    assert (have(card), have(card, "keyword")) == (["yksi", "kaksi"], ["toinen"])
    with pytest.raises(RuleBroken):
        undo_words(by=cast.editor.actor, service=card, version=emptied.version)
    undo_words(by=cast.editor.actor, service=card, version=word_changes(card)[0].version)
    assert have(card) == []


def test_what_was_there_before_anybody_edited_comes_back(cast: Cast, card: Service) -> None:
    for text in ("eka", "toka"):
        ServiceWord.objects.create(service=card, kind="phrase", language="fi", text=text)
    write(cast, card, "tilalle")
    assert len(word_changes(card)) == 1, "what came with the catalogue is no change of anybody's"
    undo_words(by=cast.editor.actor, service=card, version=word_changes(card)[0].version)
    assert have(card) == ["eka", "toka"]


def test_change_of_another_card_is_not_found(cast: Cast, card: Service) -> None:
    other = ServiceFactory.create(owner=cast.here.organisation)
    write(cast, card, "yksi")
    with pytest.raises(NotFound):
        undo_words(by=cast.editor.actor, service=other, version=word_changes(card)[0].version)


def test_words_are_edited_and_brought_back_on_screen(cast: Cast, card: Service, client_of: ClientOf, sql_count: SqlCount) -> None:
    browser = client_of(cast.editor)
    page = browser.get("/palvelut/neuvonta/sanat/phrase/fi")
    assert browser.submit(page, {"texts": "mistä rahaa\nmistä lainaa"}).status_code == 302
    assert browser.submit(browser.get("/palvelut/neuvonta/sanat/phrase/fi"), {"texts": "mistä rahaa"}).status_code == 302
    history = browser.get("/palvelut/neuvonta/historia").content.decode()
    assert "<del>mistä lainaa</del>" in history
    assert history.count("mistä lainaa") == 2, "told once a change: by the words' history, not by the trail as well"
    change = word_changes(card)[0]
    assert client_of(cast.partner).post(f"/palvelut/neuvonta/historia/sanat/{change.version}/palauta", {}).status_code == 403
    browser.post(f"/palvelut/neuvonta/historia/sanat/{change.version}/palauta", {})
    assert have(card) == ["mistä rahaa", "mistä lainaa"]
    with sql_count(at_most=13):
        browser.get("/palvelut/neuvonta/historia")
