"""The right to the common mark: applied for, prepared, presented, decided; and where it is shown. Who does which step is data (`MarkRule`)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.agreements import access
from luukku.agreements.enums import DECIDED, HELD, Criterion, Judgement, MarkState, UseKind
from luukku.agreements.models import Agreement, MarkApplication, MarkCriterion, MarkRule, MarkUse, Party
from luukku.agreements.queries.evidence import evidence_of
from luukku.core import trail
from luukku.core.actor import Actor
from luukku.core.errors import RuleBroken
from luukku.core.months import months_before
from luukku.core.translated import said_in
from luukku.desk.actions.work import check_length, checked_words
from luukku.network.access import require
from luukku.network.enums import Role

NEXT = {MarkState.APPLIED: MarkState.PREPARED, MarkState.PREPARED: MarkState.PRESENTED}


def set_rule(*, by: Actor, since: date, prepares: str, presents: str, decides: str, months: int, guide: str) -> MarkRule:
    """From a day on who prepares, presents and decides, for how long, and which brand guide holds. Raises NotAllowed, RuleBroken."""
    require(access.can_edit_template(by))
    if not {prepares, presents, decides} <= set(Role.values):
        raise RuleBroken(_("Choose the seats."), field="prepares")
    if not 1 <= months <= 120:
        raise RuleBroken(_("The right lasts 1 to 120 months."), field="months")
    if not guide.strip():
        raise RuleBroken(_("Name the version of the brand guide."), field="guide")
    values = {"prepares": prepares, "presents": presents, "decides": decides, "months": months, "guide": guide.strip()[:40]}
    with transaction.atomic():
        rule, _made = MarkRule.objects.update_or_create(since=since, defaults=values)
        trail.record("mark.rule", rule, by=by, months=months)
    return rule


def apply(*, by: Actor, agreement: Agreement, words: str = "", at: datetime | None = None) -> MarkApplication:
    """The coordinator applies, by an agreement in force; the eight criteria are opened with what the system sees. Raises NotAllowed, RuleBroken."""
    require(access.can_keep(by, agreement.region_id))
    check_length(words, field="words")
    moment = at or timezone.now()
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        if not Agreement.objects.in_force(timezone.localdate(moment)).filter(pk=agreement.pk).exists():
            raise RuleBroken(_("The right is applied for by an agreement that is in force."))
        if MarkApplication.objects.filter(agreement=agreement).exclude(state__in=DECIDED).exists():
            raise RuleBroken(_("It has been applied for already, and waits for its decision."))
        made = MarkApplication.objects.create(
            agreement=agreement, rule=access.rule_of_today(), words=words.strip(), applied_by_id=by.person_id, applied_at=moment
        )
        MarkCriterion.objects.bulk_create(
            MarkCriterion(
                agreement=agreement, application=made, code=each.code, evidence=said_in(each.texts, ""), evidence_texts=each.texts, seen=each.seen
            )
            for each in evidence_of(agreement)
        )
        trail.record("mark.applied", made, by=by, region_id=agreement.region_id, at=moment)
    return made


def _open(by: Actor, application: MarkApplication, *roles: str) -> MarkApplication:
    """Held until the transaction ends, for a seat of one of these roles. Raises NotAllowed, RuleBroken."""
    require(by.kind == "house" or any(access.has_seat(by, role, application.agreement.region) for role in roles))
    found = MarkApplication.objects.select_for_update(of=("self",)).select_related("agreement__region", "rule").get(pk=application.pk)
    if found.state in DECIDED:
        raise RuleBroken(_("It has been decided."))
    return found


def judge(*, by: Actor, application: MarkApplication, judgements: Mapping[str, tuple[str, str]], at: datetime | None = None) -> int:
    """The evaluator's word on criteria: by code the judgement and why. What the system sees is written beside it as it is then.

    Returns how many. Raises NotAllowed; RuleBroken for one that differs from what the system sees without a word why.
    """
    with transaction.atomic():
        found = _open(by, application, application.rule.prepares, application.rule.presents)
        seen = {each.code: each for each in evidence_of(found.agreement)}
        count = 0
        for criterion in MarkCriterion.objects.select_for_update().filter(application=found, code__in=judgements).order_by("id"):
            given, words = judgements[criterion.code]
            if given not in Judgement.values:
                raise RuleBroken(_("Choose whether it is met."))
            evidence = seen[Criterion(criterion.code)]
            if given and (given == Judgement.MET) != evidence.seen and not words.strip():
                name = Criterion(criterion.code).label
                raise RuleBroken(_("You see it otherwise than the system: say why. %(name)s") % {"name": name}, field=f"words_{criterion.code}")
            check_length(words, field=f"words_{criterion.code}")
            criterion.evidence, criterion.evidence_texts, criterion.seen = said_in(evidence.texts, ""), evidence.texts, evidence.seen
            criterion.judgement, criterion.words, criterion.person_id, criterion.judged_at = given, words.strip(), by.person_id, at or timezone.now()
            criterion.save(update_fields=["evidence", "evidence_texts", "seen", "judgement", "words", "person", "judged_at"])
            count += 1
        trail.record("mark.judged", found, by=by, region_id=found.agreement.region_id, at=at, criteria=count)
    return count


def prepare(*, by: Actor, application: MarkApplication, words: str, at: datetime | None = None) -> MarkApplication:
    """Every criterion has been judged; the preparation goes to be presented. Raises NotAllowed, RuleBroken."""
    text = checked_words(words, field="words")
    with transaction.atomic():
        found = _open(by, application, application.rule.prepares)
        if found.state != MarkState.APPLIED:
            raise RuleBroken(_("It has been prepared already."))
        if MarkCriterion.objects.filter(application=found, judgement=Judgement.OPEN).exists():
            raise RuleBroken(_("Judge every criterion first."))
        found.state, found.preparation, found.prepared_by_id, found.prepared_at = MarkState.PREPARED, text, by.person_id, at or timezone.now()
        found.save(update_fields=["state", "preparation", "prepared_by", "prepared_at"])
        trail.record("mark.prepared", found, by=by, region_id=found.agreement.region_id, at=at)
    return found


def present(*, by: Actor, application: MarkApplication, words: str, at: datetime | None = None) -> MarkApplication:
    """It is presented to whoever decides. Raises NotAllowed, RuleBroken."""
    text = checked_words(words, field="words")
    with transaction.atomic():
        found = _open(by, application, application.rule.presents)
        if found.state != MarkState.PREPARED:
            raise RuleBroken(_("It is presented after it has been prepared, once."))
        found.state, found.presentation, found.presented_by_id, found.presented_at = MarkState.PRESENTED, text, by.person_id, at or timezone.now()
        found.save(update_fields=["state", "presentation", "presented_by", "presented_at"])
        trail.record("mark.presented", found, by=by, region_id=found.agreement.region_id, at=at)
    return found


def decide(
    *, by: Actor, application: MarkApplication, state: str, reasons: str, conditions: str = "", conditions_by: date | None = None,
    first_day: date | None = None, at: datetime | None = None,
) -> MarkApplication:  # fmt: skip
    """Granted, granted with conditions, or returned, always with reasons. The right lasts as long as its rule says. Raises NotAllowed, RuleBroken."""
    text = checked_words(reasons, field="reasons")
    if state not in DECIDED:
        raise RuleBroken(_("Choose the decision."), field="state")
    if state == MarkState.CONDITIONAL and not (conditions.strip() and conditions_by):
        raise RuleBroken(_("Say what must be done, and by when."), field="conditions")
    moment = at or timezone.now()
    with transaction.atomic():
        found = _open(by, application, application.rule.decides)
        if found.state != MarkState.PRESENTED:
            raise RuleBroken(_("It is decided after it has been presented."))
        found.state, found.reasons, found.decided_by_id, found.decided_at = state, text, by.person_id, moment
        if state in HELD:
            start = first_day or timezone.localdate(moment)
            found.first_day, found.last_day = start, months_before(start, -found.rule.months)
        if state == MarkState.CONDITIONAL:
            found.conditions, found.conditions_by = conditions.strip(), conditions_by
        found.save()
        trail.record("mark.decided", found, by=by, region_id=found.agreement.region_id, at=moment, state=state)
    return found


def meet_conditions(*, by: Actor, application: MarkApplication, words: str, at: datetime | None = None) -> MarkApplication:
    """Whoever decides has seen the conditions met, and says how: the right is granted from then on. Raises NotAllowed, RuleBroken."""
    text = checked_words(words, field="words")
    require(by.kind == "house" or access.has_seat(by, application.rule.decides, application.agreement.region))
    with transaction.atomic():
        found = MarkApplication.objects.select_for_update(of=("self",)).select_related("agreement__region", "rule").get(pk=application.pk)
        if found.state != MarkState.CONDITIONAL:
            raise RuleBroken(_("It has no conditions that wait to be met."))
        found.state, found.conditions_met = MarkState.GRANTED, text
        found.conditions_met_by_id, found.conditions_met_at = by.person_id, at or timezone.now()
        found.save(update_fields=["state", "conditions_met", "conditions_met_by", "conditions_met_at"])
        trail.record("mark.conditions_met", found, by=by, region_id=found.agreement.region_id, at=at)
    return found


def note_use(*, by: Actor, party: Party, kind: str, place: str, guide: str, since: date | None = None) -> MarkUse:
    """Where a party shows the mark. Only while the right is held. Raises NotAllowed, RuleBroken."""
    require(access.can_note_use(by, party))
    today = timezone.localdate()
    if not MarkApplication.objects.held(today).filter(agreement=party.agreement_id).exists():
        raise RuleBroken(_("The network has no right to the mark today."))
    if kind not in UseKind.values:
        raise RuleBroken(_("Choose where it is shown."), field="kind")
    if not place.strip():
        raise RuleBroken(_("Say where it is shown."), field="place")
    if not guide.strip():
        raise RuleBroken(_("Name the version of the brand guide."), field="guide")
    with transaction.atomic():
        made = MarkUse.objects.create(
            agreement=party.agreement, party=party, kind=kind, place=place.strip()[:160], guide=guide.strip()[:40], since=since or today
        )
        trail.record("mark.used", made, by=by, region_id=party.agreement.region_id, organisation_id=party.organisation_id, kind=kind)
    return made


def end_use(*, by: Actor, use: MarkUse) -> MarkUse:
    """It is shown there no more. Raises NotAllowed."""
    require(access.can_note_use(by, use.party))
    with transaction.atomic():
        use.until = use.until or timezone.localdate()
        use.save(update_fields=["until"])
        trail.record("mark.use_ended", use, by=by, region_id=use.agreement.region_id, organisation_id=use.party.organisation_id)
    return use
