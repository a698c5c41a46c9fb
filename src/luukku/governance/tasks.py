"""Jobs of groups. One action called each."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.governance.actions.networks import watch
from luukku.governance.actions.sweeping import sweep


@app.periodic(cron="10 5 * * *")
@app.task(name="luukku.governance.tasks.each_morning", queue="house", queueing_lock="governance-morning", pass_context=False)
def each_morning(timestamp: int) -> None:
    with act_as_house("see to groups: seats, silent approvals, tasks that are due"):
        sweep()


@app.periodic(cron="25 * * * *")
@app.task(name="luukku.governance.tasks.watch_networks", queue="house", queueing_lock="governance-watch", pass_context=False)
def watch_networks(timestamp: int) -> None:
    """Each hour: how every network stands."""
    with act_as_house("see how networks stand") as house:
        watch(by=house)
