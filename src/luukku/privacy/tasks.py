"""Jobs of what is kept and forgotten. Entry points only: ids in, one action called."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.privacy.actions import erasing, keeping


@app.task(queue="house", pass_context=False)
def erase(erasure_id: int) -> None:
    with act_as_house("forget a matter whose customer has asked for it") as house:
        erasing.erase(by=house, erasure_id=erasure_id)


@app.periodic(cron="50 1 * * *")
@app.task(name="luukku.privacy.tasks.keep_to_times", queue="house", queueing_lock="keep-to-times", pass_context=False)
def keep_to_times(timestamp: int) -> None:
    with act_as_house("take away what has been kept as long as it may be") as house:
        keeping.keep_to_times(by=house)
