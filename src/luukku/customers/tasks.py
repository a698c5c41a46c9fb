"""The customers' jobs."""

from procrastinate.contrib.django import app

from luukku.core.actor import act_as_house
from luukku.customers.actions import inquiring
from luukku.customers.actions.segmenting import segment_all


@app.periodic(cron="40 2 * * *")
@app.task(name="luukku.customers.tasks.segment_companies", queue="house", pass_context=False)
def segment_companies(timestamp: int) -> None:
    """By the rules in use: each night, and when a new version is taken into use."""
    segment_all()


@app.task(name="luukku.customers.tasks.tell_asked", queue="mail", pass_context=False)
def tell_asked(inquiry_id: int) -> None:
    """Those who know a customer hear that they are asked."""
    with act_as_house("mail those who are asked about a customer; the asker may not know who they are"):
        inquiring.tell_asked(inquiry_id)
