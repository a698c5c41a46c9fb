"""A reminder of tasks or of a day of the year is answered by mail: `valmis` ends it, other words are kept as how it goes. Only from the address
to which it was sent."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from luukku.core.actor import Actor, act_as
from luukku.core.errors import NotAllowed, NotFound, RuleBroken
from luukku.core.mail.answers import MailAnswer, Said, key_of_tag, read_answer
from luukku.core.models import OutgoingMail
from luukku.customers.models.identifiers import email_key
from luukku.governance.actions.entries import finish_entry, tell_entry
from luukku.governance.actions.tasks import finish_task, tell_task
from luukku.governance.mails import ANSWERS, OF_ENTRIES, reach
from luukku.governance.models import ClockEntry, Membership, Task
from luukku.network.access import actor_of_person
from luukku.network.models import Person


def take_answer(rest: str, answer: MailAnswer) -> bool:
    """As the house. False when the address is made up, somebody else has written, nothing is said, or she may not say it any more."""
    key, said = key_of_tag(ANSWERS, rest), read_answer(answer.words)
    mail = OutgoingMail.objects.filter(pk=key, kind="governance.tasks").first() if key is not None else None
    if mail is None or not (said.done or said.words):
        return False
    members = Membership.objects.on(timezone.localdate()).filter(pk=mail.subject_id).select_related("person__user")
    membership = members.first()
    if membership is None or not answer.sender or email_key(reach(membership)[0]) != email_key(answer.sender):
        return False
    asked = [int(each) for each in str(mail.facts.get("tasks", "")).split("-") if each]
    rows = {each.pk: each for each in Task.objects.filter(pk__in=asked, membership=membership).select_related("group", "membership")}
    actor = _who(membership)
    try:
        with transaction.atomic():
            return actor is not None and _carry_out(actor, [rows.get(pk) for pk in asked], said)
    except (NotAllowed, NotFound, RuleBroken):
        return False


def take_entry_answer(rest: str, answer: MailAnswer) -> bool:
    """As the house: the same of a day of the year."""
    key, said = key_of_tag(OF_ENTRIES, rest), read_answer(answer.words)
    mail = OutgoingMail.objects.filter(pk=key, kind="governance.entry").first() if key is not None else None
    person = Person.objects.to_mail(mail.facts.get("person")) if mail is not None else None
    if mail is None or person is None or not (said.done or said.words):
        return False
    if not answer.sender or email_key(person.mail_address) != email_key(answer.sender):
        return False
    actor, entry = actor_of_person(person.pk), ClockEntry.objects.filter(pk=mail.subject_id).first()
    try:
        with transaction.atomic(), act_as(actor):
            if entry is not None and said.done:
                finish_entry(by=actor, entry=entry, outcome=said.words)
            elif entry is not None:
                tell_entry(by=actor, entry=entry, words=said.words)
    except (NotAllowed, NotFound, RuleBroken):
        return False
    return entry is not None


def _who(membership: Membership) -> Actor | None:
    """She by her seats of today; somebody without a sign-in by her link."""
    if membership.person_id is not None:
        return actor_of_person(membership.person_id)
    links = membership.attendances.exclude(link_digest=None).filter(link_expires_at__gt=timezone.now())
    link = links.order_by("-id").first()
    return Actor("link", (link.principal,)) if link is not None else None


def _carry_out(actor: Actor, asked: Sequence[Task | None], said: Said) -> bool:
    """Of several tasks those whose numbers she says. `Valmis` alone ends one task, never several: then it is kept as words."""
    numbers = range(1, len(asked) + 1) if not said.numbers else said.numbers
    chosen = [asked[number - 1] for number in numbers if 0 < number <= len(asked)]
    tasks = [each for each in chosen if each is not None and each.done_at is None]
    ends = said.done and (said.numbers != () or len(asked) == 1)
    with act_as(actor):
        for task in tasks:
            if ends:
                finish_task(by=actor, task=task, outcome=said.words)
            else:
                tell_task(by=actor, task=task, words=said.words or said.line)
    return bool(chosen)
