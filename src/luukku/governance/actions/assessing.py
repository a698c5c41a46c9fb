"""The year's self-assessment of a group: asked in one click, opened at a meeting."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.translated import LANGUAGES, by_language, in_language, reading_order
from luukku.governance.access import can_keep
from luukku.governance.actions.agenda import add_item
from luukku.governance.actions.clock import EntryForm, add_entry
from luukku.governance.models import Group, Meeting, Membership, SelfAssessment
from luukku.network.access import require
from luukku.surveys.actions.inviting import Invitee, invite
from luukku.surveys.actions.surveys import SurveyForm, create_survey, open_survey
from luukku.surveys.models import Questionnaire
from luukku.surveys.queries.frozen import freeze, mean_of_scales
from luukku.surveys.queries.results import results

QUESTIONNAIRE = "steering-group"


def start_assessment(*, by: Actor, group: Group, closes_on: date, year: int | None = None, at: datetime | None = None) -> SelfAssessment:
    """Asks each member of today by a link of her own, also those without a sign-in; the day stands in the region's year.

    Once for a `year`, the present one unless said. Raises NotAllowed, RuleBroken.
    """
    require(can_keep(by, group))
    year = year or timezone.localtime(at).year
    if group.region is None:
        raise RuleBroken(_("Groups of regions assess themselves; this one is of an area or of the nation."))
    if group.ended_at is not None:
        raise RuleBroken(_("The group has ended."))
    if SelfAssessment.objects.filter(group=group, year=year).exists():
        raise RuleBroken(_("The group is assessing itself this year already."), field="closes_on")
    questionnaire = Questionnaire.objects.get(code=QUESTIONNAIRE, region=None)
    titles = {code: f"{in_language(questionnaire, 'title', code)} {year}: {in_language(group, 'name', code)}" for code in LANGUAGES}
    with transaction.atomic():
        form = SurveyForm(closes_on, titles, about_kind="governance.group", about_id=group.pk)
        survey = open_survey(by=by, survey=create_survey(by=by, questionnaire=questionnaire, region=group.region, form=form, at=at), at=at)
        made = SelfAssessment.objects.create(group=group, year=year, survey=survey)
        trail.record("assessment.begun", made, by=by, region_id=group.region_id, at=at, group=group.pk)
        invite(by=by, survey=survey, invitees=_members(group))
        add_entry(by=by, region=group.region, form=EntryForm("due", f"{questionnaire.title}: {group.name}"[:160], closes_on))
    return made


def _members(group: Group) -> list[Invitee]:
    """Raises RuleBroken for a group that has nobody to ask."""
    members = Membership.objects.on(timezone.localdate()).filter(group=group).order_by("id")
    found = [_invitee(each) for each in members if each.person_id is not None or each.outside_email]
    if not found:
        raise RuleBroken(_("The group has no members who can be asked. Add them first."), field="closes_on")
    return found


def _invitee(member: Membership) -> Invitee:
    if member.person_id is not None:
        return Invitee(member.person_id)
    return Invitee(None, member.outside_name, member.outside_email, member.language)


def open_at_meeting(*, by: Actor, assessment: SelfAssessment, meeting: Meeting, at: datetime | None = None) -> SelfAssessment:
    """Its results, as they are now, become a point of the meeting, and all who read the group read them. Raises NotAllowed, RuleBroken."""
    require(can_keep(by, assessment.group) and meeting.group_id == assessment.group_id)
    with transaction.atomic():
        rows = SelfAssessment.objects.select_for_update(of=("self",)).select_related("group__region", "group__area", "survey__version")
        found = rows.get(pk=assessment.pk)
        if found.opened_at is not None:
            raise RuleBroken(_("It has been opened already."))
        if found.survey.settled_at is None:
            raise RuleBroken(_("Answers still come in, or are being taken out. Open it when the survey has closed."))
        page = results(by, found.survey)
        if not page.is_enough:
            raise RuleBroken(_("Fewer than %(n)s have answered, so there is nothing to open.") % {"n": found.survey.hide_below})
        titles = by_language(lambda: _("How the group works: self-assessment %(year)s") % {"year": found.year})
        found.item = add_item(by=by, meeting=meeting, title=titles[reading_order()[0]], others=titles, at=at)
        found.meeting, found.opened_at = meeting, at or timezone.now()
        found.results = freeze(page)
        found.mean, found.answers = mean_of_scales(found.survey, found.results), page.answered
        found.save(update_fields=["item", "meeting", "opened_at", "results", "mean", "answers"])
        trail.record("assessment.opened", found, by=by, region_id=found.group.region_id, at=at, group=found.group_id, answers=found.answers)
    return found
