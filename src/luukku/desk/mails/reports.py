"""The mail that tells an e-service's owner of a report: that there is one, and where to read it. Nothing of whom it came from."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.desk.enums import ReportState
from luukku.desk.models import EServiceReport
from luukku.network.models import Person


def report(mail: OutgoingMail) -> MailContent | None:
    """To one who keeps the owner's cards; nothing when it has been seen meanwhile."""
    found = EServiceReport.objects.filter(pk=mail.subject_id, state=ReportState.NEW).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if found is None or person is None:
        return None
    to = person.mail_address
    language = person.mail_language
    url = settings.LUUKKU_BASE_URL + reverse("desk:e_service_report", args=[found.pk])
    return MailContent(to, language, {"name": found.name, "report_url": url})


def register_kinds() -> None:
    """Called once at start."""
    mail_kinds.register("desk.e_service_report", MailKind("desk/mail/e_service_report", report, _("A fault in an e-service")))
