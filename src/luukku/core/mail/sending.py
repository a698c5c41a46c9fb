"""Makes a queued mail and hands it to the mail server, once."""

from datetime import timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPResponseException

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from luukku.core.actor import act_as_house
from luukku.core.mail import MailContent, heed_failure, mail_kinds, mail_preparers, mails_unaddressed
from luukku.core.mail.texts import send_text
from luukku.core.models import MailState, OutgoingMail

log = structlog.get_logger("luukku.mail")
MAX_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)


def send_one(mail_id: int) -> None:
    """Send the mail if it is still queued and nobody else is sending it.

    The row stays locked while the server takes the mail, and is marked sent in the same transaction. A crash before the server's
    acceptance loses nothing; one between acceptance and commit sends again with the same Message-ID. A refusal, and a mail that cannot
    be made, is retried with growing waits: twelve attempts within some 26 hours (from a minute to eight and a half hours apart), then
    the mail is `failed`, which the handler sees.
    """
    with act_as_house("send a queued mail"):
        mail = OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=mail_id, state=MailState.QUEUED).first()
        if mail is not None:
            _attempt(mail)
            mail.save(update_fields=["state", "sent_at", "attempts", "error", "due_at"])


def _attempt(mail: OutgoingMail) -> None:
    try:
        with transaction.atomic():  # a failed statement in here must not keep the row from being postponed
            sent = _make_and_send(mail)
    except Exception as error:  # noqa: BLE001 (whatever is wrong with one mail, the others go on)
        mail.attempts += 1
        _postpone(mail, error)
        return
    if not sent:
        mail.state = MailState.GONE
        heed = dict(mails_unaddressed.items()).get(mail.subject_kind)
        if heed is not None:
            heed(mail)
        return
    mail.attempts += 1
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""


def _make_and_send(mail: OutgoingMail) -> bool:
    """False when nobody is to be told any more."""
    kind = mail_kinds[mail.kind]
    prepare = dict(mail_preparers.items()).get(mail.kind)
    if prepare is not None:
        prepare(mail)
    content = kind.build(mail)
    if content is not None and content.phone_key:
        with translation.override(content.language):
            words = " ".join(render_to_string(content.text_template, content.context).split())
        send_text(ident=mail.message_id, phone_key=content.phone_key, words=words)
        return True
    if content is None or not content.to:
        return False
    make_message(mail, kind.template, content).send()
    return True


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    mail.error = f"{type(error).__name__}{code}"[:80]
    mail.due_at = timezone.now() + FIRST_WAIT * 2 ** min(mail.attempts, 10)
    if mail.attempts >= MAX_ATTEMPTS:
        mail.state = MailState.FAILED
        heed_failure(mail)
    log.warning("mail not sent", mail=mail.pk, kind=mail.kind, attempts=mail.attempts, error=mail.error)


def make_message(mail: OutgoingMail, template: str, content: MailContent) -> EmailMultiAlternatives:
    """The mail as text and HTML in its receiver's language, with the headers that keep robots from answering."""
    context = content.context | {"base_url": settings.LUUKKU_BASE_URL, "language": content.language}
    with translation.override(content.language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context)
    house = settings.DEFAULT_FROM_EMAIL
    sender = formataddr((content.sender_name, parseaddr(house)[1])) if content.sender_name else house
    message = EmailMultiAlternatives(
        subject,
        text,
        content.bounces_to or sender,  # of the envelope; people see the header
        [content.to],
        reply_to=[content.reply_to] if content.reply_to else None,
        headers={
            "From": sender,
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": content.language,
        },
        connection=get_connection(),
    )
    message.attach_alternative(html, "text/html")
    if content.calendar is not None:
        message.attach_alternative(content.calendar.text, f"text/calendar; method={content.calendar.method}")
    return message


def due_mail_ids(limit: int = 500) -> list[int]:
    """Queued mails whose time has come: new ones that a lost job left behind, and retries."""
    with act_as_house("look for mails that are due"):
        queued = OutgoingMail.objects.filter(state=MailState.QUEUED, due_at__lte=timezone.now())
        return list(queued.order_by("due_at").values_list("pk", flat=True)[:limit])


def send_due() -> None:
    """Try every mail that is due; one whose row cannot be brought up to date does not hold up those behind it."""
    for mail_id in due_mail_ids():
        try:
            send_one(mail_id)
        except Exception as error:  # noqa: BLE001 (the next minute comes back to it)
            log.error("mail broken", mail=mail_id, error=type(error).__name__)  # noqa: TRY400 (a traceback may quote a row)
