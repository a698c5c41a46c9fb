"""The benchmark of handovers measures each step and leaves nothing behind."""

from bench.handover import STEPS, Step, one_round, rounds
from luukku.desk.models import Handover, Leg
from tests.cast import Cast


def test_each_step_is_measured_and_undone(mine: Leg, cast: Cast) -> None:
    steps = {name: Step() for name in STEPS}
    found = list(rounds(5))
    assert [(each.leg_id, each.desk, each.receiver.person_id) for each in found] == [(mine.pk, cast.partner_desk, cast.partner.someone.pk)]
    one_round(found[0], steps)
    assert all(len(step.seconds) == 1 for step in steps.values())
    assert steps["floor"].statements < steps["preview"].statements < 40
    assert steps["send"].statements > steps["floor"].statements
    assert steps["accept"].at(0.95) > 0
    assert not Handover.objects.exists()
