"""Finding a company of the register: by business ID, by any of its names, by an establishment; also misspelt, and in any order of the words.

Register facts are open, so no wall is asked. Names are looked for in three ways, the best first, until there are enough: the beginning of a
name; its words; its words, the last one perhaps half written. Only if none is found, words spelt nearly so are looked up in the dictionary of all
words, which is a fraction of the names. `ja` and forms of company (Oy, Ab) are no words.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language

from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.finnish import KEY_END, finnish_key, name_words
from luukku.network.access import is_inside

MOST = 50
ESTABLISHMENT = "establishment"
LONGEST, MOST_WORDS = 120, 5
LIKENESS = 0.4  # of trigrams; 0.3 finds too much that is not meant
Given = dict[str, str | int | list[str]]
Question = tuple[str, Given]  # SQL that gives company_id, fit (0 best), by_name, kind, place_id, is_closed; and what it is asked with


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company as a list shows it. `by_name` is the name it was found by, when that is another than its own."""

    business_id: str
    name: str
    status: str
    municipality: str
    by_name: str
    kind: str  # of that name: a NameKind, or ESTABLISHMENT
    place: str = ""  # of the establishment: its own municipality
    is_closed: bool = False  # the establishment


def find_companies(actor: Actor, text: str, limit: int = 20) -> list[FoundCompany]:
    """Companies that fit what was written, best first and in Finnish order among equals; none for who is outside the network.

    Two statements for what is well spelt, at most four for what is not.
    """
    return companies_named(actor, text, limit) or companies_named_nearly(actor, text, limit)


def companies_named(actor: Actor, text: str, limit: int = 20) -> list[FoundCompany]:
    """Companies with such a business ID or name, in at most two statements."""
    text = _clean(text)
    if not _may_ask(actor, text):
        return []
    business_id = clean_business_id(text)
    if business_id is not None:
        by_id = (
            f"select id as company_id, 0 as fit, name as by_name, '' as kind, {_NO_PLACE} from customers_company where business_id = %(business_id)s"
        )
        return _shown((by_id, {"business_id": business_id}), 1)
    return _shown(_as_written(text, min(limit, MOST)), min(limit, MOST))


def companies_named_nearly(actor: Actor, text: str, limit: int = 20) -> list[FoundCompany]:
    """Companies with names of words much like these, in at most two statements."""
    text = _clean(text)
    question = _nearly(text, min(limit, MOST)) if _may_ask(actor, text) and clean_business_id(text) is None else None
    return _shown(question, min(limit, MOST)) if question else []


def _clean(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _may_ask(actor: Actor, text: str) -> bool:
    return len(text) >= 2 and (is_inside(actor) or actor.kind == "house")


_NO_PLACE = "null::bigint as place_id, false as is_closed"
_WHERE = (
    ("customers_companyname", "n.kind", _NO_PLACE),
    ("customers_establishment", f"'{ESTABLISHMENT}'", "n.municipality_id as place_id, n.closed_on is not null as is_closed"),
)


def _everywhere(condition: str, fit: str, most: int) -> str:
    """The same condition put to the names and to the establishments."""
    parts = (
        f"(select n.company_id, {fit} as fit, n.name as by_name, {kind} as kind, {place} from {table} n where {condition} limit {most})"
        for table, kind, place in _WHERE
    )
    return " union all ".join(parts)


def _as_written(text: str, limit: int) -> Question:
    """Three ways in one statement; a later way is gone only when those before found fewer companies than are shown.

    The last word may go on: the sixty shortest words that begin so are tried.
    """
    key, words = finnish_key(text), name_words(text)[:MOST_WORDS]
    given: Given = {"key": key, "end": key + KEY_END}
    beginning = _everywhere("n.name_key >= %(key)s and n.name_key < %(end)s order by n.name_key, n.id", "0", 2 * limit)
    if not words:
        return beginning, given
    given |= {"words": words, "whole": words[:-1], "ends": _ends(words[-1])}
    going_on = "n.words && %(ends)s::text[]" + (" and n.words @> %(whole)s::text[]" if words[1:] else "")
    few = f"(select count(distinct company_id) from {{}}) < {limit}"
    with_words = _everywhere(f"{few.format('beginning')} and n.words @> %(words)s::text[]", "0", 4 * limit)
    half_written = _everywhere(f"{few.format('named')} and {going_on}", "1", 4 * limit)
    return (
        f"with beginning as materialized ({beginning}), named as materialized (select * from beginning union all {with_words})"
        f" select * from named union all {half_written}"
    ), given


def _ends(word: str) -> list[str]:
    """Words that begin so. Asked by themselves: from values it does not know the database plans badly."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select word from customers_nameword where word > %s and word < %s order by length(word), word limit 60", [word, word + KEY_END]
        )
        return [end for (end,) in cursor.fetchall()]


def _nearly(text: str, limit: int) -> Question | None:
    """Names with a word much like each of the words, the likest first. A word that stands in some name is taken as it is."""
    words = name_words(text)[:MOST_WORDS]
    like = _words_like(words)
    if not words or len(like) < len(words):
        return None
    given: Given = {"text": " ".join(words)}
    given |= {f"like{i}": like[word] for i, word in enumerate(words)}
    condition = " and ".join(f"n.words && %(like{i})s::text[]" for i in range(len(words)))
    return _everywhere(condition, "1 - similarity(array_to_string(n.words, ' '), %(text)s)", 10 * limit), given


def _words_like(words: list[str]) -> dict[str, list[str]]:
    """By word, the words of the dictionary that are likest it. The threshold is set before the first look, in the same statement."""
    like: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "with t as materialized (select set_config('pg_trgm.similarity_threshold', %s, true) as likeness)"
            " select asked, coalesce(k.word, d.word) from t cross join unnest(%s::text[]) asked left join customers_nameword k on k.word = asked"
            " left join lateral (select word from customers_nameword where t.likeness is not null and k.word is null and word %% asked"
            " order by similarity(word, asked) desc, word limit 12) d on true where coalesce(k.word, d.word) is not null",
            [str(LIKENESS), words],
        )
        for asked, word in cursor.fetchall():
            like.setdefault(asked, []).append(word)
    return like


def _shown(question: Question, limit: int) -> list[FoundCompany]:
    ways, given = question
    named = "coalesce(nullif({0}.name_sv, ''), {0}.name_fi, '')" if get_language() == "sv" else "coalesce({0}.name_fi, '')"
    statement = (
        f"select c.business_id, c.name, c.status, {named.format('m')}, case when f.by_name <> c.name then f.by_name else '' end, f.kind,"
        f" {named.format('p')}, f.is_closed from ("
        f" select distinct on (company_id) * from ({ways}) w order by company_id, fit, kind = 'former' or is_closed, kind <> 'official', kind) f"
        " join customers_company c on c.id = f.company_id left join network_municipality m on m.id = c.municipality_id"
        " left join network_municipality p on p.id = f.place_id"
        f" order by f.fit, c.status = 'ceased', c.name_key, c.id limit {limit}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [FoundCompany(*row) for row in cursor.fetchall()]
