"""What the network's keepers hear by mail: a change of borders that did not come about on its day."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.translated import in_language
from luukku.core.ui.times import date_text
from luukku.network.models import Person, PlannedChange
from luukku.network.models.plans import PlanState


def plan_refused(mail: OutgoingMail) -> MailContent | None:
    """To one keeper; None when somebody has seen to it, or she has left."""
    plan = PlannedChange.objects.filter(pk=mail.subject_id, state=PlanState.REFUSED).select_related("municipality").first()
    person = Person.objects.to_mail(mail.facts.get("person"))
    if plan is None or person is None:
        return None
    language = person.mail_language
    with translation.override(language):
        name = str(in_language(plan.municipality, "name", language))
        said = _("It was written down for %(day)s, and a rule was against it. Until you see to it, everything stays as it was.")
        context = {
            "subject": _("A change of borders did not come about: %(name)s") % {"name": name},
            "before": [said % {"day": date_text(plan.since, year=True)}],
            "after": [], "code": "", "link": _("See why"), "language": language, "base_url": settings.LUUKKU_BASE_URL,
            "url": settings.LUUKKU_BASE_URL + reverse("network:municipality", args=[plan.municipality_id]),
        }  # fmt: skip
    return MailContent(person.mail_address, language, context)


def register_kinds() -> None:
    """Told to core at start."""
    mail_kinds.register("network.plan_refused", MailKind("accounts/mail/letter", plan_refused))
