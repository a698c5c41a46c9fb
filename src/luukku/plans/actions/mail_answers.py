"""A reminder of a measure is answered by mail: `valmis` ends it, other words become a note of how it goes. Only from the address it was sent to."""

from django.db import transaction
from django.utils import timezone

from luukku.core.actor import act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.mail.answers import MailAnswer, key_of_tag, read_answer
from luukku.customers.models.identifiers import email_key
from luukku.network.access import actor_of_person
from luukku.plans.actions.reminding import answer_reminder
from luukku.plans.mails import ANSWERS
from luukku.plans.models import Reminder


def take_answer(rest: str, answer: MailAnswer) -> bool:
    """As the house. False when the address is made up or has run out, somebody else has written, nothing is said, or her seat is another's now."""
    key, said = key_of_tag(ANSWERS, rest), read_answer(answer.words)
    if key is None or not (said.done or said.words):
        return False
    rows = Reminder.objects.filter(pk=key, expires_at__gt=timezone.now()).select_related(
        "person__user", "measure__plan__kind", "measure__plan__region"
    )
    reminder = rows.first()
    if reminder is None or not answer.sender or email_key(reminder.person.mail_reach[0]) != email_key(answer.sender):
        return False
    try:
        actor = actor_of_person(reminder.person_id)
        with transaction.atomic(), act_as(actor):
            answer_reminder(by=actor, reminder=reminder, answer="done" if said.done else "as-before", words=said.words)
    except (NotAllowed, NotFound, RuleBroken):
        return False
    return True
