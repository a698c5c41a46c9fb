"""Jobs of the work with companies. One action called."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.relations.actions.sweeping import remind as remind_of_all


@app.periodic(cron="20 5 * * *")
@app.task(name="luukku.relations.tasks.remind", queue="house", queueing_lock="remind-of-companies", pass_context=False)
def remind(timestamp: int) -> None:
    with act_as_house("remind of what was agreed with companies") as house:
        remind_of_all(by=house)
