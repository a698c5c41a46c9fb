"""Mapped needs for screens: on a matter's page, and on the form of a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from luukku.core.actor import Actor
from luukku.desk.access import visible_cases
from luukku.desk.models import Case
from luukku.desk.queries.addresses import case_url
from luukku.desk.queries.case_page import CasePage
from luukku.network.models import Desk
from luukku.relations.access import organisation_on, visible_talks
from luukku.relations.models import NeedMap, NeedQuestion, NeedTalk, TalkAnswer
from luukku.relations.queries.choices import desks_for_leads, maps_on_offer, own_desks


def talks_on(actor: Actor, case: Case) -> list[NeedTalk]:
    """With their answers, in the order in which they were asked. Two statements."""
    answers = TalkAnswer.objects.select_related("question", "lead__to_organisation", "case").order_by("question__position", "slot")
    found = visible_talks(actor).filter(case=case).select_related("need_map", "person")
    return list(found.prefetch_related(Prefetch("answers", answers)).order_by("written_at", "id"))


@dataclass(frozen=True)
class TalkPage:
    """One map on one matter. `own`: the actor's talk by this map, if there is one. `here`: her desk in the matter's region."""

    case: Case
    maps: Sequence[NeedMap]
    chosen: NeedMap | None
    questions: Sequence[NeedQuestion]
    own: NeedTalk | None
    talks: Sequence[NeedTalk]
    here: Desk | None
    desks: Sequence[Desk]
    case_urls: dict[int, str]


def talk_page(actor: Actor, case: Case, code: str) -> TalkPage:
    """Seven statements; the first map if no code is given, or one that is not offered here."""
    maps = maps_on_offer(case.region_id)
    chosen = next((each for each in maps if each.code == code), maps[0] if maps else None)
    talks = talks_on(actor, case)
    own = next((each for each in talks if each.person_id == actor.person_id and chosen and each.need_map_id == chosen.pk), None)
    asked = NeedQuestion.objects.filter(need_map=chosen, is_hidden=False).order_by("position", "id")
    here = next((each for each in own_desks(actor) if each.region_id == case.region_id), None)
    desks = [each for each in desks_for_leads(actor, case.region_id) if each != here]
    made = [answer.case_id for talk in talks for answer in talk.answers.all() if answer.case_id is not None]
    urls = {each.pk: case_url(each.number) for each in visible_cases(actor).filter(pk__in=made)} if made else {}
    return TalkPage(case, maps, chosen, list(asked), own, talks, here, desks, urls)


def case_panel(actor: Actor, page: CasePage) -> dict[str, Any] | None:
    """For who handles the matter: how many were found, how many wait, and the way to ask. Two statements where needs were mapped, else none."""
    if not actor.is_staff or not page.can_handle:
        return None
    any_asked = any(event.action.startswith("needs.") for event in page.history)
    needs = [answer for talk in (talks_on(actor, page.case) if any_asked else ()) for answer in talk.answers.all() if answer.is_need]
    return {"number": page.case.number, "needs": needs, "waiting": sum(each.given_at is None for each in needs)}


def ask_more(actor: Actor, case: Case) -> str | None:
    """Where needs are mapped right after a contact was logged; None where the actor does not read the matter. Two statements."""
    seen = visible_cases(actor).filter(pk=case.pk).first()
    return reverse("relations:talk", args=[seen.number]) if seen is not None and organisation_on(actor, seen) is not None else None
