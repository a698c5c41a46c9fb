"""The network's jobs."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.network.actions.planned import carry_out_plans
from luukku.network.actions.presence import forget_past_presences


@app.periodic(cron="2 0 * * *")
@app.task(queue="house", queueing_lock="forget-presences", pass_context=False)
def forget_presences(timestamp: int) -> None:
    """After midnight: who was in yesterday is nobody's business any more."""
    with act_as_house("delete what was said of yesterday") as house:
        forget_past_presences(by=house)


@app.periodic(cron="1 * * * *")
@app.task(queue="house", queueing_lock="carry-out-plans", pass_context=False)
def carry_out(timestamp: int) -> None:
    """Each hour, so that a change holds from the first minute of its day by whatever clock the worker runs."""
    with act_as_house("carry out changes of borders whose day has come") as house:
        carry_out_plans(by=house)
