"""The one statement that finds who acts."""

from typing import Literal

from luukku.core.registries import doors_of
from luukku.core.translated import reading_order

# Asked on every page, so it is written out: to compile it anew each time would take three times as long as to run it.
_PERSON_AND_SEATS = """
select p.id, p.principal, p.name, p.user_id, s.id, s.role, s.organisation_id, o.principal, s.region_id, s.area_id,
  {organisation}, {region}, {area},
  array(select h.premises_id from network_houseplace h where h.person_id = p.id and h.valid_until is null order by h.is_host desc, h.id),
  array(select x.principal from network_succession n join network_organisation x on x.id = n.predecessor_id
    where n.successor_id = s.organisation_id and n.is_legal),
  {doors}
from network_person p
left join (
  network_seat s left join network_organisation o on o.id = s.organisation_id
  left join network_region r on r.id = s.region_id left join network_area a on a.id = s.area_id)
  on s.person_id = p.id and o.deactivated_at is null
  and (s.valid_from is null or s.valid_from <= %(today)s) and (s.valid_until is null or s.valid_until >= %(today)s)
where p.deactivated_at is null and p.{column} = %(key)s
order by s.id
"""


def person_and_seats(column: Literal["user_id", "id"]) -> str:
    """SQL with `key` and `today`: a person's id, principal, name and user; each seat of today with its organisation's principal, region and area,
    and what these are called; her houses; the principals
    of those whose legal successor the seat's organisation is; and those that she has besides her seats' own."""
    return _PERSON_AND_SEATS.format(column=column, doors=doors_of("p.id", "%(today)s"), **_names())


def _names() -> dict[str, str]:
    """SQL for the names of what a seat is for, in the page's language."""
    order = reading_order()
    best = {alias: ", ".join(f"nullif({alias}.name_{language}, '')" for language in order) for alias in ("o", "r", "a")}
    return {"organisation": f"coalesce({best['o']})", "region": f"coalesce({best['r']})", "area": f"coalesce({best['a']})"}
