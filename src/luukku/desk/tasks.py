"""The desk's jobs. Ids in, one action called."""

import contextlib

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from luukku.core.actor import act_as_house
from luukku.desk.actions import (
    asking,
    face_counts,
    fair_counts,
    follow_ups,
    mail_poll,
    news,
    outcome_checks,
    promise_counts,
    proposing,
    recounting,
    sent_again,
    spans,
)
from luukku.desk.actions.appointments import editing
from luukku.desk.actions.appointments.reminding import remind
from luukku.desk.actions.appointments.unkept import arm_missed
from luukku.desk.actions.case_meetings.consent import end_openings
from luukku.desk.actions.case_meetings.making import make_all
from luukku.desk.actions.claim_reminders import remind_of_claims
from luukku.desk.actions.half_years import tell_half_years
from luukku.desk.actions.shepherding.warning import warn_of_contracts as warn_now
from luukku.desk.actions.still_waiting import tell_still_waiting
from luukku.desk.actions.sweeping import sweep
from luukku.desk.actions.unrouted import warn_of_unrouted
from luukku.desk.actions.wait_reminders import remind_of_waits


@app.task(name="luukku.desk.tasks.propose_services", queue="matching", pass_context=False)
def propose_services(case_id: int) -> None:
    with act_as_house("match a new case's words with the services"):
        proposing.propose_services(case_id)


@app.task(name="luukku.desk.tasks.open_follow_up", queue="house", pass_context=False)
def open_follow_up(case_id: int) -> None:
    with act_as_house("a low mark is followed up inside, where its giver cannot write") as house:
        follow_ups.open_follow_up(by=house, case_id=case_id)


@app.task(name="luukku.desk.tasks.note_asked", queue="house", pass_context=False)
def note_asked(case_id: int) -> None:
    with act_as_house("keep in mind that a person has been asked how it went"):
        asking.note_asked(case_id)


@app.task(name="luukku.desk.tasks.move_calls", queue="house", pass_context=False)
def move_calls(customer_id: int) -> None:
    with act_as_house("propose the calls that wait for the hours that their customer now wishes"):
        news.move_calls(customer_id)


@app.task(name="luukku.desk.tasks.follow_point", queue="house", pass_context=False)
def follow_point(point_id: int) -> None:
    with act_as_house("who has booked at a visiting desk is told where it now is") as house:
        editing.follow_point(by=house, point_id=point_id)


@app.periodic(cron="10 8 * * 1-5")
@app.task(name="luukku.desk.tasks.ask_outcomes", queue="house", queueing_lock="ask-outcomes", pass_context=False)
def ask_outcomes(timestamp: int) -> None:
    """On working days, so that whoever wants to call back can."""
    outcome_checks.ask_all()


@app.periodic(cron="25 9 * * 1-5")
@app.task(name="luukku.desk.tasks.remind_of_outcomes", queue="house", queueing_lock="remind-of-outcomes", pass_context=False)
def remind_of_outcomes(timestamp: int) -> None:
    with act_as_house("remind customers who have not said whether what came of their matters is right") as house:
        remind_of_claims(by=house)


@app.periodic(cron="7 * * * *")
@app.task(name="luukku.desk.tasks.count_spans", queue="house", queueing_lock="count-spans", pass_context=False)
def count_spans(timestamp: int) -> None:
    spans.count_spans()


@app.periodic(cron="9 * * * *")
@app.task(name="luukku.desk.tasks.count_promises", queue="house", queueing_lock="count-promises", pass_context=False)
def count_promises(timestamp: int) -> None:
    promise_counts.count_promises()
    fair_counts.count_fairness()
    face_counts.count_faces()


@app.periodic(cron="* * * * *")
@app.task(name="luukku.desk.tasks.poll_mailboxes", queue="mailbox", queueing_lock="poll-mailboxes", pass_context=False)
def poll_mailboxes(timestamp: int) -> None:
    """A job for each mailbox whose time has come."""
    for mailbox_id in mail_poll.due_mailboxes():
        _poll_soon(mailbox_id)


@app.task(name="luukku.desk.tasks.poll_mailbox", queue="mailbox", pass_context=False)
def poll_mailbox(mailbox_id: int) -> None:
    """For a while; what is left goes on in another job."""
    if mail_poll.poll(mailbox_id):
        _poll_soon(mailbox_id)


