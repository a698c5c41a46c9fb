"""The catalogue's jobs."""

from procrastinate.contrib.django import app

from luukku.catalogue.actions.learning import forget_old_needs
from luukku.catalogue.actions.reviewing import tell_of_reviews
from luukku.catalogue.actions.training import train_matcher
from luukku.core.actor import act_as_house


@app.periodic(cron="20 3 * * *")
@app.task(queue="slow", queueing_lock="train-matcher", pass_context=False)
def retrain(timestamp: int) -> None:
    """Nightly: phrases that editors changed and answers that advisers confirmed."""
    with act_as_house("train the matcher on confirmed answers") as house:
        train_matcher(by=house)


@app.periodic(cron="50 1 * * *")
@app.task(queue="house", queueing_lock="forget-old-needs", pass_context=False)
def forget_needs(timestamp: int) -> None:
    """Nightly: searches that nothing fitted are kept for a year."""
    with act_as_house("delete old searches that nothing fitted") as house:
        forget_old_needs(by=house)


@app.periodic(cron="40 5 * * 1")
@app.task(name="luukku.catalogue.tasks.tell_reviews", queue="house", queueing_lock="tell-of-reviews", pass_context=False)
def tell_reviews(timestamp: int) -> None:
    """On Monday mornings: cards that nobody has looked over for long."""
    with act_as_house("tell editors and coordinators of cards to look over") as house:
        tell_of_reviews(by=house)
