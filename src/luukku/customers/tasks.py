"""The customers' jobs."""

from procrastinate.contrib.django import app

from luukku.core.actor import HOUSE, act_as_house
from luukku.core.errors import RuleBroken
from luukku.customers.actions import inquiring
from luukku.customers.actions.register import applying, uploading
from luukku.customers.actions.segmenting import segment_all
from luukku.customers.models import ImportRun
from luukku.network.access import actor_of_person


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


@app.task(name="luukku.customers.tasks.look_through_register", queue="house", pass_context=False)
def look_through_register(run_id: int) -> None:
    with act_as_house("which import is looked through"):
        run = ImportRun.objects.get(pk=run_id)
    uploading.look_through_upload(by=HOUSE, run=run)


@app.task(name="luukku.customers.tasks.import_step", queue="house", pass_context=False)
def import_step(run_id: int, person_id: int) -> None:
    """Apply an import, or take it back, for the administrator who asked, if she still is one."""
    try:
        with act_as_house("companies are written by the register's import"):
            uploading.do_step(by=actor_of_person(person_id), run=ImportRun.objects.get(pk=run_id))
    except RuleBroken as broken:
        with act_as_house("what stood against an import"):
            uploading.step_failed(run=ImportRun.objects.get(pk=run_id), problem=str(broken.message))


@app.task(name="luukku.customers.tasks.drop_rows", queue="house", pass_context=False)
def drop_rows(run_id: int) -> None:
    with act_as_house("rows of an import that was put away"):
        applying.drop_rows(run_id=run_id)
