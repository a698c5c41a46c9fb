"""Possibly the same matter: other open or lately ended cases of the same person or company, as far as the reader sees. One statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luukku.core.actor import Actor
from luukku.core.finnish import finnish_key
from luukku.desk.models import Case
from luukku.desk.queries.nearest import Nearest
from luukku.desk.queries.nearest import said as nearest

MOST = 5
LATELY = timedelta(days=60)
NEAR, ALIKE = 0.6, 0.3  # shares of common threes of letters: nearly the same words, and much alike
_READ = 30


class Why(TextChoices):
    """Why a case may be the same, the strongest first."""

    CUSTOMER = "customer", _("same customer")
    EMAIL = "email", _("same e-mail address")
    PHONE = "phone", _("same phone number")
    COMPANY = "company", _("same company")
    NAME = "name", _("same name")
    NEAR = "near", _("almost the same words")
    ALIKE = "alike", _("much the same words")


_ORDER = list(Why)
_ENOUGH = {Why.CUSTOMER, Why.EMAIL, Why.PHONE, Why.COMPANY}
# Each way answers by its own index; whose words are kept from the reader's organisation is not compared by them.
_WAYS = {
    Why.CUSTOMER: "select id from desk_case where customer_id = %(customer)s",
    Why.EMAIL: "select c.id from customers_contact k join desk_case c on c.customer_id = k.customer_id where k.email_key = %(email)s",
    Why.PHONE: "select c.id from customers_contact k join desk_case c on c.customer_id = k.customer_id where k.phone_key = %(phone)s",
    Why.NAME: "select c.id from customers_contact k join desk_case c on c.customer_id = k.customer_id where k.name_key = %(name)s",
    Why.COMPANY: "select id from desk_case where (business_id > '' and business_id = %(business_id)s)"
    " or (company_key > '' and company_key = %(company)s)",
}
_FOUND = """
with found as (select id, array_agg(distinct why) as why from ({ways}) f group by id)
select c.number, c.subject, c.own_words, c.language, c.state, c.contacted_at, c.settled_at, coalesce(p.name, ''), f.why, exists (
    select 1 from desk_leg l join network_desk d on d.id = l.desk_id where l.case_id = c.id and d.organisation_id = any(%(ours)s::bigint[])
      and (l.origin_id is not null or exists (select 1 from desk_handover h where h.received_leg_id = l.id))), n.due_at, n.due_kind
from found f join desk_case c on c.id = f.id left join network_person p on p.id = c.sponsor_id
  left join lateral (
    select l.due_at, l.due_kind from desk_leg l where l.case_id = c.id and l.is_open and l.due_at is not null order by l.due_at, l.id limit 1
  ) n on true
where c.readers && %(principals)s::bigint[] and c.id <> %(case)s and c.joined_into_id is null and (c.is_open or c.settled_at > %(since)s)
  and not exists (select 1 from desk_split s where s.undone_at is null and (s.case_id, s.source_id) in ((c.id, %(case)s), (%(case)s, c.id)))
  and not exists (select 1 from desk_notsame n where n.undone_at is null and (n.case_id, n.other_id) in ((c.id, %(case)s), (%(case)s, c.id)))
order by c.is_open desc, c.contacted_at desc, c.id desc limit %(most)s
"""


@dataclass(frozen=True)
class Same:
    """A case that may be the same, and why."""

    number: str
    subject: str
    language: str
    state: str
    contacted_at: datetime
    settled_at: datetime | None
    handler: str
    why: tuple[Why, ...]
    due: Nearest


def possibly_same(actor: Actor, case: Case, *, words: bool = True, now: datetime | None = None) -> list[Same]:
    """The likeliest first, at most MOST. `words`: the reader may read the case's first words, so they are compared too."""
    keys = _keys(case)
    ways = " union all ".join(f"select id, '{why}' as why from ({_WAYS[why]}) w{number}" for number, why in enumerate(keys))
    if not ways or not actor.is_staff:
        return []
    values: dict[str, Any] = {
        **{name: value for pairs in keys.values() for name, value in pairs.items()},
        "case": case.pk, "principals": list(actor.principals), "since": (now or timezone.now()) - LATELY, "most": _READ,
        "ours": [seat.organisation_id for seat in actor.seats if seat.organisation_id],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(ways=ways), values)
        rows = cursor.fetchall()
    found = [same for same in (_same(case, row, words=words) for row in rows) if same is not None]
    return sorted(found, key=_likeliest)[:MOST]


def _keys(case: Case) -> dict[Why, dict[str, Any]]:
    """What is known of who asks, by the way in which it is looked up."""
    keys: dict[Why, dict[str, Any]] = {}
    contact = case.customer.contact if case.customer is not None else None
    if contact is not None:
        keys[Why.CUSTOMER] = {"customer": case.customer_id}
        for why, name, key in (
            (Why.EMAIL, "email", contact.email_key),
            (Why.PHONE, "phone", contact.phone_key),
            (Why.NAME, "name", contact.name_key),
        ):
            if key:
                keys[why] = {name: key}
    if case.business_id or case.company_name:
        keys[Why.COMPANY] = {"business_id": case.business_id, "company": finnish_key(case.company_name) if case.company_name else ""}
    return keys


def _same(case: Case, row: tuple[Any, ...], *, words: bool) -> Same | None:
    number, subject, own_words, language, state, contacted_at, settled_at, handler, codes, kept_back, due_at, due_kind = row
    near = nearness(f"{case.subject} {case.own_words}", f"{subject} {own_words}") if words and not kept_back else nearness(case.subject, str(subject))
    why = {Why(code) for code in codes}
    if near >= ALIKE:
        why.add(Why.NEAR if near >= NEAR else Why.ALIKE)
    if not why & _ENOUGH and Why.NEAR not in why:
        return None
    said = why - {Why.EMAIL, Why.PHONE, Why.NAME} if Why.CUSTOMER in why else why
    return Same(number, subject, language, state, contacted_at, settled_at, handler, tuple(sorted(said, key=_ORDER.index)), nearest(due_at, due_kind))


def _likeliest(same: Same) -> tuple[bool, int, float]:
    """Near words first, then by what is the same, the newest first."""
    return Why.NEAR not in same.why, min(_ORDER.index(why) for why in same.why), -same.contacted_at.timestamp()


def nearness(one: str, other: str) -> float:
    """From 0 to 1: how many threes of letters two texts have in common, of all that they have (Jaccard)."""
    first, second = _threes(one), _threes(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def _threes(text: str) -> set[str]:
    return {f"  {word} "[start : start + 3] for word in text.casefold().split() for start in range(len(word) + 1)}
