"""What every plan stands on is written by few, whatever a request's own statement says."""

from luukku.core.actor import PUBLIC, act_as
from luukku.plans.models import Plan, PlanKind, StrategyLine
from tests.cast import Cast, another
from tests.plans.test_rules import told_past_the_first_wall

PART = "insert into plans_planpart (kind_id, plan_id, position, name_fi, name_sv, name_en)"
CHANGES = (
    "update plans_plankind set stale_days = 900",
    "update plans_planpart set name_fi = 'Oma' where plan_id is null",
    f"{PART} select id, null, 99, 'Oma', '', '' from plans_plankind limit 1",
)
ENDS = ("delete from plans_planpart where plan_id is null", "delete from plans_plankind")


def test_kinds_of_plans_and_their_parts_are_the_keepers(cast: Cast, draft: Plan) -> None:
    for other in (cast.coordinator, cast.steering, cast.outsider, another(cast, "head")):
        assert [each for each in (*CHANGES, *ENDS) if told_past_the_first_wall(other.actor, each)] == [], other.name
    for keeper in (cast.national, cast.admin):
        assert [each for each in CHANGES if not told_past_the_first_wall(keeper.actor, each)] == [], keeper.name
    own = f"{PART} select kind_id, id, 1, 'Painopiste', '', '' from plans_plan"
    assert told_past_the_first_wall(cast.coordinator.actor, own) == 1, "parts of her own plan are hers"
    with act_as(PUBLIC):
        assert PlanKind.objects.exists()


def test_line_of_a_strategy_is_written_by_its_head_and_by_who_plans_in_its_region(cast: Cast) -> None:
    home = cast.here.organisation
    line = StrategyLine.objects.create(organisation=home, name="Elinvoima", year=2026, last_year=2030)
    change = f"update plans_strategyline set name = 'Toinen' where id = {line.pk}"
    new = f"insert into plans_strategyline (organisation_id, name, url, year, last_year) values ({home.pk}, 'Oma', '', 2026, 2027)"
    for other in (cast.adviser, cast.steering, cast.outsider, cast.national):
        assert not told_past_the_first_wall(other.actor, change), other.name
        assert not told_past_the_first_wall(other.actor, new), other.name
    for who in (cast.coordinator, another(cast, "head")):
        assert told_past_the_first_wall(who.actor, change) == 1, who.name
        assert told_past_the_first_wall(who.actor, new) == 1, who.name
