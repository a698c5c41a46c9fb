from dataclasses import replace

import pytest

from luukku.catalogue.matching.cards import default_cards, default_unfit
from luukku.catalogue.matching.embedding import installed_embedder
from luukku.catalogue.matching.model import Model
from luukku.catalogue.matching.train import train


@pytest.fixture(scope="session")
def with_meaning() -> Model:
    """The default catalogue's matcher, with the language model."""
    embedder = installed_embedder()
    assert embedder is not None, "the extra `meaning` belongs to the development environment"
    return train(default_cards(), default_unfit(), (), embedder)


@pytest.fixture(scope="session")
def by_words(with_meaning: Model) -> Model:
    """The same without the language model."""
    return replace(with_meaning.without_meaning(), embedder=lambda: None)
