"""A small module that exists only in tests: a mail kind and views that try what the engine promises."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.sample"

    def ready(self) -> None:
        from luukku.core.mail import MailContent, MailKind, mail_kinds
        from luukku.core.models import OutgoingMail

        def build(mail: OutgoingMail) -> MailContent | None:
            if mail.facts.get("gone"):
                return None
            language = str(mail.facts.get("language", "fi"))
            return MailContent(f"a{mail.subject_id}@customer.example", language, {"number": mail.subject_id}, reply_to="door@luukku.example")

        mail_kinds.register("sample.note", MailKind("sample/mail/note", build, "A note"))
