"""The staff's search over service cards."""

import pytest

from luukku.catalogue.enums import WordKind
from luukku.catalogue.models import ServiceWord
from luukku.catalogue.queries.search import hits
from luukku.core.actor import PUBLIC, act_as
from tests.cast import Cast
from tests.factories.catalogue import ServiceFactory
from tests.harness.counting import sql_count


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("RAHOITUS", ["Rahoitusneuvonta"]),
        ("laina", ["Rahoitusneuvonta"]),
        ("inalain", []),
        ("finan", ["Rahoitusneuvonta"]),
        ("neuvonta", None),
        ("ra", []),
    ],
)
def test_cards_are_found_by_a_part_of_their_name_or_the_beginning_of_a_keyword(cast: Cast, words: str, found: list[str] | None) -> None:
    finance = ServiceFactory.create(name_fi="Rahoitusneuvonta", name_en="Finance advice")
    ServiceFactory.create(name_fi="Perustamisneuvonta")
    ServiceWord.objects.create(service=finance, kind=WordKind.KEYWORD, language="fi", text="Lainat")
    with act_as(cast.adviser.actor) as actor:
        names = [hit.title for hit in hits(actor, words, 20)]
        assert names == found if found is not None else len(names) == 2
        with sql_count(0):
            hits(actor, words, 20)


def test_cards_are_the_staffs_to_search_and_as_many_as_asked(cast: Cast) -> None:
    for number in range(3):
        ServiceFactory.create(name_fi=f"Neuvonta {number}")
    with act_as(cast.adviser.actor) as actor:
        assert len(hits(actor, "neuvonta", 2)) == 2
    with act_as(PUBLIC):
        assert not hits(PUBLIC, "neuvonta", 20)
