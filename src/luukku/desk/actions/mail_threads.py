"""To which case a mail belongs: only what its sender could not have made up joins it to one."""

import re

from django.db.models import Q

from luukku.core.mail.answers import MailAnswer, answer_takers
from luukku.core.mail.letter import Letter, id_digest
from luukku.core.mail.robots import without_tag
from luukku.core.models import OutgoingMail
from luukku.customers.models.identifiers import email_key
from luukku.desk.access import RELATED
from luukku.desk.access.links import case_of_tag
from luukku.desk.enums import CUSTOMER_MAILS
from luukku.desk.models import Case, IncomingMail, Mailbox
from luukku.desk.queries.mailed import NATION_MAIL

_NUMBER = re.compile(r"\b([A-ZÅÄÖ]{1,4}-\d{2}-\d{4,8})\b", re.IGNORECASE)


def case_of(box: Mailbox, letter: Letter) -> Case | None:
    """By the case's own reply address; by an answer to a mail of ours; by her own earlier mail or the number, if the case's customer writes.

    A stranger who writes a case's number joins nothing: a new case is made, and nobody tells her whether the number exists.
    """
    return goes_on_in(by_tag(box, letter) or _by_our_mail(letter) or _by_her_mail(letter) or _by_number(letter))


def goes_on_in(case: Case | None) -> Case | None:
    """The case itself, or the one that it has been joined to: old addresses, mails and numbers lead there."""
    return _case(case.joined_into_id) if case is not None and case.joined_into_id is not None else case


def by_tag(box: Mailbox, letter: Letter) -> Case | None:
    """The case whose +tag the mail was sent to."""
    return next((case for tag in tags_of(box, letter) if (case := case_of_tag(tag)) is not None), None)


def tags_of(box: Mailbox, letter: Letter) -> list[str]:
    """The +tags of the mailbox's address to which a mail was sent."""
    own = [each for each in letter.receivers if without_tag(each) == box.address.lower() and "+" in each]
    return [each.partition("@")[0].partition("+")[2] for each in own]


def is_answer(box: Mailbox, letter: Letter) -> bool:
    """Whether it answers a reminder of another module, which has taken it; what it says stands there then."""
    takers, said = dict(answer_takers.items()), MailAnswer(letter.sender, letter.text)
    parts = [tag.partition(".") for tag in tags_of(box, letter)]
    return any(takers[prefix](rest, said) for prefix, _dot, rest in parts if prefix in takers)


def _by_our_mail(letter: Letter) -> Case | None:
    """Our Message-IDs cannot be guessed: whoever names one has had the mail."""
    wanted = [f"<{each}>" for each in letter.references]
    of_case = Q(subject_kind="desk.case", kind__in=CUSTOMER_MAILS)
    sent = OutgoingMail.objects.filter(of_case | Q(kind=NATION_MAIL), message_id__in=wanted).order_by("-id").first()
    if sent is not None and sent.kind == NATION_MAIL:  # what she wrote to the nation's door, if its region has been found
        return _case(IncomingMail.objects.filter(pk=sent.subject_id).values_list("case", flat=True).first() or 0)
    return _case(sent.subject_id) if sent is not None else None


def _by_her_mail(letter: Letter) -> Case | None:
    """Her own earlier mail may be known to others too, so the sender must be the customer."""
    digests = [id_digest(each) for each in letter.references]
    earlier = IncomingMail.objects.filter(message_digest__in=digests).exclude(case=None).order_by("-id").first()
    case = _case(earlier.case_id) if earlier is not None and earlier.case_id is not None else None
    return case if case is not None and is_customer(case, letter) else None


def _by_number(letter: Letter) -> Case | None:
    for number in _NUMBER.findall(letter.subject)[:5]:
        case = Case.objects.filter(number=number.upper()).select_related(*RELATED).first()
        if case is not None and is_customer(case, letter):
            return case
    return None


def is_customer(case: Case, letter: Letter) -> bool:
    """Whether the mail says that it comes from the case's customer."""
    return bool(letter.sender) and case.customer is not None and case.customer.contact.email_key == email_key(letter.sender)


def _case(pk: int) -> Case | None:
    return Case.objects.filter(pk=pk).select_related(*RELATED).first()
