"""The maps of needs are kept: the network's by its owner, a region's own by its coordinator.

Nothing is deleted; what says something else is a new question.
"""

from collections.abc import Mapping
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from luukku.catalogue.models import Service
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import NotAllowed, RuleBroken
from luukku.core.submissions import once
from luukku.core.translated import LANGUAGES
from luukku.core.turns import take_turns
from luukku.network.access import require
from luukku.network.models import Region
from luukku.relations.access import can_edit_maps
from luukku.relations.models import NeedMap, NeedQuestion

MOST_QUESTIONS = 15
LONGEST_NAME, LONGEST_TEXT = 80, 160


def make_map(*, by: Actor, region: Region | None, names: Mapping[str, str], submit_key: str | None = None) -> NeedMap:
    """A map without questions yet: the region's own, or the whole network's (None). Raises RuleBroken, NotAllowed."""
    require(can_edit_maps(by, region.pk if region else None))
    said = in_three(names, "name", LONGEST_NAME)

    def work() -> int:
        place = (NeedMap.objects.aggregate(last=Max("position"))["last"] or 0) + 1
        made = NeedMap.objects.create(code=uuid4().hex[:12], region=region, position=place, **said)
        _record(by, made, "made")
        return made.pk

    with transaction.atomic():
        return NeedMap.objects.get(pk=once(submit_key, work, "make_map", said, region and region.pk))


def rename_map(*, by: Actor, need_map: NeedMap, names: Mapping[str, str]) -> NeedMap:
    """Raises RuleBroken, NotAllowed."""
    said = in_three(names, "name", LONGEST_NAME)
    with transaction.atomic():
        found = _lock(by, need_map)
        for column, words in said.items():
            setattr(found, column, words)
        found.save(update_fields=list(said))
        _record(by, found, "renamed")
        return found


def retire_map(*, by: Actor, need_map: NeedMap, retired: bool) -> NeedMap:
    """Not offered any more, or offered again; what was answered by it stays. Raises NotAllowed."""
    with transaction.atomic():
        found = _lock(by, need_map)
        if found.is_hidden != retired:
            found.is_hidden = retired
            found.save(update_fields=["is_hidden"])
            _record(by, found, "retired" if retired else "offered")
        return found


def write_question(
    *, by: Actor, need_map: NeedMap, texts: Mapping[str, str], service: Service | None = None, question: NeedQuestion | None = None
) -> NeedQuestion:
    """A new question, or another wording of one: the one before is asked no more, and its answers stay with it.

    The map's version grows. Raises RuleBroken for empty words or too many questions, NotAllowed.
    """
    said = in_three(texts, "text", LONGEST_TEXT)
    with transaction.atomic():
        found = _lock(by, need_map)
        before = found.questions.filter(pk=question.pk, is_hidden=False).first() if question is not None else None
        if question is not None and before is None:
            raise RuleBroken(_("Somebody has changed this question meanwhile. Open the page again."))
        if before is not None and all(getattr(before, column) == words for column, words in said.items()):
            before.service = service
            before.save(update_fields=["service"])
            return before
        if before is None and found.questions.filter(is_hidden=False).count() >= MOST_QUESTIONS:
            raise RuleBroken(_("At most %(most)s questions: short forms are answered.") % {"most": MOST_QUESTIONS})
        last = found.questions.aggregate(last=Max("position"))["last"] or 0
        _next_version(found)
        if before is not None:
            _hide(before, found)
        place = before.position if before is not None else last + 1
        made = NeedQuestion.objects.create(need_map=found, position=place, service=service, since=found.version, **said)
        _record(by, found, "asks", version=found.version)
        return made


def retire_question(*, by: Actor, question: NeedQuestion) -> None:
    """Asked no more; its answers stay. Doing it twice does nothing more. Raises NotAllowed."""
    with transaction.atomic():
        found = _lock(by, question.need_map)
        shown = found.questions.filter(pk=question.pk, is_hidden=False).first()
        if shown is not None:
            _next_version(found)
            _hide(shown, found)
            _record(by, found, "asks_no_more", version=found.version)


def raise_question(*, by: Actor, question: NeedQuestion) -> None:
    """One place up among those that are asked. Raises NotAllowed."""
    with transaction.atomic():
        found = _lock(by, question.need_map)
        asked = list(found.questions.filter(is_hidden=False).order_by("position", "id"))
        place = next((number for number, each in enumerate(asked) if each.pk == question.pk), 0)
        if place:
            asked[place - 1 : place + 1] = [asked[place], asked[place - 1]]
            for number, each in enumerate(asked, start=1):
                each.position = number
            NeedQuestion.objects.bulk_update(asked, ["position"])
            _record(by, found, "ordered")


def _lock(by: Actor, need_map: NeedMap) -> NeedMap:
    take_turns(f"map of needs {need_map.pk}")
    found = NeedMap.objects.get(pk=need_map.pk)
    if not can_edit_maps(by, found.region_id):
        raise NotAllowed
    return found


def _next_version(need_map: NeedMap) -> None:
    NeedMap.objects.filter(pk=need_map.pk).update(version=F("version") + 1)
    need_map.version += 1


def _hide(question: NeedQuestion, need_map: NeedMap) -> None:
    question.is_hidden, question.until = True, need_map.version - 1
    question.save(update_fields=["is_hidden", "until"])


def in_three(words: Mapping[str, str], name: str, most: int) -> dict[str, str]:
    """By column; Finnish is a must, the others stand in by it."""
    found = {f"{name}_{language}": " ".join(words.get(language, "").split()) for language in LANGUAGES}
    if not found[f"{name}_fi"]:
        raise RuleBroken(_("Write it in Finnish at least."), field=f"{name}_fi")
    for column, text in found.items():
        if len(text) > most:
            raise RuleBroken(_("At most %(most)s letters.") % {"most": most}, field=column)
    return found


def _record(by: Actor, need_map: NeedMap, action: str, version: int | None = None) -> None:
    trail.record(f"need_map.{action}", need_map, by=by, region_id=need_map.region_id, version=version)
