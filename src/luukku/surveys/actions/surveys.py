"""A survey from its making to its end."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.moments import midnight_after
from luukku.core.secret_links import digest_of
from luukku.core.submissions import once
from luukku.network.access import require
from luukku.network.models import Region
from luukku.surveys.access import can_keep, open_token
from luukku.surveys.enums import SurveyState
from luukku.surveys.models import Questionnaire, Survey, Version
from luukku.surveys.models.questionnaires import TAKEN_OVER

LONGEST_DAYS = 400


@dataclass(frozen=True)
class SurveyForm:
    """Until which day it is open, under which name here, and what of a higher module it is about."""

    closes_on: date
    titles: dict[str, str] = field(default_factory=dict)
    about_kind: str = ""
    about_id: int | None = None


def version_in_use(questionnaire: Questionnaire) -> Version:
    """Raises RuleBroken for one that has none yet."""
    found = Version.objects.filter(questionnaire=questionnaire).exclude(taken_at=None).order_by("-number").first()
    if found is None:
        raise RuleBroken(_("Take the questionnaire into use first."), field="questionnaire")
    return found


def create_survey(
    *, by: Actor, questionnaire: Questionnaire, region: Region | None, form: SurveyForm, submit_key: str | None = None, at: datetime | None = None
) -> Survey:
    """A survey that is not open yet, on the version in use. Raises NotAllowed, RuleBroken."""
    key = region.pk if region is not None else None
    require(can_keep(by, key) and questionnaire.region_id in (None, key))
    version, moment = version_in_use(questionnaire), at or timezone.now()
    _check_day(form.closes_on, moment)

    def make() -> int:
        taken = {name: getattr(questionnaire, name) for name in TAKEN_OVER}
        taken["takes_needs"] &= region is not None  # a door belongs to a region
        taken |= {f"title_{language}": title.strip() for language, title in form.titles.items() if title.strip()}
        made = Survey.objects.create(
            version=version, region=region, about_kind=form.about_kind, about_id=form.about_id, closes_at=midnight_after(form.closes_on),
            made_by_id=by.person_id, made_at=moment, **taken,
        )  # fmt: skip
        trail.record("survey.made", made, by=by, region_id=key, at=at, questionnaire=questionnaire.pk)
        return made.pk

    with transaction.atomic():
        return Survey.objects.select_related("version__questionnaire", "region").get(pk=once(submit_key, make, "survey", questionnaire.pk, key))


def _check_day(day: date, moment: datetime) -> None:
    first = timezone.localdate(moment)
    if not first <= day <= first + timedelta(days=LONGEST_DAYS):
        raise RuleBroken(_("Choose a day that is still to come, at most a year away."), field="closes_on")


def locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update(of=("self",)).select_related("version__questionnaire", "region").get(pk=survey.pk)


def open_survey(*, by: Actor, survey: Survey, at: datetime | None = None) -> Survey:
    """From now on it takes answers. What those who answer are told, and the version, stay. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, survey.region_id))
    with transaction.atomic():
        found = locked(survey)
        if found.state != SurveyState.DRAFT:
            raise RuleBroken(_("It has been opened already."))
        found.state, found.opened_at = SurveyState.OPEN, at or timezone.now()
        found.save(update_fields=["state", "opened_at"])
        trail.record("survey.opened", found, by=by, region_id=found.region_id, at=at, anonymous=found.is_anonymous)
    return found


def remove_survey(*, by: Actor, survey: Survey) -> None:
    """A draft goes: nobody has been asked anything yet. Raises NotAllowed, RuleBroken for one that has been opened."""
    require(can_keep(by, survey.region_id))
    with transaction.atomic():
        found = locked(survey)
        if found.state != SurveyState.DRAFT:
            raise RuleBroken(_("It has been opened already. Close it instead."))
        trail.record("survey.removed", found, by=by, region_id=found.region_id)
        with connection.cursor() as cursor:  # nothing hangs on a draft, and the web may delete no answers
            cursor.execute("delete from surveys_survey where id = %s", [found.pk])


def make_open_link(*, by: Actor, survey: Survey) -> str:
    """The secret of the link that everybody may use; asked again, the same. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, survey.region_id))
    if survey.is_for_invited:
        raise RuleBroken(_("Only those who are invited answer this: a link for everybody would let somebody answer for others."))
    with transaction.atomic():
        found = locked(survey)
        if found.link_seed is None:
            found.link_seed = uuid.uuid4()
            found.link_digest = digest_of(open_token(found))
            found.save(update_fields=["link_seed", "link_digest"])
            trail.record("survey.link_made", found, by=by, region_id=found.region_id)
    return open_token(found)


def move_end(*, by: Actor, survey: Survey, closes_on: date) -> Survey:
    """Another last day, while it is open. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, survey.region_id))
    _check_day(closes_on, timezone.now())
    with transaction.atomic():
        found = locked(survey)
        if found.state == SurveyState.CLOSED:
            raise RuleBroken(_("It has closed, and stays closed."))
        found.closes_at = midnight_after(closes_on)
        found.save(update_fields=["closes_at"])
        trail.record("survey.moved", found, by=by, region_id=found.region_id, until=closes_on)
    return found


def close_survey(*, by: Actor, survey: Survey, at: datetime | None = None) -> Survey:
    """It takes no more answers; the job that follows takes the answers out of their box. Closed twice, the first time stands. Raises NotAllowed."""
    require(can_keep(by, survey.region_id))
    with transaction.atomic():
        found = locked(survey)
        if found.state == SurveyState.DRAFT:
            raise RuleBroken(_("It has not been opened yet."))
        if found.state == SurveyState.OPEN:
            found.state, found.closes_at = SurveyState.CLOSED, min(found.closes_at, at or timezone.now())
            found.save(update_fields=["state", "closes_at"])
            trail.record("survey.closed", found, by=by, region_id=found.region_id, at=at)
            app.configure_task("luukku.surveys.tasks.settle", lock=f"survey-{found.pk}").defer(survey_id=found.pk)
    return found


def share_results(*, by: Actor, survey: Survey, at: datetime | None = None) -> Survey:
    """The network of the region reads the results from now on. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, survey.region_id))
    with transaction.atomic():
        found = locked(survey)
        if found.settled_at is None:
            raise RuleBroken(_("Close the survey first: until then nobody reads its results."))
        found.shared_at = found.shared_at or at or timezone.now()
        found.save(update_fields=["shared_at"])
        trail.record("survey.shared", found, by=by, region_id=found.region_id, at=at)
    return found
