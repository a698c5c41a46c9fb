"""Who holds the common mark, and one application with its criteria."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from luukku.agreements import access
from luukku.agreements.enums import DECIDED, MarkState
from luukku.agreements.models import Agreement, MarkApplication, MarkCriterion, MarkRule, MarkUse, Party
from luukku.core.actor import Actor
from luukku.core.finnish import FinnishKey
from luukku.core.translated import best


@dataclass(frozen=True)
class Holder:
    """A network that holds the mark, and where its parties show it; `own`: parties whose use the reader keeps."""

    mark: MarkApplication
    uses: list[MarkUse]
    own: list[Party]


@dataclass(frozen=True)
class Register:
    holders: list[Holder]
    waiting: list[MarkApplication]
    agreements: list[Agreement]
    rule: MarkRule | None


def register(actor: Actor) -> Register:
    """Holders by region, applications on their way that the actor may see, and public agreements. Five statements, however many there are."""
    today = timezone.localdate()
    marks = list(access.visible_marks(actor).select_related("agreement__region").order_by(FinnishKey(best("agreement__region__name")), "-id"))
    held = [each for each in marks if each.state != MarkState.RETURNED and each.decided_at is not None and _holds(each)]
    uses: dict[int, list[MarkUse]] = {}
    for use in access.visible_uses(actor).filter(until=None).select_related("party__organisation").order_by("party_id", "kind", "id"):
        uses.setdefault(use.agreement_id, []).append(use)
    parties: dict[int, list[Party]] = {}
    if actor.is_staff:
        rows = Party.objects.on(today).filter(agreement__in=[each.agreement_id for each in held]).select_related("organisation", "agreement__region")
        for party in rows.order_by("id"):
            if access.can_note_use(actor, party):
                parties.setdefault(party.agreement_id, []).append(party)
    public = Agreement.objects.in_force(today).filter(access.public()).select_related("region").order_by(FinnishKey(best("region__name")), "id")
    return Register(
        [Holder(each, uses.get(each.agreement_id, []), parties.get(each.agreement_id, [])) for each in held],
        [each for each in marks if each.state not in DECIDED], list(public), MarkRule.objects.filter(since__lte=today).first(),
    )  # fmt: skip


def _holds(mark: MarkApplication) -> bool:
    today = timezone.localdate()
    return mark.first_day is not None and mark.last_day is not None and mark.first_day <= today <= mark.last_day


def marks_ending(today: date, within: timedelta) -> QuerySet[MarkApplication]:
    """Rights whose last day is as near, and whose region neither holds another that lasts longer nor has applied for one."""
    later = MarkApplication.objects.filter(agreement__region=OuterRef("agreement__region"), pk__gt=OuterRef("pk")).exclude(state=MarkState.RETURNED)
    return MarkApplication.objects.held(today).filter(~Exists(later), last_day__lte=today + within)


@dataclass(frozen=True)
class MarkPage:
    mark: MarkApplication
    criteria: list[MarkCriterion]
    can_judge: bool
    can_prepare: bool
    can_present: bool
    can_decide: bool
    can_see_met: bool

    @property
    def met(self) -> int:
        return sum(each.judgement == "met" for each in self.criteria)

    @property
    def seen(self) -> int:
        return sum(each.seen for each in self.criteria)


def mark_page(actor: Actor, pk: int) -> MarkPage:
    """Six statements at most. Raises NotFound."""
    mark = access.get_mark(actor, pk)
    region, rule, state = mark.agreement.region, mark.rule, mark.state
    criteria = list(MarkCriterion.objects.filter(application=mark).select_related("person").order_by("id"))
    prepares, presents = access.has_seat(actor, rule.prepares, region), access.has_seat(actor, rule.presents, region)
    decides = access.has_seat(actor, rule.decides, region)
    return MarkPage(
        mark, criteria, (prepares or presents) and state not in DECIDED, prepares and state == MarkState.APPLIED,
        presents and state == MarkState.PREPARED, decides and state == MarkState.PRESENTED, decides and state == MarkState.CONDITIONAL,
    )  # fmt: skip
