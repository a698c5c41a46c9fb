"""Mails that say that something stands ready to be read, and where: a report on an e-service, a half-year's summary. Nothing of what it says."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.desk.enums import HelpWent, ReportState
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


def outside(mail: OutgoingMail) -> MailContent | None:
    """To an owner of whom nobody is in the network: all that was said, for there is nothing to sign in to. It tells of no customer."""
    found = EServiceReport.objects.select_related("region", "reported_by").filter(pk=mail.subject_id).exclude(owner_email="").first()
    if found is None:
        return None
    language = str(mail.facts["language"])
    context = {
        "name": found.name, "address": found.url, "said": found.words, "broken": found.went == HelpWent.BROKEN,
        "organisation": in_language(found.reported_by, "name", language), "region": in_language(found.region, "name", language),
    }  # fmt: skip
    return MailContent(found.owner_email, language, context, reply_to=found.reported_by.email or found.region.email)


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
    mail_kinds.register("desk.e_service_outside", MailKind("desk/mail/e_service_outside", outside, _("A fault in an e-service")))
