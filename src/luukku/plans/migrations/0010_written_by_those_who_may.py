"""What a plan says is changed by those who may write it: its region's coordinator and groups, the head of the organisation whose it is, the person
whose year it is; how a measure goes also by whoever holds a seat that answers for it today, a share by the party's head. Other parties read and
comment. They may lock a row all the same, as a comment does, so only what comes of a change is tested anew."""

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

SQL = "language sql stable security definer set search_path = public, wall, pg_temp"
ME = "nullif(current_setting('luukku.person', true), '')::bigint"
TODAY = "(s.valid_from is null or s.valid_from <= wall.today()) and (s.valid_until is null or s.valid_until >= wall.today())"
SEATS = f"network_seat s join network_person p on p.id = s.person_id and p.deactivated_at is null and s.person_id = {ME} and {TODAY}"
WRITERS = "('coordinator', 'steering-chair', 'working-chair', 'working-member', 'process-owner')"
OF_REGIONS = "('coordinator', 'steering-chair', 'steering-member', 'working-chair', 'working-member', 'process-owner', 'viewer')"
LED = f"""
create function wall.plans_led() returns setof bigint {SQL} as $$
  select s.region_id from {SEATS} where s.role in {WRITERS} and s.region_id is not null
$$
"""
HEADED = f"""
create function wall.plans_headed() returns setof bigint {SQL} as $$
  select s.organisation_id from {SEATS} where s.role = 'organisation-head' and s.organisation_id is not null
$$
"""
ROW = f"""(person_id is null and (region_id in (select wall.plans_led()) or organisation_id in (select wall.plans_headed())))
  or person_id = {ME}"""
WRITTEN = f"create function wall.plans_written() returns setof bigint {SQL} as $$ select id from plans_plan where {ROW} $$"
HELD = f"""
  join (select s.* from {SEATS}) s on s.role = k.role and (k.organisation_id is null or s.organisation_id = k.organisation_id)
    and (k.role <> 'area-contact' or s.area_id is not distinct from k.area_id) and (k.role not in {OF_REGIONS} or s.region_id = of.region_id)
  where of.person_id is null
"""
ANSWERED = f"""
create function wall.plans_answered() returns setof bigint {SQL} as $$
  select k.measure_id from plans_measureseat k join plans_plan of on of.id = k.plan_id {HELD}
$$
"""
ASKED = f"""
create function wall.plans_asked() returns setof bigint {SQL} as $$
  select k.id from plans_roundpart k join plans_plan of on of.id = k.plan_id {HELD}
$$
"""
MINE = "plan_id in (select wall.plans_written())"
LED_HERE = "region_id in (select wall.plans_led())"
ANSWERS = f"{MINE} or measure_id in (select wall.plans_answered())"
# table: (who adds, what a change must come to, who ends); None leaves it as it was
TESTS: dict[str, tuple[str | None, str, str]] = {
    "plans_plan": (ROW, ROW, ROW),
    "plans_measure": (MINE, f"{MINE} or id in (select wall.plans_answered())", MINE),
    "plans_checkpoint": (MINE, ANSWERS, MINE),
    "plans_share": (MINE, f"{MINE} or organisation_id in (select wall.plans_headed())", MINE),
    "plans_note": (None, MINE, MINE),
    "plans_roundpart": (MINE, f"{MINE} or id in (select wall.plans_asked())", MINE),
    "plans_planpart": (f"plan_id is null or {MINE}",) * 3,
    "plans_idea": (None, LED_HERE, LED_HERE),
    "plans_proposal": (LED_HERE,) * 3,
    "plans_snapshot": (MINE,) * 3,
    **dict.fromkeys(("plans_measureseat", "plans_measureline", "plans_budgetline", "plans_matrixcell", "plans_round"), (MINE,) * 3),
}


def _tighter(table: str, adds: str | None, changes: str, ends: str) -> Operation:
    return migrations.RunSQL(
        [
            *([f"alter policy web_adds on {table} with check ({adds})"] if adds else []),
            f"alter policy web_changes on {table} with check ({changes})",
            f"alter policy web_ends on {table} using ({ends})",
        ],
        migrations.RunSQL.noop,
    )


def _made(name: str, statement: str) -> Operation:
    return migrations.RunSQL(statement, f"drop function wall.{name}()")


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("plans", "0009_ideas_from_outside"), ("core", "0008_today")]
    operations: ClassVar[list[Operation]] = [
        _made("plans_led", LED),
        _made("plans_headed", HEADED),
        _made("plans_written", WRITTEN),
        _made("plans_answered", ANSWERED),
        _made("plans_asked", ASKED),
        *[_tighter(table, *tests) for table, tests in TESTS.items()],
    ]
