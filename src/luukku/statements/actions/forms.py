"""Forms are made and changed by those who answer for them; each change is a new version, and what was asked on an old one stays as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.network.access import can_edit_organisation, can_edit_region, require
from luukku.network.models import Organisation, Region
from luukku.statements.access import can_edit_form
from luukku.statements.enums import FieldKind, Filler
from luukku.statements.models import FormVersion, StatementForm
from luukku.statements.models.forms import MOST_DAYS
from luukku.statements.queries.questions import Question, Words
from luukku.statements.queries.ready_made import READY_MADE

MOST_QUESTIONS = 30


@dataclass(frozen=True)
class FormDraft:
    """What a version says."""

    title: Words
    working_days: int
    is_shown: bool
    questions: Sequence[Question]


def make_form(
    *, by: Actor, draft: FormDraft, region: Region | None = None, organisation: Organisation | None = None, at: datetime | None = None
) -> FormVersion:
    """A new form of a region, or of an organisation. Raises RuleBroken, NotAllowed."""
    if region is not None:
        require(can_edit_region(by, region.pk))
    else:
        require(organisation is not None and can_edit_organisation(by, organisation.pk))
    _check(draft)
    with transaction.atomic():
        form = StatementForm.objects.create(region=region, organisation=organisation, made_at=at or timezone.now())
        return _version(by, form, draft, at)


def change_form(*, by: Actor, form: StatementForm, draft: FormDraft, at: datetime | None = None) -> FormVersion:
    """The next version of a form. What has been asked already is answered on the version on which it was asked. Raises RuleBroken, NotAllowed."""
    require(can_edit_form(by, form))
    _check(draft)
    with transaction.atomic():
        locked = StatementForm.objects.select_for_update().get(pk=form.pk)
        if locked.retired_at is not None:
            raise RuleBroken(_("This form is not in use any more."))
        return _version(by, locked, draft, at)


def retire_form(*, by: Actor, form: StatementForm, at: datetime | None = None) -> None:
    """Nothing new is asked on it; what has been asked goes on. Raises NotAllowed."""
    require(can_edit_form(by, form))
    with transaction.atomic():
        if StatementForm.objects.filter(pk=form.pk, retired_at=None).update(retired_at=at or timezone.now()):
            trail.record("statement_form.retired", form, by=by, region_id=form.region_id, organisation_id=form.organisation_id, at=at)


def take_ready_made(*, by: Actor, region: Region, code: str, at: datetime | None = None) -> FormVersion:
    """The region's own of a form that came with the product, made at its first use by whoever asks on it. Of two at once both get the same one."""
    ready = READY_MADE.get(code)
    if ready is None:
        raise RuleBroken(_("Choose a form."), field="form")
    with transaction.atomic():
        form = StatementForm.objects.filter(region=region, code=code).first()
        if form is None:
            made = StatementForm(region=region, code=code, made_at=at or timezone.now())
            StatementForm.objects.bulk_create([made], ignore_conflicts=True)
        form = StatementForm.objects.select_for_update().get(region=region, code=code)
        newest = form.versions.order_by("-number").first()
        return newest or _version(by, form, FormDraft(ready.title, ready.working_days, ready.is_shown, ready.questions), at, ready_made=True)


def _version(by: Actor, form: StatementForm, draft: FormDraft, at: datetime | None, *, ready_made: bool = False) -> FormVersion:
    last = form.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = FormVersion.objects.create(
        form=form, number=last + 1, working_days=draft.working_days, is_shown=draft.is_shown, made_at=at or timezone.now(),
        made_by_id=None if ready_made else by.person_id, fields=[each.stored() for each in draft.questions],
        **{f"title_{language}": draft.title.get(language, "").strip()[:120] for language in ("fi", "sv", "en")},
    )  # fmt: skip
    trail.record("statement_form.made", form, by=by, region_id=form.region_id, organisation_id=form.organisation_id, at=at, version=version.number)
    return version


def _check(draft: FormDraft) -> None:
    if not draft.title.get("fi", "").strip():
        raise RuleBroken(_("Write the form's name in Finnish at least."), field="title_fi")
    if not 1 <= draft.working_days <= MOST_DAYS:
        raise RuleBroken(_("Give 1 to %(most)s working days.") % {"most": MOST_DAYS}, field="working_days")
    if len(draft.questions) > MOST_QUESTIONS:
        raise RuleBroken(_("At most %(most)s questions fit on a form.") % {"most": MOST_QUESTIONS})
    keys = [each.key for each in draft.questions]
    if len(set(keys)) != len(keys) or not all(keys):
        raise RuleBroken(_("Each question needs a key of its own."))
    for each in draft.questions:
        if each.kind not in FieldKind.values or each.filler not in Filler.values or not each.words.get("fi", "").strip():
            raise RuleBroken(_("Write each question in Finnish at least, and choose who answers it and how."))
        if each.kind == FieldKind.CHOICE and len(each.choices) < 2:
            raise RuleBroken(_("“%(question)s” needs two answers to choose from at least.") % {"question": each.words["fi"]})
