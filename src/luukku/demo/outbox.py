"""The demo's mail server: a table that its outbox page shows."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from luukku.demo.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            html = next((str(a[0]) for a in message.alternatives), "") if isinstance(message, EmailMultiAlternatives) else ""
            OutboxMail.objects.create(
                to=", ".join(message.to),
                subject=str(message.subject),
                text=str(message.body),
                html=html,
                message_id=str(message.extra_headers.get("Message-ID", "")),
            )
        return len(email_messages)
