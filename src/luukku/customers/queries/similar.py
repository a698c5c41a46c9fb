"""Companies like this one: of the same industry in the same region, the likest first. Register facts are open."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language, gettext_lazy

from luukku.core.actor import Actor
from luukku.customers.enums import IndustrySystem
from luukku.customers.models import Company
from luukku.network.access import is_inside

MOST, YEARS = 6, 5
CLASS = "case when {0} is null then null when {0} < 10 then 1 when {0} < 50 then 2 when {0} < 250 then 3 else 4 end"  # the EU's classes of size
WHY = (gettext_lazy("the very same industry"), gettext_lazy("same municipality"), gettext_lazy("same size"), gettext_lazy("about the same age"))
LIKE = f"""
select c.business_id, c.name, coalesce(nullif(case when %(language)s = 'sv' then m.name_sv end, ''), m.name_fi),
  c.industry = %(industry)s as industry, c.municipality_id = %(place)s as place,
  coalesce({CLASS.format("c.persons")} = {CLASS.format("%(persons)s::integer")}, false) as size,
  coalesce(abs(c.founded_on - %(founded_on)s::date) <= {YEARS} * 366, false) as age
from customers_company c join network_municipality m on m.id = c.municipality_id
where c.municipality_id in (
    select %(place)s union
    select o.municipality_id from network_regionmunicipality h join network_regionmunicipality o on o.region_id = h.region_id
    where h.municipality_id = %(place)s and h.valid_until is null and o.valid_until is null)
  and c.industry_system = %(system)s and c.industry >= %(division)s and c.industry < %(end)s and c.status <> 'ceased' and c.id <> %(id)s
order by (c.industry = %(industry)s)::int * 2 + (c.municipality_id = %(place)s)::int * 2
  + coalesce({CLASS.format("c.persons")} = {CLASS.format("%(persons)s::integer")}, false)::int
  + coalesce(abs(c.founded_on - %(founded_on)s::date) <= {YEARS} * 366, false)::int desc, c.name_key, c.id
limit {MOST}
"""


@dataclass(frozen=True)
class Similar:
    business_id: str
    name: str
    municipality: str
    why: list[str]


def similar_to(company: Company) -> list[Similar]:
    """At most MOST; none for a company whose industry or municipality nobody knows. One statement."""
    division = company.industry[:2]
    if company.municipality_id is None or not division.isdigit() or company.industry_system not in IndustrySystem.values:
        return []
    asked: dict[str, Any] = {
        "language": get_language(), "industry": company.industry, "place": company.municipality_id, "persons": company.persons, "id": company.pk,
        "founded_on": company.founded_on, "system": company.industry_system, "division": division, "end": f"{int(division) + 1:02d}",
    }  # fmt: skip
    if asked["end"] == "100":
        asked["end"] = "A"
    with connection.cursor() as cursor:
        cursor.execute(LIKE, asked)
        rows = cursor.fetchall()
    return [
        Similar(business_id, name, municipality, [str(words) for words, holds in zip(WHY, likeness, strict=True) if holds])
        for business_id, name, municipality, *likeness in rows
    ]


def similar_panel(actor: Actor, company: Company) -> dict[str, Any] | None:
    """For the company's page."""
    found = similar_to(company) if is_inside(actor) else []
    return {"companies": found} if found else None
