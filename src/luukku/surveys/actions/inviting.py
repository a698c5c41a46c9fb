"""Who is asked, and who is reminded."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import mail, trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.secret_links import digest_of
from luukku.network.access import require
from luukku.network.enums import LanguageCode
from luukku.surveys.access import can_keep, token_of
from luukku.surveys.actions.surveys import locked
from luukku.surveys.enums import ResponseState, SurveyState
from luukku.surveys.models import Invitation, Receipt, Response, Survey

MOST = 2000  # at once


@dataclass(frozen=True)
class Invitee:
    """One of the network's people by key, or somebody by name and address."""

    person_id: int | None = None
    name: str = ""
    email: str = ""
    language: str = LanguageCode.FI


def invite(*, by: Actor, survey: Survey, invitees: Iterable[Invitee]) -> int:
    """Each who has not been invited yet gets a link of her own by mail. Returns how many. Raises NotAllowed, RuleBroken for what is no address."""
    require(can_keep(by, survey.region_id))
    wanted = list(invitees)
    if len(wanted) > MOST:
        raise RuleBroken(_("Invite at most %(n)s at once.") % {"n": MOST}, field="people")
    wanted = [_checked(each) for each in wanted]
    with transaction.atomic():
        found = locked(survey)
        if not found.takes_answers:
            raise RuleBroken(_("Open the survey first; one that has closed invites nobody."))
        if found.is_for_invited and Invitation.objects.filter(survey=found).exists():
            raise RuleBroken(_("Those answer this who were the group's members when it began: nobody can be added while it goes on."))
        known = {(person, email) for person, email in Invitation.objects.filter(survey=found).values_list("person_id", "email")}
        new = {(each.person_id, each.email): each for each in wanted if (each.person_id, each.email) not in known}
        made = Invitation.objects.bulk_create(_row(found, each) for each in new.values())
        mail.queue_for_each("surveys.invitation", Invitation, [each.pk for each in made])
        trail.record("survey.invited", found, by=by, region_id=found.region_id, people=len(made))
    return len(made)


def _checked(invitee: Invitee) -> Invitee:
    if invitee.person_id is not None:
        return Invitee(invitee.person_id, language=invitee.language)
    email = invitee.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(_("This is no e-mail address: %(line)s") % {"line": (email or invitee.name)[:60]}, field="people") from None
    return Invitee(None, invitee.name.strip()[:120], email, invitee.language)


def _row(survey: Survey, invitee: Invitee) -> Invitation:
    row = Invitation(survey=survey, person_id=invitee.person_id, name=invitee.name, email=invitee.email, language=invitee.language, seed=uuid.uuid4())
    row.digest = digest_of(token_of(row))
    return row


def remind(*, by: Actor, survey: Survey) -> Survey:
    """Whoever has not answered is reminded by the house, once a day at most; who they are is told to nobody. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, survey.region_id))
    today = timezone.localdate()
    with transaction.atomic():
        found = locked(survey)
        if not found.takes_answers:
            raise RuleBroken(_("It takes no more answers."))
        if found.reminded_on == today:
            raise RuleBroken(_("A reminder has left today already."))
        found.reminded_on = today
        found.save(update_fields=["reminded_on"])
        trail.record("survey.reminded", found, by=by, region_id=found.region_id)
        app.configure_task("luukku.surveys.tasks.remind", lock=f"survey-{found.pk}").defer(survey_id=found.pk)
    return found


def not_answered(survey: Survey) -> "list[int]":
    """Keys of the invitations that wait for an answer. As the house."""
    asked = Invitation.objects.filter(survey=survey, is_resting=False)
    done = Response.objects.filter(survey=survey, invitation__isnull=False).exclude(state=ResponseState.DRAFT).values("invitation_id")
    return list(asked.exclude(pk__in=Receipt.objects.values("invitation_id")).exclude(pk__in=done).order_by("id").values_list("pk", flat=True))


def send_reminders(survey_id: int) -> int:
    """As the house: a mail to each who has not answered. Returns how many."""
    with transaction.atomic():
        survey = Survey.objects.filter(pk=survey_id, state=SurveyState.OPEN).first()
        found = not_answered(survey) if survey is not None and survey.takes_answers else []
        mail.queue_for_each("surveys.reminder", Invitation, found)
    return len(found)
