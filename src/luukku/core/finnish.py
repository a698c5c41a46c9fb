"""Finnish order and folding, in the database and in Python alike. PostgreSQL wheels have no ICU, so the key is our own.

å, ä, ö come after z in that order; w sorts as w (not v); accents fold to their letter; case does not count.
"""

import re

from django.db import models

_FROM = "åäöæøüéèêáàâãóòôõíìîúùûñçšžðþß"
_TO = "{|}|}yeeeaaaaoooo" + "iiiuuuncszdts"
_TABLE = str.maketrans(_FROM, _TO)

KEY_END = "\U0010ffff"  # after everything that begins with a key: `key <= x < key + KEY_END` are those that do


def finnish_key(text: str) -> str:
    """The sort key of `text`; equal to the database's `wall.finnish_key`."""
    return text.lower().translate(_TABLE)


_FORMS_OF_COMPANY = frozenset(("oy", "ab", "oyj", "abp", "ky", "kb", "ay", "tmi", "fma", "osk", "ry", "osakeyhtio", "aktiebolag", "ja", "och", "and"))
_FOLDED = str.maketrans("{|}", "aao")


def name_words(text: str) -> list[str]:
    """The words of a company's name by which it is found, as they are written; those of the database's `wall.name_words`, which sorts them."""
    words = re.split(r"[^\w]+|_", finnish_key(text).translate(_FOLDED))
    return list(dict.fromkeys(word for word in words if word and word not in _FORMS_OF_COMPANY))


class FinnishKey(models.Func):
    """SQL: the sort key of a text column, for generated columns and ordering."""

    function = "wall.finnish_key"
    output_field = models.TextField()


class LastWordKey(models.Func):
    """SQL: the sort key of the last word of a name, so that a surname is found by its beginning."""

    template = r"wall.finnish_key(regexp_replace(%(expressions)s, '^.*\s(?=\S)', ''))"
    output_field = models.TextField()


class NameWords(models.Func):
    """SQL: the words of a company's name by which it is found, accents and forms of company (Oy, Ab) left out."""

    function = "wall.name_words"


CREATE_SQL = f"""
create or replace function wall.finnish_key(t text) returns text language sql immutable parallel safe
as $$ select translate(lower(t), '{_FROM}', '{_TO}') $$
"""
