"""The customers' jobs."""

from procrastinate.contrib.django import app

from luukku.customers.actions.segmenting import segment_all


@app.periodic(cron="40 2 * * *")
@app.task(name="luukku.customers.tasks.segment_companies", queue="house", pass_context=False)
def segment_companies(timestamp: int) -> None:
    """By the rules in use: each night, and when a new version is taken into use."""
    segment_all()
