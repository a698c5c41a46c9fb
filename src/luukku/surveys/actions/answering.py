"""Somebody answers: by her own link, by the open one, or on paper or the phone through who keeps the survey.

An anonymous answer leaves nothing but itself: no event, no time, no order, no tie to a link or a person (docs/adr, anonymous answers).
"""

import json
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils.translation import gettext as _

from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.submissions import key_of, once
from luukku.network.access import require
from luukku.surveys.access import Door, can_keep, door_by
from luukku.surveys.actions.needs import NeedTold, take_need
from luukku.surveys.enums import ResponseState, Way
from luukku.surveys.models import Invitation, Survey
from luukku.surveys.models.questions import Content, kept, lacking
from luukku.surveys.queries.boxes import FULL, Entry, draw_key, opened, sealed

LONGEST = 20_000  # letters of one answer, all its texts together


@dataclass(frozen=True)
class Said:
    """What somebody says. `key` belongs to the page on which she says it: the same page sent again replaces what it said before."""

    content: Content
    key: str = ""
    organisation_id: int | None = None
    name: str = ""
    email: str = ""
    need: NeedTold | None = None


@dataclass(frozen=True)
class Source:
    """Where an answer comes from: a link, or what was said on paper or by phone and by whom."""

    door: Door | None = None
    invitation: Invitation | None = None
    way: str = Way.WEB

    @property
    def digest(self) -> bytes | None:
        return self.door.digest if self.door is not None else None

    @property
    def invitation_id(self) -> int | None:
        return self.invitation.pk if self.invitation is not None else None


def closed() -> RuleBroken:
    return RuleBroken(_("This survey takes no more answers: its time is over."))


def answered_already() -> RuleBroken:
    return RuleBroken(_("You have answered already. Thank you: your answer counts."))


def answer(*, by: Actor, survey: Survey, door: Door, said: Said, step: str = ResponseState.SENT) -> str:
    """By link. A `step` of part is the first question alone, which counts even if she leaves; of draft is saved under her name and does not count.

    Returns the address of the receipt if a matter was made of what she needs, else nothing. Raises RuleBroken when the survey is closed, has her
    answer already, or something is left empty that must not be.
    """
    return _give(by, survey, said, step, Source(door))


def type_in(*, by: Actor, survey: Survey, said: Said, way: str, invitation: Invitation | None = None, submit_key: str | None = None) -> bool:
    """What somebody said on paper or by phone. An invited one is reminded no more. The same `submit_key` with the same words counts once.

    Returns whether a matter was made of what she needs. Raises NotAllowed, RuleBroken.
    """
    require(can_keep(by, survey.region_id))
    if way not in (Way.PAPER, Way.PHONE):
        raise RuleBroken(_("Choose how the answer came."), field="way")
    if survey.is_for_invited:
        raise RuleBroken(_("The group's own people answer this, each by the link that came to them: nobody types it in for them."))
    source = Source(None, invitation, way)
    words = ("type_in", survey.pk, source.invitation_id, way, json.dumps(said.content, sort_keys=True), said.organisation_id, said.need)
    if survey.is_anonymous:  # no form of it is kept: the box knows its own page, and the same page sent again is put in the place of the first
        return bool(_give(by, survey, replace(said, key=str(key_of(submit_key, *words) or "")), ResponseState.SENT, source))
    with transaction.atomic():
        return bool(once(submit_key, lambda: int(bool(_give(by, survey, said, ResponseState.SENT, source))), *words))


def _give(by: Actor, survey: Survey, said: Said, step: str, source: Source) -> str:
    questions = survey.version.questions
    content = kept(questions, said.content)
    missing = lacking(questions, content)
    if step == ResponseState.SENT and missing:
        raise RuleBroken(_("Answer this question too."), field=missing[0])
    if not content:
        raise RuleBroken(_("Answer at least one question."))
    if len(json.dumps(content)) > LONGEST:
        raise RuleBroken(_("Your answers are too long all together. Shorten what you have written."))
    with transaction.atomic():
        if survey.is_anonymous:
            _drop(survey, Entry(said.key or draw_key(), content, said.organisation_id), source, step)
        else:
            _write(by, survey, said, content, step, source)
        return take_need(by=by, survey=survey, told=said.need, content=content) if said.need is not None and step == ResponseState.SENT else ""


def _drop(survey: Survey, entry: Entry, source: Source, step: str) -> None:
    if step == ResponseState.DRAFT:
        raise RuleBroken(_("An anonymous answer is kept in your own browser until you send it."))
    which, entries = _box(survey, source, entry.key)
    mine = [each for each in entries if each.key == entry.key]
    if not mine and _answered(source):
        raise answered_already()
    entries = [each for each in entries if each.key != entry.key] + [entry]
    with connection.cursor() as cursor:
        cursor.execute(
            "select wall.surveys_drop(%s, %s, %s, %s, %s, %s)",
            [source.digest, survey.pk, source.invitation_id, which, len(entries), sealed(entries)],
        )
        if cursor.fetchone() != ("taken",):
            raise closed()


def _answered(source: Source) -> bool:
    """Asked once more, when this answer's turn has come."""
    link = bytes(source.invitation.digest) if source.invitation is not None else source.digest
    again = door_by(link) if link is not None else None
    return again is not None and again.answered


def _box(survey: Survey, source: Source, key: str) -> tuple[int, list[Entry]]:
    """The box that holds this page's answer, else the last one, or a new one when that is full. Waits for its turn."""
    last = _take(survey, source, None)
    if last is None:
        return 1, []
    number, found = last
    if not any(each.key == key for each in found) and number > 1:
        before = _take(survey, source, number - 1)
        if before is not None and any(each.key == key for each in before[1]):
            return before
    return (number, found) if len(found) < FULL or any(each.key == key for each in found) else (number + 1, [])


def _take(survey: Survey, source: Source, which: int | None) -> tuple[int, list[Entry]] | None:
    with connection.cursor() as cursor:
        cursor.execute("select number, sealed from wall.surveys_take_box(%s, %s, %s)", [source.digest, survey.pk, which])
        row = cursor.fetchone()
    return (row[0], opened(row[1])) if row else None


def _write(by: Actor, survey: Survey, said: Said, content: Content, step: str, source: Source) -> None:
    told = {"organisation": said.organisation_id, "name": said.name, "email": said.email.strip().lower()}
    if source.invitation_id is None and source.door is not None and source.door.invitation_id is None and not told["email"]:
        raise RuleBroken(_("Write your e-mail address."), field="email")
    with connection.cursor() as cursor:
        cursor.execute(
            "select wall.surveys_write(%s, %s, %s, %s, %s, %s, %s)",
            [source.digest, survey.pk, source.invitation_id, json.dumps(content), step, source.way, json.dumps(told)],
        )
        came = cursor.fetchone()
    if came == ("already",):
        raise answered_already()
    if came != ("taken",):
        raise closed()
    if step != ResponseState.DRAFT:
        trail.record("survey.answered", survey, by=by, region_id=survey.region_id, way=source.way, step=step)
