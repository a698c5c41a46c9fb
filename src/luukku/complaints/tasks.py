"""Jobs of complaints. One action called."""

from procrastinate.contrib.django import app

from luukku.complaints.actions.recounting import recount as count_anew
from luukku.complaints.actions.sweeping import sweep
from luukku.core.actor import act_as_house


@app.periodic(cron="4-59/5 * * * *")
@app.task(name="luukku.complaints.tasks.warn", queue="house", queueing_lock="warn-of-complaints", pass_context=False)
def warn(timestamp: int) -> None:
    with act_as_house("warn of complaints whose answer is due"):
        sweep()


@app.task(name="luukku.complaints.tasks.recount", queue="house", pass_context=False)
def recount(kind: str, pk: int) -> None:
    with act_as_house("count the limits of complaints anew in other working hours"):
        count_anew(kind, pk)
