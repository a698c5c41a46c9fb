"""The desk's jobs. Ids in, one action called."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.desk.actions import proposing


@app.task(name="luukku.desk.tasks.propose_services", queue="matching", pass_context=False)
def propose_services(case_id: int) -> None:
    with act_as_house("match a new case's words with the services"):
        proposing.propose_services(case_id)
