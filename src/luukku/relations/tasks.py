"""Jobs of the work with companies. One action called."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.relations.actions.facts import propose_all
from luukku.relations.actions.sweeping import remind as remind_of_all
from luukku.relations.actions.sweeping import tell_facts as tell_all_facts
from luukku.relations.actions.sweeping import tell_unmet as tell_all_unmet


@app.periodic(cron="20 5 * * *")
@app.task(name="luukku.relations.tasks.remind", queue="house", queueing_lock="remind-of-companies", pass_context=False)
def remind(timestamp: int) -> None:
    with act_as_house("remind of what was agreed with companies") as house:
        remind_of_all(by=house)


@app.periodic(cron="40 4 * * *")
@app.task(name="luukku.relations.tasks.propose_facts", queue="house", queueing_lock="propose-facts", pass_context=False)
def propose_facts(timestamp: int) -> None:
    with act_as_house("propose what the register tells of companies") as house:
        propose_all(by=house)


@app.periodic(cron="30 5 * * *")
@app.task(name="luukku.relations.tasks.tell_facts", queue="house", queueing_lock="tell-facts", pass_context=False)
def tell_facts(timestamp: int) -> None:
    with act_as_house("tell desks what has happened to companies") as house:
        tell_all_facts(by=house)


@app.periodic(cron="50 5 * * *")
@app.task(name="luukku.relations.tasks.tell_unmet", queue="house", queueing_lock="tell-unmet", pass_context=False)
def tell_unmet(timestamp: int) -> None:
    with act_as_house("tell organisations how many companies nobody has met") as house:
        tell_all_unmet(by=house)
