"""The load data of the benchmarks: made by bulk SQL past the actions, so every column that comes must be thought of there too."""

from django.db import connection

from luukku.catalogue.actions.load_catalogue import load_catalogue
from luukku.core.actor import act_as_house
from luukku.core.checking import check_data
from luukku.demo.country import is_loaded, load_country
from luukku.desk.models import Case, Clock, Leg, Message
from tests.cast import Cast
from tests.factories.network import RegionFactory


def test_load_data_fits_the_tables_and_is_loaded_once(cast: Cast) -> None:
    RegionFactory.create(is_live=False)
    with act_as_house("services for the load") as house:
        load_catalogue(by=house)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # nothing of this test's own may be pending when triggers are put off
    said: list[str] = []
    load_country(said.append, cases=60, events=120)
    assert is_loaded()
    assert Case.objects.count() == Leg.objects.count() == 60
    assert Clock.objects.exists()
    assert Message.objects.exists()
    load_country(said.append, cases=60, events=120)
    assert Case.objects.count() == 60
    assert said[-1] == "The load data is there already."
    assert {name: found for name, found in check_data().items() if found} == {}
