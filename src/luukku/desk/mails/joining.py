"""Mails of matters that were joined, parted again, or split: numbers only, and where to read the rest."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.desk.mails import case_of, to_customer
from luukku.desk.models import Leg, Split


def joined(mail: OutgoingMail) -> MailContent | None:
    """Her matter goes on in another one, or another came to hers. Nothing when it has been undone before it left."""
    content = to_customer(mail)
    if content is None:
        return None
    case = content.context["case"]
    if case.joined_into is None and not case.joined.exists():
        return None
    return _with(content, into=case.joined_into.number if case.joined_into is not None else "")


def parted(mail: OutgoingMail) -> MailContent | None:
    """It is a matter of its own again; nothing when it has been joined anew."""
    case = case_of(mail)
    return to_customer(mail) if case is not None and case.pk == mail.subject_id else None


def split(mail: OutgoingMail) -> MailContent | None:
    """Out of one of her messages a matter of its own was made; nothing when that has been undone."""
    made = Split.objects.select_related("source").filter(case=mail.subject_id, undone_at=None).first()
    content = to_customer(mail) if made is not None else None
    return _with(content, source=made.source.number) if content is not None and made is not None else None


def reformed(mail: OutgoingMail) -> MailContent | None:
    """Another organisation goes on with her matter, because organisations merged or split; nothing when that has been undone or it has ended."""
    leg = Leg.objects.open().filter(pk=mail.facts.get("leg"), desk=mail.facts.get("desk")).select_related("desk__organisation").first()
    content = to_customer(mail) if leg is not None else None
    if leg is None or content is None:
        return None
    return _with(content, organisation=in_language(leg.desk.organisation, "name", content.language))


def _with(content: MailContent, **more: Any) -> MailContent:
    return replace(content, context=content.context | more)


def register_kinds() -> None:
    kinds = {
        "joined": (joined, _("That matters were joined")),
        "parted": (parted, _("That matters are apart again")),
        "split": (split, _("That a matter was split off")),
        "reformed": (reformed, _("That another organisation goes on")),
    }
    for name, (build, label) in kinds.items():
        mail_kinds.register(f"desk.{name}", MailKind(f"desk/mail/{name}", build, label))
