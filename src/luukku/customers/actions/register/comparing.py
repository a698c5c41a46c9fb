"""SQL that both the report and the applying stand on: what a run's rows would change, and how what the register says becomes columns."""

from luukku.customers.enums import FactField

# Each row of a run that is not broken, beside the company it is about.
COMPARED = """
select r.business_id, r.register, c.id as company_id, c.register as before, c.name as called,
  case when c.id is null then 'new'
    when r.register ->> 'modified' <> '' and r.register ->> 'modified' < c.register ->> 'modified' then 'older'
    when r.register - 'modified' = c.register - 'modified' then 'unchanged'
    else 'changed' end as what
from customers_importrow r left join customers_company c on c.business_id = r.business_id
where r.run_id = %(run)s and r.problem = ''
"""

# What happened to those that changed: the fields, and what people want to hear of.
CHANGED = f"""
select x.*, coalesce(nullif(array_remove(
  array(select k from jsonb_object_keys(is_now || was) k where is_now -> k is distinct from was -> k order by k)
  || case when x.register -> 'names' is distinct from x.before -> 'names' then 'names' end
  || case when is_now ->> 'status' = 'ceased' and was ->> 'status' is distinct from 'ceased' then 'closed' end
  || case when is_now ->> 'municipality' <> was ->> 'municipality' then 'moved' end
  || case when is_now ->> 'name' <> was ->> 'name' then 'renamed' end, null), '{{}}'), '{{dates}}') as kinds
from ({COMPARED}) x
cross join lateral (select x.register -> 'values' as is_now, coalesce(x.before -> 'values', '{{}}') as was) v
where x.what = 'changed'
"""

_EMPTY = """
'{"legal_form": "", "status": "active", "visiting_address": "", "postal_address": "", "industry": "", "industry_system": "", "website": "",
  "registers": []}'::jsonb
"""
COLUMNS = (
    "name", "legal_form", "status", "founded_on", "ended_on", "industry", "industry_system", "visiting_address", "postal_address", "website",
    "registers",
)  # fmt: skip
_EDITED = {field for field in COLUMNS if field in FactField.values}
# From `said` (a table expression with `register`): the columns of a company.
AS_COLUMNS = f"""
(select n.*, m.id as place from jsonb_populate_record(null::customers_company, {_EMPTY} || (said.register -> 'values')) n
 left join network_municipality m on m.code = said.register -> 'values' ->> 'municipality' and m.valid_until is null) col
"""


def _kept(column: str, value: str, field: str) -> str:
    return f"{column} = case when '{field}' = any(own.fields) then c.{column} else {value} end"


# Brings what `said` (company_id, register) says into the companies, but for the fields that an organisation has edited.
UPDATE_COMPANIES = f"""
update customers_company c set
  {", ".join(_kept(each, f"col.{each}", each) if each in _EDITED else f"{each} = col.{each}" for each in COLUMNS)},
  {_kept("municipality_id", "col.place", "municipality")},
  register = said.register, register_seen_at = now()
from (%s) said
cross join lateral {AS_COLUMNS}
left join lateral (
  select array_agg(f.field) as fields from customers_companyfact f where f.company_id = said.company_id and f.ended_at is null
) own on true
where c.id = said.company_id
"""

INSERT_COMPANIES = f"""
with made as (
  insert into customers_company (business_id, is_sample, municipality_id, register, register_seen_at, {", ".join(COLUMNS)})
  select said.business_id, %(is_sample)s, col.place, said.register, now(), {", ".join(f"col.{each}" for each in COLUMNS)}
  from ({COMPARED}) said cross join lateral {AS_COLUMNS} where said.what = 'new'
  returning id
)
insert into customers_importchange (run_id, company_id, kinds, before) select %(run)s, id, array['new'], null from made
"""

# Names of the companies that `said` names, anew.
DROP_NAMES = "delete from customers_companyname n using (%s) said where n.company_id = said.company_id"
INSERT_NAMES = """
insert into customers_companyname (company_id, name, kind, valid_from, valid_until)
select said.company_id, n ->> 0, n ->> 1, (n ->> 2)::date, (n ->> 3)::date
from (%s) said cross join lateral jsonb_array_elements(said.register -> 'names') n
"""
INSERT_WORDS = """
insert into customers_nameword (word)
select distinct w from customers_companyname n join (%s) said on said.company_id = n.company_id, unnest(n.words) w
on conflict do nothing
"""
