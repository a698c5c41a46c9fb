"""The matcher that a process holds: read once, and never in the way of cards that came after it."""

from collections.abc import Iterator

import pytest

from luukku.catalogue.actions.load_catalogue import load_catalogue
from luukku.catalogue.matching.model import Model
from luukku.catalogue.queries import matching
from luukku.core.actor import act_as_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    matching.forget_model()
    yield
    matching.forget_model()


def test_cards_loaded_after_the_model_was_read_are_found_at_once() -> None:
    matching.read_model()
    assert not [hit for hit in matching.match_need("Mistä saan rahoitusta kahvilan laitteisiin?", "fi").hits if hit.service_id]
    with act_as_house("load the catalogue") as house:
        load_catalogue(by=house)
    found = matching.match_need("Mistä saan rahoitusta kahvilan laitteisiin?", "fi")
    assert found.fits
    assert all(hit.service_id for hit in found.hits)


def test_model_is_read_once_while_no_other_is_taken_into_use(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[matching.Texts] = []
    model = matching.trained_from(matching.default_texts())

    def reading(texts: matching.Texts) -> Model:
        read.append(texts)
        return model

    monkeypatch.setattr(matching, "trained_from", reading)
    for _ in range(3):
        matching.match_need("Haluan perustaa leipomon", "fi")
    assert len(read) == 1