def _poll_soon(mailbox_id: int) -> None:
    """One job at a time works on a mailbox, and one waits at most."""
    name = f"mailbox-{mailbox_id}"
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        poll_mailbox.configure(lock=name, queueing_lock=name).defer(mailbox_id=mailbox_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="luukku.desk.tasks.sweep_clocks", queue="house", queueing_lock="sweep-clocks", pass_context=False)
def sweep_clocks(timestamp: int) -> None:
    with act_as_house("warn of promises that are due and record those that broke"):
        sweep()


@app.periodic(cron="22 * * * *")
@app.task(name="luukku.desk.tasks.warn_of_unrouted_mails", queue="house", queueing_lock="warn-of-unrouted-mails", pass_context=False)
def warn_of_unrouted_mails(timestamp: int) -> None:
    with act_as_house("tell the nation's operators of a mail whose region must be found soon") as house:
        warn_of_unrouted(by=house)


@app.task(name="luukku.desk.tasks.recount_clocks", queue="house", pass_context=False)
def recount_clocks(kind: str, pk: int) -> None:
    """Working time has changed: the limits that run in it are counted anew, some cases at a time."""
    with act_as_house("find the cases whose limits are counted in hours that have changed"):
        chunks = recounting.cases_by_desk(kind, pk)
    for desk_id, case_ids in chunks:
        with act_as_house("count running limits anew in changed hours"):
            recounting.recount(desk_id, case_ids)


@app.periodic(cron="45 1 * * *")
@app.task(queue="house", queueing_lock="forget-said", pass_context=False)
def forget_said(timestamp: int) -> None:
    with act_as_house("take away what sendings were compared by"):
        sent_again.forget_said()
        asking.forget_asked()


@app.periodic(cron="7 * * * *")
@app.task(name="luukku.desk.tasks.remind_of_times", queue="house", queueing_lock="remind-of-times", pass_context=False)
def remind_of_times(timestamp: int) -> None:
    with act_as_house("remind customers of tomorrow's meetings"):
        remind()


@app.periodic(cron="12 * * * *")
@app.task(name="luukku.desk.tasks.remind_who_is_awaited", queue="house", queueing_lock="remind-who-is-awaited", pass_context=False)
def remind_who_is_awaited(timestamp: int) -> None:
    with act_as_house("remind customers for whose answer a matter waits, on the day until which it waits") as house:
        remind_of_waits(by=house)


@app.periodic(cron="14 * * * *")
@app.task(name="luukku.desk.tasks.tell_who_still_waits", queue="house", queueing_lock="tell-who-still-waits", pass_context=False)
def tell_who_still_waits(timestamp: int) -> None:
    with act_as_house("tell customers that their matter still waits, shortly before they must hear from us") as house:
        tell_still_waiting(by=house)


@app.periodic(cron="17 * * * *")
@app.task(name="luukku.desk.tasks.arm_missed_times", queue="house", queueing_lock="arm-missed-times", pass_context=False)
def arm_missed_times(timestamp: int) -> None:
    with act_as_house("arm the first clock where a booked time was missed") as house:
        arm_missed(by=house)


@app.periodic(cron="20 2 * * *")
@app.task(name="luukku.desk.tasks.make_case_meetings", queue="house", queueing_lock="make-case-meetings", pass_context=False)
def make_case_meetings(timestamp: int) -> None:
    with act_as_house("make the next meeting of each series") as house:
        make_all(by=house)


@app.periodic(cron="*/10 * * * *")
@app.task(name="luukku.desk.tasks.end_openings", queue="house", queueing_lock="end-openings", pass_context=False)
def close_opened_matters(timestamp: int) -> None:
    with act_as_house("end what customers let case meetings read, when its time is over") as house:
        end_openings(by=house)


@app.periodic(cron="20 8 * * 1-5")
@app.task(name="luukku.desk.tasks.warn_of_contracts", queue="house", queueing_lock="warn-of-contracts", pass_context=False)
def warn_of_contracts(timestamp: int) -> None:
    with act_as_house("tell buyers and shepherds that a contract ends soon"):
        warn_now()


@app.periodic(cron="40 8 * 1,7 1-5")
@app.task(name="luukku.desk.tasks.tell_half_years", queue="house", queueing_lock="tell-half-years", pass_context=False)
def tell_of_half_years(timestamp: int) -> None:
    with act_as_house("say that a half-year's summary stands ready") as house:
        tell_half_years(by=house)
