"""Finnish order is the same in the database and in Python."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from luukku.core.finnish import finnish_key

WORDS = ["Aho", "Wirta", "Virta", "Zetterström", "Åberg", "Äijö", "Öhman", "Çelik", "Šimić", "ahonen", "Álvarez"]
FINNISH_LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöABCÅÄÖéüñß -'", max_size=20)


def _of_database(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select wall.finnish_key(%s)", [text])
        return str(cursor.fetchone()[0])


@pytest.mark.engine
@pytest.mark.django_db
def test_database_and_python_agree() -> None:
    @given(FINNISH_LETTERS)
    def agree(text: str) -> None:
        assert _of_database(text) == finnish_key(text)

    agree()


def test_order_is_that_of_a_finnish_phone_book() -> None:
    wanted = ["Aho", "ahonen", "Álvarez", "Çelik", "Šimić", "Virta", "Wirta", "Zetterström", "Åberg", "Äijö", "Öhman"]
    assert sorted(WORDS, key=finnish_key) == wanted
