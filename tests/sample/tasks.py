from procrastinate.contrib.django import app

from luukku.core.models import RateCount


@app.task(queue="sample", pass_context=False)
def fail() -> None:
    raise RuntimeError("Fanny Founder, 040 555 0142")


@app.task(queue="sample", pass_context=False)
def count_up(name: str) -> None:
    """Leaves a trace that it has run."""
    RateCount.objects.create(caller=name, window=RateCount.objects.count())
