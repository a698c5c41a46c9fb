"""Mails that say that something stands ready to be read, and where: a report on an e-service, a half-year's summary. Nothing of what it says."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.desk.enums import ReportState
from luukku.desk.models import EServiceReport
from luukku.network.models import Organisation, Person


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


def half_year(mail: OutgoingMail) -> MailContent | None:
    """To one who leads an organisation's desks."""
    organisation = Organisation.objects.filter(pk=mail.subject_id).first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if organisation is None or person is None:
        return None
    language = person.mail_language
    url = f"{settings.LUUKKU_BASE_URL}{reverse('desk:faces')}?organisation={organisation.code}"
    context = {"year": str(mail.facts["year"]), "half": mail.facts["half"], "name": in_language(organisation, "name", language), "list_url": url}
    return MailContent(person.mail_address, language, context)


def register_kinds() -> None:
    """Called once at start."""
    mail_kinds.register("desk.half_year", MailKind("desk/mail/half_year", half_year, _("How a half-year went")))
    mail_kinds.register("desk.e_service_report", MailKind("desk/mail/e_service_report", report, _("A fault in an e-service")))
