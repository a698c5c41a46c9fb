"""Finding a company of the register: by business ID, by any of its names, by an establishment; also misspelt, and in any order of the words.

Register facts are open, so no wall is asked. Names are looked for in three ways, the best first, until there are some: the beginning of a
name; its words, the last one perhaps half written; words spelt nearly so. Nearly so is looked up in the dictionary of all words, which is a
fraction of the names. `ja` and forms of company (Oy, Ab) are no words.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language

from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.finnish import KEY_END, finnish_key, name_words
from luukku.network.access import is_inside

MOST = 50
LONGEST, MOST_WORDS = 120, 5
LIKENESS = 0.4  # of trigrams; 0.3 finds too much that is not meant
Question = tuple[str, dict[str, str | list[str]]]  # SQL that gives company_id, fit (0 best), by_name, kind; and what it is asked with


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company as a list shows it. `by_name` is the name it was found by, when that is another than its own."""

    business_id: str
    name: str
    status: str
    municipality: str
    by_name: str
    kind: str  # of that name: a NameKind, or "establishment"


def find_companies(actor: Actor, text: str, limit: int = 20) -> list[FoundCompany]:
    """Companies that fit what was written, best first and in Finnish order among equals; none for who is outside the network.

    One statement for what is well spelt and common, at most seven for what is not.
    """
    text = " ".join(text.split())[:LONGEST]
    if len(text) < 2 or not (is_inside(actor) or actor.kind == "house"):
        return []
    limit = min(limit, MOST)
    business_id = clean_business_id(text)
    if business_id is not None:
        by_id = "select id as company_id, 0 as fit, name as by_name, '' as kind from customers_company where business_id = %(business_id)s"
        return _shown((by_id, {"business_id": business_id}), 1)
    found: dict[str, FoundCompany] = {}
    for way in (_beginning, _with_words, _going_on, _nearly):
        if len(found) >= limit or (found and way is _nearly):
            break
        question = way(text, limit)
        if question is not None:
            for each in _shown(question, limit):
                found.setdefault(each.business_id, each)
    return list(found.values())[:limit]


def _everywhere(condition: str, fit: str, most: int) -> str:
    """The same condition put to the names and to the establishments."""
    parts = (
        f"(select n.company_id, {fit} as fit, n.name as by_name, {kind} as kind from {table} n where {condition} limit {most})"
        for table, kind in (("customers_companyname", "n.kind"), ("customers_establishment", "'establishment'"))
    )
    return " union all ".join(parts)


def _beginning(text: str, limit: int) -> Question:
    key = finnish_key(text)
    return _everywhere("n.name_key >= %(key)s and n.name_key < %(end)s order by n.name_key, n.id", "0", 2 * limit), {"key": key, "end": key + KEY_END}


def _with_words(text: str, limit: int) -> Question | None:
    """Names with all the words."""
    words = name_words(text)[:MOST_WORDS]
    return (_everywhere("n.words @> %(words)s::text[]", "0", 4 * limit), {"words": words}) if words else None


def _going_on(text: str, limit: int) -> Question | None:
    """Names with all the words, the last of which may go on: the sixty shortest that begin so are tried."""
    words = name_words(text)[:MOST_WORDS]
    if not words:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "select word from customers_nameword where word > %s and word < %s order by length(word), word limit 60", [words[-1], words[-1] + KEY_END]
        )
        ends = [word for (word,) in cursor.fetchall()]
    whole = "n.words @> %(whole)s::text[] and " if words[1:] else ""
    return (_everywhere(f"{whole}n.words && %(ends)s::text[]", "0", 4 * limit), {"whole": words[:-1], "ends": ends}) if ends else None


def _nearly(text: str, limit: int) -> Question | None:
    """Names with a word much like each of the words, the likest first. A word that stands in some name is taken as it is."""
    words = name_words(text)[:MOST_WORDS]
    like: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(
            "select asked, coalesce(k.word, d.word) from unnest(%s::text[]) asked left join customers_nameword k on k.word = asked left join lateral"
            " (select word from customers_nameword where k.word is null and word %% asked order by similarity(word, asked) desc, word limit 12) d"
            " on true where coalesce(k.word, d.word) is not null",
            [words],
        )
        for asked, word in cursor.fetchall():
            like.setdefault(asked, []).append(word)
    if not words or len(like) < len(words):
        return None
    given: dict[str, str | list[str]] = {"text": " ".join(words)}
    given.update({f"like{i}": like[word] for i, word in enumerate(words)})
    condition = " and ".join(f"n.words && %(like{i})s::text[]" for i in range(len(words)))
    return _everywhere(condition, "1 - similarity(array_to_string(n.words, ' '), %(text)s)", 10 * limit), given


def _shown(question: Question, limit: int) -> list[FoundCompany]:
    ways, given = question
    named = "coalesce(nullif(m.name_sv, ''), m.name_fi, '')" if get_language() == "sv" else "coalesce(m.name_fi, '')"
    statement = (
        f"select c.business_id, c.name, c.status, {named}, case when f.by_name <> c.name then f.by_name else '' end, f.kind from ("
        f" select distinct on (company_id) * from ({ways}) w order by company_id, fit, kind = 'former', kind) f"
        " join customers_company c on c.id = f.company_id left join network_municipality m on m.id = c.municipality_id"
        f" order by f.fit, c.status = 'ceased', c.name_key, c.id limit {limit}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [FoundCompany(*row) for row in cursor.fetchall()]
