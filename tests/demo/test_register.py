"""Companies of the sample network."""

from luukku.customers.models import Company, ImportRun
from luukku.demo.register import SIZES, load_companies, places
from luukku.network.models import Municipality
from tests.cast import Cast


def test_country_is_loaded_once_with_valid_ids_marks_and_sizes(cast: Cast) -> None:
    said: list[str] = []
    load_companies(said.append, how_many=300)
    assert Company.objects.filter(is_sample=True).count() == 300
    assert not Company.objects.filter(persons=None).exists()
    small, large = (Company.objects.filter(**size).count() for size in ({"persons__lte": 9}, {"persons__gte": 10}))
    assert small > 5 * large
    assert ImportRun.objects.get().report["broken"] == 0
    load_companies(said.append, how_many=300)
    assert Company.objects.count() == 300
    assert said[-1] == "The country's companies are there already."
    assert "is_sample" in SIZES  # nobody's real figures are invented over


def test_places_are_todays_with_their_inhabitants(cast: Cast) -> None:
    assert {place.code for place in places()} == set(Municipality.objects.filter(valid_until=None).values_list("code", flat=True))
    assert places([]) == []
