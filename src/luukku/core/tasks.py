"""Core's jobs. Entry points only: ids in, one action called."""

from procrastinate.contrib.django import app

from luukku.core import tidying
from luukku.core.files import drafts
from luukku.core.mail import sending


@app.task(queue="mail", pass_context=False)
def send_mail(mail_id: int) -> None:
    sending.send_one(mail_id)


@app.periodic(cron="* * * * *")
@app.task(queue="mail", queueing_lock="send-due-mail", pass_context=False)
def send_due_mail(timestamp: int) -> None:
    """Retries, and mails whose job was lost with a killed worker."""
    sending.send_due()


@app.periodic(cron="40 1 * * *")
@app.task(queue="house", queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    tidying.tidy()
    drafts.tidy()
