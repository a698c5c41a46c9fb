"""What the network's keepers hear by mail: a change of borders that did not come about on its day."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luukku.core.mail import MailContent, MailKind, mail_kinds
from luukku.core.models import OutgoingMail
from luukku.core.ui.times import date_text
from luukku.network.models import Organisation, Person, PlannedChange, PlannedPlace, Reform, ReformMove, Region
from luukku.network.models.plans import PlanState
from luukku.network.models.reforms import ReformState


def plan_refused(mail: OutgoingMail) -> MailContent | None:
    """To one keeper; None when somebody has seen to it, or she has left."""
    plan = PlannedChange.objects.filter(pk=mail.subject_id, state=PlanState.REFUSED).select_related("municipality").first()
    if plan is None:
        return None
    return _letter(
        mail,
        lambda: (
            _("A change of borders did not come about: %(name)s") % {"name": plan.municipality.name},
            _("It was written down for %(day)s, and a rule was against it. Until you see to it, everything stays as it was.")
            % {"day": date_text(plan.since, year=True)},
            _("See why"),
            reverse("network:municipality", args=[plan.municipality_id]),
        ),
    )


def place_plan_refused(mail: OutgoingMail) -> MailContent | None:
    """To one keeper; None when somebody has seen to it, or she has left."""
    plan = PlannedPlace.objects.filter(pk=mail.subject_id, state=PlanState.REFUSED).select_related("region", "area").first()
    if plan is None:
        return None
    return _letter(
        mail,
        lambda: (
            _("A change did not come about: %(name)s") % {"name": plan.place.name},
            _("It was written down for %(day)s, and a rule was against it. Until you see to it, everything stays as it was.")
            % {"day": date_text(plan.since, year=True)},
            _("See why"),
            reverse("network:area" if plan.area is not None else "network:region", args=[plan.place.code]),
        ),
    )


def reform_stopped(mail: OutgoingMail) -> MailContent | None:
    """To one keeper; None when somebody has seen to it, or she has left."""
    reform = Reform.objects.filter(pk=mail.subject_id, state=ReformState.STOPPED).first()
    if reform is None:
        return None
    return _letter(
        mail,
        lambda: (
            _("A reform of organisations stopped"),
            _("A rule was against it. What had moved before stays moved; the rest waits until you see to it."),
            _("See why"),
            reverse("network:reform", args=[reform.pk]),
        ),
    )


def reformed(mail: OutgoingMail) -> MailContent | None:
    """To one person whose seat went along; None when it has been undone, or she has left."""
    move = ReformMove.objects.select_related("source", "target").exclude(done_at=None).filter(pk=mail.subject_id).first()
    if move is None or move.target is None:
        return None
    source, target = move.source, move.target
    return _letter(
        mail,
        lambda: (
            _("Your work goes on in %(new)s") % {"new": target.name},
            _("Your seat in %(old)s goes on in %(new)s, with the open matters that you handle. You sign in as before.")
            % {"old": source.name, "new": target.name},
            _("See the organisation"),
            reverse("network:organisation", args=[target.code]),
        ),
    )


def first_person(mail: OutgoingMail) -> MailContent | None:
    """The invitation of the first person of an organisation; None when it, the region or the person has left."""
    organisation = Organisation.objects.active().filter(pk=mail.facts.get("organisation")).first()
    region = Region.objects.filter(pk=mail.facts.get("region")).first()
    if organisation is None or region is None:
        return None
    told = {"name": organisation.name, "region": region.name}
    return _letter(
        mail,
        lambda: (
            _("You are invited to the network: %(name)s") % {"name": organisation.name},
            _("You have been named the first person of %(name)s in the network of business services of %(region)s. Sign in with this address: a code"
              " comes to it by mail. Then add your colleagues, and open the desk where customers of yours come.") % told,
            _("Begin"),
            reverse("network:organisation", args=[organisation.code]),
        ),
    )  # fmt: skip


def _letter(mail: OutgoingMail, words: Callable[[], tuple[str, str, str, str]]) -> MailContent | None:
    """A short letter to the person whom the mail names: subject, what is said, the link's words and its path, made in her language."""
    person = Person.objects.to_mail(mail.facts.get("person"))
    if person is None:
        return None
    language, base_url = person.mail_language, settings.LUUKKU_BASE_URL
    with translation.override(language):
        subject, said, link, path = words()
    context = {
        "subject": subject, "before": [said], "after": [], "code": "", "link": link, "language": language, "base_url": base_url,
        "url": base_url + path,
    }  # fmt: skip
    return MailContent(person.mail_address, language, context)


def register_kinds() -> None:
    """Told to core at start."""
    refused, reform = gettext_lazy("A planned change that did not come about"), gettext_lazy("A change of organisations")
    mail_kinds.register("network.plan_refused", MailKind("accounts/mail/letter", plan_refused, refused))
    mail_kinds.register("network.place_plan_refused", MailKind("accounts/mail/letter", place_plan_refused, refused))
    mail_kinds.register("network.reform_stopped", MailKind("accounts/mail/letter", reform_stopped, reform))
    mail_kinds.register("network.reformed", MailKind("accounts/mail/letter", reformed, reform))
    mail_kinds.register("network.first_person", MailKind("accounts/mail/letter", first_person, gettext_lazy("Invitation to the network")))
