-- Bulk load of the sample network at the scale of the country. Each step is one statement; parameters come from country.py.

-- step: organisations with desks in other regions
with spots as (
  select r.id region_id, r.code, row_number() over (order by r.code) n from network_region r where not r.is_live
), made as (
  insert into network_organisation (code, name_fi, name_sv, name_en, short_name, type_id, business_id, role_text_fi, role_text_sv, role_text_en,
    phone, email, website, is_sample, created_at, source)
  select 'load-' || code, 'Yrityspalvelut ' || code, '', '', '', (select id from network_organisationtype where code = 'development-company'), '',
    '', '', '', '', '', '', true, now(), %(mark)s
  from spots where n <= %(organisations)s returning id, code
), parts as (
  insert into network_participation (organisation_id, region_id, valid_from)
  select made.id, spots.region_id, wall.today() from made join spots on made.code = 'load-' || spots.code
)
insert into network_desk (organisation_id, region_id, name_fi, name_sv, name_en, is_front, phone)
select made.id, spots.region_id, 'Yrityspalvelut ' || spots.code, '', '', true, '' from made join spots on made.code = 'load-' || spots.code

-- step: their advisers
with made as (
  insert into network_person (name, title_fi, title_sv, title_en, help_text_fi, help_text_sv, help_text_en, languages, phone, email, is_published, is_sample, left_with_sign_in)
  select 'Neuvoja ' || o.id || '-' || g, '', '', '', '', '', '', array['fi'], '', 'load-' || o.id || '-' || g || '@sample.example', false, true, false
  from network_organisation o cross join generate_series(1, 3) g where o.source = %(mark)s returning id, email
)
insert into network_seat (person_id, role, organisation_id, region_id, valid_from)
select made.id, 'adviser', d.organisation_id, d.region_id, wall.today()
from made join network_desk d on d.organisation_id = split_part(made.email, '-', 2)::bigint

-- step: who gets which case
create temporary table load_case on commit drop as
with desks as (
  select d.id desk_id, d.region_id, o.id organisation_id, o.principal, r.prefix, row_number() over (order by d.id) n, count(*) over () all_desks
  from network_desk d join network_organisation o on o.id = d.organisation_id join network_region r on r.id = d.region_id
  where d.deactivated_at is null and exists (select 1 from network_seat s where s.organisation_id = o.id and s.role = 'adviser')
), big as (
  select n from desks where desk_id = (
    select d.id from network_desk d join network_region r on r.id = d.region_id where r.code = 'suupohja' and d.is_front)
), drawn as (
  select g, case when g %% 10 < 4 then (select n from big)
    else 1 + floor(power(hashint4(g)::bigint + 2147483648, 1)::numeric %% 1000003 / 1000003.0
      * (1 + (g %% 3)) / 3.0 * (select max(all_desks) from desks))::int end n
  from generate_series(1, %(cases)s) g
), seats as (
  select organisation_id, array_agg(distinct person_id) people from network_seat where role = 'adviser' and valid_until is null group by organisation_id
), words as (
  select array_agg(text order by id) texts, count(*) n from catalogue_serviceword where kind = 'phrase' and language = 'fi'
), services as (
  select array_agg(id order by id) ids, count(*) n from catalogue_service where deactivated_at is null
)
select (select coalesce(max(id), 0) from desk_case) + g case_id, (select coalesce(max(id), 0) from desk_leg) + g leg_id,
  (select coalesce(max(id), 0) from customers_customer) + g customer_id, nextval('wall.principal') door, nextval('wall.principal') customer_principal,
  d.desk_id, d.region_id, d.organisation_id, d.principal, d.prefix,
  seats.people[1 + g %% cardinality(seats.people)] person_id,
  words.texts[1 + (g * 7919) %% words.n] said, services.ids[1 + (g * 31) %% services.n] service_id,
  case when (g * 37) %% 100 < 30 then (array['new', 'in-progress', 'in-progress', 'in-progress', 'waiting'])[1 + (g * 13) %% 5] else 'settled' end state,
  now() - make_interval(mins => (case when (g * 37) %% 100 < 30 then 60 * 24 * 30 else 60 * 24 * 1000 end * ((g::bigint * 104729) %% 100003 / 100003.0))::int + 5) came,
  g
from drawn join desks d on d.n = least(drawn.n, d.all_desks) join seats on seats.organisation_id = d.organisation_id cross join words cross join services

-- step: index what comes next
create index on load_case (g)

-- step: customers
insert into customers_customer (id, principal, language, created_at)
select customer_id, customer_principal, (array['fi', 'fi', 'fi', 'sv', 'en'])[1 + g %% 5], came from load_case

