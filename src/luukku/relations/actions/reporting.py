"""What a visitor writes of a visit, on a phone as at a desk, perhaps hours later when there is network again: once, whatever the line does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.desk.actions.work import check_length, checked_email
from luukku.relations.access import writer
from luukku.relations.actions.visits import Work, work_on_visit
from luukku.relations.enums import VisitState
from luukku.relations.models import NeedQuestion, Visit, VisitNeed, VisitReport

FREE_SLOTS = ("x1", "x2")  # needs that came up beside the map


@dataclass(frozen=True)
class Answer:
    words: str
    is_need: bool


@dataclass(frozen=True)
class Written:
    """A report as it was written. `answers` by slot: `q` and a question's key, or one of FREE_SLOTS; `version` is that of the words it was made from
    (0: there were none), so that nothing newer is written over unseen."""

    day: date
    met_name: str = ""
    met_role: str = ""
    met_phone: str = ""
    met_email: str = ""
    may_pass: bool = False
    notes: str = ""
    agreed: str = ""
    next_step: str = ""
    next_on: date | None = None
    answers: Mapping[str, Answer] | None = None
    version: int = 0


def report_visit(*, by: Actor, visit: Visit, written: Written, submit_key: str | None = None, at: datetime | None = None) -> VisitReport:
    """The actor's own report; the visit counts as held. Sent again with the same `submit_key` and the same words, it is written once.

    Raises RuleBroken, NotAllowed for who was not asked to go.
    """
    _check(written)
    with transaction.atomic():
        said = ("report_visit", visit.pk, written.version, _said(written))
        return VisitReport.objects.get(pk=once(submit_key, lambda: _report(by, visit, written, at), *said))


def _said(written: Written) -> str:
    answers = sorted((slot, each.words, each.is_need) for slot, each in (written.answers or {}).items())
    met = (written.met_name, written.met_role, written.met_phone, written.met_email, written.may_pass)
    return repr((written.day, met, written.notes, written.agreed, written.next_step, written.next_on, answers))


def _report(by: Actor, visit: Visit, written: Written, at: datetime | None) -> int:
    with work_on_visit(by, visit, at) as work:
        party = work.visit.parties.filter(person=by.person_id).first()
        if party is None:
            raise NotAllowed
        if work.visit.state == VisitState.CANCELLED:
            raise RuleBroken(_("The visit was called off. Plan it anew, and write then."))
        if written.day > timezone.localdate(work.at):
            raise RuleBroken(_("The day is to come. Write the report when you have met."), field="day")
        report = VisitReport.objects.filter(visit=work.visit, person=by.person_id).first()
        if report is not None and report.version != written.version:
            raise RuleBroken(_("You have written this report elsewhere meanwhile. What is saved stands below: join the two, and save again."))
        report = report or VisitReport(visit=work.visit, person_id=writer(by), organisation_id=party.organisation_id, version=0)
        _write(report, written, work.at)
        needs = _answer(report, written.answers or {})
        _hold(work, written.day)
        work.record("reported", version=report.version, needs=needs)
        return report.pk


def _write(report: VisitReport, written: Written, at: datetime) -> None:
    report.met_name, report.met_role = written.met_name.strip()[:120], written.met_role.strip()[:80]
    report.met_phone, report.met_email = written.met_phone.strip()[:40], written.met_email.strip()
    report.may_pass, report.notes, report.agreed = written.may_pass, written.notes.strip(), written.agreed.strip()
    step = written.next_step.strip()[:200]
    if (step, written.next_on) != (report.next_step, report.next_on):
        report.next_done_at = None
    report.next_step, report.next_on = step, written.next_on
    report.version, report.written_at = report.version + 1, at
    report.save()


def _answer(report: VisitReport, answers: Mapping[str, Answer]) -> int:
    """Each answer in its place; one that was emptied goes, unless something was made of it. Returns how many are needs."""
    given = {slot: each for slot, each in answers.items() if each.words.strip() or each.is_need}
    questions = asked_in([slot for slot in given if slot not in FREE_SLOTS])
    for slot, each in given.items():
        words = {"words": each.words.strip(), "is_need": each.is_need}
        VisitNeed.objects.update_or_create(report=report, slot=slot, defaults=words, create_defaults={
            **words, "visit_id": report.visit_id, "question": questions.get(slot)
        })  # fmt: skip
    report.needs.filter(given_to=None, case=None).exclude(slot__in=given).delete()
    return sum(each.is_need for each in given.values())


def asked_in(slots: Sequence[str], need_map_id: int | None = None) -> dict[str, NeedQuestion]:
    """Questions by slot, of one map if it is given. Raises RuleBroken for one that there is not."""
    keys = {slot: int(slot[1:]) for slot in slots if slot[:1] == "q" and slot[1:].isdigit()}
    found = NeedQuestion.objects.in_bulk(list(keys.values()))
    strange = need_map_id is not None and any(each.need_map_id != need_map_id for each in found.values())
    if strange or len(keys) < len(slots) or any(key not in found for key in keys.values()):
        raise RuleBroken(_("The form has changed. Open the page again."))
    return {slot: found[key] for slot, key in keys.items()}


def _hold(work: Work, day: date) -> None:
    visit = work.visit
    if visit.state == VisitState.PLANNED:
        visit.state = VisitState.HELD
        visit.day, visit.year = day, day.year
        visit.save(update_fields=["state", "day", "year"])
        work.record("held", day=day)
    elif visit.day != day:
        visit.day, visit.year = day, day.year
        visit.save(update_fields=["day", "year"])


def _check(written: Written) -> None:
    for field in ("notes", "agreed"):
        check_length(getattr(written, field), field=field)
    for each in (written.answers or {}).values():
        check_length(each.words, field="notes")
    if written.met_email.strip():
        checked_email(written.met_email, field="met_email")
    nothing = not any((written.notes.strip(), written.agreed.strip(), written.next_step.strip(), written.answers))
    if nothing:
        raise RuleBroken(_("Write something of the visit, if only a sentence."), field="notes")
    if written.next_on is not None and not written.next_step.strip():
        raise RuleBroken(_("Write what happens on that day."), field="next_step")


def step_done(*, by: Actor, report: VisitReport, at: datetime | None = None) -> VisitReport:
    """What was agreed has been done, by any of the visitors' organisations. Doing it twice does nothing more."""
    with work_on_visit(by, Visit(pk=report.visit_id), at) as work:
        if VisitReport.objects.filter(Q(next_done_at=None) & ~Q(next_step=""), pk=report.pk, visit=work.visit).update(next_done_at=work.at):
            work.record("step_done")
        return VisitReport.objects.get(pk=report.pk)


def see_to_the_end(*, by: Actor, visit: Visit, at: datetime | None = None) -> Visit:
    """Nothing is left to do after the visit. Raises RuleBroken while a next step or a need waits."""
    with work_on_visit(by, visit, at) as work:
        found = work.visit
        if found.state == VisitState.CLOSED:
            return found
        if found.state != VisitState.HELD:
            raise RuleBroken(_("Write the report first."))
        if found.reports.filter(next_done_at=None).exclude(next_step="").exists():
            raise RuleBroken(_("A next step waits still. Mark it done first."))
        found.state, found.ended_at = VisitState.CLOSED, work.at
        found.save(update_fields=["state", "ended_at"])
        work.record("seen_to")
        return found
