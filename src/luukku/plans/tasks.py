"""Jobs of plans. One action called each."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.plans.actions.sweeping import sweep


@app.periodic(cron="40 5 * * *")
@app.task(name="luukku.plans.tasks.each_morning", queue="house", queueing_lock="plans-morning", pass_context=False)
def each_morning(timestamp: int) -> None:
    with act_as_house("fill in what is known of plans, and ask how measures go"):
        sweep()
