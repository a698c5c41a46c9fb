"""Finding a company of the register: by business ID, by any of its names, by an establishment; also misspelt, and in any order of the words.

Register facts are open, so no wall is asked. Names are looked for in three ways, the best first, until there are some: the beginning of a
name; its words, the last one perhaps half written; words spelt nearly so. Nearly so is looked up in the dictionary of all words, which is a
fraction of the names. `ja` and forms of company (Oy, Ab) are no words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

from luukku.core.actor import Actor
from luukku.core.business_id import clean_business_id
from luukku.core.finnish import finnish_key, name_words
from luukku.network.access import is_inside

MOST = 50
LAST = "\U0010ffff"
LONGEST, MOST_WORDS = 120, 5
LIKENESS = 0.4  # of trigrams; 0.3 finds too much that is not meant
Question = tuple[str, dict[str, object]]  # SQL that gives company_id, fit (0 best), by_name, kind; and what it is asked with


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company as a list shows it. `by_name` is the name it was found by, when that is another than its own."""

    business_id: str
    name: str
    status: str
    municipality_id: int | None
    by_name: str
    kind: str  # of that name: a NameKind, or "establishment"


def find_companies(actor: Actor, text: str, limit: int = 20) -> list[FoundCompany]:
    """Companies that fit what was written, best first and in Finnish order among equals; none for who is outside the network.

    At most three statements.
    """
    text = " ".join(text.split())[:LONGEST]
    if len(text) < 2 or not (is_inside(actor) or actor.kind == "house"):
        return []
    limit = min(limit, MOST)
    business_id = clean_business_id(text)
    if business_id is not None:
        by_id = "select id as company_id, 0 as fit, name as by_name, '' as kind from customers_company where business_id = %(business_id)s"
        return _shown((by_id, {"business_id": business_id}), 1)
    words = name_words(text)[:MOST_WORDS]
    found = _shown(_beginning(text, limit), limit)
    ways: list[Callable[[list[str], int], Question]] = [_with_words, _nearly] if words else []
    for way in ways:
        if len(found) >= limit or (found and way is _nearly):
            break
        known = {each.business_id for each in found}
        found += [each for each in _shown(way(words, limit), limit) if each.business_id not in known]
    return found[:limit]


def _everywhere(condition: str, fit: str, most: int) -> str:
    """The same condition put to the names and to the establishments."""
    parts = (
        f"(select n.company_id, {fit} as fit, n.name as by_name, {kind} as kind from {table} n where {condition} limit {most})"
        for table, kind in (("customers_companyname", "n.kind"), ("customers_establishment", "'establishment'"))
    )
    return " union all ".join(parts)


def _beginning(text: str, limit: int) -> Question:
    key = finnish_key(text)
    return _everywhere("n.name_key >= %(key)s and n.name_key < %(end)s order by n.name_key, n.id", "0", 2 * limit), {"key": key, "end": key + LAST}


def _with_words(words: list[str], limit: int) -> Question:
    """Names with all the words; the last may go on (the sixty shortest words that begin so are tried)."""
    going_on = (
        "n.words && (select coalesce(array_agg(w.word), '{}') from"
        " (select d.word from customers_nameword d where d.word >= %(last)s and d.word < %(end)s order by length(d.word), d.word limit 60) w)"
    )
    whole = "n.words @> %(whole)s::text[] and " if words[1:] else ""
    given: dict[str, object] = {"whole": words[:-1], "last": words[-1], "end": words[-1] + LAST}
    return _everywhere(whole + going_on, "0", 4 * limit), given


def _nearly(words: list[str], limit: int) -> Question:
    """Names with a word much like each of the words, the likest first."""
    alike = (
        "n.words && (select coalesce(array_agg(w.word), '{{}}') from (select d.word from customers_nameword d where d.word %% %(word{i})s"
        " order by similarity(d.word, %(word{i})s) desc, d.word limit 12) w)"
    )
    condition = " and ".join(alike.format(i=i) for i in range(len(words)))
    given: dict[str, object] = {f"word{i}": word for i, word in enumerate(words)} | {"text": " ".join(words)}
    return _everywhere(condition, "1 - similarity(array_to_string(n.words, ' '), %(text)s)", 10 * limit), given


def _shown(question: Question, limit: int) -> list[FoundCompany]:
    ways, given = question
    statement = (
        "select c.business_id, c.name, c.status, c.municipality_id, case when f.by_name <> c.name then f.by_name else '' end, f.kind from ("
        f" select distinct on (company_id) * from ({ways}) w order by company_id, fit, kind = 'former', kind) f"
        f" join customers_company c on c.id = f.company_id order by f.fit, c.status = 'ceased', c.name_key, c.id limit {limit}"
    )
    with connection.cursor() as cursor:
        if "similarity" in ways:
            cursor.execute("select set_config('pg_trgm.similarity_threshold', %s, true)", [str(LIKENESS)])
        cursor.execute(statement, given)
        return [FoundCompany(*row) for row in cursor.fetchall()]
