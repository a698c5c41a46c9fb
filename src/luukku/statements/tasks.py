"""Jobs of statements. One action called."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.statements.actions.reminding import remind as remind_of_statements


@app.periodic(cron="3-59/5 * * * *")
@app.task(name="luukku.statements.tasks.remind", queue="house", queueing_lock="remind-of-statements", pass_context=False)
def remind(timestamp: int) -> None:
    with act_as_house("remind of statements that are due"):
        remind_of_statements()
