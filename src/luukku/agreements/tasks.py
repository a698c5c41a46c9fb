"""Jobs of agreements. One action called each."""

from procrastinate.contrib.django import app

from luukku.agreements.actions.carrying import take_effect as carry
from luukku.agreements.actions.sweeping import sweep
from luukku.core.actor import act_as_house


@app.task(name="luukku.agreements.tasks.take_effect", queue="house", pass_context=False)
def take_effect(document_id: int) -> None:
    with act_as_house("what all have signed begins and ends the parts of parties") as house:
        carry(by=house, document_id=document_id)


@app.periodic(cron="0 * * * *")
@app.task(name="luukku.agreements.tasks.each_hour", queue="house", queueing_lock="agreements", pass_context=False)
def each_hour(timestamp: int) -> None:
    """Each hour, so that a part ends with the first minute after its last day, by whatever clock the worker runs."""
    with act_as_house("begin and end the parts of parties on their days, and tell beforehand who must act") as house:
        sweep(by=house)