-- step: contact data
insert into customers_contact (customer_id, name, email, phone, email_key, phone_key, way, wish_language, readers)
select customer_id, (array['Laura', 'Matti', 'Sanna', 'Erik', 'Pirjo', 'Timo', 'Linnea', 'Heikki'])[1 + g %% 8] || ' '
    || (array['Korhonen', 'Virtanen', 'Äijälä', 'Nylund', 'Mäkinen', 'Öhman', 'Laine', 'Åberg', 'Heino', 'Salo'])[1 + (g / 8) %% 10] || '-' || g,
  'load' || g || '@sample.example', '040 9' || lpad(g::text, 6, '0'), 'load' || g || '@sample.example', '358409' || lpad(g::text, 6, '0'), '', '',
  (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p)
from load_case

-- step: cases
insert into desk_case (id, number, door_principal, region_id, customer_id, company_name, business_id, subject, own_words, language, channel, state, segment, stage, sponsor_id,
  contacted_at, created_at, settled_at, readers, search)
select case_id, prefix || '-00-' || lpad(g::text, 6, '0'), door, region_id, customer_id, '', '', left(said, 80), said,
  (array['fi', 'fi', 'fi', 'sv', 'en'])[1 + g %% 5], (array['web', 'web', 'phone', 'walk-in'])[1 + g %% 4], state, '', '',
  case when state = 'new' then null else person_id end, came, came, case when state = 'settled' then came + interval '5 days' end,
  (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p),
  to_tsvector('finnish', left(said, 80) || ' ' || said) || to_tsvector('swedish', left(said, 80) || ' ' || said)
    || to_tsvector('english', left(said, 80) || ' ' || said) || to_tsvector('simple', prefix || '-00-' || lpad(g::text, 6, '0') || ' ' || left(said, 80))
from load_case

-- step: legs
insert into desk_leg (id, case_id, position, desk_id, need, service_id, handler_id, state, waiting_for, next_step, due_at, due_kind, not_contacted,
  answer_awaited, received_at, taken_up_at, settled_at, customer_key, readers, language)
select l.leg_id, l.case_id, 1, l.desk_id, '', case when state <> 'new' then service_id end, case when state = 'new' then null else person_id end, state,
  case when state = 'waiting' then 'authority' else '' end, case when state = 'in-progress' then 'Soita asiakkaalle ja käy laskelma läpi' else '' end,
  case state when 'new' then came + interval '2 days' when 'settled' then null else came + interval '14 days' end,
  case state when 'new' then 'taken-up' when 'settled' then '' else 'informed' end, false, false, came,
  case when state = 'new' then null else came + interval '5 hours' end, case when state = 'settled' then came + interval '5 days' end, c.name_key, c.readers,
  (array['fi', 'fi', 'fi', 'sv', 'en'])[1 + g %% 5]
from load_case l join customers_contact c on c.customer_id = l.customer_id

-- step: clocks of the first promise
insert into desk_clock (leg_id, kind, started_at, due_at, ended_at, "end", readers)
select leg_id, 'taken-up', came, came + interval '2 days', case when state = 'new' then null else came + interval '5 hours' end,
  case when state = 'new' then '' else 'met' end, (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p)
from load_case

-- step: clocks of the second promise
insert into desk_clock (leg_id, kind, started_at, due_at, ended_at, "end", readers)
select leg_id, 'informed', came + interval '5 hours', came + interval '14 days', case when state = 'settled' then came + interval '5 days' end,
  case when state = 'settled' then 'met' else '' end, (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p)
from load_case where state <> 'new'

-- step: spells of waiting
insert into desk_wait (leg_id, cause, started_at, readers)
select leg_id, 'authority', came + interval '6 hours', (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p)
from load_case where state = 'waiting'

-- step: messages
insert into desk_message (case_id, leg_id, direction, channel, author_id, body, created_at, readers)
select case_id, leg_id, case when k = 1 then 'out' else 'in' end, 'web', case when k = 1 then person_id end,
  'Kiitos yhteydenotosta. Palaan asiaan viimeistään torstaina.', came + make_interval(hours => 6 * k),
  (select array_agg(p order by p) from unnest(array[door, customer_principal, principal]) p)
from load_case cross join generate_series(1, 2) k where state <> 'new'

-- step: notes
insert into desk_note (case_id, leg_id, author_id, body, created_at, readers)
select case_id, leg_id, person_id, 'Soitettu, laskelmat vielä auki.', came + interval '7 hours', array[principal] from load_case where g %% 3 = 0 and state <> 'new'

-- step: the trail
insert into core_event (at, action, subject_kind, subject_id, actor_kind, person_id, organisation_id, region_id, facts)
select came + make_interval(hours => k * 3), (array['case.received', 'case.taken_up', 'case.message_out', 'case.message_in', 'case.note', 'case.next_step'])[1 + k %% 6],
  'desk.case', case_id, 'person', person_id, organisation_id, region_id, '{}'
from load_case cross join generate_series(0, greatest(%(events)s / %(cases)s - 1, 0)) k

-- step: number series
select setval(pg_get_serial_sequence('desk_case', 'id'), (select max(id) from desk_case)),
  setval(pg_get_serial_sequence('desk_leg', 'id'), (select max(id) from desk_leg)),
  setval(pg_get_serial_sequence('customers_customer', 'id'), (select max(id) from customers_customer))
