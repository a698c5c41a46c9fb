"""Jobs of surveys. One action called each."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.surveys.actions import inviting, settling


@app.task(name="luukku.surveys.tasks.settle", queue="house", pass_context=False)
def settle(survey_id: int) -> None:
    with act_as_house("take the answers of a closed survey out of their box"):
        settling.settle(survey_id)


@app.task(name="luukku.surveys.tasks.remind", queue="house", pass_context=False)
def remind(survey_id: int) -> None:
    with act_as_house("remind those who have not answered"):
        inviting.send_reminders(survey_id)


@app.periodic(cron="5 * * * *")
@app.task(name="luukku.surveys.tasks.each_hour", queue="house", queueing_lock="surveys-hour", pass_context=False)
def each_hour(timestamp: int) -> None:
    with act_as_house("close the surveys whose day has passed"):
        settling.close_due()
