"""Kinds of plans and their parts are read by everybody and written by the network's keepers; a line of a strategy by the head of the organisation whose
it is, and by who writes the plans of a region where that takes part."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
ME = "nullif(current_setting('luukku.person', true), '')::bigint"
KEEPS = f"""
create function wall.plans_keeps() returns boolean {SQL} as $$
  select exists (select 1 from network_seat s join network_person p on p.id = s.person_id and p.deactivated_at is null and s.person_id = {ME}
    where s.role in ('national-owner', 'administrator')
      and (s.valid_from is null or s.valid_from <= wall.today()) and (s.valid_until is null or s.valid_until >= wall.today()))
$$
"""
KEPT = "(select wall.plans_keeps())"
MINE = "plan_id in (select wall.plans_written())"
PART = f"(plan_id is null and {KEPT}) or {MINE}"
PART_BEFORE = f"plan_id is null or {MINE}"
LINE = """organisation_id in (select wall.plans_headed()) or exists (select 1 from network_participation p
  where p.organisation_id = plans_strategyline.organisation_id and p.region_id in (select wall.plans_led())
    and (p.valid_from is null or p.valid_from <= wall.today()) and (p.valid_until is null or p.valid_until >= wall.today()))"""


def _part(test: str) -> list[str]:
    return [
        f"alter policy web_adds on plans_planpart with check ({test})",
        f"alter policy web_changes on plans_planpart with check ({test})",
        f"alter policy web_ends on plans_planpart using ({test})",
    ]


def _read_by_all(table: str, writes: str) -> Operation:
    return migrations.RunSQL(
        [
            f"alter table {table} enable row level security, force row level security",
            f"create policy web_reads on {table} for select to luukku_web using (true)",
            f"create policy web_adds on {table} for insert to luukku_web with check ({writes})",
            f"create policy web_changes on {table} for update to luukku_web using ({writes}) with check ({writes})",
            f"create policy web_ends on {table} for delete to luukku_web using ({writes})",
            f"create policy house on {table} to luukku_house using (true) with check (true)",
            f"create policy own on {table} to luukku_owner using (true) with check (true)",
        ],
        [
            f"alter table {table} disable row level security, no force row level security",
            *[f"drop policy {name} on {table}" for name in ("web_reads", "web_adds", "web_changes", "web_ends", "house", "own")],
        ],
    )


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0011_whose_it_is_stands")]
    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(KEEPS, "drop function wall.plans_keeps()"),
        migrations.RunSQL(list(_part(PART)), list(_part(PART_BEFORE))),
        _read_by_all("plans_plankind", KEPT),
        _read_by_all("plans_strategyline", LINE),
    ]
