"""The network's jobs."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.network.actions.planned_municipalities import carry_out_plans
from luukku.network.actions.planned_places import carry_out_place_plans
from luukku.network.actions.presence import forget_past_presences
from luukku.network.actions.reforms import carrying_out


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
        carry_out_place_plans(by=house)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="house", queueing_lock="carry-out-reforms", pass_context=False)
def carry_out_reforms(timestamp: int) -> None:
    """Every five minutes: what was decided for today, and what a killed worker left half done."""
    for pk in carrying_out.due():
        carry_out_reform(reform_id=pk)


@app.task(queue="house", pass_context=False)
def carry_out_reform(reform_id: int) -> None:
    """Move by move, each in a transaction of its own."""
    going_on = True
    while going_on:
        with act_as_house("carry out a reform of organisations") as house:
            going_on = carrying_out.carry_on(by=house, reform_id=reform_id)


@app.task(queue="house", pass_context=False)
def try_reform(reform_id: int) -> None:
    with act_as_house("count what a reform would move") as house:
        carrying_out.try_reform(by=house, reform_id=reform_id)


@app.task(queue="house", pass_context=False)
def undo_reform(reform_id: int) -> None:
    with act_as_house("undo a reform of organisations") as house:
        carrying_out.undo_reform(by=house, reform_id=reform_id)
